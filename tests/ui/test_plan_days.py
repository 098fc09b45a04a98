"""Days of work activity above the law's limit are pointed out on the plan, and freezing is left to the people."""

from __future__ import annotations

import pytest
from test_pages import Window, window

from valmentaja.domain.codes import PlanKind
from valmentaja.ui.pages.plan import PlanPage
from valmentaja.usecases import planning

__all__ = ["window"]


@pytest.fixture
def page(window: Window) -> PlanPage:
    shown = window.show("plan")
    assert isinstance(shown, PlanPage)
    made = planning.draft(window.session, shown.plan.client, PlanKind.MONIALAINEN).made
    for field, value in (("ktt_included", "1"), ("ktt_days_a_week", "4"), ("ktt_months", "12")):
        planning.set_field(window.session, made, field, value)
    shown.place = type(shown.place)(page="plan", key=made)
    shown.refresh()
    window.rest()
    return shown


def test_too_many_days_are_said_with_the_rule_and_go_when_mended(window: Window, page: PlanPage) -> None:
    assert page.days.isVisibleTo(page)
    assert "208" in page.days.text()
    assert "178" in page.days.text()
    planning.set_field(window.session, page.plan.id, "ktt_months", "10")
    page.refresh()
    assert not page.days.isVisibleTo(page)
