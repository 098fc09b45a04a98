"""Change over a whole caseload: per domain and per person, and what of it may go on without names.

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
from valmentaja.domain.baseline import Measured, scored, scores_as
from valmentaja.domain.client import ClientId
from valmentaja.domain.versions import matched
from valmentaja.i18n import words

FEWEST = 5
"""A figure without names stands for so many people at least, or for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """One client; `first` is None where no second measurement has a score, `latest` where there is none at all."""

    client: ClientId
    name: str
    measured: int
    first: date | None = None
    latest: date | None = None
    deltas: Mapping[DomainId, Fraction] = field(default_factory=dict)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDomain:
    """A domain as it may go on without names; None is left out."""

    domain: Domain
    people: int | None
    first: Fraction | None
    latest: Fraction | None
    change: tuple[int, int, int] | None
    bands: tuple[int, int, int] | None

    @property
    def delta(self) -> Fraction | None:
        return None if self.first is None or self.latest is None else self.latest - self.first

    @property
    def lacks(self) -> bool:
        return None in (self.people, self.first, self.change, self.bands)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChange:
    """The unit's report. `stages` are clients with no, one, two or more measurements; None when left out."""

    instrument: Instrument
    on: date
    clients: int | None
    stages: tuple[int, int, int] | None
    domains: tuple[OpenDomain, ...]
    apart: int | None

    @property
    def left_out(self) -> tuple[Domain, ...]:
        """Domains of which something is not told."""
        return tuple(d.domain for d in self.domains if d.lacks)


def caseload_change(
    instrument: Instrument,
    on: date,
    measured: Mapping[tuple[ClientId, str], Sequence[Measured]],
    known: Mapping[str, Instrument],
) -> CaseloadChange:
    """`measured` has the closed measurements, oldest first, of every client (id, name) of the caseload.

    `known` are the versions through which measurements with another version are compared.
    """
    pairs, people, apart = [], [], 0
    for whose, held in measured.items():
        fitting = [m for m in held if matched(instrument, m[1], known)]
        apart += len(held) - len(fitting)
        told = scored(instrument, fitting, known)
        scores = [scores_as(instrument, m, known) for m in told]
        first, latest = scores[0] if len(told) > 1 else {}, scores[-1] if told else {}
        pairs.append((first, latest))
        people.append(_person(whose, fitting, told, {d: latest[d] - first[d] for d in first if d in latest}))
    return CaseloadChange(
        instrument=instrument,
        on=on,
        people=tuple(people),
        domains=tuple(_domain(instrument, d, pairs) for d in instrument.scored_domains),
        apart=apart,
    )


def _person(
    whose: tuple[ClientId, str],
    fitting: Sequence[Measured],
    told: Sequence[Measured],
    deltas: Mapping[DomainId, Fraction],
) -> PersonChange:
    days = [a.closed or a.opened for a, _ in told or fitting[-1:]]
    return PersonChange(
        client=whose[0],
        name=whose[1],
        measured=len(fitting),
        first=days[0] if len(days) > 1 else None,
        latest=days[-1] if days else None,
        deltas=deltas,
    )


def _domain(
    instrument: Instrument, domain: Domain, pairs: Sequence[tuple[dict[str, Fraction], dict[str, Fraction]]]
) -> DomainChange:
    both = [(b[domain.id], a[domain.id]) for b, a in pairs if domain.id in b and domain.id in a]
    latest = [after[domain.id] for _, after in pairs if domain.id in after]
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


def without_names(report: CaseloadChange) -> OpenChange:
    """What may go on: every count is 0 or at least five, and so is what is left when it is taken from another.

    Parts that add up to a known whole are told all together or not at all: one hidden part could be reckoned.
    Means stand for at least five people. Reports of nearby days can still be compared with each other.
    """
    clients = len(report.people)
    if clients < FEWEST:
        return OpenChange(instrument=report.instrument, on=report.on, clients=None, stages=None, domains=(), apart=None)
    stages = (len(report.without), len(report.once), len(report.twice))
    return OpenChange(
        instrument=report.instrument,
        on=report.on,
        clients=clients,
        stages=stages if _safe(*stages) else None,
        domains=tuple(_open(d, report) for d in report.domains),
        apart=report.apart if _safe(report.apart) else None,
    )


def _open(held: DomainChange, report: CaseloadChange) -> OpenDomain:
    twice, ever = len(report.twice), len(report.twice) + len(report.once)
    known = held.people >= FEWEST
    # Whoever measured twice and has no pair here gave no answers to it: that is told of nobody alone either.
    counted = known and _safe(len(report.people) - held.people, twice - held.people)
    change = (held.better, held.same, held.worse)
    bands = (held.bands[Band.SUPPORT], held.bands[Band.WATCH], held.bands[Band.STRENGTH])
    rest = (len(report.people) - held.measured, ever - held.measured, held.measured - held.people)
    return OpenDomain(
        domain=held.domain,
        people=held.people if counted else None,
        first=held.first if known else None,
        latest=held.latest if known else None,
        change=change if counted and _safe(*change) else None,
        bands=bands if held.measured and _safe(*bands, *rest) else None,
    )


def _safe(*counts: int) -> bool:
    return all(count == 0 or count >= FEWEST for count in counts)


def left_out(report: OpenChange, language: str) -> list[str]:
    """In words, what an asterisk stands for and where there are any."""
    w = words(language)
    if report.clients is None:
        return [w("There are fewer than 5 clients. No figure is told of so few.")]
    told = [w("* = left out, because it stands for fewer than 5 people or such a figure could be reckoned from it.")]
    if report.stages is None:
        told.append(w("Left out: how many were measured once, twice or not at all."))
    if report.left_out:
        names = ", ".join(d.name.in_(w.language) for d in report.left_out)
        told.append(w("Something is left out of these domains: {domains}.", domains=names))
    if not report.left_out and report.stages is not None:
        told.append(w("Nothing is left out."))
    return told
