"""What goes out of a month, and why."""

from __future__ import annotations

import hashlib

import pytest
from sample_caseload import sample_people

from valmentaja.definitions.indicators import definitions
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import Person
from valmentaja.indicators.month import CASELOAD, NOT_PUBLISHED, PublishedRow, exact, protect, row_keys, row_period

SECRET = hashlib.sha256(b"a test unit").digest()
MONTH = Month(2024, 3)


def published(people: tuple[Person, ...], secret: bytes = SECRET, revision: int = 1) -> tuple[PublishedRow, ...]:
    return protect(exact(people, MONTH, definitions()), secret, str(MONTH), revision)


def some(count: int) -> tuple[Person, ...]:
    return tuple(Person(record_key=bytes([n]) * 16, intake=MONTH.first) for n in range(count))


def test_every_row_goes_out_with_its_exact_figure_beside_it_and_a_reason() -> None:
    rows = published(sample_people())
    assert [row.key for row in rows] == list(row_keys(MONTH, definitions()))
    for row in rows:
        assert row.flag == ""
        assert row.published is not None
        assert abs(row.published - row.exact) <= 8
        assert row.published not in (1, 2)
        assert row.reason == ("Random deviation, at most 8." if row.exact else "Empty stays 0.")
        assert row.exact or row.published == 0


def test_the_same_month_gives_the_same_figures_and_another_unit_others() -> None:
    people = sample_people()
    assert published(people) == published(tuple(reversed(people)))
    assert published(people) != published(people, secret=bytes(32))


def test_the_same_people_give_the_same_figure_in_every_row() -> None:
    """Nothing can be averaged across tables."""
    rows = {row.key: row.published for row in published(some(20))}
    by_place = {(key.indicator, key.dim1): figure for key, figure in rows.items()}
    assert by_place["CL01", ""] == by_place["TG01", "O"] == by_place["ST01", "TYOTON"] == by_place["IN01", ""]


@pytest.mark.parametrize(("count", "is_small"), [(0, True), (9, True), (10, False)])
def test_a_small_unit_publishes_the_size_of_its_caseload_only(count: int, is_small: bool) -> None:
    rows = published(some(count))
    caseload = next(row for row in rows if row.key == CASELOAD)
    assert (caseload.exact, caseload.flag) == (count, "")
    assert caseload.published is not None
    others = {(row.published is None, row.flag, row.reason == NOT_PUBLISHED) for row in rows if row is not caseload}
    assert others == {(is_small, "s" if is_small else "", is_small)}


def test_annual_rows_have_the_years_period() -> None:
    keys = definitions().row_keys()
    assert {(key.freq, row_period(key, "2024-12")) for key in keys} == {
        ("M", "2024-12"),
        ("Q", "2024-12"),
        ("A", "2024-A"),
    }
