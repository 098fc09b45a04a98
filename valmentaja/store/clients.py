"""Clients and what is known of their working life."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.client import BenefitReading, Client, ClientId, FollowUp, ServicePeriod, StatusChange
from valmentaja.domain.codes import BenefitSource, EmployerSector, ExitReason, LabourStatus
from valmentaja.i18n.formats import fold, loosen, sort_key
from valmentaja.store import indexing
from valmentaja.store.audit import Event
from valmentaja.store.database import Cell, Reader, Row, Transaction

_COLUMNS = (
    "id, family_name, given_names, hetu, birth_date, municipality, language, phone, email, address, "
    "non_disclosure, intake_date, referred_by, exit_date, exit_reason, exclusion_risk, exclusion_risk_reason"
)
_INSERT = (
    f"INSERT INTO client ({_COLUMNS}, sort_key, folded, loosened, record_key, owner) "
    f"VALUES ({', '.join('?' * 17)}, ?, ?, ?, ?, ?)"
)
_UPDATE = f"UPDATE client SET ({_COLUMNS}, sort_key, folded, loosened) = ({', '.join('?' * 17)}, ?, ?, ?) WHERE id = ?"


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def add(tx: Transaction, client: Client, *, record_key: bytes, owner: str = "") -> None:
    """A new person; `record_key` is 16 random bytes and never derived from anything (indicators.md §6)."""
    tx.change(Event("take on", "client", client.id, client.id), _INSERT, *_values(client), record_key, owner)


def add_many(tx: Transaction, clients: list[tuple[Client, bytes]]) -> None:
    rows = [(*_values(client), key, "") for client, key in clients]
    tx.change_many(Event("import", "client", ""), _INSERT, rows)


def edit(tx: Transaction, client: Client) -> None:
    tx.change(Event("edit", "client", client.id, client.id), _UPDATE, *_values(client), client.id)


def edit_many(tx: Transaction, clients: list[Client]) -> None:
    tx.change_many(Event("import", "client", ""), _UPDATE, [(*_values(c), c.id) for c in clients])


def note_opening(tx: Transaction, client: ClientId) -> None:
    tx.note(Event("open", "client", client, client))


def get(store: Reader, client: ClientId) -> Client | None:
    row = store.row(f"SELECT {_COLUMNS} FROM client WHERE id = ?", client)
    return None if row is None else _client(row)


def every(store: Reader) -> tuple[Client, ...]:
    """All clients in alphabetical order."""
    return tuple(_client(r) for r in store.rows(f"SELECT {_COLUMNS} FROM client ORDER BY sort_key, id"))


def numbers_used(store: Reader, prefix: str) -> int:
    """The highest running number among ids `{prefix}{number}`, 0 for none; an erased client's is never used again."""
    return store.number(
        "SELECT MAX(CAST(substr(id, ?) AS INTEGER)) FROM "
        "(SELECT id FROM client UNION ALL SELECT client_id FROM erasure) WHERE substr(id, 1, ?) = ?",
        len(prefix) + 1,
        len(prefix),
        prefix,
    )


def add_status(tx: Transaction, row: StatusChange) -> None:
    tx.change(Event("record", "labour_status", row.date.isoformat(), row.client), _KEEP_STATUS, *_status_values(row))


def add_statuses(tx: Transaction, rows: list[StatusChange]) -> None:
    tx.change_many(Event("import", "labour_status", ""), _KEEP_STATUS, [_status_values(r) for r in rows])


def statuses(store: Reader, client: ClientId | None = None) -> tuple[StatusChange, ...]:
    found = store.rows(f"SELECT client_id, date, status FROM labour_status {_of(client)} ORDER BY 1, 2", *_one(client))
    return tuple(StatusChange(client=r[0], date=date.fromisoformat(r[1]), status=LabourStatus(r[2])) for r in found)


def add_reading(tx: Transaction, row: BenefitReading) -> None:
    tx.change(
        Event("record", "benefit_reading", row.date.isoformat(), row.client), _KEEP_READING, *_reading_values(row)
    )


def add_readings(tx: Transaction, rows: list[BenefitReading]) -> None:
    tx.change_many(Event("import", "benefit_reading", ""), _KEEP_READING, [_reading_values(r) for r in rows])


def readings(store: Reader, client: ClientId | None = None) -> tuple[BenefitReading, ...]:
    found = store.rows(
        f"SELECT client_id, date, days, source FROM benefit_reading {_of(client)} ORDER BY 1, 2", *_one(client)
    )
    return tuple(
        BenefitReading(client=r[0], date=date.fromisoformat(r[1]), days=r[2], source=BenefitSource(r[3])) for r in found
    )


def add_service(tx: Transaction, row: ServicePeriod) -> None:
    """A new period, or the end, sector and provider of the one with the same service and start."""
    tx.change(Event("record", "service_period", row.service, row.client), _KEEP_SERVICE, *_service_values(row))


def add_services(tx: Transaction, rows: list[ServicePeriod]) -> None:
    tx.change_many(Event("import", "service_period", ""), _KEEP_SERVICE, [_service_values(r) for r in rows])


def services(store: Reader, client: ClientId | None = None) -> tuple[ServicePeriod, ...]:
    found = store.rows(
        f"SELECT client_id, service, start_date, end_date, sector, provider FROM service_period {_of(client)} "
        "ORDER BY 1, 3, 2",
        *_one(client),
    )
    return tuple(_service(r) for r in found)


def add_follow_ups(tx: Transaction, rows: list[FollowUp]) -> None:
    tx.change_many(Event("import", "follow_up", ""), _KEEP_FOLLOW_UP, [_follow_up_values(r) for r in rows])


def add_follow_up(tx: Transaction, row: FollowUp) -> None:
    tx.change(Event("record", "follow_up", row.date.isoformat(), row.client), _KEEP_FOLLOW_UP, *_follow_up_values(row))


def remove_follow_up(tx: Transaction, row: FollowUp) -> None:
    tx.change(
        Event("remove", "follow_up", row.date.isoformat(), row.client),
        "DELETE FROM follow_up WHERE client_id = ? AND date = ?",
        row.client,
        row.date.isoformat(),
    )


def follow_ups(store: Reader, client: ClientId | None = None) -> tuple[FollowUp, ...]:
    found = store.rows(f"SELECT client_id, date, status FROM follow_up {_of(client)} ORDER BY 1, 2", *_one(client))
    return tuple(FollowUp(client=r[0], date=date.fromisoformat(r[1]), status=LabourStatus(r[2])) for r in found)


_KEEP_STATUS = "INSERT INTO labour_status VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET status = excluded.status"
_KEEP_FOLLOW_UP = "INSERT INTO follow_up VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET status = excluded.status"
_KEEP_READING = (
    "INSERT INTO benefit_reading VALUES (?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET days = excluded.days, source = excluded.source"
)
_KEEP_SERVICE = (
    "INSERT INTO service_period VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
    "end_date = excluded.end_date, sector = excluded.sector, provider = excluded.provider"
)


def _of(client: ClientId | None) -> str:
    return "" if client is None else "WHERE client_id = ?"


def _one(client: ClientId | None) -> tuple[str, ...]:
    return () if client is None else (client,)


def _values(client: Client) -> tuple[Cell, ...]:
    searched = indexing.name_words(client.family_name, client.given_names, client.id, client.phone)
    return (
        client.id,
        client.family_name,
        client.given_names,
        client.hetu,
        iso(client.birth_date),
        client.municipality,
        client.language,
        client.phone,
        client.email,
        client.address,
        int(client.non_disclosure),
        client.intake_date.isoformat(),
        client.referred_by,
        iso(client.exit_date),
        client.exit_reason,
        int(client.exclusion_risk),
        client.exclusion_risk_reason,
        sort_key(f"{client.family_name} {client.given_names}"),
        fold(searched),
        loosen(searched),
    )


def _client(row: Row) -> Client:
    return Client(
        id=row[0],
        family_name=row[1],
        given_names=row[2],
        hetu=row[3],
        birth_date=day(row[4]),
        municipality=row[5],
        language=row[6],
        phone=row[7],
        email=row[8],
        address=row[9],
        non_disclosure=bool(row[10]),
        intake_date=date.fromisoformat(row[11]),
        referred_by=row[12],
        exit_date=day(row[13]),
        exit_reason=None if row[14] is None else ExitReason(row[14]),
        exclusion_risk=bool(row[15]),
        exclusion_risk_reason=row[16],
    )


def _service(row: Row) -> ServicePeriod:
    return ServicePeriod(
        client=row[0],
        service=row[1],
        start=date.fromisoformat(row[2]),
        end=day(row[3]),
        sector=None if row[4] is None else EmployerSector(row[4]),
        provider=row[5],
    )


def _status_values(row: StatusChange) -> tuple[Cell, ...]:
    return (row.client, row.date.isoformat(), row.status)


def _follow_up_values(row: FollowUp) -> tuple[Cell, ...]:
    return (row.client, row.date.isoformat(), row.status)


def _reading_values(row: BenefitReading) -> tuple[Cell, ...]:
    return (row.client, row.date.isoformat(), row.days, row.source)


def _service_values(row: ServicePeriod) -> tuple[Cell, ...]:
    return (row.client, row.service, row.start.isoformat(), iso(row.end), row.sector, row.provider)
