"""The example that every indicator's definition gives is what the program computes."""

from __future__ import annotations

import pytest
from told_people import person

from valmentaja.definitions.indicators import Frequency, definitions
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.month import exact


@pytest.mark.parametrize("indicator", list(definitions().indicators))
def test_the_worked_example_holds(indicator: str) -> None:
    told = definitions().indicators[indicator]
    assert told.worked is not None
    assert told.population is not None
    people = [person(line, n) for n, line in enumerate(told.worked.people)]
    freq = next(f for f in (Frequency.M, Frequency.Q) if f in told.freqs)
    rows = exact(people, Month.parse(told.worked.month), definitions())
    made = {
        f"{r.key.dim1} {r.key.dim2}".strip(): r.count
        for r in rows
        if r.count and (r.key.indicator, r.key.freq) == (indicator, freq)
    }
    cells = (line.rpartition("=") for line in told.worked.counts)
    assert made == {cell.strip(): int(count) for cell, _, count in cells}
