"""Reader and Transaction: two types, so that a write without a transaction does not type-check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from valmentaja.base.clock import Clock, stamp
from valmentaja.base.errors import N_, StorageError
from valmentaja.store import audit, migrate
from valmentaja.store import connection as opening
from valmentaja.store.audit import Event

Cell = str | int | bytes | None
Row = tuple[Any, ...]
"""What a SELECT gives; its types are the columns' of schema.sql."""


class Reader:
    """Reads outside or inside a transaction."""

    def __init__(self, connection: dbapi2.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def rows(self, sql: str, *values: Cell) -> list[Row]:
        try:
            return list(self._connection.execute(sql, values).fetchall())
        except dbapi2.Error as error:
            raise opening.said(error, self._path) from error

    def row(self, sql: str, *values: Cell) -> Row | None:
        found = self.rows(sql, *values)
        return found[0] if found else None

    def text(self, sql: str, *values: Cell) -> str | None:
        """The first column of the first row as text, or None."""
        found = self.row(sql, *values)
        return None if found is None or found[0] is None else str(found[0])

    def number(self, sql: str, *values: Cell) -> int:
        """The first column of the first row as a whole number; 0 when there is none."""
        return int(self.text(sql, *values) or 0)


class Transaction(Reader):
    """The only thing that writes. Every call writes its rows and its entry in the log together."""

    def __init__(self, connection: dbapi2.Connection, path: Path, clock: Clock, actor: str) -> None:
        super().__init__(connection, path)
        self._clock, self._actor = clock, actor

    def change(self, event: Event, sql: str, *values: Cell) -> int:
        """Run one statement and log the rows it touched; the new row's id for an INSERT into a rowid table."""
        try:
            made = self._connection.execute(sql, values).lastrowid
        except dbapi2.Error as error:
            raise _refused(error, self._path) from error
        self.note(event)
        return int(made or 0)

    def change_many(self, event: Event, sql: str, rows: Sequence[Sequence[Cell]]) -> None:
        """One statement over many rows, logged once a client with their number; nothing for no rows."""
        if not rows:
            return
        try:
            self._connection.executemany(sql, rows)
        except dbapi2.Error as error:
            raise _refused(error, self._path) from error
        self.note(event)

    def derive(self, sql: str, *values: Cell) -> None:
        """Write what can be made again from rows that are logged already, the search index; no entry of its own."""
        try:
            self._connection.execute(sql, values)
        except dbapi2.Error as error:
            raise _refused(error, self._path) from error

    def note(self, event: Event) -> None:
        """Log what has changed; also something that changes no row: an opening, an export."""
        audit.record(self._connection, event, at=stamp(self._clock), actor=self._actor)

    def start_ratchet(self, first_key: bytes, sealed: Mapping[str, bytes]) -> None:
        """From the next entry on, entries carry a MAC that only the holders of `first_key` can check."""
        audit.start(self._connection, first_key, sealed)


class Store(Reader):
    """An open database. `writing()` is the one way to change it; `actor` stands in every entry of the log."""

    def __init__(self, connection: dbapi2.Connection, path: Path, clock: Clock, actor: str = "coach") -> None:
        super().__init__(connection, path)
        self._clock, self._actor = clock, actor

    @property
    def has_ratchet(self) -> bool:
        return audit.has_ratchet(self._connection)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """All or nothing; when this returns, what was written is on the disk."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except dbapi2.Error as error:
            raise opening.said(error, self._path) from error
        try:
            yield Transaction(self._connection, self._path, self._clock, self._actor)
        except BaseException:
            self._undo()
            raise
        self._commit()

    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except dbapi2.Error as error:
            self._undo()
            raise opening.said(error, self._path) from error

    def _undo(self) -> None:
        # A full disk has rolled back by itself.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the database; called when idle and on closing."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def schema(self) -> str:
        return migrate.schema(self._connection)

    def close(self) -> None:
        try:
            self.checkpoint()
        finally:
            self._connection.close()


def create(path: Path, key: bytearray, clock: Clock) -> Store:
    return _ready(opening.create(path, key), path, clock, "coach")


def connect(path: Path, key: bytearray, clock: Clock, *, actor: str = "coach") -> Store:
    """`actor` is who opens: coach, recovery, organisation, program."""
    return _ready(opening.connect(path, key), path, clock, actor)


def _ready(connection: dbapi2.Connection, path: Path, clock: Clock, actor: str) -> Store:
    try:
        migrate.migrate(connection)
    except dbapi2.Error as error:
        connection.close()
        raise opening.said(error, path) from error
    except StorageError:
        connection.close()
        raise
    store = Store(connection, path, clock, actor)
    if audit.has_pending(connection):
        with store.writing() as tx:
            tx.note(audit.FOREIGN)
    return store


_REFUSALS = {
    "a frozen plan never changes": N_("This is a frozen plan: it never changes. Make a new version instead."),
    "an answer is never changed": N_("An answer is never changed; a correction is a new answer."),
    "a signed document never changes": N_("A signed document never changes."),
    "a sealed month never changes": N_("An exported month never changes; a correction is a new revision."),
    "a correction never changes": N_("A correction never changes; make another one."),
    "the log is append-only": N_("The log cannot be changed."),
}


def _refused(error: dbapi2.Error, path: Path) -> StorageError:
    """Triggers speak in fixed phrases; everything else is a storage fault."""
    phrase = re.sub(r"\s+", " ", str(error))
    if phrase in _REFUSALS:
        return StorageError(_REFUSALS[phrase])
    return opening.said(error, path)
