"""What a measure looks at, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from valmentaja.indicators.calendar import Month, addm
from valmentaja.indicators.facts import Person, RecordKey
from valmentaja.indicators.states import ActSet, Standing, standing

Place = tuple[str, str, RecordKey]
"""First dimension, second dimension, who."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everyone taken in by `last`, the days `first`–`last` of the flows, the stock on the month's day."""

    month: Month
    people: tuple[Person, ...]
    first: date
    last: date
    stock: tuple[Standing, ...]
    act: ActSet

    def within(self, on: date | None) -> bool:
        """Whether a day is among those of the flows; no day is not."""
        return on is not None and self.first <= on <= self.last


Measure = Callable[[Material], Iterator[Place]]


def gather(people: tuple[Person, ...], month: Month, act: ActSet) -> Material:
    """The material of the monthly rows."""
    taken_in = tuple(p for p in people if p.intake <= month.last)
    on = month.stock_day
    return Material(
        month=month,
        people=taken_in,
        first=month.first,
        last=month.last,
        stock=tuple(standing(p, on, act) for p in taken_in if p.in_caseload(on)),
        act=act,
    )


def first_day(month: Month, months: int) -> date:
    """Where the flows begin: with the month (1), the quarter (3) or the year (12) that ends with it."""
    return addm(month.first, 1 - months)
