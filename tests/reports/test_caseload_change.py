"""Change over a caseload: exact for the worker; without names no figure of one to four people can be reckoned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valmentaja.definitions.instrument import Instrument
from valmentaja.definitions.instruments import instruments
from valmentaja.domain.assessment import Answer, Assessment, Band
from valmentaja.domain.baseline import Measured
from valmentaja.domain.caseload_change import CaseloadChange, caseload_change
from valmentaja.domain.codes import Rater
from valmentaja.domain.open_change import FEWEST, OpenChange, left_out, without_names

SUUNTA: Instrument = instruments()["suunta-1.0"]
KNOWN = {SUUNTA.id: SUUNTA}
DAY = date(2026, 1, 1)
Scores = Mapping[str, int]


def measured(scores: Scores, after: int = 0, instrument: Instrument = SUUNTA) -> Measured:
    on = DAY + timedelta(days=after)
    rows = tuple(
        Answer(item=item.id, rater=Rater.ASIAKAS, value=scores[domain.id], date=on)
        for domain in instrument.scored_domains
        if domain.id in scores
        for item in domain.items
    )
    return Assessment(
        id=f"a{after}", client="c", instrument=instrument.id, opened=on, closed=on, answers=rows
    ), instrument


def without_names_of(made: CaseloadChange) -> OpenChange:
    """Of a month before which nothing was told."""
    return without_names([made])


def report(people: Sequence[Sequence[Scores]]) -> CaseloadChange:
    held = {
        (f"c{n}", f"Asiakas {n}"): [measured(s, 90 * place) for place, s in enumerate(courses)]
        for n, courses in enumerate(people)
    }
    return caseload_change(SUUNTA, DAY, held, KNOWN)


def test_change_is_latest_minus_first_of_those_who_have_both() -> None:
    made = report([[{"A": 2}, {"A": 9}, {"A": 4}], [{"A": 5}, {"A": 5}], [{"A": 8}, {"A": 3}], [{"A": 1}], []])
    first = made.domains[0]
    assert (first.people, first.measured) == (3, 4)
    assert (first.first, first.latest, first.delta) == (5, 4, -1)
    assert (first.better, first.same, first.worse) == (1, 1, 1)
    assert first.bands == {Band.SUPPORT: 2, Band.WATCH: 2, Band.STRENGTH: 0}
    assert [len(p) for p in (made.without, made.once, made.twice)] == [1, 1, 3]
    assert made.twice[0].deltas == {"A": 2}


def test_a_domain_without_an_answer_is_no_zero() -> None:
    made = report([[{"A": 2}, {"B": 9}], [{"A": 4, "B": 1}, {"A": 6, "B": 1}]])
    assert (made.domains[0].people, made.domains[0].first) == (1, 4)
    assert made.domains[2].first is None
    assert made.domains[2].delta is None


def test_what_asked_something_else_is_counted_and_in_no_figure() -> None:
    changed = replace(
        SUUNTA,
        id="other-1.0",
        domains=tuple(replace(d, id=f"X{d.id}") for d in SUUNTA.domains),
    )
    held = {("c", "n"): [measured({"A": 2}), measured({"XA": 9}, 90, changed)]}
    made = caseload_change(SUUNTA, DAY, held, KNOWN)
    assert made.apart == 1
    assert made.domains[0].people == 0
    assert made.once[0].latest == DAY


def test_fewer_than_five_clients_give_no_figure_at_all() -> None:
    made = without_names_of(report([[{"A": 2}, {"A": 4}]] * 4))
    assert (made.clients, made.stages, made.domains, made.apart) == (None, None, (), None)
    assert left_out(made, "en") == ["There are fewer than 5 clients. No figure is told of so few."]


def test_enough_people_are_told_as_they_are() -> None:
    people = [[{"A": 2}, {"A": 5}]] * 5 + [[{"A": 5}, {"A": 5}]] * 5 + [[{"A": 8}]] * 5
    made = without_names_of(report(people))
    assert (made.clients, made.stages) == (15, (0, 5, 10))
    first = made.domains[0]
    assert (first.people, first.first, first.latest, first.change) == (10, Fraction(7, 2), 5, (5, 5, 0))
    assert first.bands == (0, 10, 5)
    assert made.domains[1].lacks, "nobody answered it"


def test_one_hidden_part_hides_the_others_that_it_could_be_reckoned_from() -> None:
    people = [[{"A": 2}, {"A": 5}]] * 9 + [[{"A": 5}, {"A": 2}]]
    made = without_names_of(report(people))
    assert made.domains[0].people == 10
    assert made.domains[0].change is None, "9 better of 10 would tell of the one"
    assert made.domains[0].people == 10
    assert made.left_out[0].id == "A"


def test_who_left_a_domain_out_cannot_be_reckoned() -> None:
    people = [[{"A": 2, "B": 3}, {"A": 5, "B": 3}]] * 10 + [[{"A": 2}, {"A": 5}]]
    made = without_names_of(report(people))
    assert made.domains[0].people == 11
    assert made.domains[1].people is None
    assert made.domains[1].first is None, "a mean beside a hidden count could be taken apart"


def test_a_result_that_all_share_is_not_told() -> None:
    alike = without_names_of(report([[{"A": 9}, {"A": 5}]] * 6)).domains[0]
    assert (alike.people, alike.change, alike.bands) == (6, None, None)
    highest = without_names_of(report([[{"A": 9}, {"A": 10}]] * 6)).domains[0]
    assert (highest.people, highest.latest) == (None, None), "a mean of 10 says that everybody has 10"


FIVE = [[{"A": 4}, {"A": 6}], [{"A": 5}, {"A": 6}], [{"A": 4}, {"A": 5}], [{"A": 3}, {"A": 7}], [{"A": 6}, {"A": 5}]]


def test_of_two_months_that_differ_by_a_few_people_the_second_is_not_told() -> None:
    """The newcomer's result would be 6·5.2 − 5·5.8."""
    december, january = report(FIVE), report([*FIVE, [{"A": 4}, {"A": 2}]])
    assert without_names([december]).domains[0].latest == Fraction(29, 5)
    assert without_names([january]).domains[0].latest == Fraction(31, 6)
    second = without_names([december, january])
    assert second.domains[0].latest is None
    assert [d.id for d in second.unsettled] == ["A"]
    assert "Since they were told last, the results of fewer than 5 people have changed" in left_out(second, "en")[-1]


def test_what_was_held_back_is_told_once_enough_people_have_changed() -> None:
    few = [*FIVE, [{"A": 4}, {"A": 2}]]
    many = [*few, *[[{"A": 3}, {"A": 4}]] * 4]
    months = [report(FIVE), report(few), report(many)]
    assert without_names(months[:2]).domains[0].people is None
    assert without_names(months).domains[0].people == 10
    same = without_names([months[0], months[0]])
    assert same.domains[0].people == 5, "the same answers tell nothing new"


numbers = st.fixed_dictionaries({}, optional={"A": st.integers(0, 10), "B": st.integers(0, 10)})
caseloads = st.lists(st.lists(numbers, max_size=3), max_size=24)


def counts_of(made: OpenChange) -> list[int]:
    """Every count that is told, and every difference of two that are told of the same whole."""
    told = [made.clients] if made.clients is not None else []
    told += list(made.stages or ())
    for domain in made.domains:
        whole = [made.clients or 0]
        whole += [made.stages[2]] if made.stages else []
        if domain.people is not None:
            told += [domain.people, *(w - domain.people for w in whole)]
        told += list(domain.change or ())
        told += list(domain.bands or ())
        if domain.bands is not None and domain.people is not None:
            told.append(sum(domain.bands) - domain.people)
        if domain.bands is not None:
            told.append((made.clients or 0) - sum(domain.bands))
    return told


@settings(deadline=None, max_examples=60)
@given(caseloads)
def test_no_count_or_difference_without_names_is_of_one_to_four_people(people: list[list[dict[str, int]]]) -> None:
    made = without_names_of(report(people))
    assert all(count == 0 or count >= FEWEST for count in counts_of(made))
    for told, exact in zip(made.domains, report(people).domains, strict=False):
        if told.first is not None:
            assert exact.people >= FEWEST
            assert (told.first, told.latest) == (exact.first, exact.latest)


@settings(deadline=None, max_examples=40)
@given(caseloads)
def test_every_gap_is_said(people: list[list[dict[str, int]]]) -> None:
    made = without_names_of(report(people))
    sentences = " ".join(left_out(made, "fi"))
    for domain in made.domains:
        if domain.lacks:
            assert domain.domain.name.fi in sentences


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_nothing_left_out_is_said_too(language: str) -> None:
    low, high = ({d.id: n for d in SUUNTA.scored_domains} for n in (3, 8))
    made = without_names_of(report([[low, high]] * 5 + [[low, low]] * 5))
    assert len(left_out(made, language)) == 3
