"""Margins of error as indicators.md §10.4 has them."""

from __future__ import annotations

from math import isclose, sqrt

import pytest

from valmentaja.central.sums import Parts, Sum, average, flow, of_rows, ratio


def of(*values: int | None) -> Sum:
    """One row over units that published these."""
    published = [value for value in values if value is not None]
    return Sum(
        total=sum(published),
        threes=published.count(3),
        larger=sum(value > 3 for value in published),
        zeros=published.count(0),
        withheld=values.count(None),
        units=len(published),
    )


def test_threes_larger_figures_and_zeros_weigh_as_the_specification_says() -> None:
    assert isclose(of(3, 3, 7, 0, 0, 0).variance, 9 * 2 + 4 + 0.35 * 3)


def test_flows_add_their_variances_and_stocks_their_deviations() -> None:
    months = [of(3, 5, 5, 5, 5)] * 12
    happened, stood = flow(months), average(months)
    assert happened is not None and stood is not None
    assert (happened.value, stood.value) == (12 * 23, 23)
    assert isclose(happened.sd, sqrt(12 * 25))
    assert isclose(stood.sd, 5.0)


@pytest.mark.parametrize(("units", "printed"), [(4, False), (5, True)])
def test_a_margin_is_printed_from_five_units_upwards(units: int, printed: bool) -> None:
    found = flow([of(*[5] * units)])
    assert found is not None
    assert (found.margin is not None) is printed
    if found.margin is not None:
        assert isclose(found.margin, 1.96 * sqrt(4 * units))


def test_units_that_did_not_publish_are_left_out_and_counted() -> None:
    found = of(5, None, 3, None)
    assert (found.total, found.units, found.withheld) == (8, 2, 2)
    assert flow([of(None, None)]) is None


def test_several_rows_of_the_same_units_are_not_more_units() -> None:
    assert of_rows([of(5, 5, 5), of(3, 0, 3), of(0, 0, 0)]).units == 3


def test_the_deviation_of_a_rate_follows_the_specification() -> None:
    a, u = of(*[10] * 6), of(*[30] * 6)
    found = ratio([Parts(above=a, below=u, inside=True)], stock=True)
    assert found is not None
    assert isclose(found.value, 0.25)
    assert isclose(found.sd, sqrt(0.75**2 * 24 + 0.25**2 * 24) / 240)


def test_a_rate_over_twelve_stock_days_keeps_the_margin_of_one() -> None:
    one = Parts(above=of(*[10] * 6), below=of(*[30] * 6), inside=True)
    single, year = ratio([one], stock=True), ratio([one] * 12, stock=True)
    assert single is not None and year is not None
    assert isclose(single.sd, year.sd)


def test_a_rate_of_nobody_is_none() -> None:
    assert ratio([Parts(above=of(0, 0), below=of(0, 0), inside=True)], stock=True) is None


def test_a_margin_needs_five_units_in_every_period() -> None:
    few, many = of(5, 5), of(5, 5, 5, 5, 5)
    for found in (flow([few, many]), average([few, many])):
        assert found is not None and found.margin is None
    parts = [Parts(above=one, below=one, inside=True) for one in (few, many)]
    rate = ratio(parts, stock=True)
    assert rate is not None and rate.margin is None
