"""What keeps a plan from being frozen is listed in reading order, each with the place to go to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from valmentaja.definitions.plan_types import every_plan_type, plan_types
from valmentaja.definitions.rules import rules
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Decision, Goal, Plan, Responsible, Step, content, missing_for_freezing

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
    return [m.place for m in missing_for_freezing(plan, TYPES[kind], TODAY, rules())]


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


@pytest.mark.parametrize("decision", [Decision.NO, Decision.LATER])
def test_what_the_client_put_off_needs_neither_who_nor_when(decision: Decision) -> None:
    put_off = replace(READY_STEP, responsible=None, by=None, decision=decision)
    assert places(replace(READY, steps=(put_off,))) == []
    assert not replace(put_off, by=date(2026, 1, 1)).is_late(TODAY)


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("ktt_months", ("3", "24"), ("2", "25", "puoli vuotta")),
        ("ktt_days_a_week", ("1", "4"), ("0", "5")),
        ("ktt_hours_a_day", ("4", "8"), ("3", "9")),
        ("ktt_informed_on", ("2026-11-24",), ("2026-11-25",)),
    ],
)
def test_the_figures_of_work_activity_fit_the_law(field: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    for value in (*good, *bad):
        plan = replace(READY, fields=(("ktt_included", "1"), (field, value)))
        assert (f"field:{field}" in places(plan, "MONIALAINEN")) == (value in bad), value


def test_a_figure_that_does_not_fit_is_told_with_its_rule() -> None:
    plan = replace(READY, fields=(("ktt_included", "1"), ("ktt_months", "30")))
    lacking = missing_for_freezing(plan, TYPES["MONIALAINEN"], TODAY, rules())
    told = next(m for m in lacking if m.about == "ktt_months")
    assert told.rule == rules()["KTT-MONTHS"].text


def test_every_rule_that_a_field_names_is_there() -> None:
    named = {f.rule for t in every_plan_type() for s in t.sections for f in s.fields if f.rule}
    assert named == {"KTT-MONTHS", "KTT-WEEK", "KTT-HOURS"}
    assert named <= set(rules())


def test_employment_services_are_examined_on_a_day() -> None:
    plan = replace(READY, fields=(("services_examined", "1"),))
    assert "field:services_examined_on" in places(plan, "AKTIVOINTI")


def test_a_blank_text_is_not_an_answer() -> None:
    plan = replace(READY, fields=(("follow_up", " \n"), ("job_search", "x")))

    assert places(plan, "MONIALAINEN") == ["field:follow_up"]


def test_what_changes_later_is_not_part_of_what_was_agreed() -> None:
    lived = replace(READY, signed=LATER, reviewed=LATER, steps=(replace(READY_STEP, done=LATER, realised_start=LATER),))

    assert content(lived) == content(READY)
    assert content(replace(READY, steps=(replace(READY_STEP, origin="earlier"),))) == content(READY)
    for agreed in ({"parallel": True}, {"proposed_by": Responsible.COACH}, {"decision": Decision.YES}):
        assert content(replace(READY, steps=(replace(READY_STEP, **agreed),))) != content(READY)
    assert content(replace(READY, review_due=TODAY)) != content(READY)
