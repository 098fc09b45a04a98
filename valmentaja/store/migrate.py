"""Numbered forward-only .sql steps, all pending ones in one transaction."""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2

from valmentaja.base.errors import N_, StorageError
from valmentaja.store import indexing

FOLDER = Path(__file__).parent / "migrations"


def steps() -> tuple[tuple[int, Path], ...]:
    """(version, file), ascending."""
    return tuple(sorted((int(path.stem), path) for path in FOLDER.glob("[0-9]*.sql")))


def newest() -> int:
    return steps()[-1][0]


def migrate(connection: dbapi2.Connection) -> None:
    """Bring the schema up to `newest()`; a database from a newer program is refused with both numbers."""
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > newest():
        raise StorageError(
            N_(
                "The vault was saved by a newer version (format {found}; this program knows {known}). "
                "Update the program."
            ),
            found=found,
            known=newest(),
        )
    pending = [step for step in steps() if step[0] > found]
    if pending:
        _apply(connection, pending)


def _apply(connection: dbapi2.Connection, pending: list[tuple[int, Path]]) -> None:
    # A table rebuild with foreign keys on would cascade; the pragma does nothing inside a transaction.
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        for version, path in pending:
            for statement in statements(path.read_text(encoding="utf-8")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={version}")
        if pending[0][0] <= indexing.VERSION:
            indexing.fill(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise StorageError(N_("The vault could not be brought up to date. Nothing was changed."))
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    else:
        connection.execute("COMMIT")
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


def statements(script: str) -> list[str]:
    """The script's statements one by one; executescript() would commit the open transaction."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if line.rstrip().endswith(";") and dbapi2.complete_statement(current):
            found.append(current.strip())
            current = ""
    if current.strip():
        raise ValueError("unfinished statement")
    return found


def schema(connection: dbapi2.Connection) -> str:
    """The whole schema as one script, in a stable order: what schema.sql holds."""
    rows = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name"
    ).fetchall()
    return "".join(f"{sql};\n\n" for (sql,) in rows)
