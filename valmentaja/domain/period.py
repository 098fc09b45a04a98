"""The last day of a period that a rule gives."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from valmentaja.definitions.rules import Rule, Unit
from valmentaja.definitions.working_days import working_days_after


def last_day_by(rule: Rule, start: date) -> date:
    """Counted from the day after `start`.

    A period in years or months ends on the same day number, or on the last day of a month without it (29.2.2024 +
    1 year → 28.2.2025; 150/1930 3 §).
    """
    if rule.most is None or rule.unit in (None, Unit.HOURS):
        raise ValueError(rule.id)
    if rule.unit is Unit.DAYS:
        return start + timedelta(days=rule.most)
    if rule.unit is Unit.WORKING_DAYS:
        return working_days_after(start, rule.most)
    months = rule.most * (12 if rule.unit is Unit.YEARS else 1)
    return months_after(start, months)


def months_after(start: date, months: int) -> date:
    """The same day number, or the last day of a month without it; `months` below 0 go back."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
