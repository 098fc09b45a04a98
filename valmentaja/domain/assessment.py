"""Which items are asked, and what the answers add up to (domain.md §3), in exact arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from valmentaja.definitions.instrument import Domain, Instrument, SkipRule, SkipTest
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


UNMET = "unmet"
"""As the reason of a row that answers nothing: it keeps a note, or takes out of use what a skip rule left out."""
LEFT_EMPTY = "left empty on paper"
"""As the reason of a row that repeats an answer from elsewhere, because its row on paper was empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`reason`: why an earlier answer was corrected, or UNMET, or LEFT_EMPTY; `at`: the UTC stamp of the row."""

    item: ItemId
    rater: Rater
    value: Value
    date: date
    meeting: int | None = None
    note: str = ""
    reason: str = ""
    entered: Entered = Entered.COACH
    at: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the question has been gone through; “not asked” said on purpose has been."""
        return not (self.value == NoValue.EI_KYSYTTY and self.reason == UNMET)

    @property
    def is_correction(self) -> bool:
        """Whether it took the place of a wrong one; what only repeats it did not."""
        return bool(self.reason.strip()) and self.is_met and self.reason != LEFT_EMPTY


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


_NUMBERS = frozenset(str(n) for n in range(11))


def parse_value(text: str) -> Value:
    """`0`…`10` or a NoValue name; ValueError otherwise."""
    if text in NoValue.__members__:
        return NoValue(text)
    if text not in _NUMBERS:
        raise ValueError(text)
    return int(text)


def is_on_scale(value: object) -> bool:
    """0–10 or a reason for no number: anything else could not be read again."""
    return isinstance(value, NoValue) or (type(value) is int and 0 <= value <= 10)


def asked(
    instrument: Instrument, values: Mapping[ItemId, Value], *, quick: bool = False, first_time: bool = False
) -> tuple[ItemId, ...]:
    """The items to ask with these answers, in the instrument's order.

    A rule looks at the answer of an earlier item, and only while that item is itself asked.
    """
    found: list[ItemId] = []
    for item in _possible(instrument, quick=quick, first_time=first_time):
        rules = (r for r in instrument.skips if item in r.items and r.when in found)
        if not any(_holds(rule, values) for rule in rules):
            found.append(item)
    return tuple(found)


def dropped(
    instrument: Instrument, values: Mapping[ItemId, Value], *, quick: bool = False, first_time: bool = False
) -> tuple[ItemId, ...]:
    """Items that have an answer but are asked no more: to be shown until somebody confirms it."""
    now = asked(instrument, values, quick=quick, first_time=first_time)
    possible = _possible(instrument, quick=quick, first_time=first_time)
    kept = NoValue.EI_KYSYTTY
    return tuple(item for item in possible if item not in now and values.get(item, kept) != kept)


def counted(instrument: Instrument, values: Mapping[ItemId, Value]) -> dict[ItemId, Value]:
    """The answers that count: those that no skip rule takes out, confirmed or not."""
    now = set(asked(instrument, values))
    return {item: value for item, value in values.items() if item in now}


def _possible(instrument: Instrument, *, quick: bool, first_time: bool) -> tuple[ItemId, ...]:
    domains = instrument.domains_for(first_time=first_time)
    return tuple(i.id for d in domains for i in d.items if i.quick or not quick)


def _holds(rule: SkipRule, values: Mapping[ItemId, Value]) -> bool:
    """An item that has not been met passes no test."""
    value = values.get(rule.when)
    if rule.test is SkipTest.NO_NUMBER or not isinstance(value, int):
        return value == rule.value
    limit = int(rule.value)
    return {
        SkipTest.IS: value == limit,
        SkipTest.AT_MOST: value <= limit,
        SkipTest.AT_LEAST: value >= limit,
    }[rule.test]


def domain_score(domain: Domain, values: Mapping[ItemId, Value]) -> Fraction | None:
    """Mean of the numeric answers if as many items have one as the instrument wants, else None."""
    numbers = [v for i in domain.items if isinstance(v := values.get(i.id), int)]
    return None if len(numbers) < domain.needed else Fraction(sum(numbers), len(numbers))


def scores(instrument: Instrument, values: Mapping[ItemId, Value]) -> dict[DomainId, Fraction]:
    """Scores of the scored domains that have enough answers that count, in the instrument's order."""
    held = counted(instrument, values)
    found = ((d.id, domain_score(d, held)) for d in instrument.scored_domains)
    return {domain: score for domain, score in found if score is not None}


def total(instrument: Instrument, values: Mapping[ItemId, Value]) -> Fraction | None:
    """0–100: ten times the mean of the domain scores, if the instrument has a total and enough of them are there."""
    known = scores(instrument, values)
    if instrument.total_needs is None or len(known) < instrument.total_needs:
        return None
    return 10 * sum(known.values(), Fraction(0)) / len(known)


def band(instrument: Instrument, score: Fraction) -> Band:
    """The instrument's own, un-normed part of the scale that a score lies in."""
    return next(Band[b.id] for b in instrument.bands if b.below is None or score < b.below)


def first_open_item(items: Sequence[ItemId], values: Mapping[ItemId, Value]) -> ItemId | None:
    """The item to resume at: the first that has not been met at all."""
    return next((i for i in items if i not in values), None)
