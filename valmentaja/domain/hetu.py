"""The Finnish personal identity code: `DDMMYYCZZZQ`; its separator C is part of the key (dvv.fi/hetu-uudistus)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from valmentaja.base.errors import N_, UserError

_SHAPE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})([-+A-FU-Y])([0-9]{3})([0-9A-Y])")
_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURY = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_MARKS = {1800: "+", 1900: "-", 2000: "A"}
FIRST_TEST = 900
"""Individual numbers from here on are temporary or for tests; no person in the population register has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hetu:
    text: str
    birth_date: date
    individual: int

    @property
    def is_test(self) -> bool:
        return self.individual >= FIRST_TEST


def parse_hetu(text: str) -> Hetu:
    """The parsed code; UserError says what is wrong. Capitals only, no spaces: the form tidies, a file does not."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise UserError(N_("A personal identity code has 11 characters, such as 010190-999W."))
    day, month, year, mark, individual, check = shape.groups()
    born = _birth_date(int(day), int(month), _CENTURY[mark] + int(year))
    if int(individual) < 2:
        raise UserError(N_("The three digits after the mark of a personal identity code are 002–999."))
    if check != _check_character(day + month + year + individual):
        raise UserError(N_("The last character of the personal identity code does not fit the rest."))
    return Hetu(text=text, birth_date=born, individual=int(individual))


def compose_hetu(born: date, individual: int) -> str:
    """A code for an invented person; only the test range is allowed, so it can be nobody's."""
    if not FIRST_TEST <= individual <= 999:
        raise ValueError(individual)
    digits = f"{born:%d%m%y}"
    return f"{digits}{_MARKS[born.year // 100 * 100]}{individual}{_check_character(f'{digits}{individual}')}"


def _birth_date(day: int, month: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UserError(
            N_("The personal identity code starts with a day that does not exist: {day}.{month}.{year}."),
            day=day,
            month=month,
            year=year,
        ) from error


def _check_character(digits: str) -> str:
    return _CHECK[int(digits) % len(_CHECK)]
