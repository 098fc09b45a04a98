"""An assessment case: its due days by the rules in force, states of clarifications, what it lacks before the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from valmentaja.definitions.clarifications import clarification_kinds, clarification_name
from valmentaja.definitions.rules import rules
from valmentaja.domain.case import (
    HEADINGS,
    Case,
    CaseKind,
    Clarification,
    ClarificationState,
    Deadline,
    Ending,
    Part,
    Progress,
    conclusions,
    dues,
    lacking,
    open_dues,
    parts_of,
)

TODAY = date(2026, 11, 24)
MULTI = Case(id="c", client="T-1", kind=CaseKind.MULTI, question="Mikä auttaa työhön?", opened=TODAY)
SINGLE = replace(MULTI, kind=CaseKind.SINGLE)
WRITTEN = {part.value: "Kirjattu." for part in Part}
ORDERED = Clarification(id="k", case="c", kind="doctor", ordered=TODAY, expected=TODAY + timedelta(days=30))


def test_the_law_asks_four_headings_and_six_of_a_multi_agency_assessment() -> None:
    assert parts_of(CaseKind.SINGLE) == (Part.SKILLS, Part.ABILITY, Part.JOB_SEARCH, Part.RISK)
    assert parts_of(CaseKind.MULTI)[4:] == (Part.SOCIAL, Part.HEALTH)
    assert {HEADINGS[p][1] for p in parts_of(CaseKind.SINGLE)} == {"380/2023 37.1 §"}
    assert HEADINGS[Part.HEALTH][1] == "381/2023 4.1 §"


def test_a_multi_agency_plan_is_ready_within_three_months_of_its_start() -> None:
    (due,) = dues(MULTI, rules())

    assert (due.what, due.rule, due.day) == (Deadline.PLAN, "MTS-DUE", date(2027, 2, 24))
    assert due.days_late(date(2027, 2, 24)) == 0
    assert due.days_late(date(2027, 2, 26)) == 2


def test_the_first_meeting_is_within_ten_working_days_over_a_holiday() -> None:
    first, end = dues(replace(SINGLE, opened=date(2026, 11, 27)), rules())

    # 30.11.–4.12. and 7.–11.12.; Independence Day is a Sunday in 2026.
    assert (first.what, first.rule, first.day) == (Deadline.FIRST_MEETING, "CASE-MEET", date(2026, 12, 11))
    assert rules()[first.rule].source == "Valmentaja"
    assert (end.rule, end.day) == ("CASE-DUE", date(2027, 2, 27))
    assert dues(replace(SINGLE, opened=date(2026, 12, 18)), rules())[0].day == date(2027, 1, 7)


def test_the_rule_in_force_on_the_day_of_the_start_holds() -> None:
    before = replace(MULTI, opened=date(2024, 12, 31))

    assert dues(before, rules()) == ()
    assert [d.rule for d in dues(before, rules(), multi_since=date(2025, 1, 2))] == ["MTS-DUE"]


def test_a_client_who_was_met_before_is_late_for_no_first_meeting() -> None:
    assert [d.what for d in open_dues(SINGLE, rules(), Progress())] == [Deadline.FIRST_MEETING, Deadline.END]
    assert [d.what for d in open_dues(SINGLE, rules(), Progress(was_known=True))] == [Deadline.END]


def test_the_time_of_a_multi_agency_plan_runs_from_the_day_the_case_became_one() -> None:
    (due,) = open_dues(MULTI, rules(), Progress(multi_since=date(2026, 12, 30)))
    assert due.day == date(2027, 3, 30)
    single = open_dues(SINGLE, rules(), Progress(multi_since=date(2026, 12, 30)))
    assert single == open_dues(SINGLE, rules(), Progress())


def test_a_meeting_held_and_an_ended_case_wait_for_nothing() -> None:
    assert [d.what for d in open_dues(SINGLE, rules(), Progress(has_met=True))] == [Deadline.END]
    assert open_dues(replace(SINGLE, closed=TODAY), rules(), Progress(ending=Ending.PLAN)) == ()


def test_a_multi_agency_plan_is_waited_for_after_the_assessment_that_leads_to_it() -> None:
    ended = replace(MULTI, closed=TODAY)

    assert [d.what for d in open_dues(MULTI, rules(), Progress())] == [Deadline.PLAN]
    assert [d.what for d in open_dues(ended, rules(), Progress(ending=Ending.PLAN))] == [Deadline.PLAN]
    assert open_dues(ended, rules(), Progress(ending=Ending.PLAN, has_plan=True)) == ()
    assert open_dues(ended, rules(), Progress(ending=Ending.NO_NEED)) == ()


@pytest.mark.parametrize(
    ("held", "state"),
    [
        (replace(ORDERED, ordered=None), "NEEDED"),
        (replace(ORDERED, expected=None), "ORDERED"),
        (replace(ORDERED, expected=TODAY), "AWAITED"),
        (replace(ORDERED, expected=TODAY - timedelta(days=1)), "LATE"),
        (replace(ORDERED, expected=TODAY - timedelta(days=1), received=TODAY), "RECEIVED"),
        (replace(ORDERED, cancelled=TODAY), "CANCELLED"),
    ],
)
def test_a_clarification_is_in_one_state(held: Clarification, state: str) -> None:
    assert held.state(TODAY) is ClarificationState[state]


def test_a_case_lacks_what_the_law_asks_the_meeting_and_the_awaited() -> None:
    found = lacking(replace(MULTI, question=" "), {}, (ORDERED,), has_met=False)

    assert [f.place for f in found] == [
        "question",
        "strengths",
        "skills",
        "ability",
        "job_search",
        "risk",
        "social",
        "health",
        "meetings",
        "clarifications",
    ]


def test_a_case_with_everything_written_and_settled_lacks_nothing() -> None:
    settled = (replace(ORDERED, received=TODAY), replace(ORDERED, cancelled=TODAY))

    assert lacking(MULTI, WRITTEN, settled, has_met=True) == ()
    assert lacking(SINGLE, {p: WRITTEN[p] for p in WRITTEN if p not in ("social", "health")}, (), has_met=True) == ()


def test_conclusions_are_told_by_domain_and_empty_ones_are_none() -> None:
    assert conclusions(
        {"conclusion.A": "Jaksaa.", "conclusion.startti.B": "Ei.", "conclusion.C": " ", "risk": "x"}
    ) == {
        "suunta.A": "Jaksaa.",
        "startti.B": "Ei.",
    }


def test_every_kind_of_clarification_has_a_name_and_a_wait() -> None:
    kinds = clarification_kinds()

    assert list(kinds) == ["health_check", "doctor", "work_tryout", "functional", "kela", "pension", "other"]
    assert all(k.days >= 1 and k.name.sv for k in kinds.values())
    assert clarification_name("of a newer program").fi == "Selvitys"
