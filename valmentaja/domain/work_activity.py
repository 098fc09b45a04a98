"""How many days of rehabilitative work activity a plan comes to (189/2001 13 b §, 14.1 §)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from valmentaja.definitions.rules import Rule
from valmentaja.definitions.text import LocalText
from valmentaja.domain.plan import Plan

INCLUDED, A_WEEK, MONTHS = "ktt_included", "ktt_days_a_week", "ktt_months"
LIMIT = "KTT-DAYS"
YEAR, WEEKS = 12, 52


@dataclass(frozen=True, slots=True, kw_only=True)
class TooManyDays:
    """`days` in the `months` of the period that fall within one year, when no week is left out."""

    a_week: int
    months: int
    days: int
    rule: LocalText


def too_many_days(plan: Plan, rules: Mapping[str, Rule], today: date) -> TooManyDays | None:
    """Pointed out, no more: holidays and days away may bring it below the limit."""
    rule = rules.get(LIMIT)
    figures = (plan.field(A_WEEK).strip(), plan.field(MONTHS).strip())
    if plan.field(INCLUDED) != "1" or rule is None or rule.most is None or not rule.applies(today):
        return None
    if not all(figure.isdecimal() for figure in figures):
        return None
    a_week, months = int(figures[0]), min(int(figures[1]), YEAR)
    days = a_week * WEEKS * months // YEAR
    return TooManyDays(a_week=a_week, months=months, days=days, rule=rule.text) if days > rule.most else None
