"""The days of rehabilitative work activity that a plan comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from valmentaja.definitions.rules import rules
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Plan
from valmentaja.domain.work_activity import too_many_days

TODAY = date(2026, 11, 28)


def a_plan(a_week: str, months: str, included: str = "1") -> Plan:
    fields = (("ktt_included", included), ("ktt_days_a_week", a_week), ("ktt_months", months))
    return Plan(id="p", client="c", kind=PlanKind.AKTIVOINTI, fields=fields)


@pytest.mark.parametrize(("a_week", "months", "days"), [("4", "12", 208), ("4", "24", 208), ("4", "11", 190)])
def test_more_days_than_the_law_allows_are_counted(a_week: str, months: str, days: int) -> None:
    found = too_many_days(a_plan(a_week, months), rules(), TODAY)
    assert found is not None
    assert found.days == days
    assert found.months == min(int(months), 12)


@pytest.mark.parametrize(
    ("a_week", "months", "included"),
    [("4", "10", "1"), ("3", "24", "1"), ("4", "12", ""), ("", "12", "1"), ("neljä", "12", "1"), ("4", "", "1")],
)
def test_nothing_is_said_below_the_limit_or_when_the_figures_are_not_there(
    a_week: str, months: str, included: str
) -> None:
    assert too_many_days(a_plan(a_week, months, included), rules(), TODAY) is None


def test_a_limit_that_was_changed_or_switched_off_is_followed() -> None:
    held = dict(rules())
    held["KTT-DAYS"] = replace(held["KTT-DAYS"], most=230)
    assert too_many_days(a_plan("4", "12"), held, TODAY) is None
    held["KTT-DAYS"] = replace(held["KTT-DAYS"], most=100, enabled=False)
    assert too_many_days(a_plan("4", "12"), held, TODAY) is None
