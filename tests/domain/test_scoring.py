"""Scores are exact, do not depend on order, and are missing when too little is known (domain.md §3)."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valmentaja.definitions.instrument import Domain, Instrument
from valmentaja.definitions.instruments import instruments
from valmentaja.domain.assessment import (
    Answer,
    Assessment,
    Band,
    Change,
    NoValue,
    Value,
    band,
    domain_score,
    first_open_item,
    parse_value,
    scores,
    total,
)
from valmentaja.domain.codes import Rater
from valmentaja.domain.versions import compare

SUUNTA: Instrument = instruments()["suunta-1.0"]
ITEMS = [i.id for d in SUUNTA.domains for i in d.items]
DAY = date(2026, 11, 24)

numbers_mostly = st.one_of(*[st.integers(0, 10)] * 4, st.sampled_from(NoValue))
few = st.dictionaries(st.sampled_from(ITEMS), numbers_mostly)
most = st.fixed_dictionaries(dict.fromkeys(ITEMS, numbers_mostly))
answered = st.one_of(few, most)
domains = st.sampled_from(SUUNTA.domains)


def domain(letter: str) -> Domain:
    return next(d for d in SUUNTA.domains if d.id == letter)


def given_to(letter: str, *answers: Value) -> dict[str, Value]:
    return {f"{letter}{n}": answer for n, answer in enumerate(answers, start=1)}


def measured(name: str, answers: dict[str, Value]) -> Assessment:
    rows = tuple(Answer(item=i, rater=Rater.ASIAKAS, value=v, date=DAY) for i, v in answers.items())
    return Assessment(id=name, client="c", instrument=SUUNTA.id, opened=DAY, closed=DAY, answers=rows)


@given(answered, st.randoms())
def test_the_order_of_answers_does_not_matter(answers: dict[str, Value], dice: random.Random) -> None:
    shuffled = list(answers.items())
    dice.shuffle(shuffled)

    assert scores(SUUNTA, dict(shuffled)) == scores(SUUNTA, answers)
    assert total(SUUNTA, dict(shuffled)) == total(SUUNTA, answers)


@given(answered, domains)
def test_a_score_is_there_exactly_when_three_fifths_have_a_number(answers: dict[str, Value], one: Domain) -> None:
    numbers = sum(isinstance(answers.get(i.id), int) for i in one.items)

    assert (domain_score(one, answers) is not None) == (Fraction(numbers, len(one.items)) >= Fraction(3, 5))


@given(answered, domains)
def test_a_score_lies_between_its_lowest_and_highest_answer(answers: dict[str, Value], one: Domain) -> None:
    score = domain_score(one, answers)
    numbers = [v for i in one.items if isinstance(v := answers.get(i.id), int)]

    if score is not None:
        assert min(numbers) <= score <= max(numbers)
        assert score * len(numbers) == sum(numbers)


@given(answered)
def test_the_total_is_there_exactly_when_eight_of_eleven_domains_are(answers: dict[str, Value]) -> None:
    known = scores(SUUNTA, answers)
    found = total(SUUNTA, answers)

    assert (found is not None) == (len(known) >= 8)
    if found is not None:
        assert 0 <= found <= 100
        assert found * len(known) == 10 * sum(known.values())


@given(answered, st.sampled_from(NoValue))
def test_no_number_is_the_same_as_no_answer_for_a_score(answers: dict[str, Value], reason: NoValue) -> None:
    filled: dict[str, Value] = {item: answers.get(item, reason) for item in ITEMS}

    assert scores(SUUNTA, filled) == scores(SUUNTA, answers)


@given(answered, answered)
def test_a_change_is_the_exact_difference_of_domains_both_have(
    before: dict[str, Value], after: dict[str, Value]
) -> None:
    found = compare((SUUNTA, measured("2", after)), (SUUNTA, measured("1", before)), instruments()).changes

    first, latest = scores(SUUNTA, before), scores(SUUNTA, after)
    assert [c.domain for c in found] == [d.id for d in SUUNTA.scored_domains if d.id in first and d.id in latest]
    assert all(c.delta == latest[c.domain] - first[c.domain] for c in found)


@pytest.mark.parametrize(
    ("letter", "answers", "score"),
    [
        ("A", (1, 3, NoValue.EI_KOSKE), Fraction(2)),
        ("A", (1, NoValue.EI_KOSKE, NoValue.EI_KOSKE), None),
        ("A", (8, 8, 9), Fraction(25, 3)),
        ("B", (5, 5, NoValue.EI_HALUA, NoValue.EI_HALUA), None),
        ("B", (5, 6, 7, NoValue.EI_KYSYTTY), Fraction(6)),
        ("C", (0, 0, 1), Fraction(1, 3)),
        ("C", (10, 10), None),
        ("J", (0, 0, 0), Fraction(0)),
    ],
)
def test_hand_made_scores(letter: str, answers: tuple[Value, ...], score: Fraction | None) -> None:
    assert domain_score(domain(letter), given_to(letter, *answers)) == score


def test_the_total_needs_eight_domains_and_is_ten_times_their_mean() -> None:
    def full(letters: str) -> dict[str, Value]:
        return {i.id: 7 if letter == "A" else 4 for letter in letters for i in domain(letter).items}

    assert total(SUUNTA, full("ABCDEFG")) is None
    assert total(SUUNTA, full("ABCDEFGL")) is None
    assert total(SUUNTA, full("ABCDEFGH")) == Fraction(350, 8)
    assert total(SUUNTA, dict.fromkeys(ITEMS, 10)) == 100


def test_the_service_domain_is_never_scored() -> None:
    assert scores(SUUNTA, given_to("L", 10, 10, 10, 10)) == {}


def test_eight_thirds_minus_five_thirds_is_exactly_one_and_counts() -> None:
    change = Change(domain="A", first=Fraction(5, 3), latest=Fraction(8, 3))

    assert change.delta == 1
    assert change.counts
    assert not Change(domain="A", first=Fraction(0), latest=Fraction(99, 100)).counts
    assert Change(domain="A", first=Fraction(5), latest=Fraction(4)).counts


@pytest.mark.parametrize(
    ("score", "name"),
    [
        (Fraction(0), Band.SUPPORT),
        (Fraction(399, 100), Band.SUPPORT),
        (Fraction(4), Band.WATCH),
        (Fraction(699, 100), Band.WATCH),
        (Fraction(7), Band.STRENGTH),
        (Fraction(10), Band.STRENGTH),
    ],
)
def test_bands_begin_at_four_and_seven(score: Fraction, name: Band) -> None:
    assert band(SUUNTA, score) is name


def test_the_client_and_the_coach_are_never_mixed() -> None:
    rows = (
        Answer(item="A1", rater=Rater.ASIAKAS, value=2, date=DAY),
        Answer(item="A1", rater=Rater.VALMENTAJA, value=9, date=DAY),
    )
    both = Assessment(id="1", client="c", instrument=SUUNTA.id, opened=DAY, closed=None, answers=rows)

    assert both.values() == {"A1": 2}
    assert both.values(Rater.VALMENTAJA) == {"A1": 9}


def test_it_resumes_at_the_first_item_not_met_and_skipped_ones_are_met() -> None:
    assert first_open_item(["A1", "A2", "A3"], {"A1": 3, "A2": NoValue.EI_KYSYTTY}) == "A3"
    assert first_open_item(["A1"], {"A1": NoValue.EI_HALUA}) is None


@pytest.mark.parametrize("text", ["", "11", "-1", "05", "3.0", "+3", " 3", "ei_halua", "٣", "True"])
def test_anything_but_a_value_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="^"):
        parse_value(text)


def test_every_value_is_read_back_from_its_text() -> None:
    for value in (*range(11), *NoValue):
        assert parse_value(str(value)) == value
