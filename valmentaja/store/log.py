"""Reading the day book and checking its chain."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.store.audit import chained
from valmentaja.store.database import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    seq: int
    at: str
    action: str
    entity: str
    entity_id: str
    client: str
    rows: int
    actor: str | None


_COLUMNS = "seq, at, action, entity, entity_id, client_id, rows, actor"


def entries(store: Reader, *, client: str | None, limit: int) -> tuple[LogRow, ...]:
    """Newest first; of one client or of the whole vault."""
    where, values = ("WHERE client_id = ?", (client,)) if client is not None else ("", ())
    found = store.rows(f"SELECT {_COLUMNS} FROM audit {where} ORDER BY seq DESC LIMIT ?", *values, limit)
    return tuple(
        LogRow(seq=r[0], at=r[1], action=r[2], entity=r[3], entity_id=r[4], client=r[5], rows=r[6], actor=r[7])
        for r in found
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The head of a vault's log at one moment; it leaves with every export, and finds an old copy put back."""

    vault: str
    seq: int
    hash: str


def head(store: Reader, vault: str) -> Anchor:
    row = store.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    return Anchor(vault=vault, seq=0, hash="") if row is None else Anchor(vault=vault, seq=row[0], hash=row[1].hex())


def last_moment(store: Reader) -> str:
    """UTC stamp of the last committed write, "" for none."""
    return store.text("SELECT at FROM audit ORDER BY seq DESC LIMIT 1") or ""


def first_break(store: Reader) -> int | None:
    """The seq of the first entry that does not follow from the one before it, None when all do."""
    before = bytes(32)
    for expected, row in enumerate(store.rows(f"SELECT {_COLUMNS}, hash FROM audit ORDER BY seq"), start=1):
        # Entries of schema version 1 had no actor and were chained without one.
        entry = row[:7] if row[7] is None else row[:8]
        if row[0] != expected or bytes(row[8]) != chained(before, entry):
            return expected
        before = bytes(row[8])
    return None
