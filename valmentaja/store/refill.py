"""Putting saved rows into an empty database: without its triggers, then making it whole again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlcipher3 import dbapi2

INDEXES = ("name_index", "note_index")
NAMELESS = "?"
"""The family name of a client whose own row was lost while others speak of it."""


class Refill:
    """Use as a context: what is added inside is kept together or not at all."""

    def __init__(self, connection: dbapi2.Connection) -> None:
        self._connection = connection
        self._triggers: list[tuple[str, str]] = []

    def __enter__(self) -> Refill:
        """Frozen plans take no rows and every row would be logged: both are for what people do, not for this."""
        self._connection.execute("PRAGMA foreign_keys=OFF")
        self._connection.execute("BEGIN IMMEDIATE")
        self._triggers = self._connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
        ).fetchall()
        for name, _sql in self._triggers:
            self._connection.execute(f"DROP TRIGGER {name}")
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK" if kind else "COMMIT")
        self._connection.execute("PRAGMA foreign_keys=ON")

    def columns(self, table: str) -> list[str]:
        """Empty for a table that there is no more."""
        return [str(row[1]) for row in self._connection.execute(f"PRAGMA table_info({table})")]

    def add(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> int:
        """How many of the rows are new and whole; the others are left out."""
        before = self._connection.total_changes
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        return self._connection.total_changes - before

    def settle(self, today: str) -> Counter[str]:
        """Nameless clients for rows that speak of lost ones; other rows without their parent go, by table."""
        self._name_lost_clients(today)
        gone = self._drop_orphans()
        for index in INDEXES:
            self._connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
        for _name, sql in self._triggers:
            self._connection.execute(sql)
        return gone

    def _name_lost_clients(self, today: str) -> None:
        # Non-disclosure is on: whether it was, went with the row.
        for table in self._tables():
            for column, parent, _to, _then in self._links(table):
                if parent == "client":
                    self._connection.execute(
                        "INSERT OR IGNORE INTO client (id, record_key, family_name, given_names, hetu, municipality, "
                        "language, phone, email, address, non_disclosure, intake_date, referred_by, exclusion_risk, "
                        "exclusion_risk_reason, sort_key, folded, loosened) "
                        f"SELECT DISTINCT {column}, randomblob(16), ?1, {column}, '', '', '', '', '', '', 1, ?2, '', "
                        f"0, '', ?1, lower({column}), lower({column}) FROM {table} "
                        f"WHERE {column} NOT IN (SELECT id FROM client)",
                        (NAMELESS, today),
                    )

    def _drop_orphans(self) -> Counter[str]:
        gone: Counter[str] = Counter()
        while self._connection.execute("PRAGMA foreign_key_check").fetchone():
            for table in self._tables():
                for column, parent, to, then in self._links(table):
                    act = f"UPDATE {table} SET {column} = NULL" if then == "SET NULL" else f"DELETE FROM {table}"
                    lacking = f"{column} IS NOT NULL AND {column} NOT IN (SELECT {to} FROM {parent})"
                    touched = self._connection.execute(f"{act} WHERE {lacking}").rowcount
                    gone[table] += 0 if then == "SET NULL" else touched
        return gone

    def _tables(self) -> list[str]:
        found = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return [str(row[0]) for row in found]

    def _links(self, table: str) -> list[tuple[str, str, str, str]]:
        """Column, parent, the parent's column, what happens on deletion."""
        found = self._connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        return [(r[3], r[2], r[4] or "id", r[6]) for r in found]
