"""Which rows are a client's: read from the schema's foreign keys, so that a new table is never forgotten."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.domain.client import ClientId
from valmentaja.store.database import Cell, Reader

DERIVED = frozenset({"search_text"})
"""Copies of words that stand in other tables, made for searching."""
LEFT_BEHIND = frozenset({"audit", "audit_pending", "erasure", "handover"})
"""Tables with a client's number and nothing else of the client: they stay when the client is erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A table whose rows go with the client; `where` picks one client's rows with one value, the client's id."""

    table: str
    where: str


def owned(store: Reader) -> tuple[Owned, ...]:
    """The client's own row first, then every table that falls with it, parents before children."""
    found = {"client": "id = ?"}
    keys = _cascades(store)
    while added := {
        child: _under(column, parent, found) for child, column, parent in keys if _new(child, parent, found)
    }:
        found |= added
    return tuple(Owned(table=table, where=where) for table, where in found.items())


def counts(store: Reader, client: ClientId) -> dict[str, int]:
    """How many rows of each table would go with the client; tables without any are left out."""
    counted = {o.table: store.number(f"SELECT COUNT(*) FROM {o.table} WHERE {o.where}", client) for o in owned(store)}
    return {table: n for table, n in counted.items() if n}


def rows(store: Reader, client: ClientId) -> dict[str, list[dict[str, Cell]]]:
    """Every row of the client, by table and column, in the tables' own order; derived tables are left out."""
    tables = [(o.table, o.where) for o in owned(store) if o.table not in DERIVED]
    tables.append(("handover", "client_id = ?"))
    return {table: _rows(store, table, where, client) for table, where in tables}


def _rows(store: Reader, table: str, where: str, client: ClientId) -> list[dict[str, Cell]]:
    columns = [str(r[0]) for r in store.rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", table)]
    found = store.rows(f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY 1, 2", client)
    return [dict(zip(columns, row, strict=True)) for row in found]


def _cascades(store: Reader) -> list[tuple[str, str, str]]:
    """(child table, its column, parent table) of every key that deletes with its parent."""
    found = store.rows(
        'SELECT m.name, k."from", k."table" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS k '
        "WHERE m.type = 'table' AND k.on_delete = 'CASCADE' ORDER BY m.name, k.seq"
    )
    return [(str(r[0]), str(r[1]), str(r[2])) for r in found]


def _new(child: str, parent: str, found: dict[str, str]) -> bool:
    return parent in found and child not in found


def _under(column: str, parent: str, found: dict[str, str]) -> str:
    if parent == "client":
        return f"{column} = ?"
    return f"{column} IN (SELECT id FROM {parent} WHERE {found[parent]})"
