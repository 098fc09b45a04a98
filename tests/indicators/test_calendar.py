"""Months, working days and month arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valmentaja.base.errors import UserError
from valmentaja.definitions.working_days import is_working_day
from valmentaja.indicators.calendar import Month, addm, check_over, stock_day, weekdays

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def easter(year: int) -> date:
    """Gregorian Easter after Meeus, Jones and Butcher; written here so that the library has a judge."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return date(year, month, day + 1)


def free_days(year: int) -> set[date]:
    """The list of indicators.md §3."""
    fixed = {date(year, m, d) for m, d in ((1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26))}
    moving = {easter(year) + timedelta(days) for days in (-2, 1, 39)}
    midsummer_eve = next(date(year, 6, d) for d in range(19, 26) if date(year, 6, d).weekday() == 4)
    return fixed | moving | {midsummer_eve}


@pytest.mark.parametrize(
    ("month", "day"),
    [("2018-03", 29), ("2024-03", 28), ("2024-12", 31), ("2025-05", 30), ("2026-05", 29), ("2027-03", 31)],
)
def test_the_stock_day_is_the_last_working_day(month: str, day: int) -> None:
    assert Month.parse(month).stock_day.day == day


def test_working_days_are_those_of_the_written_list_for_sixty_years() -> None:
    for year in range(2000, 2060):
        free = free_days(year)
        days = [date(year, 1, 1) + timedelta(n) for n in range(365)]
        assert [d for d in days if is_working_day(d)] == [d for d in days if d.weekday() < 5 and d not in free]


@pytest.mark.parametrize(
    ("on", "months", "result"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2024, 12, 31), 0, date(2024, 12, 31)),
        (date(2024, 11, 30), 1, date(2024, 12, 30)),
    ],
)
def test_month_arithmetic_clips_to_the_last_day(on: date, months: int, result: date) -> None:
    assert addm(on, months) == result


def test_month_arithmetic_counts_from_the_original_date() -> None:
    start = date(2024, 1, 31)
    assert addm(start, 2) == date(2024, 3, 31)
    assert addm(addm(start, 1), 1) == date(2024, 3, 29)


@given(after=DAYS, length=st.integers(0, 900))
def test_weekdays_are_counted_as_by_hand(after: date, length: int) -> None:
    by_hand = sum((after + timedelta(n)).weekday() < 5 for n in range(1, length + 1))
    assert weekdays(after, after + timedelta(length)) == by_hand
    assert weekdays(after, after - timedelta(length)) == 0


def test_a_month_knows_its_days_and_neighbours() -> None:
    month = Month.parse("2024-02")
    assert (month.first, month.last, str(month)) == (date(2024, 2, 1), date(2024, 2, 29), "2024-02")
    assert (str(month.previous), str(month.following)) == ("2024-01", "2024-03")
    assert (str(Month(2024, 1).previous), str(Month(2024, 12).following)) == ("2023-12", "2025-01")
    assert Month(2024, 12).ends_quarter and Month(2024, 12).ends_year and not Month(2024, 11).ends_quarter
    assert stock_day(Month(2024, 6)) == date(2024, 6, 28)


@pytest.mark.parametrize(
    "text",
    ["", "2024", "2024-13", "2024-00", "2024-3", "03/2024", "2024-03-01", "\u0662\u0660\u0662\u0664-03", "0024-03"],
)
def test_what_is_not_a_month_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UserError, match=r"is not a month\. Write year and month"):
        Month.parse(text)


def test_figures_are_made_from_the_day_after_the_months_last_day() -> None:
    month = Month(2024, 3)
    check_over(month, date(2024, 4, 1))
    for today in (date(2024, 3, 31), date(2024, 3, 29), date(2023, 1, 1)):
        with pytest.raises(UserError, match=r"2024-03 is not over yet\. .* from 1\.4\.2024 on"):
            check_over(month, today)
