"""Answers and what they add up to (domain.md §3), in exact arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from valmentaja.definitions.instruments import Domain, Instrument
from valmentaja.domain.codes import Rater


class NoValue(StrEnum):
    """Why an item has no number; the three are never mixed."""

    EI_HALUA = "EI_HALUA"
    EI_KOSKE = "EI_KOSKE"
    EI_KYSYTTY = "EI_KYSYTTY"


Value = int | NoValue
"""0–10, all items higher = better, or the reason for no number."""

ItemId = str
DomainId = str

Band = StrEnum("Band", ["SUPPORT", "WATCH", "STRENGTH"])

CHANGE = Fraction(1)
"""|Δ| from here on counts as change: our rule of thumb, not validated."""


class Entered(StrEnum):
    """By whose hand, or from what, an answer came into the file."""

    COACH = "coach"
    CLIENT = "client"
    PAPER = "paper"
    IMPORT = "import"


class Mode(StrEnum):
    """How the client answered."""

    ALONE = "alone"
    HELPED = "helped"
    INTERPRETER = "interpreter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`reason` says why an earlier answer was corrected; `at` is the UTC stamp of the row."""

    item: ItemId
    rater: Rater
    value: Value
    date: date
    meeting: int | None = None
    note: str = ""
    reason: str = ""
    entered: Entered = Entered.COACH
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One measurement with one instrument version over one or more meetings; `language` "" is the client's."""

    id: str
    client: str
    instrument: str
    opened: date
    closed: date | None
    answers: tuple[Answer, ...] = ()
    case: str | None = None
    mode: Mode = Mode.HELPED
    language: str = ""

    def values(self, rater: Rater = Rater.ASIAKAS) -> dict[ItemId, Value]:
        return {a.item: a.value for a in self.answers if a.rater == rater}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Latest minus first, for the domains that both measurements have."""

    domain: DomainId
    first: Fraction
    latest: Fraction

    @property
    def delta(self) -> Fraction:
        return self.latest - self.first

    @property
    def counts(self) -> bool:
        return abs(self.delta) >= CHANGE


def parse_value(text: str) -> Value:
    """`0`…`10` or a NoValue name; ValueError otherwise."""
    if text in NoValue.__members__:
        return NoValue(text)
    if text not in {str(n) for n in range(11)}:
        raise ValueError(text)
    return int(text)


def domain_score(domain: Domain, values: Mapping[ItemId, Value]) -> Fraction | None:
    """Mean of the numeric answers if at least 60 % of the items have one, else None."""
    numbers = [v for i in domain.items if isinstance(v := values.get(i.id), int)]
    if 5 * len(numbers) < 3 * len(domain.items):
        return None
    return Fraction(sum(numbers), len(numbers))


def scores(instrument: Instrument, values: Mapping[ItemId, Value]) -> dict[DomainId, Fraction]:
    """Scores of the scored domains that have enough answers, in the instrument's order."""
    found = ((d.id, domain_score(d, values)) for d in instrument.scored_domains)
    return {domain: score for domain, score in found if score is not None}


def total(instrument: Instrument, values: Mapping[ItemId, Value]) -> Fraction | None:
    """0–100: ten times the mean of the domain scores, if at least 8 of 11 are there."""
    known = scores(instrument, values)
    if 11 * len(known) < 8 * len(instrument.scored_domains):
        return None
    return 10 * sum(known.values(), Fraction(0)) / len(known)


def band(score: Fraction) -> Band:
    """Own, un-normed bands: below 4 support, below 7 watch, else strength."""
    if score < 4:
        return Band.SUPPORT
    return Band.WATCH if score < 7 else Band.STRENGTH


def changes(instrument: Instrument, first: Assessment, latest: Assessment) -> tuple[Change, ...]:
    """Per domain that both have, in the instrument's order."""
    before, after = scores(instrument, first.values()), scores(instrument, latest.values())
    return tuple(Change(domain=d, first=before[d], latest=after[d]) for d in before if d in after)


def first_open_item(items: Sequence[ItemId], values: Mapping[ItemId, Value]) -> ItemId | None:
    """The item to resume at: the first that has not been met at all."""
    return next((i for i in items if i not in values), None)
