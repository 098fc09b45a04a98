"""Holds, erasures and their receipts."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.domain.client import ClientId
from valmentaja.store import forgetting
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """A client that is gone: random record key, number, UTC stamp, and the receipt as canonical JSON."""

    record_key: bytes
    client: ClientId
    at: str
    reason: str
    receipt: str


_ERASURE = "record_key, client_id, at, reason, receipt"


def hold(tx: Transaction, client: ClientId, *, reason: str, since: str) -> None:
    """Keep the file although its time is full; a second hold replaces the first one's reason."""
    tx.change(
        Event("hold", "retention_hold", client, client),
        "INSERT INTO retention_hold VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET reason = excluded.reason",
        client,
        reason,
        since,
    )


def lift(tx: Transaction, client: ClientId) -> None:
    tx.change(
        Event("lift hold", "retention_hold", client, client), "DELETE FROM retention_hold WHERE client_id = ?", client
    )


def holds(store: Reader) -> dict[ClientId, tuple[str, str]]:
    """Reason and UTC stamp by client."""
    found = store.rows("SELECT client_id, reason, since FROM retention_hold ORDER BY client_id")
    return {str(r[0]): (str(r[1]), str(r[2])) for r in found}


def record_key(store: Reader, client: ClientId) -> bytes:
    """KeyError when there is no such client."""
    row = store.row("SELECT record_key FROM client WHERE id = ?", client)
    if row is None:
        raise KeyError(client)
    return bytes(row[0])


def client_of(store: Reader, key: bytes) -> ClientId | None:
    """Who has this record key now."""
    return store.text("SELECT id FROM client WHERE record_key = ?", key)


def erase(tx: Transaction, client: ClientId) -> None:
    """The client and every row that is theirs; a trigger refuses nothing when the whole client goes."""
    words = forgetting.words_of(tx, client)
    tx.change(Event("erase", "client", client, client), "DELETE FROM client WHERE id = ?", client)
    forgetting.forget(tx, words)


def keep_erasure(tx: Transaction, erased: Erasure) -> None:
    tx.change(
        Event("receipt", "erasure", erased.client, erased.client),
        f"INSERT INTO erasure ({_ERASURE}) VALUES (?, ?, ?, ?, ?)",
        erased.record_key,
        erased.client,
        erased.at,
        erased.reason,
        erased.receipt,
    )


def erasures(store: Reader) -> tuple[Erasure, ...]:
    """Newest first."""
    found = store.rows(f"SELECT {_ERASURE} FROM erasure ORDER BY at DESC, client_id")
    return tuple(Erasure(record_key=bytes(r[0]), client=r[1], at=r[2], reason=r[3], receipt=r[4]) for r in found)


def note_package(tx: Transaction, client: ClientId) -> None:
    """Log that the client's own records leave the vault, before they do."""
    tx.note(Event("own records", "client", client, client))
