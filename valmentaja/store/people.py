"""Clients as the indicators may see them: dates and codes under a random key (indicators.md §6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from valmentaja.domain.client import ClientId, ServicePeriod
from valmentaja.domain.codes import ExitReason
from valmentaja.indicators.facts import Person, ServiceFact
from valmentaja.store import clients
from valmentaja.store.clients import day
from valmentaja.store.database import Reader, Row

T = TypeVar("T")

_PEOPLE = "SELECT id, record_key, intake_date, exit_date, exit_reason, exclusion_risk FROM client"


def everyone(store: Reader) -> tuple[Person, ...]:
    """The whole caseload, past clients included."""
    return _people(store, store.rows(_PEOPLE), None)


def person(store: Reader, client: ClientId) -> Person:
    """KeyError when there is no such client."""
    rows = store.rows(f"{_PEOPLE} WHERE id = ?", client)
    if not rows:
        raise KeyError(client)
    return _people(store, rows, client)[0]


def _people(store: Reader, rows: list[Row], client: ClientId | None) -> tuple[Person, ...]:
    statuses = _by_client((s.client, (s.date, s.status)) for s in clients.statuses(store, client))
    readings = _by_client((r.client, (r.date, r.days)) for r in clients.readings(store, client))
    services = _by_client((p.client, _fact(p)) for p in clients.services(store, client))
    return tuple(
        Person(
            record_key=bytes(row[1]),
            intake=date.fromisoformat(row[2]),
            exit=day(row[3]),
            exit_reason=None if row[4] is None else ExitReason(row[4]),
            exclusion_risk=bool(row[5]),
            statuses=tuple(statuses[row[0]]),
            readings=tuple(readings[row[0]]),
            services=tuple(services[row[0]]),
        )
        for row in rows
    )


def _fact(period: ServicePeriod) -> ServiceFact:
    return ServiceFact(service=period.service, start=period.start, end=period.end, sector=period.sector)


def _by_client(pairs: Iterable[tuple[ClientId, T]]) -> defaultdict[ClientId, list[T]]:
    found: defaultdict[ClientId, list[T]] = defaultdict(list)
    for client, fact in pairs:
        found[client].append(fact)
    return found
