"""What keeps a plan from being frozen is listed in reading order, each with the place to go to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from valmentaja.definitions.plan_types import plan_types
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Goal, Plan, Responsible, Step, content, missing_for_freezing

TODAY = date(2026, 11, 24)
LATER = date(2027, 2, 24)
TYPES = plan_types(TODAY)
READY_STEP = Step(id="s", goal="g", what="Soitan", responsible=Responsible.CLIENT, by=LATER)
READY = Plan(
    id="p",
    client="c",
    kind=PlanKind.VALMENNUS,
    drawn_up=TODAY,
    review_due=LATER,
    goals=(Goal(id="g", words="Haluan töihin"),),
    steps=(READY_STEP,),
)


def places(plan: Plan, kind: str = "VALMENNUS") -> list[str]:
    return [m.place for m in missing_for_freezing(plan, TYPES[kind], TODAY)]


def test_a_coaching_plan_with_a_goal_a_step_and_a_review_date_is_ready() -> None:
    assert places(READY) == []


def test_an_empty_plan_misses_fields_then_goals_then_the_review() -> None:
    empty = Plan(id="p", client="c", kind=PlanKind.MONIALAINEN)

    assert places(empty, "MONIALAINEN") == ["field:follow_up", "field:job_search", "goals", "review_due"]


@pytest.mark.parametrize(
    ("step", "place"),
    [
        (replace(READY_STEP, what=" "), "step:s:what"),
        (replace(READY_STEP, responsible=None), "step:s:responsible"),
        (replace(READY_STEP, by=None), "step:s:by"),
    ],
)
def test_a_step_needs_what_who_and_when(step: Step, place: str) -> None:
    assert places(replace(READY, steps=(step,))) == [place]


def test_a_goal_needs_words_and_a_step() -> None:
    assert places(replace(READY, goals=(Goal(id="g", words=" "),))) == ["goal:g"]
    assert places(replace(READY, steps=())) == ["goal:g"]


@pytest.mark.parametrize("day", [None, date(2026, 11, 23), TODAY])
def test_the_review_date_lies_in_the_future(day: date | None) -> None:
    assert places(replace(READY, review_due=day)) == ["review_due"]


def test_a_required_tick_counts_only_when_it_is_set() -> None:
    for value in ("", "0", "no"):
        plan = replace(READY, fields=(("services_examined", value),))
        assert "field:services_examined" in places(plan, "AKTIVOINTI")
    assert "field:services_examined" not in places(replace(READY, fields=(("services_examined", "1"),)), "AKTIVOINTI")


def test_work_activity_items_are_missing_only_when_work_activity_is_included() -> None:
    filled = (("follow_up", "x"), ("job_search", "x"))

    assert places(replace(READY, fields=filled), "MONIALAINEN") == []
    with_ktt = places(replace(READY, fields=(*filled, ("ktt_included", "1"))), "MONIALAINEN")
    assert with_ktt[0] == "field:ktt_content"
    assert len(with_ktt) == 11


def test_a_blank_text_is_not_an_answer() -> None:
    plan = replace(READY, fields=(("follow_up", " \n"), ("job_search", "x")))

    assert places(plan, "MONIALAINEN") == ["field:follow_up"]


def test_what_changes_later_is_not_part_of_what_was_agreed() -> None:
    lived = replace(READY, signed=LATER, reviewed=LATER, steps=(replace(READY_STEP, done=LATER, realised_start=LATER),))

    assert content(lived) == content(READY)
    assert content(replace(READY, review_due=TODAY)) != content(READY)
