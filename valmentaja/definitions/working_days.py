"""Working days in Finland."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

SATURDAY = 5


def is_working_day(on: date) -> bool:
    """Monday to Friday and no Finnish public holiday, Midsummer Eve or Christmas Eve."""
    return on.weekday() < SATURDAY and on not in _holidays(on.year)


def working_days_after(start: date, count: int) -> date:
    """The last of so many working days that follow `start`."""
    on = start
    while count > 0:
        on += timedelta(days=1)
        count -= is_working_day(on)
    return on


@cache
def _holidays(year: int) -> frozenset[date]:
    # Imported here because it costs 0.08 s, which a start without a month need not pay.
    from holidays import country_holidays

    return frozenset(country_holidays("FI", years=year))
