"""What was entered from paper: first among the answers and ratings, a second time in `paper_check`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.domain.assessment import LEFT_EMPTY, Assessment, NoValue, Value, parse_value
from valmentaja.domain.paper_check import CHECKED
from valmentaja.domain.paper_form import IMPORTANCE
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Row, Transaction

_ANSWERS = (
    "SELECT item, value, reason, date FROM answer WHERE assessment_id = ? AND rater = 'ASIAKAS' "
    "AND entered = 'paper' ORDER BY seq"
)
_RATINGS = (
    f"SELECT '{IMPORTANCE}' || domain, value, reason, date FROM rating WHERE assessment_id = ? "
    "AND aspect = 'importance' ORDER BY seq"
)
_CHANGED = (
    "SELECT item FROM current_answer WHERE assessment_id = ? AND rater = 'ASIAKAS' AND entered <> 'paper' "
    "UNION ALL SELECT c.item FROM current_rating AS r JOIN paper_check AS c "
    f"ON c.assessment_id = r.assessment_id AND c.item = '{IMPORTANCE}' || r.domain "
    f"WHERE r.assessment_id = ? AND r.aspect = 'importance' AND r.reason <> '{CHECKED}' AND r.at > c.at"
)
"""A rating does not say what it came from: one after the second entry was given otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstEntry:
    """The newest of what was entered from paper for one row."""

    value: Value
    date: date
    settled: bool
    left_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An assessment that a form may belong to."""

    id: str
    client: str
    opened: date


def first_entries(store: Reader, assessment: str) -> dict[str, FirstEntry]:
    """By row of the form."""
    rows = [*store.rows(_ANSWERS, assessment), *store.rows(_RATINGS, assessment)]
    return {row[0]: _first(row) for row in rows}


def second_entries(store: Reader, assessment: str) -> dict[str, Value]:
    """By row of the form."""
    rows = store.rows("SELECT item, value FROM paper_check WHERE assessment_id = ?", assessment)
    return {row[0]: parse_value(row[1]) for row in rows}


def changed(store: Reader, assessment: str) -> frozenset[str]:
    """Rows that hold something now that was given otherwise after paper."""
    return frozenset(row[0] for row in store.rows(_CHANGED, assessment, assessment))


def keep_second(tx: Transaction, assessment: Assessment, row: str, value: Value, *, at: str) -> None:
    tx.change(
        Event("record", "paper_check", row, assessment.client),
        "INSERT INTO paper_check (assessment_id, item, value, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (assessment_id, item) DO UPDATE SET value = excluded.value, at = excluded.at",
        *(assessment.id, row, str(value), at),
    )


def every_assessment(store: Reader) -> tuple[Known, ...]:
    rows = store.rows("SELECT id, client_id, opened FROM assessment ORDER BY id")
    return tuple(Known(id=row[0], client=row[1], opened=date.fromisoformat(row[2])) for row in rows)


def _first(row: Row) -> FirstEntry:
    value = parse_value(row[1]) if row[1] else NoValue.EI_KYSYTTY
    return FirstEntry(
        value=value, date=date.fromisoformat(row[3]), settled=row[2] == CHECKED, left_empty=row[2] == LEFT_EMPTY
    )
