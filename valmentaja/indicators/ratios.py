"""Ratios of a month: the reader forms them from counts, never the package (indicators.md §1, §9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from valmentaja.base.errors import N_
from valmentaja.definitions.indicators import RowKey
from valmentaja.indicators.month import PublishedRow

GROUPS = ("P", "S", "O")
PEOPLE = ("AR_A", "AR_U")
"""In an activating service, and unemployed: together what an activation rate is counted of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """`above` ÷ `below`, each a sum of the month's rows; `name` is a msgid."""

    name: str
    above: tuple[RowKey, ...]
    below: tuple[RowKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One column's sums; None where a row of it is not published."""

    above: int | None
    below: int | None

    @property
    def value(self) -> Fraction | None:
        """None without both sums, or when there is nobody to be counted of."""
        if self.above is None or not self.below:
            return None
        return Fraction(self.above, self.below)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioRow:
    ratio: Ratio
    exact: Part
    published: Part


def _rows(indicator: str, *first: str) -> tuple[RowKey, ...]:
    return tuple(RowKey("M", indicator, one) for one in first or ("",))


def _activation(name: str, *groups: str) -> Ratio:
    below = tuple(key for indicator in PEOPLE for key in _rows(indicator, *groups))
    return Ratio(name=name, above=_rows("AR_A", *groups), below=below)


RATIOS = (
    _activation(N_("Activation rate, everybody"), *GROUPS),
    _activation(N_("Activation rate, 500 or more benefit days"), "P"),
    _activation(N_("Activation rate, a year unemployed and at risk"), "S"),
    _activation(N_("Activation rate, others"), "O"),
    Ratio(
        name=N_("Moved on from rehabilitative work activity"),
        above=_rows("KT02", "TYO", "KOULUTUS", "TE"),
        below=_rows("KT01"),
    ),
    Ratio(
        name=N_("Plan reviewed by the day agreed, of the reviews due"),
        above=_rows("PL04"),
        below=_rows("PL03"),
    ),
    Ratio(
        name=N_("Met face to face during the month"),
        above=_rows("ME01", "KASVOKKAIN"),
        below=_rows("ME01", "KASVOKKAIN", "ETA", "EI"),
    ),
)


def ratios(rows: Iterable[PublishedRow]) -> tuple[RatioRow, ...]:
    """Each ratio from the exact figures, and from the published ones, which do not add up."""
    held = {row.key: row for row in rows}
    known = (ratio for ratio in RATIOS if all(key in held for key in ratio.above + ratio.below))
    return tuple(
        RatioRow(
            ratio=ratio,
            exact=Part(
                above=sum(held[key].exact for key in ratio.above), below=sum(held[key].exact for key in ratio.below)
            ),
            published=Part(above=_sum(held[key] for key in ratio.above), below=_sum(held[key] for key in ratio.below)),
        )
        for ratio in known
    )


def _sum(rows: Iterable[PublishedRow]) -> int | None:
    """A sum with a figure missing would be too small, so it is none."""
    figures = [row.published for row in rows]
    return None if None in figures else sum(figure for figure in figures if figure is not None)
