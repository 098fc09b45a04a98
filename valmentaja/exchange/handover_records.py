"""A client's record as JSON and back; nothing is believed before every cell has been looked at."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from valmentaja.base.canonical import Json, fingerprint
from valmentaja.domain.record import REFERENCES, SHAPE, TABLES, Cell, Column, Kind, Record, RecordRow, Table
from valmentaja.exchange.strict_json import MalformedError, as_list, as_number, as_object, as_text, exactly

T = TypeVar("T")

MOST_ROWS = 100_000
LONGEST_TEXT = 1_000_000


def as_json(record: Record) -> dict[str, Json]:
    return {
        table.name: [{c.name: _json(row[c.name]) for c in table.columns} for row in record.tables[table.name]]
        for table in TABLES
    }


def from_json(value: object, shape: int = SHAPE) -> Record:
    """MalformedError, with the place, for what is not a whole and consistent record of this shape."""
    held = as_object(value, "record")
    exactly(held, tuple(table.name for table in TABLES if table.since <= shape), "record")
    record = Record(tables={table.name: _rows(table, held.get(table.name, []), shape) for table in TABLES})
    _whole(record)
    return record


def _json(cell: Cell) -> Json:
    return base64.b64encode(cell).decode() if isinstance(cell, bytes) else cell


def _rows(table: Table, value: object, shape: int) -> tuple[RecordRow, ...]:
    rows = as_list(value, table.name)
    if len(rows) > MOST_ROWS:
        raise MalformedError(f"{table.name}: too many rows")
    return tuple(_row(table, row, shape) for row in rows)


def _row(table: Table, value: object, shape: int) -> RecordRow:
    held = as_object(value, table.name)
    there = tuple(column for column in table.columns if column.since <= shape)
    exactly(held, tuple(column.name for column in there), table.name)
    older: dict[str, Cell] = {column.name: column.before for column in table.columns if column.since > shape}
    return {**{c.name: _cell(c, held[c.name], f"{table.name}.{c.name}") for c in there}, **older}


def _cell(column: Column, value: object, where: str) -> Cell:
    if value is None and column.optional:
        return None
    if column.kind in (Kind.NUMBER, Kind.FLAG):
        number = as_number(value, where)
        return _if(column.kind is Kind.NUMBER or number <= 1, number, where)
    text = as_text(value, where)
    if column.kind is Kind.BYTES:
        return _bytes(text, where)
    return _if(len(text) <= LONGEST_TEXT and _fits(column, text), text, where)


def _fits(column: Column, text: str) -> bool:
    if column.kind is Kind.CODE:
        return text in column.codes
    if column.kind in (Kind.DAY, Kind.MOMENT):
        return _is_moment(text, day=column.kind is Kind.DAY)
    return column.kind is Kind.TEXT or bool(text)


def _is_moment(text: str, *, day: bool) -> bool:
    try:
        (date if day else datetime).fromisoformat(text)
    except ValueError:
        return False
    return not day or len(text) == 10


def _bytes(text: str, where: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise MalformedError(where) from error
    return bytes(_if(base64.b64encode(raw).decode() == text, raw, where))


def _if(good: bool, value: T, where: str) -> T:
    if not good:
        raise MalformedError(where)
    return value


def _whole(record: Record) -> None:
    """One client; no fact twice; what a row names is in the record; papers are what their digest says."""
    one = len(record.tables["client"]) == 1 and len(record.tables["retention_hold"]) <= 1
    _if(one and len(record.record_key) == 16, None, "client")
    for table in TABLES:
        if table.key:
            key = ("id",) if table.name == "meeting" else table.key
            _unique((tuple(row[k] for k in key) for row in record.tables[table.name]), table.name)
    _connected(record)
    for paper in record.tables["document"]:
        _if(isinstance(paper["pdf"], bytes) and fingerprint(paper["pdf"]) == paper["sha256"], None, "document.pdf")


def _connected(record: Record) -> None:
    for table, references in REFERENCES.items():
        for cell, to in references:
            known = {row["id"] for row in record.tables[to]}
            for row in record.tables[table]:
                _if(row[cell] is None or row[cell] in known, None, f"{table}.{cell}")


def _unique(values: Iterable[object], where: str) -> None:
    held = list(values)
    _if(len(set(held)) == len(held), None, where)
