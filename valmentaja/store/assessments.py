"""Assessments and their answers, which are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.domain.assessment import Answer, Assessment, Entered, Mode, parse_value
from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import Rater
from valmentaja.store import search
from valmentaja.store.audit import Event
from valmentaja.store.clients import day
from valmentaja.store.database import Cell, Reader, Row, Transaction

_COLUMNS = "id, client_id, instrument, opened, closed, case_id, mode, language"
_ANSWERS = "assessment_id, item, rater, value, date, meeting_id, note, reason, entered, at"
_ORDER = "opened, closed IS NULL, closed, rowid"
"""The order in which they were made; of two on the same days, the order in which they came into the vault."""
_ADD_ANSWER = (
    "INSERT INTO answer (assessment_id, item, rater, value, date, meeting_id, note, at, reason, entered) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_FORGET_EARLIER = (
    "DELETE FROM search_text WHERE entity = 'answer' AND entity_id IN "
    "(SELECT CAST(seq AS TEXT) FROM answer WHERE assessment_id = ? AND item = ? AND rater = ? AND seq < ?)"
)
"""Search finds what holds now; earlier answers stay in the file."""
_ADD = (
    "INSERT INTO assessment (id, client_id, instrument, form, opened, closed, case_id, mode, language) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """The answer stored last in an assessment; `at` is its UTC stamp."""

    seq: int
    item: str
    at: str


def add(tx: Transaction, assessment: Assessment, *, quick: bool) -> None:
    tx.change(
        Event("open", "assessment", assessment.id, assessment.client),
        _ADD,
        *_values(assessment, "quick" if quick else "full"),
    )


def add_many(tx: Transaction, assessments: list[Assessment]) -> None:
    """Imported ones: closed, in full form; their answers are added by `add_answers`."""
    tx.change_many(Event("import", "assessment", ""), _ADD, [_values(a, "full") for a in assessments])


def answer(tx: Transaction, assessment: Assessment, new: Answer, *, at: str) -> None:
    _add_answer(tx, Event("answer", "assessment", assessment.id, assessment.client), assessment, new, at)


def correct(tx: Transaction, assessment: Assessment, new: Answer, *, at: str) -> None:
    """A new answer beside the old one, which stays."""
    _add_answer(tx, Event("correct", "assessment", assessment.id, assessment.client), assessment, new, at)


def _add_answer(tx: Transaction, event: Event, assessment: Assessment, new: Answer, at: str) -> None:
    made = tx.change(
        event,
        _ADD_ANSWER,
        *_answer_values(assessment.id, new, at),
    )
    tx.derive(_FORGET_EARLIER, assessment.id, new.item, new.rater, made)
    search.keep(tx, assessment.client, "answer", str(made), new.note)


def add_answers(tx: Transaction, answers: list[tuple[str, Answer]], *, at: str) -> None:
    """(assessment id, answer) pairs of an import."""
    rows = [_answer_values(assessment, new, at) for assessment, new in answers]
    tx.change_many(Event("import", "answer", ""), _ADD_ANSWER, rows)
    search.catch_up(tx, "answer")


def close(tx: Transaction, assessment: Assessment, *, on: date) -> None:
    tx.change(
        Event("close", "assessment", assessment.id, assessment.client),
        "UPDATE assessment SET closed = ? WHERE id = ?",
        on.isoformat(),
        assessment.id,
    )


def keep_way(tx: Transaction, assessment: Assessment, *, mode: Mode, language: str) -> None:
    tx.change(
        Event("edit", "assessment", assessment.id, assessment.client),
        "UPDATE assessment SET mode = ?, language = ? WHERE id = ?",
        *(mode, language, assessment.id),
    )


def get(store: Reader, assessment: str) -> Assessment | None:
    row = store.row(f"SELECT {_COLUMNS} FROM assessment WHERE id = ?", assessment)
    if row is None:
        return None
    found = store.rows(f"SELECT {_ANSWERS} FROM current_answer WHERE assessment_id = ? ORDER BY item", assessment)
    return _assessment(row, tuple(_answer(r) for r in found))


def latest_answer(store: Reader, assessment: str) -> Latest | None:
    row = store.row("SELECT seq, item, at FROM answer WHERE assessment_id = ? ORDER BY seq DESC LIMIT 1", assessment)
    return None if row is None else Latest(seq=row[0], item=row[1], at=row[2])


def is_quick(store: Reader, assessment: str) -> bool:
    return store.text("SELECT form FROM assessment WHERE id = ?", assessment) == "quick"


def note_look(tx: Transaction, assessment: Assessment) -> None:
    """Log that an assessment is opened, before it is shown."""
    note(tx, "show", assessment)


def note(tx: Transaction, action: str, assessment: Assessment) -> None:
    tx.note(Event(action, "assessment", assessment.id, assessment.client))


def of_client(store: Reader, client: ClientId) -> tuple[Assessment, ...]:
    """Oldest first, with their current answers."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM assessment WHERE client_id = ? ORDER BY {_ORDER}", client)
    return _with_answers(store, rows, "SELECT id FROM assessment WHERE client_id = ?", client)


def closed(store: Reader) -> tuple[Assessment, ...]:
    """All closed assessments, oldest first."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM assessment WHERE closed IS NOT NULL ORDER BY {_ORDER}")
    return _with_answers(store, rows, "SELECT id FROM assessment WHERE closed IS NOT NULL")


def open_ones(store: Reader) -> tuple[Assessment, ...]:
    rows = store.rows(f"SELECT {_COLUMNS} FROM assessment WHERE closed IS NULL ORDER BY opened, id")
    return _with_answers(store, rows, "SELECT id FROM assessment WHERE closed IS NULL")


def history(store: Reader, assessment: str, item: str, rater: Rater) -> tuple[tuple[str, str], ...]:
    """(UTC stamp, value) of every answer given to an item, oldest first."""
    found = store.rows(
        "SELECT at, value FROM answer WHERE assessment_id = ? AND item = ? AND rater = ? ORDER BY seq",
        assessment,
        item,
        rater,
    )
    return tuple((r[0], r[1]) for r in found)


def given(store: Reader, assessment: str, item: str) -> tuple[Answer, ...]:
    """Every answer given to an item by anybody, oldest first."""
    found = store.rows(
        f"SELECT {_ANSWERS} FROM answer WHERE assessment_id = ? AND item = ? ORDER BY seq", assessment, item
    )
    return tuple(_answer(row) for row in found)


def _with_answers(store: Reader, rows: list[Row], ids: str, *values: Cell) -> tuple[Assessment, ...]:
    answers: dict[str, list[Answer]] = {}
    for row in store.rows(
        f"SELECT {_ANSWERS} FROM current_answer WHERE assessment_id IN ({ids}) ORDER BY assessment_id, item", *values
    ):
        answers.setdefault(row[0], []).append(_answer(row))
    return tuple(_assessment(row, tuple(answers.get(row[0], ()))) for row in rows)


def _values(assessment: Assessment, form: str) -> tuple[Cell, ...]:
    return (
        assessment.id,
        assessment.client,
        assessment.instrument,
        form,
        assessment.opened.isoformat(),
        None if assessment.closed is None else assessment.closed.isoformat(),
        assessment.case,
        assessment.mode,
        assessment.language,
    )


def _answer_values(assessment: str, answer: Answer, at: str) -> tuple[Cell, ...]:
    told = (answer.item, answer.rater, str(answer.value), answer.date.isoformat(), answer.meeting, answer.note)
    return (assessment, *told, at, answer.reason, answer.entered)


def _assessment(row: Row, answers: tuple[Answer, ...]) -> Assessment:
    return Assessment(
        id=row[0],
        client=row[1],
        instrument=row[2],
        opened=date.fromisoformat(row[3]),
        closed=day(row[4]),
        answers=answers,
        case=row[5],
        mode=Mode(row[6]),
        language=row[7],
    )


def _answer(row: Row) -> Answer:
    return Answer(
        item=row[1],
        rater=Rater(row[2]),
        value=parse_value(row[3]),
        date=date.fromisoformat(row[4]),
        meeting=row[5],
        note=row[6],
        reason=row[7],
        entered=Entered(row[8]),
        at=row[9],
    )
