"""How often the truth lies within the printed margin: `margins.py [UNITS]`, 60 invented units unless given.

Sums of every figure over groups of units, and the activation rate, exact against published by the real exporter.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from random import Random

import central_units

from valmentaja.central.sums import SURE, Parts, Sum, flow, of_rows, ratio
from valmentaja.definitions.indicators import RowKey

MONTHS, GROUPS, TRIES = 12, (1, 5, 15, 60), 40
ABOVE = tuple(RowKey("M", "AR_A", group) for group in "PSO")
BELOW = tuple(RowKey("M", "AR_U", group) for group in "PSO")
Month = dict[RowKey, tuple[int, int]]
"""Exact and published."""


def main(units: int) -> None:
    codes = [central_units.unit_code(n) for n in range(units)]
    with ProcessPoolExecutor() as pool:
        told = dict(zip(codes, pool.map(months, codes), strict=True))
    for size in (size for size in GROUPS if size <= units):
        counts, rates = coverage(told, size)
        sys.stdout.write(f"{size:>3} units: counts {counts:.1%}, activation rate {rates:.1%} within the margin\n")


def months(code: str) -> list[Month]:
    return [
        {row.key: (row.exact, row.published) for row in rows if row.published is not None}
        for _, rows in central_units.published(code, MONTHS)
    ]


def coverage(told: dict[str, list[Month]], size: int) -> tuple[float, float]:
    """Shares of counts that are not empty everywhere, and of rates, whose truth lies within 1.96 deviations."""
    drawn, counts, rates = Random(size), [], []
    for _ in range(TRIES):
        group = drawn.sample(sorted(told), size)
        for place in range(MONTHS):
            held = [told[code][place] for code in group]
            counts += [hit for key in held[0] if (hit := _count(held, key)) is not None]
            rates.append(_rate(held))
    return sum(counts) / len(counts), sum(rates) / len(rates)


def _sum(held: list[Month], key: RowKey) -> Sum:
    shown = [month[key][1] for month in held]
    zeros, threes = shown.count(0), shown.count(3)
    larger = len(shown) - zeros - threes
    return Sum(total=sum(shown), threes=threes, larger=larger, zeros=zeros, units=len(shown))


def _count(held: list[Month], key: RowKey) -> bool | None:
    truth, found = sum(month[key][0] for month in held), flow([_sum(held, key)])
    if not truth or found is None:
        return None
    return abs(found.value - truth) <= SURE * found.sd


def _rate(held: list[Month]) -> bool:
    above = of_rows([_sum(held, key) for key in ABOVE])
    below = of_rows([_sum(held, key) for key in BELOW])
    found = ratio([Parts(above=above, below=below, inside=True)], stock=True)
    truth = [sum(month[key][0] for month in held for key in keys) for keys in (ABOVE, BELOW)]
    return found is not None and abs(found.value - truth[0] / sum(truth)) <= SURE * found.sd


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
