"""A summary has strengths first, then needs by priority, and never mixes why something has no number."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from valmentaja.definitions.instruments import instruments
from valmentaja.domain.assessment import Answer, Assessment, NoValue, Value, scores
from valmentaja.domain.codes import Rater
from valmentaja.domain.rating import Aspect, Rating, Ratings
from valmentaja.domain.summary import DomainView, changed, needs, strengths, unknown, views

SUUNTA = instruments()["suunta-1.0"]
DAY = date(2026, 11, 24)


def measured(levels: dict[str, Value], *, other: Value = 5, rater: Rater = Rater.ASIAKAS) -> Assessment:
    """Domains not named answer `other` throughout; single items may be named too."""
    answers = tuple(
        Answer(item=i.id, rater=rater, value=levels.get(i.id, levels.get(d.id, other)), date=DAY)
        for d in SUUNTA.scored_domains
        for i in d.items
    )
    return Assessment(id="a", client="T-1", instrument=SUUNTA.id, opened=DAY, closed=DAY, answers=answers)


def said(domain: str, aspect: Aspect, value: str, reason: str = "") -> Rating:
    return Rating(domain=domain, aspect=aspect, value=value, reason=reason, date=DAY)


def seen(held: Assessment, *ratings: Rating, first: Assessment | None = None) -> tuple[DomainView, ...]:
    before = {} if first is None else scores(SUUNTA, first.values())
    return views(SUUNTA, held, before, Ratings.of(ratings), [i.id for i in SUUNTA.items])


def ids(found: tuple[DomainView, ...]) -> list[str]:
    return [v.domain.id for v in found]


def test_strengths_are_the_highest_band_with_the_highest_first() -> None:
    assert ids(strengths(seen(measured({"C": 8, "G": 9, "A": 6})))) == ["G", "C"]


def test_needs_follow_need_priority_and_then_the_lowest_score() -> None:
    held = measured({"A": 2, "C": 4, "D": 1, "F": 3}, other=8)
    important = [said("A", Aspect.IMPORTANCE, "5"), said("C", Aspect.IMPORTANCE, "10")]
    found = needs(seen(held, *important))
    assert ids(found) == ["C", "A", "D", "F"]
    assert [v.need for v in found] == [Fraction(6), Fraction(4), None, None]


def test_refused_not_concerned_and_not_asked_are_three_things() -> None:
    first, second, third = (i.id for i in SUUNTA.scored_domains[0].items[:3])
    held = measured({first: NoValue.EI_HALUA, second: NoValue.EI_KYSYTTY, third: NoValue.EI_KOSKE})
    view = seen(held)[0]
    assert [i.id for i in view.items(NoValue.EI_HALUA)] == [first]
    assert [i.id for i in view.items(NoValue.EI_KYSYTTY)] == [second]
    assert [i.id for i in view.items(NoValue.EI_KOSKE)] == [third]


def test_an_item_that_was_never_met_was_not_asked_and_one_that_was_not_to_be_asked_is_nothing() -> None:
    empty = Assessment(id="a", client="T-1", instrument=SUUNTA.id, opened=DAY, closed=DAY)
    one = SUUNTA.scored_domains[0].items[0].id
    view = views(SUUNTA, empty, {}, Ratings.of(()), [one])[0]
    assert [i.id for i in view.items(NoValue.EI_KYSYTTY)] == [one]
    assert ids(unknown(seen(empty))) == [d.id for d in SUUNTA.scored_domains]


def test_a_differing_coach_stands_beside_the_client_with_the_reason() -> None:
    why = "Kipu näkyy tapaamisissa."
    view = seen(measured({}), said("A", Aspect.COACH, "2", why), said("A", Aspect.AGREED, "4"))[0]
    assert (view.score, view.coach, view.agreed) == (Fraction(5), Fraction(2), 4)
    assert view.reasons == (why,)
    assert view.differs


def test_a_coach_two_points_away_differs_even_without_a_reason() -> None:
    assert seen(measured({}), said("A", Aspect.COACH, "7"))[0].differs
    assert not seen(measured({}), said("A", Aspect.COACH, "6"))[0].differs


def test_change_counts_from_one_point_and_the_largest_leads() -> None:
    before = measured({"A": 3, "C": 9})
    found = changed(seen(measured({"A": 5, "C": 5}), first=before))
    assert [(v.domain.id, v.delta) for v in found] == [("C", Fraction(-4)), ("A", Fraction(2))]
