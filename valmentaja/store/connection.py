"""Opening SQLCipher in the one safe order (store.md §2)."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from sqlcipher3 import dbapi2

from valmentaja.base.errors import N_, DamagedError, StorageError
from valmentaja.crypto.keys import wipe

APPLICATION_ID = 0x56414C4D
FOLD_AT = 20_000
"""Pages of 4 KiB in the write-ahead log at which it is folded even while somebody writes."""

BEFORE_FIRST_READ = (
    "PRAGMA cipher_log_level=NONE",
    "PRAGMA cipher_compatibility=4",
    "PRAGMA locking_mode=EXCLUSIVE",  # no -shm file, and a second window is refused at once
)
AFTER_FIRST_READ = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA temp_store=MEMORY",  # FILE leaves plaintext in temporary files
    "PRAGMA mmap_size=0",
    "PRAGMA cache_size=-65536",
    # Folding 1000 pages, SQLite's own choice, took 0.3 s in the middle of typing; it is done when idle.
    f"PRAGMA wal_autocheckpoint={FOLD_AT}",
)

_HEX = b"0123456789abcdef"
FAULTS = (dbapi2.Error, MemoryError)
"""What a database may raise; SQLCipher also says "out of memory" when a page it must write has been altered."""

BEGINNING = N_("The database in {folder} is damaged at its beginning. Restore the newest backup.")
TORN = N_("Part of the database in {folder} is damaged. Restore the newest backup, or save what can be read.")
SHORT = N_("The database in {folder} has been cut short. Restore the newest backup, or save what can be read.")


def create(path: Path, key: bytearray) -> dbapi2.Connection:
    """A new database in the empty file at `path`; the key buffer is wiped."""
    connection = _connect(path, key)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    _settle(connection, path)
    return connection


def blank(path: Path, key: bytearray) -> dbapi2.Connection:
    """An empty file at `path`, keyed and not yet written: what a copy of another database is poured into."""
    path.touch(mode=0o600, exist_ok=False)
    return _connect(path, key)


def connect(path: Path, key: bytearray, *, torn: bool = False) -> dbapi2.Connection:
    """An existing database; StorageError says what is wrong. The key buffer is wiped in every case.

    `torn` opens also a file that is shorter than its first page says, to read what is left.
    """
    try:
        _check_file(path)
        connection = _connect(path, key)
    finally:
        wipe(key)
    try:
        _recognise(connection, path, torn=torn)
        _settle(connection, path)
    except FAULTS as error:
        connection.close()
        raise said(error, path) from error
    except StorageError:
        connection.close()
        raise
    return connection


def said(error: Exception, path: Path) -> StorageError:
    """The sentence for an error of the database (store.md §3)."""
    text, folder = str(error), str(path.parent)
    if "locked" in text or "busy" in text:
        return StorageError(N_("The vault is open in another window. Close it there first."))
    if "disk is full" in text:
        return StorageError(N_("The disk is full. Nothing was saved. Free some space and try again."))
    if "malformed" in text or isinstance(error, MemoryError):
        return DamagedError(TORN, folder=folder)
    if "not a database" in text:
        return StorageError(BEGINNING, folder=folder)
    return _of_the_disk(text, path) or StorageError(N_("Nothing was saved ({reason})."), reason=text)


def gone(path: Path) -> StorageError | None:
    """A sentence when the file is not where it was opened: a stick pulled out, a folder moved."""
    if path.exists():
        return None
    return StorageError(
        N_("The vault's folder {folder} is no longer there. Nothing was saved. Connect the disk again."),
        folder=str(path.parent),
    )


def _of_the_disk(text: str, path: Path) -> StorageError | None:
    if "readonly" not in text and "unable to open" not in text and "disk I/O" not in text:
        return None
    if "disk I/O" in text and os.access(path.parent, os.W_OK):
        return gone(path) or StorageError(
            N_("The disk with {folder} does not answer. Nothing was saved. Check the disk and try again."),
            folder=str(path.parent),
        )
    return gone(path) or StorageError(
        N_("The vault in {folder} cannot be written to. Check the disk and your rights."), folder=str(path.parent)
    )


def _check_file(path: Path) -> None:
    """SQLite would open an empty file as a new database."""
    if not path.exists():
        raise StorageError(
            N_("The database is missing from {folder}. Restore the newest backup."), folder=str(path.parent)
        )
    if path.stat().st_size == 0:
        raise StorageError(
            N_("The database in {folder} is empty (0 bytes). Restore the newest backup."), folder=str(path.parent)
        )


def _recognise(connection: dbapi2.Connection, path: Path, *, torn: bool) -> None:
    try:
        if torn:
            connection.execute("PRAGMA writable_schema=ON")
        found = connection.execute("PRAGMA application_id").fetchone()[0]
    except FAULTS as error:
        if "malformed" in str(error) and _is_short(connection):
            raise DamagedError(SHORT, folder=str(path.parent)) from error
        raise
    if found != APPLICATION_ID:
        raise StorageError(BEGINNING, folder=str(path.parent))


def _is_short(connection: dbapi2.Connection) -> bool:
    """With a writable schema SQLite no longer minds a file shorter than its first page says, but all else."""
    try:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("PRAGMA application_id").fetchone()
    except FAULTS:
        return False
    return True


def _connect(path: Path, key: bytearray) -> dbapi2.Connection:
    """Open and key the file. A key of a wrong length would silently be taken for a passphrase."""
    if len(key) != 32:
        raise ValueError("raw key size")
    try:
        connection: dbapi2.Connection = dbapi2.connect(
            f"file:{quote(str(path.resolve()))}?mode=rw", uri=True, isolation_level=None, timeout=0
        )
    except FAULTS as error:
        raise said(error, path) from error
    spelled = _spelled(key)
    try:
        connection.set_key(spelled)
        for statement in BEFORE_FIRST_READ:
            connection.execute(statement)
    except FAULTS as error:
        connection.close()
        raise said(error, path) from error
    finally:
        wipe(spelled)
        wipe(key)
    return connection


def _spelled(key: bytearray) -> bytearray:
    """`x'<64 hex digits>'`, written digit by digit: `hex()` would leave a copy that nobody can wipe."""
    out = bytearray(b"x'" + bytes(64) + b"'")
    for place, byte in enumerate(key):
        out[2 + 2 * place] = _HEX[byte >> 4]
        out[3 + 2 * place] = _HEX[byte & 15]
    return out


def _settle(connection: dbapi2.Connection, path: Path) -> None:
    try:
        for statement in AFTER_FIRST_READ:
            connection.execute(statement)
        connection.enable_load_extension(False)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except FAULTS as error:
        raise said(error, path) from error
    for name in (path.name, f"{path.name}-wal"):
        beside = path.with_name(name)
        if beside.exists():
            beside.chmod(0o600)
