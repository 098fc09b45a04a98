"""Reading what is left of a damaged database into a new one, row by row where it must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from valmentaja.base.clock import Clock, today
from valmentaja.base.errors import N_, StorageError
from valmentaja.store import connection as opening
from valmentaja.store import database
from valmentaja.store.audit import Event
from valmentaja.store.database import Cell, Row
from valmentaja.store.refill import Refill

Key = Callable[[], bytearray]
"""Gives the raw key anew for every connection, which wipes it."""

PARENTS = {"client_id": "client", "plan_id": "plan"}
SKIPPED = frozenset({"audit_pending"})
"""What waited to be logged goes into the one entry of the salvage."""
BEYOND = 500
"""How far past the last readable row to look when nothing tells where a table ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One table: rows in the new database, and rows that were certainly or possibly lost."""

    table: str
    rows: int
    lost: int


def salvage(source: Path, key: Key, target: Path, clock: Clock) -> tuple[Saved, ...]:
    """Fill a new database at `target` from `source`, which is opened for it and so should be a copy; slow.

    StorageError when not even the list of tables can be read, or when `target` cannot be written.
    """
    wreck = Wreck(source, key)
    try:
        return _fill(wreck, wreck.tables(), target, key, clock)
    except opening.FAULTS as error:
        raise opening.said(error, target) from error
    finally:
        wreck.close()


def _fill(wreck: Wreck, tables: tuple[str, ...], target: Path, key: Key, clock: Clock) -> tuple[Saved, ...]:
    store = database.create(target, key(), clock)
    try:
        with store.refilling() as new:
            saved = [_one(wreck, table, new) for table in tables if table not in SKIPPED and new.columns(table)]
            gone = new.settle(today(clock).isoformat())
        with store.writing() as tx:
            tx.note(Event("salvage", "vault", ""))
    finally:
        store.close()
    return tuple(Saved(table=s.table, rows=s.rows - gone[s.table], lost=s.lost + gone[s.table]) for s in saved)


class Wreck:
    """A damaged database; every error poisons its connection, so it is opened again after each (store.md §3)."""

    def __init__(self, path: Path, key: Key) -> None:
        self._path, self._key = path, key
        self._connection = self._open()

    def close(self) -> None:
        self._connection.close()

    def tables(self) -> tuple[str, ...]:
        """Without those the search indexes keep for themselves: they are built anew."""
        found = self.rows("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' ORDER BY name")
        if found is None:
            raise StorageError(
                N_("Nothing can be read from the database in {folder}. Restore the newest backup."),
                folder=str(self._path.parent),
            )
        return tuple(str(row[0]) for row in found if not str(row[0]).startswith("sqlite_"))

    def rows(self, sql: str, *values: Cell) -> list[Row] | None:
        """All rows, or None after an error."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except opening.FAULTS:
            self._connection.close()
            self._connection = self._open()
            return None

    def until_error(self, sql: str) -> list[Row]:
        """As many rows as come before an error."""
        found: list[Row] = []
        try:
            found.extend(self._connection.execute(sql))
        except opening.FAULTS:
            self._connection.close()
            self._connection = self._open()
        return found

    def _open(self) -> dbapi2.Connection:
        return opening.connect(self._path, self._key(), torn=True)


def _one(wreck: Wreck, table: str, new: Refill) -> Saved:
    columns = [name for name in new.columns(table) if name in _columns_of(wreck, table)]
    spelled = ", ".join(columns)
    rows, lost = wreck.rows(f"SELECT {spelled} FROM {table}"), 0
    if rows is None:
        by_rowid = _has_rowid(wreck, table)
        rows, lost = _by_rowid(wreck, table, spelled) if by_rowid else _by_parent(wreck, table, columns)
    kept = new.add(table, columns, rows)
    return Saved(table=table, rows=kept, lost=lost + len(rows) - kept)


def _columns_of(wreck: Wreck, table: str) -> set[str]:
    return {str(row[1]) for row in wreck.rows(f"PRAGMA table_info({table})") or []}


def _has_rowid(wreck: Wreck, table: str) -> bool:
    found = wreck.rows("SELECT sql LIKE '%WITHOUT ROWID%' FROM sqlite_master WHERE name = ?", table)
    return not (found and found[0][0])


def _by_rowid(wreck: Wreck, table: str, columns: str) -> tuple[list[Row], int]:
    """Halve every range that cannot be read until single rows are left; those are the lost ones."""
    known = _rowids(wreck, table)
    if known is not None:
        return _halving(wreck, table, columns, known)
    before = wreck.until_error(f"SELECT rowid, {columns} FROM {table} ORDER BY rowid")
    last = int(before[-1][0]) if before else 0
    beyond = range(last + 1, last + BEYOND)
    rows, lost = _halving(wreck, table, columns, beyond)
    return [row[1:] for row in before] + rows, lost


def _rowids(wreck: Wreck, table: str) -> Sequence[int] | None:
    """Every row's number as a sound index or the table's own end tells; None when neither can be read."""
    for _n, index, *_rest in wreck.rows(f"PRAGMA index_list({table})") or []:
        found = wreck.rows(f'SELECT rowid FROM {table} INDEXED BY "{index}"')
        if found is not None:
            return sorted(int(row[0]) for row in found)
    ends = wreck.rows(f"SELECT (SELECT MIN(rowid) FROM {table}), (SELECT MAX(rowid) FROM {table})")
    if ends is None or ends[0][0] is None:
        return None
    return range(int(ends[0][0]), int(ends[0][1]) + 1)


def _halving(wreck: Wreck, table: str, columns: str, known: Sequence[int]) -> tuple[list[Row], int]:
    found: list[Row] = []
    lost, waiting = 0, [known]
    while waiting:
        part = waiting.pop()
        if not part:
            continue
        sql = f"SELECT {columns} FROM {table} WHERE rowid BETWEEN ? AND ?"
        rows = wreck.rows(sql, part[0], part[-1])
        if rows is not None:
            found += rows
        elif len(part) == 1:
            lost += 1
        else:
            half = len(part) // 2
            waiting += [part[half:], part[:half]]
    return found, lost


def _by_parent(wreck: Wreck, table: str, columns: list[str]) -> tuple[list[Row], int]:
    """Tables without rowid: from both ends until an error, then parent by parent. What is lost cannot be counted
    exactly: every parent whose rows could not be read counts as one."""
    keys = _primary_key(wreck, table)
    spelled, order = ", ".join(columns), ", ".join(keys)
    backwards = ", ".join(f"{key} DESC" for key in keys)
    found = wreck.until_error(f"SELECT {spelled} FROM {table} ORDER BY {order}")
    found += wreck.until_error(f"SELECT {spelled} FROM {table} ORDER BY {backwards}")
    lost = 0
    for parent in _parents(wreck, keys[0]):
        rows = wreck.rows(f"SELECT {spelled} FROM {table} WHERE {keys[0]} = ?", parent)
        if rows is None:
            lost += 1
        else:
            found += rows
    return list(dict.fromkeys(found)), max(lost, 1)


def _primary_key(wreck: Wreck, table: str) -> list[str]:
    marked = [row for row in wreck.rows(f"PRAGMA table_info({table})") or [] if row[5]]
    return [str(row[1]) for row in sorted(marked, key=lambda row: int(row[5]))]


def _parents(wreck: Wreck, column: str) -> Iterator[str]:
    parent = PARENTS.get(column)
    if parent is None:
        return
    index = f"sqlite_autoindex_{parent}_1"
    listed = wreck.rows(f'SELECT id FROM {parent} INDEXED BY "{index}"')
    if listed is None:
        listed, _lost = _by_rowid(wreck, parent, "id")
    yield from (str(row[0]) for row in listed)
