"""Who did what and when."""

from __future__ import annotations

from valmentaja.domain.client import ClientId
from valmentaja.store import log
from valmentaja.store.log import LogRow
from valmentaja.usecases.session import Session

__all__ = ["LogRow", "entries", "first_break"]


def entries(session: Session, *, client_id: ClientId | None = None, limit: int = 500) -> tuple[LogRow, ...]:
    """Newest first; of one client or of the whole vault."""
    return log.entries(session.store, client=client_id, limit=limit)


def first_break(session: Session) -> int | None:
    """The number of the first entry that does not follow from the one before it; None = unbroken."""
    return log.first_break(session.store)
