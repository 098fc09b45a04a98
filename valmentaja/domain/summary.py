"""What an assessment says of somebody: strengths first, then the domains by need priority (domain.md §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from valmentaja.definitions.instrument import Domain, Instrument, Item
from valmentaja.domain import assessment as scoring
from valmentaja.domain import rating
from valmentaja.domain.assessment import Assessment, Band, NoValue
from valmentaja.domain.codes import Rater
from valmentaja.domain.rating import Aspect, Ratings


class Audience(StrEnum):
    """For whom it is written: the client in plain words, the network in full."""

    CLIENT = "client"
    NETWORK = "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainView:
    """One domain as client, coach and both together see it; `first` is its score in the first measurement.

    `reasons` say why the two see it differently; `without` are the items that have no number, by what is known of why.
    """

    domain: Domain
    score: Fraction | None
    band: Band | None
    first: Fraction | None = None
    coach: Fraction | None = None
    agreed: int | None = None
    reasons: tuple[str, ...] = ()
    importance: int | None = None
    wishes_change: bool = False
    worry: int | None = None
    note: str = ""
    without: tuple[tuple[NoValue, tuple[Item, ...]], ...] = ()

    @property
    def need(self) -> Fraction | None:
        """Need priority 0–10; None while score or importance is not known."""
        if self.score is None or self.importance is None:
            return None
        return rating.need(self.score, self.importance)

    @property
    def delta(self) -> Fraction | None:
        return None if self.score is None or self.first is None else self.score - self.first

    @property
    def counts(self) -> bool:
        """Whether the change is at least the rule of thumb."""
        return self.delta is not None and abs(self.delta) >= scoring.CHANGE

    @property
    def differs(self) -> bool:
        """Whether a reason belongs here: the two are clearly apart, or somebody has given one."""
        return bool(self.reasons) or rating.differ(self.score, self.coach)

    def items(self, why: NoValue) -> tuple[Item, ...]:
        """The items without a number for this reason."""
        return dict(self.without).get(why, ())


def views(
    instrument: Instrument, held: Assessment, first: Mapping[str, Fraction], ratings: Ratings, asked: Sequence[str]
) -> tuple[DomainView, ...]:
    """Every scored domain in the instrument's order.

    `first` has the scores it is compared with, `asked` are the items of this measurement.
    """
    now, coach = scoring.scores(instrument, held.values()), scoring.scores(instrument, held.values(Rater.VALMENTAJA))
    return tuple(
        DomainView(
            domain=domain,
            score=now.get(domain.id),
            band=scoring.band(instrument, now[domain.id]) if domain.id in now else None,
            first=first.get(domain.id),
            coach=_coach(ratings, domain.id, coach.get(domain.id)),
            agreed=ratings.number(domain.id, Aspect.AGREED),
            reasons=_reasons(ratings, domain.id),
            importance=ratings.number(domain.id, Aspect.IMPORTANCE),
            wishes_change=ratings.wishes_change(domain.id),
            worry=ratings.number(domain.id, Aspect.WORRY),
            note=ratings.reason(domain.id, Aspect.NOTE),
            without=_without(domain, held.values(), asked),
        )
        for domain in instrument.scored_domains
    )


def strengths(seen: Iterable[DomainView]) -> tuple[DomainView, ...]:
    """Domains in the highest band, the highest score first."""
    found = [v for v in seen if v.band is Band.STRENGTH]
    return tuple(sorted(found, key=lambda v: -(v.score or Fraction(0))))


def needs(seen: Iterable[DomainView]) -> tuple[DomainView, ...]:
    """The other domains with a score: the greatest need first, then those without importance, the lowest first."""
    found = [v for v in seen if v.score is not None and v.band is not Band.STRENGTH]
    return tuple(sorted(found, key=lambda v: (v.need is None, -(v.need or Fraction(0)), v.score or Fraction(0))))


def unknown(seen: Iterable[DomainView]) -> tuple[DomainView, ...]:
    """Domains with too few numbers for a score."""
    return tuple(v for v in seen if v.score is None)


def changed(seen: Iterable[DomainView]) -> tuple[DomainView, ...]:
    """Domains whose change counts, the largest first."""
    return tuple(sorted((v for v in seen if v.counts), key=lambda v: -abs(v.delta or Fraction(0))))


def _coach(ratings: Ratings, domain: str, answered: Fraction | None) -> Fraction | None:
    """The coach's own number for the whole domain, else the mean of the coach's answers to its items."""
    told = ratings.number(domain, Aspect.COACH)
    return answered if told is None else Fraction(told)


def _reasons(ratings: Ratings, domain: str) -> tuple[str, ...]:
    found = (ratings.reason(domain, aspect).strip() for aspect in (Aspect.COACH, Aspect.AGREED))
    return tuple(dict.fromkeys(filter(None, found)))


def _without(
    domain: Domain, values: Mapping[str, scoring.Value], asked: Sequence[str]
) -> tuple[tuple[NoValue, tuple[Item, ...]], ...]:
    """An item that belongs to this measurement and has not been met was not asked."""
    by: dict[NoValue, list[Item]] = {}
    for item in domain.items:
        value = values.get(item.id, NoValue.EI_KYSYTTY if item.id in asked else 0)
        if isinstance(value, NoValue):
            by.setdefault(value, []).append(item)
    return tuple((why, tuple(items)) for why, items in by.items())
