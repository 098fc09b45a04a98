"""What was corrected in a client's file, and what can be corrected there (GDPR art. 16)."""

from __future__ import annotations

from valmentaja.domain.client import ClientId, Meeting
from valmentaja.domain.rights import Correction
from valmentaja.domain.table_words import COLUMNS
from valmentaja.store import corrections as kept
from valmentaja.store import meetings
from valmentaja.usecases.session import Session

_SAME = {"start": "start_date", "end": "end_date", "by": "by_date", "kind": "source_kind"}
"""Fields of records that are called otherwise in their table."""


def corrections(session: Session, client_id: ClientId) -> tuple[Correction, ...]:
    """Newest first."""
    return kept.of_client(session.store, client_id)


def field_words(made: Correction) -> str:
    """The msgid of the corrected field's name."""
    columns = COLUMNS.get(made.entity, {})
    return columns.get(_SAME.get(made.field, made.field), made.field)


def meetings_over(session: Session, client_id: ClientId) -> tuple[Meeting, ...]:
    """Meetings whose notes are corrected, not written: newest first."""
    return tuple(m for m in meetings.of_client(session.store, client_id) if m.is_over)
