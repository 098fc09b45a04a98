"""Facts told by others than the client."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.client import ClientId
from valmentaja.domain.rights import SourceKind, ToldFact
from valmentaja.store import search
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Row, Transaction

_COLUMNS = "client_id, date, words, source_kind, source, recorder, at"


def add(tx: Transaction, fact: ToldFact) -> int:
    """The new fact's id."""
    f = fact
    made = tx.change(
        Event("record", "told_fact", "", f.client),
        f"INSERT INTO told_fact ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        *(f.client, f.date.isoformat(), f.words, f.kind, f.source, f.recorder, f.at),
    )
    search.keep(tx, f.client, "told_fact", str(made), f.words)
    return made


def remove(tx: Transaction, fact: ToldFact) -> None:
    tx.change(Event("remove", "told_fact", str(fact.id), fact.client), "DELETE FROM told_fact WHERE id = ?", fact.id)


def of_client(store: Reader, client: ClientId) -> tuple[ToldFact, ...]:
    """Newest first."""
    found = store.rows(f"SELECT id, {_COLUMNS} FROM told_fact WHERE client_id = ? ORDER BY date DESC, id DESC", client)
    return tuple(_fact(r) for r in found)


def get(store: Reader, fact: int) -> ToldFact | None:
    row = store.row(f"SELECT id, {_COLUMNS} FROM told_fact WHERE id = ?", fact)
    return None if row is None else _fact(row)


def _fact(row: Row) -> ToldFact:
    return ToldFact(
        id=row[0],
        client=row[1],
        date=date.fromisoformat(row[2]),
        words=row[3],
        kind=SourceKind(row[4]),
        source=row[5],
        recorder=row[6],
        at=row[7],
    )
