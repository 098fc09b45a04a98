"""Months, the stock day and month arithmetic (indicators.md §3)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.working_days import is_working_day
from valmentaja.i18n.formats import day

_MONTH = re.compile(r"((?:19|20|21)[0-9]{2})-(0[1-9]|1[0-2])")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; written `2024-03`."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written `2024-03`."""
        found = _MONTH.fullmatch(text)
        if found is None:
            raise UserError(N_("“{text}” is not a month. Write year and month, for example 2024-03."), text=text[:40])
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, on: date) -> Month:
        """The month that day belongs to."""
        return cls(on.year, on.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def stock_day(self) -> date:
        return stock_day(self)

    @property
    def previous(self) -> Month:
        return Month.of(self.first - ONE_DAY)

    @property
    def following(self) -> Month:
        return Month.of(self.last + ONE_DAY)

    @property
    def ends_quarter(self) -> bool:
        return self.month % 3 == 0

    @property
    def ends_year(self) -> bool:
        return self.month == 12


def stock_day(month: Month) -> date:
    """Laskentapäivä D(m): the last working day of the month; stocks and states are taken on it."""
    on = month.last
    while not is_working_day(on):
        on -= ONE_DAY
    return on


def addm(on: date, months: int) -> date:
    """The same day number so many calendar months later, clipped to the month's last day (31.8. + 6 → 28.2.)."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def weekdays(after: date, until: date) -> int:
    """Mondays to Fridays in (after, until], public holidays included; 0 when `until` is not later."""
    return 0 if until <= after else _weekdays_before(until + ONE_DAY) - _weekdays_before(after + ONE_DAY)


def _weekdays_before(on: date) -> int:
    """Mondays to Fridays since 1.1.0001, itself a Monday, up to the eve of `on`."""
    weeks, rest = divmod(on.toordinal() - 1, 7)
    return weeks * 5 + min(rest, 5)


def check_over(month: Month, today: date) -> None:
    """Figures are made from the day after the month's last day; before that, UserError."""
    if today <= month.last:
        text = N_("{month} is not over yet. Its figures can be made from {day} on.")
        raise UserError(text, month=str(month), day=day(month.last + ONE_DAY))
