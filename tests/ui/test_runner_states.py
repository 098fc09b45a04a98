"""The states of the assessment's page, usable at 200 % text like every page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from test_accessibility import _cut, _nameless, _sideways, _small, large
from test_pages import Window, window

from valmentaja.ui.pages.runner import RunnerPage

__all__ = ["large", "window"]

STATES: dict[str, Callable[[RunnerPage], object]] = {
    "list": lambda page: page.switch_list(),
    "open": lambda page: page.look_over(),
    "ratings": lambda page: page.rate(),
    "earlier": lambda page: page.switch_earlier(),
    "correction": lambda page: page.old.begin(7),
    "provenance": lambda page: page.old.who.click(),
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_of_the_assessment_is_usable_at_double_text(large: Window, state: str) -> None:
    page = large.show("runner")
    assert isinstance(page, RunnerPage)
    page.go_to(page.runner.order[0])
    STATES[state](page)
    large.rest()
    assert [*_nameless(page), *_cut(page), *_small(page), *_sideways(page)] == []
