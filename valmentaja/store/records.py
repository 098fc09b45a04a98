"""A client's whole record out of the tables and into them; ids that exist already are the caller's to solve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from valmentaja.domain.client import ClientId
from valmentaja.domain.record import BY_NAME, TABLES, Cell, Record, RecordRow, Table
from valmentaja.i18n.formats import fold, loosen
from valmentaja.store import clients, search
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Transaction

TAKEN_OVER = "take over"
_ORDER = {
    "assessment": "opened, closed IS NULL, closed, rowid",
    "meeting": "id",
    "answer": "seq",
    "rating": "seq",
    "contribution": "id",
    "case_meeting": "position, id",
    "correction": "id",
    "told_fact": "id",
    "plan_goal": "position, id",
    "plan_step": "position, id",
    "plan_review": "date, id",
    "consent": "date, id",
    "ura_entry": "entered, at, id",
    "document": "created, id",
}
_NUMBERED = ("meeting", "told_fact")
"""Tables whose row ids belong to the vault; a correction names such a row by its place in the record."""

_AT_MEETINGS = tuple(table.name for table in TABLES if "meeting_id" in table.names)


def read(store: Reader, client: ClientId) -> Record:
    """KeyError when there is no such client."""
    tables = {table.name: _rows(store, table, client) for table in TABLES}
    if not tables["client"]:
        raise KeyError(client)
    places = {name: _places(store, name, client) for name in _NUMBERED}
    meetings = places["meeting"]
    tables["meeting"] = tuple({**row, "id": meetings[str(row["id"])]} for row in tables["meeting"])
    for name in _AT_MEETINGS:
        tables[name] = tuple({**row, "meeting_id": meetings.get(str(row["meeting_id"]))} for row in tables[name])
    tables["correction"] = tuple(_pointing(row, places) for row in tables["correction"])
    return Record(tables=tables)


def meeting_ids(store: Reader, client: ClientId) -> dict[int, int]:
    """Place in the record → row id."""
    return {place: int(row) for row, place in _places(store, "meeting", client).items()}


def add(tx: Transaction, record: Record) -> None:
    """A client who is not in this vault yet, whole; frozen plans are frozen again when all of them is there."""
    add_rows(tx, record, record.tables, {})


def add_rows(
    tx: Transaction, record: Record, rows: Mapping[str, Iterable[RecordRow]], meetings: Mapping[int, int]
) -> None:
    """These rows of `record`; `meetings` are those that have a row id here already, by their place."""
    client, known = record.id, dict(meetings)
    for table in TABLES:
        chosen = tuple(rows.get(table.name, ()))
        if table.name == "client":
            _add_client(tx, chosen)
        elif table.name == "meeting":
            known |= {int(str(row["id"])): _add(tx, table, client, {**row, "id": None}) for row in chosen}
        else:
            _add_many(tx, table, client, [_as_stored(tx, record, table.name, row, known) for row in chosen])
        if table.name == "signature":
            _freeze(tx, client, tuple(rows.get("plan", ())))
    search.anew(tx, client)


def _as_stored(tx: Transaction, record: Record, table: str, row: RecordRow, meetings: Mapping[int, int]) -> RecordRow:
    """Places become row ids; a plan comes in open, because nothing can be added to a frozen one."""
    if table == "plan":
        return {**row, "follows": None, "fingerprint": None}
    if table in _AT_MEETINGS:
        return {**row, "meeting_id": _known(meetings, row["meeting_id"])}
    if table == "correction" and row["entity"] in _NUMBERED and str(row["entity_id"]).isdecimal():
        place = int(str(row["entity_id"]))
        held = meetings.get(place) if row["entity"] == "meeting" else _told(tx, record, place)
        return {**row, "entity_id": "" if held is None else str(held)}
    return row


def _told(tx: Transaction, record: Record, place: int) -> int | None:
    """The row id of a told fact that was just added or was here, found by what it says."""
    facts = record.tables["told_fact"]
    if not 1 <= place <= len(facts):
        return None
    names = BY_NAME["told_fact"].names
    where = " AND ".join(f"{name} = ?" for name in names)
    found = tx.text(
        f"SELECT MAX(id) FROM told_fact WHERE client_id = ? AND {where}",
        record.id,
        *(facts[place - 1][name] for name in names),
    )
    return None if found is None else int(found)


def _add_client(tx: Transaction, rows: tuple[RecordRow, ...]) -> None:
    """The columns for sorting and searching are this program's own."""
    for row in rows:
        held = {**row, "sort_key": "", "folded": fold(""), "loosened": loosen("")}
        _insert(tx, Event(TAKEN_OVER, "client", str(row["id"]), str(row["id"])), "client", [held])
        person = clients.get(tx, str(row["id"]))
        if person is not None:
            clients.edit(tx, person)


def _freeze(tx: Transaction, client: ClientId, plans: tuple[RecordRow, ...]) -> None:
    for plan in plans:
        if plan["follows"] is not None or plan["fingerprint"] is not None:
            tx.change(
                Event(TAKEN_OVER, "plan", str(plan["id"]), client),
                "UPDATE plan SET follows = ?, fingerprint = ? WHERE id = ?",
                plan["follows"],
                plan["fingerprint"],
                plan["id"],
            )


def taken(store: Reader, table: str, ids: Iterable[str]) -> frozenset[str]:
    """Which of these ids some row of the table has already."""
    held = BY_NAME[table].name
    return frozenset(i for i in ids if store.row(f"SELECT 1 FROM {held} WHERE id = ?", i) is not None)


def free_file_name(store: Reader, name: str) -> str:
    """The name, or the name with a number, so that no other document has it."""
    stem, dot, end = name.rpartition(".")
    tried, number = name, 1
    while store.row("SELECT 1 FROM document WHERE file_name = ?", tried) is not None:
        number += 1
        tried = f"{stem}_{number}{dot}{end}"
    return tried


def alike(store: Reader, record: Record) -> tuple[ClientId, ...]:
    """Clients here with the same identity code, or the same name and birth date."""
    client = record.client
    found = store.rows(
        "SELECT id FROM client WHERE (hetu <> '' AND hetu = ?) "
        "OR (family_name = ? AND given_names = ? AND birth_date = ?) ORDER BY sort_key, id",
        *(client["hetu"], client["family_name"], client["given_names"], client["birth_date"]),
    )
    return tuple(str(row[0]) for row in found)


def of_key(store: Reader, record_key: bytes) -> ClientId | None:
    """The client of this vault who is the same person for certain."""
    return store.text("SELECT id FROM client WHERE record_key = ?", record_key)


def was_erased(store: Reader, record_key: bytes) -> bool:
    return store.row("SELECT 1 FROM erasure WHERE record_key = ?", record_key) is not None


def change_cell(
    tx: Transaction, client: ClientId, table: str, key: Mapping[str, Cell], column: str, value: Cell
) -> None:
    """One cell of one fact of this client; table and columns are names of `domain.record`."""
    shape = BY_NAME[table]
    where = [name for name in shape.names if name in key]
    owner = {"client": "id", "plan": ""}.get(shape.of or table, "client_id")
    conditions = [f"{name} IS ?" for name in where]
    values: list[Cell] = [key[name] for name in where]
    if owner and not shape.of:
        conditions.append(f"{owner} = ?")
        values.append(client)
    if column not in shape.names:
        raise KeyError(column)
    tx.change(
        Event("merge", table, client, client),
        f"UPDATE {table} SET {column} = ? WHERE {' AND '.join(conditions)}",
        value,
        *values,
    )


def remove_draft(tx: Transaction, client: ClientId, plan: str) -> None:
    """A draft that gives way to the same plan, frozen; a frozen one is kept by its trigger."""
    tx.change(Event("merge", "plan", plan, client), "DELETE FROM plan WHERE id = ?", plan)


def add_correction(
    tx: Transaction,
    client: ClientId,
    *,
    entity: str,
    entity_id: str,
    field: str,
    before: str,
    after: str,
    reason: str,
    at: str,
) -> None:
    """The value that was not chosen in a merge stays readable."""
    tx.change(
        Event("merge", "correction", field, client),
        "INSERT INTO correction (client_id, entity, entity_id, field, before, after, reason, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *(client, entity, entity_id, field, before, after, reason, at),
    )


def retell(tx: Transaction, client: ClientId) -> None:
    """Sort key and search words after names have changed."""
    person = clients.get(tx, client)
    if person is not None:
        clients.edit(tx, person)
    search.anew(tx, client)


def _rows(store: Reader, table: Table, client: ClientId) -> tuple[RecordRow, ...]:
    if table.name == "client":
        where = "id = ?"
    elif table.of:
        where = f"{table.link} IN (SELECT id FROM {table.of} WHERE client_id = ?)"
    else:
        where = "client_id = ?"
    order = _ORDER.get(table.name) or ", ".join(table.key) or "1"
    found = store.rows(f"SELECT {', '.join(table.names)} FROM {table.name} WHERE {where} ORDER BY {order}", client)
    return tuple(dict(zip(table.names, row, strict=True)) for row in found)


def _places(store: Reader, table: str, client: ClientId) -> dict[str, int]:
    """Row id, as text, → place among the client's rows, from 1."""
    found = store.rows(f"SELECT id FROM {table} WHERE client_id = ? ORDER BY id", client)
    return {str(row[0]): place for place, row in enumerate(found, start=1)}


def _pointing(row: RecordRow, places: Mapping[str, Mapping[str, int]]) -> RecordRow:
    """A correction of a numbered row names it by its place."""
    held = places.get(str(row["entity"]))
    return row if held is None else {**row, "entity_id": str(held.get(str(row["entity_id"]), ""))}


def _known(known: Mapping[int, int], place: Cell) -> int | None:
    return known.get(place) if isinstance(place, int) else None


def _add(tx: Transaction, table: Table, client: ClientId, row: RecordRow) -> int:
    names = (*table.names, "client_id")
    return tx.change(
        Event(TAKEN_OVER, table.name, "", client),
        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        *(row[name] for name in table.names),
        client,
    )


def _add_many(tx: Transaction, table: Table, client: ClientId, rows: Iterable[RecordRow]) -> None:
    held = [dict(row) if table.of else {**row, "client_id": client} for row in rows]
    _insert(tx, Event(TAKEN_OVER, table.name, "", client), table.name, held)


def _insert(tx: Transaction, event: Event, table: str, rows: list[dict[str, Cell]]) -> None:
    if not rows:
        return
    names = tuple(rows[0])
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    tx.change_many(event, sql, [tuple(row[name] for name in names) for row in rows])
