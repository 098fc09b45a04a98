"""Writing the log: what triggers left in `audit_pending` becomes entries of a hash chain with a ratcheted MAC."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlcipher3 import dbapi2

from valmentaja.base.canonical import canonical, fingerprint
from valmentaja.crypto import ratchet


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to what; ids only."""

    action: str
    entity: str
    id: str
    client: str = ""


CLOCK_BACK = Event("clock back", "vault", "")
"""The computer's clock says less than the last entry; the order of entries is `seq` (store.md §3)."""
FOREIGN = Event("foreign", "vault", "")
"""Rows that another tool changed: its changes left traces that this program has not chained."""
OLD_COPY = "old copy"
"""The action of an entry whose id is the anchor that an older copy of a vault lacks and the coach goes on without."""
LOG_KEY = "log key"
"""The action of the last entry under one ratchet; its id names the boxes of the next ratchet's first key."""

_PENDING = (
    "SELECT entity, MIN(entity_id), client_id, COUNT(*) FROM audit_pending GROUP BY entity, client_id ORDER BY MIN(n)"
)


def chained(before: bytes, entry: Iterable[str | int]) -> bytes:
    """SHA-256 of the previous hash and the entry's canonical form."""
    return hashlib.sha256(before + canonical(list(entry))).digest()


def record(connection: dbapi2.Connection, event: Event, *, at: str, actor: str) -> None:
    """Chain the rows that changed since the last call under `event`, or the event alone when none did."""
    pending = connection.execute(_PENDING).fetchall()
    if pending:
        connection.execute("DELETE FROM audit_pending")
    last = connection.execute("SELECT seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    seq, before = (int(last[0]), bytes(last[1])) if last else (0, bytes(32))
    held = connection.execute("SELECT key FROM audit_ratchet").fetchone()
    key = bytes(held[0]) if held else None
    entries = _entries(pending, event)
    if last and str(last[2]) > at:
        entries.insert(0, (CLOCK_BACK.action, CLOCK_BACK.entity, "", "", 0))
    rows: list[tuple[object, ...]] = []
    for entry in entries:
        seq += 1
        before = chained(before, (seq, at, *entry, actor))
        mac = None if key is None else ratchet.tag(key, before)
        rows.append((seq, at, *entry, before, actor, mac))
        key = None if key is None else ratchet.forward(key)
    connection.executemany("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    if key is not None:
        connection.execute("UPDATE audit_ratchet SET key = ?", (key,))


def has_pending(connection: dbapi2.Connection) -> bool:
    return connection.execute("SELECT 1 FROM audit_pending").fetchone() is not None


def has_ratchet(connection: dbapi2.Connection) -> bool:
    return connection.execute("SELECT 1 FROM audit_ratchet").fetchone() is not None


def boxes(sealed: Mapping[str, bytes]) -> str:
    """The name of a ratchet's sealed first keys, by which the ratchet before it vouches for it."""
    return fingerprint(canonical({role: box.hex() for role, box in sealed.items()}))


def start(connection: dbapi2.Connection, first_key: bytes, sealed: Mapping[str, bytes]) -> None:
    """Begin a ratchet at the next entry; `sealed` is the first key for each role that may check the log later."""
    seq = int(connection.execute("SELECT coalesce(MAX(seq), 0) + 1 FROM audit").fetchone()[0])
    for role, box in sealed.items():
        connection.execute("INSERT INTO audit_start VALUES (?, ?, ?)", (seq, role, box))
    connection.execute(
        "INSERT INTO audit_ratchet VALUES (1, ?) ON CONFLICT DO UPDATE SET key = excluded.key", (first_key,)
    )


def _entries(pending: list[tuple[str, str, str, int]], event: Event) -> list[tuple[str, str, str, str, int]]:
    """Action, entity, id, client, rows. Children that went with their parent no longer know their client."""
    if not pending:
        return [(event.action, event.entity, event.id, event.client, 0)]
    return [
        (event.action, entity, row if count == 1 else event.id, client or event.client, count)
        for entity, row, client, count in pending
    ]
