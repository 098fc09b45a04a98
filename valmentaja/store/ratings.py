"""What was said of whole domains; rows are only ever added."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.assessment import Assessment
from valmentaja.domain.rating import Aspect, Rating
from valmentaja.store import search
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Row, Transaction

_COLUMNS = "domain, aspect, value, reason, date, meeting_id, at"
_FORGET_EARLIER = (
    "DELETE FROM search_text WHERE entity = 'rating' AND entity_id IN "
    "(SELECT CAST(seq AS TEXT) FROM rating WHERE assessment_id = ? AND domain = ? AND aspect = ? AND seq < ?)"
)
"""Search finds what holds now; earlier reasons stay in the file."""


def add(tx: Transaction, assessment: Assessment, new: Rating) -> None:
    made = tx.change(
        Event("rate", "assessment", assessment.id, assessment.client),
        f"INSERT INTO rating (assessment_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *(assessment.id, new.domain, new.aspect, new.value, new.reason, new.date.isoformat(), new.meeting, new.at),
    )
    tx.derive(_FORGET_EARLIER, assessment.id, new.domain, new.aspect, made)
    search.keep(tx, assessment.client, "rating", str(made), new.reason)


def of_assessment(store: Reader, assessment: str) -> tuple[Rating, ...]:
    """What holds now."""
    found = store.rows(
        f"SELECT {_COLUMNS} FROM current_rating WHERE assessment_id = ? ORDER BY domain, aspect", assessment
    )
    return tuple(_rating(row) for row in found)


def history(store: Reader, assessment: str, domain: str, aspect: Aspect) -> tuple[Rating, ...]:
    """Everything said of one aspect, oldest first."""
    found = store.rows(
        f"SELECT {_COLUMNS} FROM rating WHERE assessment_id = ? AND domain = ? AND aspect = ? ORDER BY seq",
        *(assessment, domain, aspect),
    )
    return tuple(_rating(row) for row in found)


def _rating(row: Row) -> Rating:
    return Rating(
        domain=row[0],
        aspect=Aspect(row[1]),
        value=row[2],
        reason=row[3],
        date=date.fromisoformat(row[4]),
        meeting=row[5],
        at=row[6],
    )
