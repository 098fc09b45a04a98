"""When a client's facts were entered in the national system, and what they said then."""

from __future__ import annotations

import json
from datetime import date

from valmentaja.base.canonical import Json, canonical
from valmentaja.domain.client import ClientId
from valmentaja.domain.ura import Entered, Entry, Kind
from valmentaja.store.audit import Event
from valmentaja.store.clients import day, iso
from valmentaja.store.database import Reader, Row, Transaction

VOIDS = "voids"
"""In place of what was said: the id of an entry that counts no more."""


def add(tx: Transaction, entered: Entered) -> None:
    e = entered
    tx.change(
        Event("enter", "ura_entry", e.id, e.client),
        "INSERT INTO ura_entry (id, client_id, entered, said, at) VALUES (?, ?, ?, ?, ?)",
        *(e.id, e.client, e.on.isoformat(), canonical([_json(one) for one in e.said]).decode(), e.at),
    )


def void(tx: Transaction, entered: Entered, *, entry_id: str, at: str) -> None:
    """What was recorded by mistake counts no more: a row of its own says so, and both stay."""
    tx.change(
        Event("void", "ura_entry", entry_id, entered.client),
        "INSERT INTO ura_entry (id, client_id, entered, said, at) VALUES (?, ?, ?, ?, ?)",
        *(entry_id, entered.client, entered.on.isoformat(), canonical({VOIDS: entered.id}).decode(), at),
    )


def of_client(store: Reader, client: ClientId) -> tuple[Entered, ...]:
    """Those that count, oldest first."""
    sql = "SELECT id, client_id, entered, said, at FROM ura_entry WHERE client_id = ? ORDER BY entered, at, id"
    rows = store.rows(sql, client)
    voided = {row[0]: _voided(row[3]) for row in rows}
    without = {one for one, other in voided.items() if other} | set(voided.values())
    return tuple(_entered(row) for row in rows if row[0] not in without)


def _voided(text: str) -> str:
    """The id of the entry that this row takes back; "" for an entry."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    return str(held[VOIDS]) if isinstance(held, dict) and VOIDS in held else ""


def _json(entry: Entry) -> Json:
    """What is compared later; codes that might have been meant instead are not kept."""
    e = entry
    return {
        "key": e.key,
        "kind": e.kind.value,
        "code": e.code,
        "service": e.service,
        "since": iso(e.since),
        "until": iso(e.until),
        "words": e.words,
    }


def _entered(row: Row) -> Entered:
    return Entered(
        id=row[0],
        client=row[1],
        on=date.fromisoformat(row[2]),
        said=_said(row[3]),
        at=row[4],
    )


def _said(text: str) -> tuple[Entry, ...]:
    """Empty where another coach's program wrote what this one cannot read: then everything is to be looked at."""
    try:
        return tuple(_entry(held) for held in json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError):
        return ()


def _entry(held: dict[str, object]) -> Entry:
    return Entry(
        key=_text(held["key"]),
        kind=Kind(_text(held["kind"])),
        code=_text(held["code"]),
        service=_text(held["service"]),
        since=_day(held["since"]),
        until=_day(held["until"]),
        words=_text(held["words"]),
    )


def _text(value: object) -> str:
    """TypeError for anything else, ValueError for half a character, which no screen and no paper can show."""
    if not isinstance(value, str):
        raise TypeError
    value.encode()
    return value


def _day(value: object) -> date | None:
    return None if value is None else day(_text(value))
