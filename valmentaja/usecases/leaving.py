"""What leaves the vault: first it is seen that this is the newest copy, then the file goes, then its anchor is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_, UserError
from valmentaja.domain.anchor import Anchor
from valmentaja.exchange import anchors, outbox
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.store import log
from valmentaja.store.log_check import is_accepted
from valmentaja.usecases import places, settings
from valmentaja.usecases.session import Area, Changes, Session, changed
from valmentaja.vault import vault


@dataclass(frozen=True, slots=True, kw_only=True)
class OldCopy:
    """Something has left this vault with a later state than it has now: `later` changes, known from a day."""

    later: int
    known_from: date
    newest: Anchor


class OldCopyError(UserError):
    """Nothing has left yet; after `accept` it may."""

    def __init__(self, found: OldCopy) -> None:
        super().__init__(
            N_("This is an older copy of the vault. Later changes known from {day} are missing: {n}."),
            day=day(found.known_from, screen_language()),
            n=found.later,
        )
        self.found = found


def anchor(session: Session) -> Anchor:
    """Where the log stands now; goes into everything that leaves the vault (store.md §1.10)."""
    return log.head(session.store, vault.identity(session.folder))


def place(session: Session, folder: Path | None) -> Path:
    """The folder given, or the vault's outbox."""
    return folder or settings.vault_settings(session).outbox


def known(session: Session, folder: Path | None = None) -> tuple[Anchor, ...]:
    """Every anchor of this vault that this computer and the outbox remember."""
    here = vault.identity(session.folder)
    files = dict.fromkeys((places.anchor_folder(), place(session, None), place(session, folder)))
    found = (a for each in files for a in anchors.known(each / anchors.NAME))
    return tuple(dict.fromkeys(a for a in found if a.vault == here))


def old_copy(session: Session, folder: Path | None = None) -> OldCopy | None:
    """Whether something that has left knows more than this vault; None when it does not, or it was accepted."""
    accepted = log.accepted(session.store)
    missing = [a for a in known(session, folder) if not log.has(session.store, a) and not is_accepted(a, accepted)]
    if not missing:
        return None
    newest = max(missing, key=lambda a: (a.at, a.seq))
    return OldCopy(
        later=max(1, newest.seq - log.shared_until(session.store, newest)),
        known_from=datetime.fromisoformat(newest.at).astimezone(HELSINKI).date(),
        newest=newest,
    )


def require_newest(session: Session, folder: Path | None = None) -> None:
    """OldCopyError before anything leaves an older copy unsaid."""
    found = old_copy(session, folder)
    if found is not None:
        raise OldCopyError(found)


def accept(session: Session, found: OldCopy) -> Changes:
    """The coach has been told and goes on with this copy; that stands in the log from now on."""
    with session.store.writing() as tx:
        log.accept(tx, found.newest)
    return changed(Area.SETTING)


def deliver(session: Session, folder: Path, name: str, content: bytes) -> Path:
    """Write the file and keep where the log stood, in the folder and on this computer."""
    path = outbox.deliver(folder, name, content)
    remember(session, folder)
    return path


def remember(session: Session, folder: Path) -> None:
    """Add the anchor of now to the list in the folder and to this computer's own."""
    now = anchor(session)
    for each in dict.fromkeys((folder, places.anchor_folder())):
        anchors.add(each, now)
