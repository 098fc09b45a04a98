"""Reports on change as CSV: one file of domains, and for the worker one of clients."""

from __future__ import annotations

from fractions import Fraction

from valmentaja.domain.assessment import Band
from valmentaja.domain.caseload_change import CaseloadChange, DomainChange
from valmentaja.domain.open_change import OpenChange, OpenDomain
from valmentaja.exchange.csv_text import compose
from valmentaja.i18n.formats import decimal

LEFT_OUT = "*"
"""A figure of fewer than five people, or one from which such a figure could be reckoned."""
STAGES = ("day", "instrument", "clients", "not_measured", "measured_once", "measured_twice")
DOMAINS = (
    *("domain", "people", "first", "latest", "change", "better", "same", "worse"),
    *("needs_support", "to_follow", "strength"),
)
CLIENTS = ("client", "name", "measured", "first", "latest", "better", "worse")


def domains(report: CaseloadChange | OpenChange) -> bytes:
    """A row for each domain; in a report without names `*` stands for what is left out."""
    head = (report.on.isoformat(), report.instrument.id, *_stages(report))
    told = (_domain(d) if isinstance(d, DomainChange) else _open(d) for d in report.domains)
    return compose([(*STAGES, *DOMAINS), *((*head, *row) for row in told)])


def clients(report: CaseloadChange) -> bytes:
    """A row for each client: measured how often, between which days, better and worse in how many domains."""
    rows: list[tuple[str, ...]] = [CLIENTS]
    for person in report.people:
        days = ("" if d is None else d.isoformat() for d in (person.first, person.latest))
        counts = (str(person.better), str(person.worse)) if person.first else ("", "")
        rows.append((person.client, person.name, str(person.measured), *days, *counts))
    return compose(rows)


def _stages(report: CaseloadChange | OpenChange) -> tuple[str, ...]:
    if isinstance(report, CaseloadChange):
        people = (report.people, report.without, report.once, report.twice)
        return tuple(str(len(each)) for each in people)
    return (_count(report.clients), *_three(report.stages))


def _domain(held: DomainChange) -> tuple[str, ...]:
    bands = (held.bands[b] for b in (Band.SUPPORT, Band.WATCH, Band.STRENGTH))
    counts = (held.better, held.same, held.worse, *bands)
    means = (_number(held.first), _number(held.latest), _number(held.delta))
    return (held.domain.id, str(held.people), *means, *map(str, counts))


def _open(held: OpenDomain) -> tuple[str, ...]:
    means = (held.first, held.latest, held.delta)
    told = (LEFT_OUT if value is None else _number(value) for value in means)
    return (held.domain.id, _count(held.people), *told, *_three(held.change), *_three(held.bands))


def _number(value: Fraction | None) -> str:
    return "" if value is None else decimal(value, "en").replace("−", "-")


def _count(count: int | None) -> str:
    return LEFT_OUT if count is None else str(count)


def _three(counts: tuple[int, int, int] | None) -> tuple[str, ...]:
    return (LEFT_OUT,) * 3 if counts is None else tuple(map(str, counts))
