"""How sure somebody may get who sees one published figure: the worst Bayes posterior of a file (indicators.md §9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from valmentaja.indicators.cellkey import LARGEST_DEVIATION, chances

LARGEST_COUNT = 25
"""Before seeing the figure every count from 0 to this is as likely as another."""
ALIKE_FROM = LARGEST_COUNT - LARGEST_DEVIATION
"""Figures from here on are guessed like this one: beyond it the edge of the guesses would tell, not the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The surest guess: behind `published` there are `count` people, right with this probability."""

    published: int
    count: int
    sure: Fraction


def worst(published: Iterable[int]) -> Guess | None:
    """The surest single guess in a file with these figures; None for a file without figures."""
    guesses = (_best(figure) for figure in sorted(set(published)))
    return max(guesses, key=lambda g: (g.sure, -g.published), default=None)


@cache
def posterior(published: int) -> dict[int, Fraction]:
    """How likely each true count is behind a published figure of at most `ALIKE_FROM`, with nothing else known."""
    likely = {count: chances(count).get(published, Fraction(0)) for count in range(LARGEST_COUNT + 1)}
    total = sum(likely.values())
    return {count: chance / total for count, chance in likely.items() if chance}


def _best(published: int) -> Guess:
    beyond = max(0, published - ALIKE_FROM)
    found = posterior(published - beyond)
    count = max(found, key=lambda n: (found[n], -n))
    return Guess(published=published, count=count + beyond, sure=found[count])
