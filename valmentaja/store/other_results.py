"""Results of other meters with their files; a row is never changed, only marked as not valid."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.client import ClientId
from valmentaja.domain.other_result import OtherResult
from valmentaja.store import search
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Row, Transaction

_COLUMNS = "id, client_id, date, instrument, domain, score, scale, note, recorder, at, file_name"


def add(tx: Transaction, result: OtherResult, file: bytes) -> None:
    r = result
    tx.change(
        Event("record", "other_result", r.id, r.client),
        f"INSERT INTO other_result ({_COLUMNS}, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(r.id, r.client, r.date.isoformat(), r.instrument, r.domain, r.score, r.scale, r.note, r.recorder, r.at),
        *(r.file_name, file),
    )
    search.keep(tx, r.client, "other_result", r.id, r.instrument, r.note)


def void(tx: Transaction, result: OtherResult, reason: str) -> None:
    tx.change(
        Event("void", "other_result", result.id, result.client),
        "UPDATE other_result SET void_reason = ? WHERE id = ?",
        *(reason, result.id),
    )


def note(tx: Transaction, action: str, result: OtherResult) -> None:
    """Log that the file is about to leave the vault."""
    tx.note(Event(action, "other_result", result.id, result.client))


def of_client(store: Reader, client: ClientId) -> tuple[OtherResult, ...]:
    """Newest first."""
    found = store.rows(
        f"SELECT {_COLUMNS}, length(file), void_reason FROM other_result WHERE client_id = ? "
        "ORDER BY date DESC, at DESC, id",
        client,
    )
    return tuple(_result(row) for row in found)


def get(store: Reader, result: str) -> OtherResult | None:
    row = store.row(f"SELECT {_COLUMNS}, length(file), void_reason FROM other_result WHERE id = ?", result)
    return None if row is None else _result(row)


def file(store: Reader, result: str) -> bytes:
    """The attached file, b"" without one."""
    row = store.row("SELECT file FROM other_result WHERE id = ?", result)
    return b"" if row is None else bytes(row[0])


def _result(row: Row) -> OtherResult:
    return OtherResult(
        id=row[0],
        client=row[1],
        date=date.fromisoformat(row[2]),
        instrument=row[3],
        domain=row[4],
        score=row[5],
        scale=row[6],
        note=row[7],
        recorder=row[8],
        at=row[9],
        file_name=row[10],
        size=row[11],
        void_reason=row[12],
    )
