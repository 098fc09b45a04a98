"""Reading the day book and checking its chain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from valmentaja.domain.anchor import Anchor, anchors_in
from valmentaja.domain.client import ClientId
from valmentaja.store.audit import CLOCK_BACK, OLD_COPY, Event
from valmentaja.store.database import Cell, Reader, Transaction

__all__ = ["Anchor", "Kind", "LogRow", "Wanted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One entry; `name` is the client's, "" when there is no such client any more. `hash` is hex."""

    seq: int
    at: str
    action: str
    entity: str
    entity_id: str
    client: str
    rows: int
    actor: str | None
    name: str = ""
    hash: str = ""


class Kind(StrEnum):
    """What an entry tells of: looks, changes, or what left the vault."""

    EVERYTHING = "everything"
    OPENINGS = "openings"
    CHANGES = "changes"
    EXPORTS = "exports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries: of one client, of clients whose number has `number` in it, of a kind, from/before UTC stamps."""

    client: ClientId = ""
    number: str = ""
    kind: Kind = Kind.EVERYTHING
    since: str = ""
    before: str = ""


_OPENING = "(a.action IN ('show', 'look', 'list', 'unlock', 'check') OR (a.action = 'open' AND a.entity = 'client'))"
_EXPORT = "(a.action IN ('export', 'print', 'seal'))"
_KINDS = {
    Kind.EVERYTHING: "",
    Kind.OPENINGS: _OPENING,
    Kind.EXPORTS: _EXPORT,
    Kind.CHANGES: f"NOT {_OPENING} AND NOT {_EXPORT}",
}


def entries(
    store: Reader, wanted: Wanted = Wanted(), *, below: int | None = None, limit: int | None = None
) -> tuple[LogRow, ...]:
    """Newest first, at most `limit`; the next page is what lies `below` the last number of this one."""
    where, values = _where(wanted, below)
    found = store.rows(
        "SELECT a.seq, a.at, a.action, a.entity, a.entity_id, a.client_id, a.rows, a.actor, a.hash,"
        " c.given_names || ' ' || c.family_name FROM audit a LEFT JOIN client c ON c.id = a.client_id"
        f" WHERE {where} ORDER BY a.seq DESC LIMIT ?",
        *values,
        -1 if limit is None else limit,
    )
    return tuple(
        LogRow(
            seq=r[0],
            at=r[1],
            action=r[2],
            entity=r[3],
            entity_id=r[4],
            client=r[5],
            rows=r[6],
            actor=r[7],
            hash=bytes(r[8]).hex(),
            name=r[9] or "",
        )
        for r in found
    )


def _where(wanted: Wanted, below: int | None) -> tuple[str, tuple[Cell, ...]]:
    typed = wanted.number.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    asked: tuple[tuple[str, Cell], ...] = (
        ("a.client_id = ?", wanted.client),
        ("a.client_id LIKE ? ESCAPE '\\'", f"%{typed}%" if typed else ""),
        ("a.at >= ?", wanted.since),
        ("a.at < ?", wanted.before),
        ("a.seq < ?", below),
    )
    given = [(sql, value) for sql, value in asked if value]
    parts = [*(sql for sql, _ in given), *filter(None, [_KINDS[wanted.kind]])]
    return " AND ".join(parts) or "1", tuple(value for _, value in given)


def note(tx: Transaction, action: str, entity: str, about: str = "") -> None:
    """Log what was done with the log itself or with the vault as a whole, before it happens."""
    tx.note(Event(action, entity, about))


def head(store: Reader, vault: str) -> Anchor:
    row = store.row("SELECT seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1")
    if row is None:
        return Anchor(vault=vault, seq=0, hash="")
    return Anchor(vault=vault, seq=row[0], hash=row[1].hex(), at=row[2])


def has(store: Reader, anchor: Anchor) -> bool:
    """Whether the log has exactly this entry."""
    row = store.row("SELECT hash FROM audit WHERE seq = ?", anchor.seq)
    return row is not None and bytes(row[0]).hex() == anchor.hash


def shared_until(store: Reader, anchor: Anchor) -> int:
    """The last entry that this log and the one of the anchor can have in common, by their times."""
    return store.number("SELECT MAX(seq) FROM audit WHERE at <= ? AND seq < ?", anchor.at, anchor.seq)


# Written out, not bound: only then SQLite uses the index of the rare actions.
def accepted(store: Reader) -> tuple[Anchor, ...]:
    """The anchors whose absence the coach has been told of and has accepted."""
    rows = store.rows(f"SELECT entity_id FROM audit WHERE action = '{OLD_COPY}'")
    return tuple(anchor for (held,) in rows for anchor in anchors_in(held))


def accept(tx: Transaction, missing: Anchor) -> None:
    """Log that this is an older copy and work goes on with it."""
    tx.note(Event(OLD_COPY, "vault", missing.line))


def clock_was(store: Reader) -> str:
    """The latest moment the clock has shown before it was set back; "" when it never was."""
    return (
        store.text(
            f"SELECT MAX(b.at) FROM audit a JOIN audit b ON b.seq = a.seq - 1 WHERE a.action = '{CLOCK_BACK.action}'"
        )
        or ""
    )


def last_moment(store: Reader) -> str:
    """UTC stamp of the last committed write, "" for none."""
    return store.text("SELECT at FROM audit ORDER BY seq DESC LIMIT 1") or ""


def last_action(store: Reader, entity: str, row: str, client: str) -> str:
    """What was done last with one row of a client's, "" for nothing; many rows written at once are not told apart."""
    sql = "SELECT action FROM audit WHERE client_id = ? AND entity = ? AND entity_id = ? ORDER BY seq DESC LIMIT 1"
    return store.text(sql, client, entity, row) or ""
