"""The difference of two plans in sentences: each ends once."""

from __future__ import annotations

import pytest

from valmentaja.domain.plan import Goal
from valmentaja.domain.plan_difference import Change, Fate, PartDifference
from valmentaja.i18n import set_language
from valmentaja.ui.plan.difference import changed, sentence


@pytest.fixture(autouse=True, params=["fi", "sv", "en"])
def _language(request: pytest.FixtureRequest) -> None:
    set_language(request.param)


@pytest.mark.parametrize("end", [".", "!", "?", ""])
def test_a_quotation_with_its_own_end_ends_the_sentence(end: str) -> None:
    goal = Goal(id="g", words=f"Herään{end}")
    told = (
        changed(Change(name="words", before="Ennen.", after=f"Nyt{end}")),
        sentence(PartDifference(part=goal, fate=Fate.NEW, changes=())),
    )
    for one in told:
        last = one.rstrip(".")[-2:]
        assert one.endswith(last + ("" if end else "."))
        assert not one.endswith("..")
