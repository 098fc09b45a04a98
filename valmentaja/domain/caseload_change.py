"""Change over a whole caseload: per domain and per person; without names it is `open_change`.

Means and counts are of the client's own answers. The first and the latest measurement are those of `domain.baseline`:
a quick check has no score. A person belongs to a domain's change when both asked the same there and have a score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from valmentaja.definitions.instrument import Domain, Instrument
from valmentaja.domain.assessment import CHANGE, Band, DomainId, band
from valmentaja.domain.baseline import Measured, first_of, scored, scores_as
from valmentaja.domain.client import ClientId
from valmentaja.domain.versions import matched


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """One client; `first` is None where no two have scores to compare, `latest` where there is none at all.

    `before` and `after` are the scores of those two.
    """

    client: ClientId
    name: str
    measured: int
    first: date | None = None
    latest: date | None = None
    before: Mapping[DomainId, Fraction] = field(default_factory=dict)
    after: Mapping[DomainId, Fraction] = field(default_factory=dict)

    @property
    def deltas(self) -> Mapping[DomainId, Fraction]:
        return {d: self.after[d] - self.before[d] for d in self.before if d in self.after}

    @property
    def better(self) -> int:
        return sum(d >= CHANGE for d in self.deltas.values())

    @property
    def worse(self) -> int:
        return sum(d <= -CHANGE for d in self.deltas.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainChange:
    """One domain; `people` have both scores, `measured` have the latest one."""

    domain: Domain
    people: int
    first: Fraction | None
    latest: Fraction | None
    better: int
    same: int
    worse: int
    measured: int
    bands: Mapping[Band, int]

    @property
    def delta(self) -> Fraction | None:
        return None if self.first is None or self.latest is None else self.latest - self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadChange:
    """`apart` counts measurements that asked something else and are in no figure."""

    instrument: Instrument
    on: date
    people: tuple[PersonChange, ...]
    domains: tuple[DomainChange, ...]
    apart: int

    @property
    def without(self) -> tuple[PersonChange, ...]:
        """Clients with no measurement at all."""
        return tuple(p for p in self.people if p.measured == 0)

    @property
    def once(self) -> tuple[PersonChange, ...]:
        """Clients with no second measurement to compare with."""
        return tuple(p for p in self.people if p.measured and p.first is None)

    @property
    def twice(self) -> tuple[PersonChange, ...]:
        return tuple(p for p in self.people if p.first is not None)


def caseload_change(
    instrument: Instrument,
    on: date,
    measured: Mapping[tuple[ClientId, str], Sequence[Measured]],
    known: Mapping[str, Instrument],
) -> CaseloadChange:
    """`measured` has the closed measurements, oldest first, of every client (id, name) of the caseload.

    `known` are the versions through which measurements with another version are compared.
    """
    people, apart = [], 0
    for whose, held in measured.items():
        fitting = [m for m in held if matched(instrument, m[1], known)]
        apart += len(held) - len(fitting)
        people.append(_person(instrument, whose, fitting, known))
    return CaseloadChange(
        instrument=instrument,
        on=on,
        people=tuple(people),
        domains=tuple(_domain(instrument, d, people) for d in instrument.scored_domains),
        apart=apart,
    )


def _person(
    instrument: Instrument, whose: tuple[ClientId, str], fitting: Sequence[Measured], known: Mapping[str, Instrument]
) -> PersonChange:
    told = scored(instrument, fitting, known)
    last = next(reversed(told or fitting), None)
    first = None if last is None else first_of(instrument, last, told[:-1], known)
    return PersonChange(
        client=whose[0],
        name=whose[1],
        measured=len(fitting),
        first=None if first is None else first[0].closed or first[0].opened,
        latest=None if last is None else last[0].closed or last[0].opened,
        before={} if first is None else scores_as(instrument, first, known),
        after={} if last is None else scores_as(instrument, last, known),
    )


def _domain(instrument: Instrument, domain: Domain, people: Sequence[PersonChange]) -> DomainChange:
    own = domain.id
    both = [(p.before[own], p.after[own]) for p in people if own in p.before and own in p.after]
    latest = [p.after[own] for p in people if own in p.after]
    deltas = [after - before for before, after in both]
    better, worse = sum(d >= CHANGE for d in deltas), sum(d <= -CHANGE for d in deltas)
    placed = [band(instrument, score) for score in latest]
    return DomainChange(
        domain=domain,
        people=len(both),
        first=_mean([before for before, _ in both]),
        latest=_mean([after for _, after in both]),
        better=better,
        same=len(both) - better - worse,
        worse=worse,
        measured=len(latest),
        bands={b: placed.count(b) for b in Band},
    )


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None
