"""Reader and Transaction: two types, so that a write without a transaction does not type-check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from valmentaja.base.clock import Clock, stamp
from valmentaja.base.errors import N_, StorageError
from valmentaja.store import audit, migrate
from valmentaja.store import connection as opening
from valmentaja.store.audit import Event
from valmentaja.store.pages import Copying, Pages, pin
from valmentaja.store.refill import Refill

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
        except opening.FAULTS as error:
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
        except opening.FAULTS as error:
            raise _refused(error, self._path) from error
        self.note(event)
        return int(made or 0)

    def change_many(self, event: Event, sql: str, rows: Sequence[Sequence[Cell]]) -> None:
        """One statement over many rows, logged once a client with their number; nothing for no rows."""
        if not rows:
            return
        try:
            self._connection.executemany(sql, rows)
        except opening.FAULTS as error:
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
        try:
            audit.record(self._connection, event, at=stamp(self._clock), actor=self._actor)
        except opening.FAULTS as error:
            raise opening.said(error, self._path) from error

    def start_ratchet(self, first_key: bytes, sealed: Mapping[str, bytes]) -> None:
        """From the next entry on, entries carry a MAC that only the holders of `first_key` can check.

        The ratchet before it, if there is one, vouches for the new one: nobody can begin anew in the past.
        """
        if audit.has_ratchet(self._connection):
            self.note(Event(audit.LOG_KEY, "vault", audit.boxes(sealed)))
        audit.start(self._connection, first_key, sealed)


BeforeMigration = Callable[["Store"], None]
"""Gets the database in its old schema; what it raises keeps the old schema as it is."""


class Store(Reader):
    """An open database. `writing()` is the one way to change it; `actor` stands in every entry of the log."""

    def __init__(
        self,
        connection: dbapi2.Connection,
        path: Path,
        clock: Clock,
        actor: str = "coach",
        pages: Pages | None = None,
    ) -> None:
        super().__init__(connection, path)
        self._clock, self._actor = clock, actor
        self._pages = pages
        self._copying: Copying | None = None

    @property
    def has_ratchet(self) -> bool:
        return audit.has_ratchet(self._connection)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """All or nothing; when this returns, what was written is on the disk."""
        # A file without a name can still be written to, and would be lost.
        away = opening.gone(self._path)
        if away is not None:
            raise away
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except opening.FAULTS as error:
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
        except opening.FAULTS as error:
            self._undo()
            raise opening.said(error, self._path) from error

    def _undo(self) -> None:
        # A full disk has rolled back by itself.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def refilling(self) -> Refill:
        """For a salvage only: rows go in as they were found, past triggers and log (see `store.refill`)."""
        return Refill(self._connection)

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the database; called when idle, after an erasure and on closing.

        Put off during a backup.
        StorageError when the disk has no room for it; what was saved stays saved.
        """
        if self._copying is not None:
            return
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except opening.FAULTS as error:
            raise opening.said(error, self._path) from error

    def hold_still(self) -> Copying:
        """Leave the database file as it is until `let_go`; what is written meanwhile waits in the write-ahead log."""
        if self._copying is not None or self._pages is None:
            raise StorageError(N_("A backup is being made already. Wait until it is ready."))
        try:
            busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            self._connection.execute("PRAGMA wal_autocheckpoint=0")
        except opening.FAULTS as error:
            raise opening.said(error, self._path) from error
        if busy:
            raise StorageError(N_("The vault is busy. Try again in a moment."))
        self._copying = Copying(self._pages)
        return self._copying

    def let_go(self) -> None:
        """After a backup: fold the write-ahead log as before. A copy that is not ready by now is refused."""
        if self._copying is not None:
            self._copying.torn = True
            self._copying = None
            self._connection.execute(f"PRAGMA wal_autocheckpoint={opening.FOLD_AT}")
            self.checkpoint()

    def version(self) -> int:
        """The schema's version; older than this program's only in `before_migration`."""
        return self.number("PRAGMA user_version")

    @property
    def path(self) -> Path:
        return self._path

    def copy_into(self, empty: dbapi2.Connection) -> None:
        """Every page into an empty database, which may have another key."""
        self._connection.backup(empty)

    def schema(self) -> str:
        return migrate.schema(self._connection)

    def bring_up_to_date(self, before_migration: BeforeMigration | None = None) -> None:
        """Apply the migrations that are due, and log what another tool has changed."""
        try:
            if before_migration is not None and 0 < self.version() < migrate.newest():
                before_migration(self)
            migrate.migrate(self._connection)
        except opening.FAULTS as error:
            raise opening.said(error, self._path) from error
        if audit.has_pending(self._connection):
            with self.writing() as tx:
                tx.note(audit.FOREIGN)

    def close(self) -> None:
        try:
            self.let_go()
            self.checkpoint()
        except StorageError:
            # What was saved is in the write-ahead log, and the next opening reads it.
            pass
        finally:
            self.drop()

    def drop(self) -> None:
        """Close without folding the write-ahead log; for a database that cannot be read or brought up to date."""
        self._connection.close()
        if self._pages is not None:
            self._pages.close()


def create(path: Path, key: bytearray, clock: Clock) -> Store:
    path.touch(mode=0o600, exist_ok=False)
    return _ready(_open(path, opening.create, key, clock, "coach"), None)


def connect(
    path: Path, key: bytearray, clock: Clock, *, actor: str = "coach", before_migration: BeforeMigration | None = None
) -> Store:
    """`actor` is who opens: coach, recovery, organisation, program."""
    return _ready(_open(path, opening.connect, key, clock, actor), before_migration)


def connect_as_it_is(path: Path, key: bytearray, clock: Clock) -> Store:
    """Without bringing the schema up to date; for looking at a copy."""
    return _open(path, opening.connect, key, clock, "program")


def _open(
    path: Path, way: Callable[[Path, bytearray], dbapi2.Connection], key: bytearray, clock: Clock, actor: str
) -> Store:
    """The pinned descriptor comes first and goes last, or the lock would go with it."""
    try:
        pages = pin(path)
    except OSError:
        # The way says what is wrong with the file and wipes the key.
        return Store(way(path, key), path, clock, actor)
    try:
        return Store(way(path, key), path, clock, actor, pages)
    except BaseException:
        pages.close()
        raise


def _ready(store: Store, before_migration: BeforeMigration | None) -> Store:
    try:
        store.bring_up_to_date(before_migration)
    except BaseException:
        store.drop()
        raise
    return store


_REFUSALS = {
    "a frozen plan never changes": N_("This is a frozen plan: it never changes. Make a new version instead."),
    "an answer is never changed": N_("An answer is never changed; a correction is a new answer."),
    "a signed document never changes": N_("A signed document never changes."),
    "a sealed month never changes": N_("An exported month never changes; a correction is a new revision."),
    "a correction never changes": N_("A correction never changes; make another one."),
    "the log is append-only": N_("The log cannot be changed."),
    "a client handed over is not changed here": N_(
        "The client was handed over to another coach: this copy is for reading. Nothing was changed."
    ),
}


def _refused(error: Exception, path: Path) -> StorageError:
    """Triggers speak in fixed phrases; everything else is a storage fault."""
    phrase = re.sub(r"\s+", " ", str(error))
    if phrase in _REFUSALS:
        return StorageError(_REFUSALS[phrase])
    return opening.said(error, path)
