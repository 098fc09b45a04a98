"""What is chosen for one vault: where finished files go, when it locks, how an assessment is shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.indicators import Indicator, definitions
from valmentaja.definitions.policy import policy
from valmentaja.domain import locking
from valmentaja.store import settings
from valmentaja.store.database import Store
from valmentaja.usecases import places
from valmentaja.usecases.session import Area, Changes, Session, Unit, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSettings:
    outbox: Path
    unit: Unit


def vault_settings(session: Session) -> VaultSettings:
    chosen = settings.setting(session.store, "outbox")
    return VaultSettings(
        outbox=Path(chosen) if chosen else places.default_outbox(session.folder),
        unit=session.unit,
    )


def backup_folder(store: Store, folder: Path) -> Path:
    """Where the backups of the vault in `folder` go."""
    chosen = settings.setting(store, "backup folder")
    return Path(chosen) if chosen else places.default_backups(folder)


def set_outbox(session: Session, folder: Path) -> Changes:
    """Where signed plans and month packages are written; never inside the vault."""
    if folder.resolve().is_relative_to(session.folder.resolve()):
        raise UserError(N_("The outbox must not be inside the vault. Choose another folder."))
    return _keep(session, "outbox", str(folder))


def lock_minutes(session: Session) -> int:
    """After so many minutes without anybody acting the vault locks."""
    agreed, kept = policy(), settings.setting(session.store, "lock minutes")
    chosen = int(kept) if kept.isdecimal() and int(kept) in locking.MINUTES else None
    if "lock_minutes" in agreed.locked or chosen is None:
        return agreed.lock_minutes or locking.DEFAULT_MINUTES
    return chosen


def set_lock_minutes(session: Session, minutes: int) -> Changes:
    if minutes not in locking.MINUTES:
        raise UserError(
            N_("The vault can lock after {first} to {last} minutes."),
            first=locking.MINUTES[0],
            last=locking.MINUTES[-1],
        )
    return _keep(session, "lock minutes", str(minutes))


def shows_question_list(session: Session) -> bool:
    """Whether an assessment shows the questions of a section as a list, not one at a time."""
    return settings.setting(session.store, "questions as list") == "yes"


def set_question_list(session: Session, *, as_list: bool) -> Changes:
    return _keep(session, "questions as list", "yes" if as_list else "")


def indicators_off(session: Session) -> frozenset[str]:
    """The optional indicators this unit does not collect; their rows go out empty with flag n."""
    kept = settings.setting(session.store, "indicators off").split()
    return frozenset(kept) & {i.id for i in optional_indicators()}


def optional_indicators() -> tuple[Indicator, ...]:
    return tuple(i for i in definitions().indicators.values() if i.optional)


def collect(session: Session, indicator: str, *, collected: bool) -> Changes:
    """Switch an optional indicator on or off; the others are always collected."""
    if indicator not in {i.id for i in optional_indicators()}:
        raise UserError(N_("The figure {id} is always collected."), id=indicator)
    off = indicators_off(session) - {indicator} if collected else indicators_off(session) | {indicator}
    return _keep(session, "indicators off", " ".join(sorted(off)))


def _keep(session: Session, name: str, value: str) -> Changes:
    with session.store.writing() as tx:
        settings.keep_setting(tx, name, value)
    return changed(Area.SETTING)
