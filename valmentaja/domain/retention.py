"""How long a client's file is kept after the work has ended (380/2023 122 §, 381/2023 12.2 §)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from valmentaja.definitions.rules import Rule
from valmentaja.domain.client import ClientId
from valmentaja.domain.period import last_day_by

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

    `shorter` is a unit's own period in days; it never makes the law's longer.
    """
    lawful = last_day_by(rule, closed)
    if shorter is None:
        return lawful
    return min(lawful, closed + timedelta(days=shorter))
