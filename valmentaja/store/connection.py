"""Opening SQLCipher in the one safe order (store.md §2)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from sqlcipher3 import dbapi2

from valmentaja.base.errors import N_, StorageError
from valmentaja.crypto.keys import wipe

APPLICATION_ID = 0x56414C4D

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
)

_HEX = b"0123456789abcdef"
DAMAGED = N_("The database in {folder} is damaged. Restore the newest backup.")


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


def connect(path: Path, key: bytearray) -> dbapi2.Connection:
    """An existing database; StorageError says what is wrong. The key buffer is wiped in every case."""
    if not path.exists():
        wipe(key)
        raise StorageError(
            N_("The database is missing from {folder}. Restore the newest backup."), folder=str(path.parent)
        )
    connection = _connect(path, key)
    try:
        found = connection.execute("PRAGMA application_id").fetchone()[0]
        if found != APPLICATION_ID:
            raise StorageError(DAMAGED, folder=str(path.parent))
        _settle(connection, path)
    except dbapi2.Error as error:
        connection.close()
        raise said(error, path) from error
    except StorageError:
        connection.close()
        raise
    return connection


def said(error: dbapi2.Error, path: Path) -> StorageError:
    """The sentence for an error of the database (store.md §3)."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return StorageError(N_("The vault is open in another window. Close it there first."))
    if "disk is full" in text:
        return StorageError(N_("The disk is full. Nothing was saved. Free some space and try again."))
    if "readonly" in text or "unable to open" in text:
        return StorageError(
            N_("The vault in {folder} cannot be written to. Check the disk and your rights."), folder=str(path.parent)
        )
    if "not a database" in text or "malformed" in text:
        return StorageError(DAMAGED, folder=str(path.parent))
    return StorageError(N_("Nothing was saved ({reason})."), reason=text)


def _connect(path: Path, key: bytearray) -> dbapi2.Connection:
    """Open and key the file. A key of a wrong length would silently be taken for a passphrase."""
    if len(key) != 32:
        raise ValueError("raw key size")
    connection: dbapi2.Connection = dbapi2.connect(
        f"file:{quote(str(path.resolve()))}?mode=rw", uri=True, isolation_level=None, timeout=0
    )
    spelled = _spelled(key)
    try:
        connection.set_key(spelled)
        for statement in BEFORE_FIRST_READ:
            connection.execute(statement)
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
    except dbapi2.Error as error:
        raise said(error, path) from error
    for name in (path.name, f"{path.name}-wal"):
        beside = path.with_name(name)
        if beside.exists():
            beside.chmod(0o600)
