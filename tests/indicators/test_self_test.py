"""What one published figure gives away, against a computation by drawing for every step of the tables."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from valmentaja.base.paths import RESOURCES
from valmentaja.indicators.cellkey import Table, chances, draw, read_tables
from valmentaja.indicators.self_test import ALIKE_FROM, LARGEST_COUNT, posterior, worst


def tables() -> tuple[Table, Table]:
    return read_tables((RESOURCES / "ptable.json").read_bytes())


def drawn(table: Table, count: int) -> dict[int, Fraction]:
    """Draw once inside every interval in which the outcome cannot change."""
    edges = sorted({0, 1 << 32, *(c for line in table for c in line.cumulative)})
    found: dict[int, Fraction] = {}
    for lower, upper in pairwise(edges):
        value = draw(table, count, lower)
        found[value] = found.get(value, Fraction(0)) + Fraction(upper - lower, 1 << 32)
    return found


def brute(count: int) -> dict[int, Fraction]:
    stage1, stage2 = tables()
    if count == 0:
        return {0: Fraction(1)}
    found: dict[int, Fraction] = {}
    for kept, first in drawn(stage1, count).items():
        for figure, second in (drawn(stage2, kept) if kept else {0: Fraction(1)}).items():
            found[figure] = found.get(figure, Fraction(0)) + first * second
    return found


@pytest.mark.parametrize("count", range(LARGEST_COUNT + 1))
def test_the_chances_are_those_of_drawing(count: int) -> None:
    found = {figure: chance for figure, chance in chances(count).items() if chance}
    assert found == {figure: chance for figure, chance in brute(count).items() if chance}
    assert sum(found.values()) == 1
    assert abs(sum(figure * chance for figure, chance in found.items()) - count) < Fraction(1, 1 << 20)


@pytest.mark.parametrize("figure", [0, *range(3, ALIKE_FROM + 1)])
def test_the_posterior_is_that_of_a_flat_prior(figure: int) -> None:
    likely = {count: brute(count).get(figure, Fraction(0)) for count in range(LARGEST_COUNT + 1)}
    total = sum(likely.values())
    assert posterior(figure) == {count: chance / total for count, chance in likely.items() if chance}
    guess = worst([figure])
    assert guess is not None
    assert guess.sure == max(likely.values()) / total


def test_the_worst_of_a_file_is_the_surest_guess_of_any_of_its_figures() -> None:
    every = [0, *range(3, 60)]
    guess = worst(every)
    assert guess is not None
    single = [worst([figure]) for figure in every]
    assert guess.sure == max(g.sure for g in single if g is not None)
    assert guess.sure < Fraction(9, 10)
    assert worst([]) is None


def test_a_large_figure_is_guessed_as_well_as_a_smaller_one() -> None:
    """Were the guesses cut off at 25, a published 33 would be certain."""
    small, large = worst([17]), worst([33])
    assert small is not None
    assert large is not None
    assert (large.sure, large.count - large.published) == (small.sure, small.count - small.published)
