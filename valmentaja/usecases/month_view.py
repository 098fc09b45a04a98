"""What a coach asks of a month before it goes out: who is behind a figure, what is odd, what a figure gives away."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.definitions.indicators import RowKey, definitions
from valmentaja.domain.client import ClientId
from valmentaja.indicators import month, self_test
from valmentaja.indicators import ratios as rules
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import RecordKey
from valmentaja.indicators.month import PublishedRow
from valmentaja.indicators.oddities import Oddity, oddities
from valmentaja.indicators.ratios import RatioRow
from valmentaja.indicators.self_test import Guess
from valmentaja.store import papers, people, rights
from valmentaja.usecases import caseload, instruments
from valmentaja.usecases.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class OddRecord:
    """Something to look at in a client's file."""

    client: ClientId
    name: str
    oddity: Oddity


def behind(session: Session, period: str, key: RowKey) -> tuple[str, ...]:
    """The names of those whom the exact figure counts now; logged as a look, and never written to a file."""
    with session.store.writing() as tx:
        papers.note_month(tx, "look", " ".join((period, key.freq, key.indicator, *filter(None, key.cell))))
    known = people.everyone(session.store, instruments.known(session.store))
    rows = month.exact(known, Month.parse(period), definitions())
    counted = next((row.people for row in rows if row.key == key), frozenset[RecordKey]())
    ids = {rights.client_of(session.store, record) for record in counted}
    return tuple(row.name for row in caseload.client_rows(session) if row.id in ids)


def odd_records(session: Session, period: str) -> tuple[OddRecord, ...]:
    """In alphabetical order of the clients."""
    known = people.everyone(session.store, instruments.known(session.store))
    odd = {
        rights.client_of(session.store, person.record_key): found
        for person in known
        if (found := oddities(person, Month.parse(period)))
    }
    return tuple(
        OddRecord(client=row.id, name=row.name, oddity=oddity)
        for row in caseload.client_rows(session)
        for oddity in odd.get(row.id, ())
    )


def surest_guess(rows: tuple[PublishedRow, ...]) -> Guess | None:
    """How sure somebody may get who sees one figure of the file; None when it has none."""
    return self_test.worst(row.published for row in rows if row.published is not None)


def ratios(rows: tuple[PublishedRow, ...]) -> tuple[RatioRow, ...]:
    """From both columns, for the screen only."""
    return rules.ratios(rows)
