"""Who did what and when."""

from __future__ import annotations

from pathlib import Path

from valmentaja.domain.client import ClientId
from valmentaja.store import log
from valmentaja.store.database import Reader
from valmentaja.store.log import Anchor, LogRow
from valmentaja.usecases.session import Session
from valmentaja.vault import vault

__all__ = ["Anchor", "LogRow", "anchor", "anchor_in", "entries", "first_break"]


def entries(session: Session, *, client_id: ClientId | None = None, limit: int = 500) -> tuple[LogRow, ...]:
    """Newest first; of one client or of the whole vault."""
    return log.entries(session.store, client=client_id, limit=limit)


def first_break(session: Session) -> int | None:
    """The number of the first entry that does not follow from the one before it; None = unbroken."""
    return log.first_break(session.store)


def anchor(session: Session) -> Anchor:
    """Where the log stands now; goes into everything that leaves the vault (store.md §1.10)."""
    return log.head(session.store, vault.identity(session.folder))


def anchor_in(store: Reader, folder: Path) -> Anchor:
    """The same inside a transaction, before it is committed."""
    return log.head(store, vault.identity(folder))
