"""Sums of protected figures and how far they may be from the truth (indicators.md §10.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from valmentaja.central.engine import Rows
from valmentaja.definitions.indicators import RowKey

FEWEST_UNITS = 5
"""With fewer the margin would promise more than it keeps, so none is printed."""
SURE = 1.96
"""Standard deviations to either side, in which the truth lies in 95 of 100 cases."""
OF_THREE, OF_MORE, OF_ZERO = 9.0, 4.0, 0.35
"""Variance of a published 3, of a larger figure, and of a 0 (which may hide somebody), in typical caseloads."""
STOCKS = frozenset({"CL01", "TG01", "AR_A", "AR_U", "SV01", "ST01", "ME01"})
"""Counted on a day: over several months their deviations add up, because the persistent part does not average out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One figure of one period over `units` units that published it; `withheld` of their figures were not published."""

    total: int = 0
    threes: int = 0
    larger: int = 0
    zeros: int = 0
    withheld: int = 0
    units: int = 0

    @property
    def variance(self) -> float:
        return OF_THREE * self.threes + OF_MORE * self.larger + OF_ZERO * self.zeros

    def __add__(self, other: Sum) -> Sum:
        """The same row of other units."""
        return Sum(
            total=self.total + other.total,
            threes=self.threes + other.threes,
            larger=self.larger + other.larger,
            zeros=self.zeros + other.zeros,
            withheld=self.withheld + other.withheld,
            units=self.units + other.units,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with its standard deviation; `units` are those of the period in which fewest published.

    `margin` is None where none may be printed."""

    value: float
    sd: float
    units: int

    @property
    def margin(self) -> float | None:
        return SURE * self.sd if self.units >= FEWEST_UNITS else None


Sums = dict[tuple[str, RowKey], Sum]
"""By period and row."""


def read(rows: Rows) -> Sums:
    """From the answer to `figures.sql`."""
    return {(row[0], RowKey(*row[1:5])): _sum(row[5:]) for row in rows}


def _sum(cells: Sequence[int | None]) -> Sum:
    total, threes, larger, zeros, withheld = (int(cell or 0) for cell in cells)
    units = threes + larger + zeros
    return Sum(total=total, threes=threes, larger=larger, zeros=zeros, withheld=withheld, units=units)


def read_places(rows: Rows) -> dict[str, Sums]:
    """From the answer to `places.sql`, by municipality or unit."""
    found: dict[str, Sums] = {}
    for row in rows:
        found.setdefault(row[0], {})[row[1], RowKey(*row[2:6])] = _sum(row[6:])
    return found


def together(places: Iterable[Sums]) -> Sums:
    """Several places as one."""
    found: Sums = {}
    for sums in places:
        for key, one in sums.items():
            found[key] = found.get(key, Sum()) + one
    return found


def of_rows(sums: Sequence[Sum]) -> Sum:
    """Several rows of the same units, such as three client groups."""
    return replace(sum(sums, Sum()), units=max((one.units for one in sums), default=0))


def flow(sums: Sequence[Sum]) -> Estimate | None:
    """What happened over the periods: variances add up. None without a published figure."""
    published = [one for one in sums if one.units]
    if not published:
        return None
    variance = sum(one.variance for one in published)
    units = min(one.units for one in published)
    return Estimate(value=sum(one.total for one in published), sd=sqrt(variance), units=units)


def average(sums: Sequence[Sum]) -> Estimate | None:
    """What was there on an average stock day: the margin stays that of one month."""
    published = [one for one in sums if one.units]
    if not published:
        return None
    count = len(published)
    sd = sum(sqrt(one.variance) for one in published) / count
    units = min(one.units for one in published)
    return Estimate(value=sum(one.total for one in published) / count, sd=sd, units=units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One period of a ratio: what is above the line, and below it what is not also above (`inside`) or all of it."""

    above: Sum
    below: Sum
    inside: bool


def ratio(periods: Sequence[Parts], *, stock: bool) -> Estimate | None:
    """Above ÷ below over the periods. With `inside` the whole is above + below, as a ÷ (a + u)."""
    above = sum(p.above.total for p in periods)
    whole = sum(p.above.total + p.below.total if p.inside else p.below.total for p in periods)
    if whole <= 0:
        return None
    value = above / whole
    deviations = [_deviation(p, value) for p in periods]
    sd = sum(deviations) if stock else sqrt(sum(d * d for d in deviations))
    units = min((n for p in periods if (n := min(p.above.units, p.below.units))), default=0)
    return Estimate(value=value, sd=sd / whole, units=units)


def _deviation(parts: Parts, value: float) -> float:
    over = (1 - value) ** 2 if parts.inside else 1.0
    return sqrt(over * parts.above.variance + value**2 * parts.below.variance)
