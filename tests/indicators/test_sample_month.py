"""The given caseload gives the given figures."""

from __future__ import annotations

import pytest
from sample_caseload import expected, sample_people

from valmentaja.definitions.indicators import definitions
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.month import exact, row_keys


@pytest.mark.parametrize("period", ["2024-03", "2024-10", "2025-12"])
def test_every_row_of_the_sample_has_the_expected_figure(period: str) -> None:
    month = Month.parse(period)
    rows = exact(sample_people(), month, definitions())
    made = {(r.key.freq, r.key.indicator, r.key.dim1, r.key.dim2): r.count for r in rows}
    given = expected(period)
    assert {key: (made.get(key), figure) for key, figure in given.items() if made.get(key) != figure} == {}
    assert len(made) == len(given) == 115 + 200 * month.ends_quarter + 16 * month.ends_year


def test_the_sample_is_no_easy_one() -> None:
    """Of the expected figures enough are not zero to notice a mistake."""
    given = expected("2024-03")
    keys = [(k.freq, k.indicator, k.dim1, k.dim2) for k in row_keys(Month(2024, 3), definitions())]
    assert sum(given[key] > 0 for key in keys) >= 80


def test_rows_are_the_rows_of_this_version_in_order() -> None:
    keys = [row.key for row in exact((), Month(2025, 12), definitions())]
    assert keys == list(row_keys(Month(2025, 12), definitions()))
    assert keys == sorted(keys)
    assert {key.freq for key in keys} == {"M", "Q", "A"}
