"""What of the change over a caseload may go on without names: nothing that tells of one to four people.

Told are the figures of a month's last day, and only where at least five people gave something else than in the month
told last: two reports, one taken from the other, tell of nobody alone either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from valmentaja.definitions.instrument import Domain, Instrument
from valmentaja.domain.assessment import Band
from valmentaja.domain.caseload_change import CaseloadChange, DomainChange
from valmentaja.domain.client import ClientId
from valmentaja.i18n import words
from valmentaja.i18n.formats import day

FEWEST = 5
"""A figure without names stands for so many people at least, or for none."""
LOWEST, HIGHEST = 0, 10
Three = tuple[int, int, int]
Given = Mapping[ClientId, object]
"""What each person has part in a figure with."""
STAGES = ""
"""Stands for the stages among the names of domains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDomain:
    """A domain as it may go on; None is left out."""

    domain: Domain
    people: int | None
    first: Fraction | None
    latest: Fraction | None
    change: Three | None
    bands: Three | None

    @property
    def delta(self) -> Fraction | None:
        return None if self.first is None or self.latest is None else self.latest - self.first

    @property
    def lacks(self) -> bool:
        return None in (self.people, self.first, self.change, self.bands)

    @property
    def tells(self) -> bool:
        return self.people is not None or self.bands is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChange:
    """The unit's report. `stages` are clients with no, one, two or more measurements; None when left out.

    `unsettled` are domains left out because too few people's answers changed since they were told last.
    """

    instrument: Instrument
    on: date
    clients: int | None
    stages: Three | None
    domains: tuple[OpenDomain, ...]
    apart: int | None
    unsettled: tuple[Domain, ...] = ()

    @property
    def left_out(self) -> tuple[Domain, ...]:
        """Domains of which something is not told."""
        return tuple(d.domain for d in self.domains if d.lacks)


@dataclass(slots=True)
class _Told:
    """What was told so far, and of whom."""

    given: dict[str, Given] = field(default_factory=dict)

    def may(self, name: str, given: Given) -> bool:
        before = self.given.get(name)
        if before is None:
            return True
        changed = [c for c in before.keys() | given.keys() if before.get(c) != given.get(c)]
        return _safe(len(changed))


def without_names(reports: Sequence[CaseloadChange]) -> OpenChange:
    """The last of the reports; the others are those of the months before, oldest first.

    Every count is 0 or at least five, and so is what is left when it is taken from another. Parts that add up to a
    known whole are told all together or not at all: one hidden part could be reckoned. Means are told where their
    count is. Where all are alike, the split and a mean at an end of the scale would tell everybody's result.
    """
    told = _Told()
    for report in reports[:-1]:
        _opened(report, told)
    return _opened(reports[-1], told)


def _opened(report: CaseloadChange, told: _Told) -> OpenChange:
    clients = len(report.people)
    if clients < FEWEST:
        return OpenChange(instrument=report.instrument, on=report.on, clients=None, stages=None, domains=(), apart=None)
    domains, unsettled = [], []
    for held in report.domains:
        made, given = _domain(held, report), _given(held, report)
        if made.tells and not told.may(held.domain.id, given):
            made = replace(made, people=None, first=None, latest=None, change=None, bands=None)
            unsettled.append(held.domain)
        if made.tells:
            told.given[held.domain.id] = given
        domains.append(made)
    return OpenChange(
        instrument=report.instrument,
        on=report.on,
        clients=clients,
        stages=_stages(report, told),
        domains=tuple(domains),
        apart=report.apart if _safe(report.apart) else None,
        unsettled=tuple(unsettled),
    )


def _given(held: DomainChange, report: CaseloadChange) -> Given:
    name = held.domain.id
    return {p.client: (p.before.get(name), p.after[name]) for p in report.people if name in p.after}


def _stages(report: CaseloadChange, told: _Told) -> Three | None:
    stages = (len(report.without), len(report.once), len(report.twice))
    given = {p.client: min(p.measured, 2) for p in report.people}
    if not (_safe(*stages) and told.may(STAGES, given)):
        return None
    told.given[STAGES] = given
    return stages


def _domain(held: DomainChange, report: CaseloadChange) -> OpenDomain:
    everybody, twice, ever = len(report.people), len(report.twice), len(report.twice) + len(report.once)
    # Whoever measured twice and has no pair here gave no answers to it: that is told of nobody alone either.
    known = held.people >= FEWEST and _safe(everybody - held.people, twice - held.people)
    known = known and _between(held.first) and _between(held.latest)
    change = (held.better, held.same, held.worse)
    bands = (held.bands[Band.SUPPORT], held.bands[Band.WATCH], held.bands[Band.STRENGTH])
    rest = (everybody - held.measured, ever - held.measured, held.measured - held.people)
    return OpenDomain(
        domain=held.domain,
        people=held.people if known else None,
        first=held.first if known else None,
        latest=held.latest if known else None,
        change=change if known and _safe(*change) and _mixed(*change) else None,
        bands=bands if _safe(*bands, *rest) and _mixed(*bands) else None,
    )


def _safe(*counts: int) -> bool:
    return all(count == 0 or count >= FEWEST for count in counts)


def _mixed(*counts: int) -> bool:
    """Not all in one part."""
    return sum(count > 0 for count in counts) > 1


def _between(mean: Fraction | None) -> bool:
    return mean is not None and LOWEST < mean < HIGHEST


def left_out(report: OpenChange, language: str) -> list[str]:
    """In words: of which day the figures are, what an asterisk stands for, and where there are any."""
    w = words(language)
    if report.clients is None:
        return [w("There are fewer than 5 clients. No figure is told of so few.")]
    told = [
        w(
            "The figures are those of {day}, the last day of a month. They stay the same until the next month is over.",
            day=day(report.on, language),
        ),
        w("* = left out, because it stands for fewer than 5 people or such a figure could be reckoned from it."),
    ]
    if report.stages is None:
        told.append(w("Left out: how many have no, one or more assessments."))
    if report.left_out:
        told.append(w("Something is left out of these domains: {domains}.", domains=_named(report.left_out, language)))
    if report.unsettled:
        names = _named(report.unsettled, language)
        told.append(
            w("Since they were told last, the results of fewer than 5 people have changed: {domains}.", domains=names)
        )
    if not report.left_out and report.stages is not None:
        told.append(w("Nothing is left out."))
    return told


def _named(domains: Sequence[Domain], language: str) -> str:
    return ", ".join(d.name.in_(language) for d in domains)
