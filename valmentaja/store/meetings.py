"""Meetings: booked, running, held, imported."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.client import ClientId, Meeting
from valmentaja.domain.codes import MeetingMode
from valmentaja.store import search
from valmentaja.store.audit import Event
from valmentaja.store.database import Cell, Reader, Row, Transaction

_COLUMNS = "id, client_id, date, mode, minutes, attended, planned_time, place, notes, agreed, started, ended, booked"
_INSERT = (
    "INSERT INTO meeting (client_id, date, mode, minutes, attended, planned_time, place, notes, agreed, started, "
    "ended, booked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
HELD = "booked = 0 AND (started IS NULL OR ended IS NOT NULL)"
"""What counts as a meeting held: imported, or started and ended here."""


def add(tx: Transaction, meeting: Meeting, *, booked: bool) -> int:
    """The new meeting's id."""
    action = "book" if booked else "start"
    made = tx.change(Event(action, "meeting", "", meeting.client), _INSERT, *_values(meeting), int(booked))
    search.keep(tx, meeting.client, "meeting", str(made), meeting.notes, meeting.agreed)
    return made


def add_many(tx: Transaction, meetings: list[Meeting]) -> None:
    tx.change_many(Event("import", "meeting", ""), _INSERT, [(*_values(m), 0) for m in meetings])
    search.catch_up(tx, "meeting")


def record(tx: Transaction, meeting: Meeting) -> int:
    """A contact that is over already, or that did not come about; the new meeting's id."""
    made = tx.change(Event("record", "meeting", "", meeting.client), _INSERT, *_values(meeting), 0)
    search.keep(tx, meeting.client, "meeting", str(made), meeting.notes, meeting.agreed)
    return made


def remove(tx: Transaction, meeting: Meeting) -> None:
    """What should not have been written down at all."""
    tx.change(
        Event("remove", "meeting", str(meeting.id), meeting.client), "DELETE FROM meeting WHERE id = ?", meeting.id
    )


def move(tx: Transaction, meeting: Meeting) -> None:
    """A booked meeting gets another day or time."""
    tx.change(
        Event("edit", "meeting", str(meeting.id), meeting.client),
        "UPDATE meeting SET date = ?, planned_time = ? WHERE id = ? AND booked = 1",
        meeting.date.isoformat(),
        meeting.planned_time,
        meeting.id,
    )


def begin(tx: Transaction, meeting: Meeting, *, at: str, mode: MeetingMode, place: str) -> None:
    """A booked meeting begins."""
    tx.change(
        Event("start", "meeting", str(meeting.id), meeting.client),
        "UPDATE meeting SET started = ?, booked = 0, mode = ?, place = ?, attended = 1 WHERE id = ?",
        at,
        mode,
        place,
        meeting.id,
    )


def keep_notes(tx: Transaction, meeting: Meeting, *, notes: str, agreed: str) -> None:
    tx.change(
        Event("note", "meeting", str(meeting.id), meeting.client),
        "UPDATE meeting SET notes = ?, agreed = ? WHERE id = ?",
        notes,
        agreed,
        meeting.id,
    )
    search.keep(tx, meeting.client, "meeting", str(meeting.id), notes, agreed)


def end(tx: Transaction, meeting: Meeting, *, at: str, minutes: int) -> None:
    tx.change(
        Event("end", "meeting", str(meeting.id), meeting.client),
        "UPDATE meeting SET ended = ?, minutes = ? WHERE id = ?",
        at,
        minutes,
        meeting.id,
    )


def get(store: Reader, meeting: int) -> Meeting | None:
    row = store.row(f"SELECT {_COLUMNS} FROM meeting WHERE id = ?", meeting)
    return None if row is None else _meeting(row)


def of_client(store: Reader, client: ClientId) -> tuple[Meeting, ...]:
    """Newest first, booked ones included."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM meeting WHERE client_id = ? ORDER BY date DESC, id DESC", client)
    return tuple(_meeting(r) for r in rows)


def running(store: Reader, client: ClientId) -> Meeting | None:
    """The meeting that has been started and not ended."""
    row = store.row(
        f"SELECT {_COLUMNS} FROM meeting WHERE client_id = ? AND started IS NOT NULL AND ended IS NULL "
        "ORDER BY id DESC",
        client,
    )
    return None if row is None else _meeting(row)


def booked(store: Reader, client: ClientId, on: date) -> Meeting | None:
    row = store.row(
        f"SELECT {_COLUMNS} FROM meeting WHERE client_id = ? AND booked = 1 AND date = ? ORDER BY planned_time",
        client,
        on.isoformat(),
    )
    return None if row is None else _meeting(row)


def on_day(store: Reader, on: date) -> tuple[Meeting, ...]:
    """Booked or running meetings of a day, by time."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM meeting WHERE date = ? AND (booked = 1 OR (started IS NOT NULL AND ended IS NULL)) "
        "ORDER BY length(planned_time), planned_time, id",
        on.isoformat(),
    )
    return tuple(_meeting(r) for r in rows)


def held(store: Reader) -> tuple[Meeting, ...]:
    """All meetings held, for the caseload tables."""
    return tuple(_meeting(r) for r in store.rows(f"SELECT {_COLUMNS} FROM meeting WHERE {HELD} ORDER BY id"))


def number_of(store: Reader, meeting: Meeting) -> int:
    """1 for the client's first meeting held or running."""
    return 1 + store.number(
        "SELECT COUNT(*) FROM meeting WHERE client_id = ? AND booked = 0 AND attended = 1 AND (date, id) < (?, ?)",
        meeting.client,
        meeting.date.isoformat(),
        meeting.id,
    )


def _values(meeting: Meeting) -> tuple[Cell, ...]:
    return (
        meeting.client,
        meeting.date.isoformat(),
        meeting.mode,
        meeting.minutes,
        int(meeting.attended),
        meeting.planned_time,
        meeting.place,
        meeting.notes,
        meeting.agreed,
        meeting.started,
        meeting.ended,
    )


def _meeting(row: Row) -> Meeting:
    return Meeting(
        id=row[0],
        client=row[1],
        date=date.fromisoformat(row[2]),
        mode=MeetingMode(row[3]),
        minutes=row[4],
        attended=bool(row[5]),
        planned_time=row[6],
        place=row[7],
        notes=row[8],
        agreed=row[9],
        started=row[10],
        ended=row[11],
        booked=bool(row[12]),
    )
