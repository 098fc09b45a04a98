"""The henkilötunnus validator says what is wrong and agrees with python-stdnum on what is right."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.fi import hetu as oracle

from valmentaja.base.errors import UserError
from valmentaja.domain.hetu import compose_hetu, parse_hetu

SEPARATORS = "+-YXWVUABCDEF"
DIGITS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def accepts(text: str) -> bool:
    try:
        parse_hetu(text)
    except UserError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("150372-901R", date(1972, 3, 15)),
        ("150372Y901R", date(1972, 3, 15)),
        ("010205A9451", date(2005, 2, 1)),
        ("290200A999J", date(2000, 2, 29)),
    ],
)
def test_the_safe_test_values_are_read(text: str, born: date) -> None:
    found = parse_hetu(text)

    assert found.birth_date == born
    assert found.is_test


def test_the_separator_is_part_of_the_key() -> None:
    assert parse_hetu("100190-999P") != parse_hetu("100190Y999P")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "11 characters"),
        ("150372901R", "11 characters"),
        ("150372-901r", "11 characters"),
        ("150372a901R", "11 characters"),
        ("150372G901R", "11 characters"),
        ("150372-901R ", "11 characters"),
        ("１50372-901R", "11 characters"),
        ("150372-901G", "last character"),
        ("010190-999K", "last character"),
        ("300200A999J", "does not exist: 30.2.2000"),
        ("290200-999J", "does not exist: 29.2.1900"),
        ("321372-901R", "does not exist: 32.13.1972"),
        ("010190-0010", "002–999"),
    ],
)
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        parse_hetu(text)


shaped = st.builds(
    "{:02d}{:02d}{:02d}{}{:03d}{}".format,
    st.integers(0, 33),
    st.integers(0, 14),
    st.integers(0, 99),
    st.sampled_from(SEPARATORS + "GZ*"),
    st.integers(0, 999),
    st.sampled_from(DIGITS + "GIOQZ"),
)


@given(shaped)
@example("290200-999J")
def test_it_agrees_with_the_oracle_on_anything_shaped_like_a_code(text: str) -> None:
    assert accepts(text) == oracle.is_valid(text, allow_temporary=True)


@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)), st.integers(2, 999), st.data())
def test_it_accepts_and_reads_every_real_code(born: date, individual: int, data: st.DataObject) -> None:
    marks = {18: "+", 19: "-YXWVU", 20: "ABCDEF"}[born.year // 100]
    digits = f"{born:%d%m%y}{individual:03d}"
    check = DIGITS[int(digits) % 31]
    text = f"{digits[:6]}{data.draw(st.sampled_from(marks))}{digits[6:]}{check}"

    found = parse_hetu(text)

    assert oracle.is_valid(text, allow_temporary=True)
    assert (found.birth_date, found.individual, found.is_test) == (born, individual, individual >= 900)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(900, 999))
def test_an_invented_code_is_valid_and_recognised_as_invented(born: date, individual: int) -> None:
    found = parse_hetu(compose_hetu(born, individual))

    assert found.is_test
    assert found.birth_date == born


def test_a_code_that_could_be_somebodys_is_never_composed() -> None:
    with pytest.raises(ValueError, match="899"):
        compose_hetu(date(1990, 1, 1), 899)
