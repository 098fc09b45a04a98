"""Ratios are formed from the counts of one column, exactly, and never where a figure is not published."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction

import pytest
from sample_caseload import expected, sample_people

from valmentaja.definitions.indicators import RowKey, definitions
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.month import PublishedRow, exact, protect
from valmentaja.indicators.ratios import RatioRow, ratios

SECRET = hashlib.sha256(b"a test unit").digest()


def published(period: str, off: frozenset[str] = frozenset()) -> tuple[PublishedRow, ...]:
    return protect(exact(sample_people(), Month.parse(period), definitions()), SECRET, period, 1, off)


def by_name(rows: tuple[PublishedRow, ...]) -> dict[str, RatioRow]:
    return {row.ratio.name: row for row in ratios(rows)}


@pytest.mark.parametrize("period", ["2024-03", "2024-10", "2025-12"])
def test_the_exact_column_is_the_ratio_of_the_given_figures(period: str) -> None:
    given = expected(period)

    def people(indicator: str, *codes: str) -> int:
        return sum(given["M", indicator, code, ""] for code in codes or ("",))

    rows = by_name(published(period))
    active, unemployed = people("AR_A", "P", "S", "O"), people("AR_U", "P", "S", "O")
    rate = rows["Activation rate, everybody"].exact
    assert (rate.above, rate.below) == (active, active + unemployed)
    assert rate.value == Fraction(active, active + unemployed)
    long = rows["Activation rate, 500 or more benefit days"].exact
    assert (long.above, long.below) == (people("AR_A", "P"), people("AR_A", "P") + people("AR_U", "P"))
    moved = rows["Moved on from rehabilitative work activity"].exact
    assert (moved.above, moved.below) == (people("KT02", "TYO", "KOULUTUS", "TE"), people("KT01"))
    kept = rows["Plan reviewed by the day agreed, of the reviews due"].exact
    assert (kept.above, kept.below) == (people("PL04"), people("PL03"))


def test_the_published_column_is_reckoned_from_published_figures_alone() -> None:
    rows = published("2025-12")
    held = {(row.key.freq, row.key.indicator, row.key.dim1): row.published or 0 for row in rows}
    active = sum(held["M", "AR_A", group] for group in "PSO")
    unemployed = sum(held["M", "AR_U", group] for group in "PSO")
    found = by_name(rows)["Activation rate, everybody"].published
    assert found.value == Fraction(active, active + unemployed)


def test_where_a_figure_is_not_published_there_is_no_published_ratio() -> None:
    met = by_name(published("2025-12", frozenset({"ME01"})))["Met face to face during the month"]
    assert met.exact.value is not None
    assert (met.published.above, met.published.below, met.published.value) == (None, None, None)


def test_a_sum_with_one_figure_missing_is_no_sum() -> None:
    lacking = RowKey("M", "AR_U", "S")
    rows = tuple(replace(row, published=None) if row.key == lacking else row for row in published("2025-12"))
    rate = by_name(rows)["Activation rate, everybody"]
    assert (rate.published.above is None, rate.published.below) == (False, None)
    assert rate.published.value is None
    assert by_name(rows)["Activation rate, others"].published.value is not None


def test_of_nobody_there_is_no_ratio() -> None:
    rows = protect(exact((), Month(2025, 11), definitions()), SECRET, "2025-11", 1)
    assert {row.exact.value for row in ratios(rows)} == {None}
