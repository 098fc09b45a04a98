"""Assessment cases: their planned meetings, clarifications, contributions and texts."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.case import ENDING, Case, CaseKind, CaseMeeting, Clarification, Contribution
from valmentaja.domain.client import ClientId
from valmentaja.store import search
from valmentaja.store.audit import Event
from valmentaja.store.clients import day
from valmentaja.store.database import Cell, Reader, Row, Transaction

_CASE = "id, client_id, kind, question, opened, closed, outcome"
_MEETING = "id, case_id, position, purpose, date, meeting_id"
_CLARIFICATION = "id, case_id, kind, what, source, ordered, expected, received, result, cancelled"
_CONTRIBUTION = "case_id, date, author, role, heading, words, at"


def add(tx: Transaction, case: Case) -> None:
    c = case
    tx.change(
        Event("open", "assessment_case", c.id, c.client),
        f"INSERT INTO assessment_case ({_CASE}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        *(c.id, c.client, c.kind, c.question, c.opened.isoformat(), _iso(c.closed), c.outcome),
    )
    _find(tx, case)


def edit(tx: Transaction, case: Case, *, action: str = "edit") -> None:
    """Kind, question, outcome and end as given; `action` is what the log calls it."""
    tx.change(
        Event(action, "assessment_case", case.id, case.client),
        "UPDATE assessment_case SET kind = ?, question = ?, closed = ?, outcome = ? WHERE id = ?",
        *(case.kind, case.question, _iso(case.closed), case.outcome, case.id),
    )
    _find(tx, case)


def note_look(tx: Transaction, case: Case) -> None:
    """Log that a case is opened, before it is shown."""
    tx.note(Event("show", "assessment_case", case.id, case.client))


def tie(tx: Transaction, case: Case, assessment: str) -> None:
    """The measurement belongs to the case."""
    tx.change(
        Event("edit", "assessment", assessment, case.client),
        "UPDATE assessment SET case_id = ? WHERE id = ?",
        case.id,
        assessment,
    )


def get(store: Reader, case: str) -> Case | None:
    row = store.row(f"SELECT {_CASE} FROM assessment_case WHERE id = ?", case)
    return None if row is None else _case(row)


def of_client(store: Reader, client: ClientId) -> tuple[Case, ...]:
    """Newest first."""
    found = store.rows(f"SELECT {_CASE} FROM assessment_case WHERE client_id = ? ORDER BY opened DESC, id", client)
    return tuple(_case(r) for r in found)


def open_of_client(store: Reader, client: ClientId) -> Case | None:
    row = store.row(
        f"SELECT {_CASE} FROM assessment_case WHERE client_id = ? AND closed IS NULL ORDER BY opened", client
    )
    return None if row is None else _case(row)


def open_ones(store: Reader) -> tuple[Case, ...]:
    """Every client's."""
    return tuple(
        _case(r) for r in store.rows(f"SELECT {_CASE} FROM assessment_case WHERE closed IS NULL ORDER BY opened, id")
    )


def under_way(store: Reader) -> tuple[Case, ...]:
    """Every client's open cases, and ended ones that were to lead to a multi-agency plan which is not there yet."""
    found = store.rows(
        f"SELECT {_CASE} FROM assessment_case AS c WHERE closed IS NULL OR (kind = 'multi' AND EXISTS "
        "(SELECT 1 FROM case_field WHERE case_id = c.id AND field = 'ending' AND value = 'PLAN') AND NOT EXISTS "
        "(SELECT 1 FROM plan AS p WHERE p.client_id = c.client_id AND p.kind = 'MONIALAINEN' AND frozen_at >= opened)) "
        "ORDER BY opened, id"
    )
    return tuple(_case(r) for r in found)


def add_meeting(tx: Transaction, case: Case, planned: CaseMeeting) -> None:
    tx.change(
        Event("add", "case_meeting", planned.id, case.client),
        f"INSERT INTO case_meeting ({_MEETING}) VALUES (?, ?, ?, ?, ?, ?)",
        *(planned.id, case.id, planned.position, planned.purpose, _iso(planned.date), planned.meeting),
    )


def edit_meeting(tx: Transaction, case: Case, planned: CaseMeeting) -> None:
    tx.change(
        Event("edit", "case_meeting", planned.id, case.client),
        "UPDATE case_meeting SET position = ?, purpose = ?, date = ?, meeting_id = ? WHERE id = ?",
        *(planned.position, planned.purpose, _iso(planned.date), planned.meeting, planned.id),
    )


def remove_meeting(tx: Transaction, case: Case, planned: str) -> None:
    tx.change(Event("remove", "case_meeting", planned, case.client), "DELETE FROM case_meeting WHERE id = ?", planned)


def meetings_of(store: Reader, case: str) -> tuple[CaseMeeting, ...]:
    """In the order of the plan."""
    found = store.rows(f"SELECT {_MEETING} FROM case_meeting WHERE case_id = ? ORDER BY position, id", case)
    return tuple(_meeting(r) for r in found)


def stand_for(tx: Transaction, client: ClientId, on: date, meeting: int) -> None:
    """A meeting that begins is the one an open case has planned for that day, unless another stands for it."""
    row = tx.row(
        "SELECT m.id FROM case_meeting AS m JOIN assessment_case AS c ON c.id = m.case_id "
        "WHERE c.client_id = ? AND c.closed IS NULL AND m.date = ? AND m.meeting_id IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM case_meeting AS o WHERE o.meeting_id = ?) ORDER BY m.position",
        *(client, on.isoformat(), meeting),
    )
    if row is not None:
        tx.change(
            Event("edit", "case_meeting", str(row[0]), client),
            "UPDATE case_meeting SET meeting_id = ? WHERE id = ?",
            meeting,
            row[0],
        )


def add_clarification(tx: Transaction, case: Case, new: Clarification, *, action: str) -> None:
    tx.change(
        Event(action, "clarification", new.id, case.client),
        f"INSERT INTO clarification ({_CLARIFICATION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(new.id, case.id, new.kind, *_told(new)),
    )
    search.keep(tx, case.client, "clarification", new.id, new.what, new.result)


def edit_clarification(tx: Transaction, case: Case, new: Clarification, *, action: str) -> None:
    tx.change(
        Event(action, "clarification", new.id, case.client),
        "UPDATE clarification SET what = ?, source = ?, ordered = ?, expected = ?, received = ?, result = ?, "
        "cancelled = ? WHERE id = ?",
        *(*_told(new), new.id),
    )
    search.keep(tx, case.client, "clarification", new.id, new.what, new.result)


def clarification(store: Reader, key: str) -> Clarification | None:
    row = store.row(f"SELECT {_CLARIFICATION} FROM clarification WHERE id = ?", key)
    return None if row is None else _clarification(row)


def clarifications_of(store: Reader, case: str) -> tuple[Clarification, ...]:
    """In the order they were ordered; what is not ordered yet stands last."""
    found = store.rows(
        f"SELECT {_CLARIFICATION} FROM clarification WHERE case_id = ? ORDER BY ordered IS NULL, ordered, rowid", case
    )
    return tuple(_clarification(r) for r in found)


def contribute(tx: Transaction, case: Case, new: Contribution) -> int:
    made = tx.change(
        Event("add", "contribution", "", case.client),
        f"INSERT INTO contribution ({_CONTRIBUTION}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        *(case.id, new.date.isoformat(), new.author, new.role, new.heading, new.words, new.at),
    )
    search.keep(tx, case.client, "contribution", str(made), new.words, new.author)
    return made


def contributions_of(store: Reader, case: str) -> tuple[Contribution, ...]:
    """Oldest first."""
    found = store.rows(f"SELECT id, {_CONTRIBUTION} FROM contribution WHERE case_id = ? ORDER BY date, id", case)
    return tuple(_contribution(r) for r in found)


def keep_field(tx: Transaction, case: Case, field: str, value: str) -> None:
    tx.change(
        Event("edit", "case_field", field, case.client),
        "INSERT INTO case_field (case_id, field, value) VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET value = excluded.value",
        case.id,
        field,
        value,
    )
    if field != ENDING:  # a code, which nobody looks for
        search.keep(tx, case.client, "case_field", f"{case.id} {field}", value)


def fields_of(store: Reader, case: str) -> dict[str, str]:
    found = store.rows("SELECT field, value FROM case_field WHERE case_id = ? ORDER BY field", case)
    return {str(r[0]): str(r[1]) for r in found}


def _find(tx: Transaction, case: Case) -> None:
    search.keep(tx, case.client, "assessment_case", case.id, case.question, case.outcome)


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _told(c: Clarification) -> tuple[Cell, ...]:
    return (c.what, c.source, _iso(c.ordered), _iso(c.expected), _iso(c.received), c.result, _iso(c.cancelled))


def _case(row: Row) -> Case:
    return Case(
        id=row[0],
        client=row[1],
        kind=CaseKind(row[2]),
        question=row[3],
        opened=date.fromisoformat(row[4]),
        closed=day(row[5]),
        outcome=row[6],
    )


def _meeting(row: Row) -> CaseMeeting:
    return CaseMeeting(id=row[0], case=row[1], position=row[2], purpose=row[3], date=day(row[4]), meeting=row[5])


def _clarification(row: Row) -> Clarification:
    return Clarification(
        id=row[0],
        case=row[1],
        kind=row[2],
        what=row[3],
        source=row[4],
        ordered=day(row[5]),
        expected=day(row[6]),
        received=day(row[7]),
        result=row[8],
        cancelled=day(row[9]),
    )


def _contribution(row: Row) -> Contribution:
    return Contribution(
        id=row[0],
        case=row[1],
        date=date.fromisoformat(row[2]),
        author=row[3],
        role=row[4],
        heading=row[5],
        words=row[6],
        at=row[7],
    )
