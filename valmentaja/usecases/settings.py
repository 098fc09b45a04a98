"""What is chosen for one vault: where files go, when it locks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.store import settings
from valmentaja.usecases import places
from valmentaja.usecases.session import Area, Changes, Session, Unit, changed

LOCK_MINUTES = (1, 2, 5, 10, 15, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSettings:
    """`lock_minutes` without use until the vault locks."""

    outbox: Path
    unit: Unit
    lock_minutes: int


def vault_settings(session: Session) -> VaultSettings:
    chosen = settings.setting(session.store, "outbox")
    return VaultSettings(
        outbox=Path(chosen) if chosen else places.default_outbox(session.folder),
        unit=session.unit,
        lock_minutes=int(settings.setting(session.store, "lock minutes", "5")),
    )


def set_outbox(session: Session, folder: Path) -> Changes:
    """Where signed plans and month packages are written; never inside the vault."""
    if folder.resolve().is_relative_to(session.folder.resolve()):
        raise UserError(N_("The outbox must not be inside the vault. Choose another folder."))
    return _keep(session, "outbox", str(folder))


def set_lock_minutes(session: Session, minutes: int) -> Changes:
    if minutes not in LOCK_MINUTES:
        raise UserError(N_("Choose how many minutes from the list."))
    return _keep(session, "lock minutes", str(minutes))


def _keep(session: Session, name: str, value: str) -> Changes:
    with session.store.writing() as tx:
        settings.keep_setting(tx, name, value)
    return changed(Area.SETTING)
