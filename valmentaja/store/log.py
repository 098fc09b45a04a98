"""Reading the day book and checking its chain."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.store.database import Reader, chained


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    seq: int
    at: str
    action: str
    entity: str
    entity_id: str
    client: str
    rows: int


_COLUMNS = "seq, at, action, entity, entity_id, client_id, rows"


def entries(store: Reader, *, client: str | None, limit: int) -> tuple[LogRow, ...]:
    """Newest first; of one client or of the whole vault."""
    where, values = ("WHERE client_id = ?", (client,)) if client is not None else ("", ())
    found = store.rows(f"SELECT {_COLUMNS} FROM audit {where} ORDER BY seq DESC LIMIT ?", *values, limit)
    return tuple(
        LogRow(seq=r[0], at=r[1], action=r[2], entity=r[3], entity_id=r[4], client=r[5], rows=r[6]) for r in found
    )


def last_moment(store: Reader) -> str:
    """UTC stamp of the last committed write, "" for none."""
    return store.text("SELECT at FROM audit ORDER BY seq DESC LIMIT 1") or ""


def first_break(store: Reader) -> int | None:
    """The seq of the first entry that does not follow from the one before it, None when all do."""
    before = bytes(32)
    for expected, row in enumerate(store.rows(f"SELECT {_COLUMNS}, hash FROM audit ORDER BY seq"), start=1):
        if row[0] != expected or bytes(row[7]) != chained(before, row[:7]):
            return expected
        before = bytes(row[7])
    return None
