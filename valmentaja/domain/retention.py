"""How long a client's file is kept after the work has ended (380/2023 122 §, 381/2023 12.2 §)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from valmentaja.definitions.rules import Rule, Unit
from valmentaja.domain.client import ClientId

RULE = "DEL-4Y"
"""The id in rules.toml of the law's period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """One ended client: `full` is the last day of the period, `hold` the reason why the file is kept longer."""

    client: ClientId
    name: str
    closed: date
    full: date
    hold: str = ""

    def is_due(self, today: date) -> bool:
        """The period is over and nothing keeps the file: it is to be erased."""
        return not self.hold and self.full < today


def last_day(closed: date, rule: Rule, shorter: int | None = None) -> date:
    """The last day of the period that began on the day after `closed`.

    A period in years or months ends on the same day number, or on the last day of a month without it (29.2.2024 +
    1 year → 28.2.2025; 150/1930 3 §). `shorter` is a unit's own period in days; it never makes the law's longer.
    """
    lawful = _after(closed, rule)
    if shorter is None:
        return lawful
    return min(lawful, closed + timedelta(days=shorter))


def _after(closed: date, rule: Rule) -> date:
    if rule.most is None or rule.unit not in (Unit.YEARS, Unit.MONTHS, Unit.DAYS):
        raise ValueError("a retention rule has a length in years, months or days")
    if rule.unit is Unit.DAYS:
        return closed + timedelta(days=rule.most)
    months = rule.most * (12 if rule.unit is Unit.YEARS else 1)
    year, month = divmod(closed.year * 12 + closed.month - 1 + months, 12)
    return date(year, month + 1, min(closed.day, monthrange(year, month + 1)[1]))
