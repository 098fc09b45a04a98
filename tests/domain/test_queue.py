"""Tänään lists what waits, each with its rule, and nothing that does not wait."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from valmentaja.definitions.plan_types import Party, plan_types
from valmentaja.definitions.rules import rules
from valmentaja.domain.case import Deadline, Due
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.follow_up import Scheduled
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.queue import (
    Awaited,
    CaseDue,
    FollowUpDue,
    FrozenPlan,
    OpenAssessment,
    PlanDue,
    QueueKind,
    StepDue,
    TodaysMeeting,
    Waiting,
    queue,
)
from valmentaja.domain.retention import Retention

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)


def review(name: str = "Aapo", due: date = YESTERDAY, kind: PlanKind = PlanKind.MONIALAINEN) -> PlanDue:
    return PlanDue(client="T-1", name=name, plan="p", kind=kind, review_due=due)


def under_way(opened: date = TODAY, domain: str = "Arki") -> OpenAssessment:
    return OpenAssessment(
        client="T-1", name="Aapo", assessment="a", answered=31, total=45, opened=opened, domain=domain
    )


def frozen(*states: tuple[str, SignatureState]) -> FrozenPlan:
    return FrozenPlan(
        client="T-1",
        name="Aapo",
        plan="p",
        frozen_on=YESTERDAY,
        parties=plan_types(TODAY)["MONIALAINEN"].parties,
        signatures=tuple(Signature(plan="p", party=party, state=state) for party, state in states),
    )


def by(day: date) -> Due:
    return Due(what=Deadline.END, rule="MTS-DUE", day=day)


def follow_up(name: str, left: int) -> FollowUpDue:
    closes = TODAY + timedelta(days=left)
    on = closes - timedelta(days=31)
    return FollowUpDue(
        client=f"T-{name}", name=name, scheduled=Scheduled(months=6, on=on, opens=on - timedelta(31), closes=closes)
    )


def test_a_follow_up_whose_time_ends_first_stands_first() -> None:
    waiting = Waiting(follow_ups=(follow_up("Aapo", 20), follow_up("Bertta", 9), follow_up("Ceci", 9)))
    assert [e.name for e in queue(waiting, TODAY)] == ["Bertta", "Ceci", "Aapo"]
    assert {e.days_late for e in queue(waiting, TODAY)} == {0}


def test_nothing_waits_when_nothing_is_open() -> None:
    assert queue(Waiting(), TODAY) == ()


@pytest.mark.parametrize(("due", "days"), [(YESTERDAY, [1]), (TODAY, []), (TODAY + timedelta(days=1), [])])
def test_a_review_is_late_from_the_day_after_it_was_due(due: date, days: list[int]) -> None:
    assert [e.days_late for e in queue(Waiting(reviews=(review(due=due),)), TODAY)] == days


def test_a_review_that_was_held_does_not_wait() -> None:
    held = PlanDue(client="T", name="A", plan="p", kind=PlanKind.VALMENNUS, review_due=YESTERDAY, reviewed=TODAY)

    assert queue(Waiting(reviews=(held,)), TODAY) == ()


LAST_DAY = date(2026, 1, 31)


def test_three_months_after_a_review_the_law_asks_for_the_next_one() -> None:
    held = PlanDue(
        client="T",
        name="A",
        plan="p",
        kind=PlanKind.AKTIVOINTI,
        review_due=date(2026, 1, 31),
        reviewed=date(2026, 1, 31),
    )
    assert queue(Waiting(reviews=(held,)), date(2026, 4, 30)) == ()
    (entry,) = queue(Waiting(reviews=(held,)), date(2026, 5, 1))
    assert (entry.kind, entry.when, entry.days_late) == (QueueKind.REVIEW, date(2026, 4, 30), 1)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (PlanKind.MONIALAINEN, "MTS-REV"),
        (PlanKind.AKTIVOINTI, "AKS-REV"),
        (PlanKind.VALMENNUS, "REVIEW-AGREED"),
    ],
)
def test_a_review_stands_on_the_rule_of_its_plan(kind: PlanKind, rule: str) -> None:
    assert [e.rule for e in queue(Waiting(reviews=(review(kind=kind),)), TODAY)] == [rule]


def test_only_required_parties_without_an_answer_are_waited_for() -> None:
    state = SignatureState
    plan = frozen(("client", state.INK), ("tyovoimaviranomainen", state.PENDING))

    (entry,) = queue(Waiting(frozen_plans=(plan,)), TODAY)

    assert [p.id for p in entry.parties] == ["tyovoimaviranomainen", "hyvinvointialue"]
    assert dict(entry.values) == {"n": 2}


def test_paper_and_refusal_settle_a_signature() -> None:
    state = SignatureState
    plan = frozen(("client", state.REFUSED), ("tyovoimaviranomainen", state.PAPER), ("hyvinvointialue", state.INK))

    assert queue(Waiting(frozen_plans=(plan,)), TODAY) == ()


def test_meetings_come_first_in_the_order_of_their_times_and_only_todays() -> None:
    def at(time: str, number: int, on: date = TODAY) -> TodaysMeeting:
        return TodaysMeeting(client="T-1", name="Aapo", meeting=number, on=on, time=time)

    meetings = (at("10.00", 1), at("9.30", 2), at("8.00", 3, YESTERDAY), at("", 4))
    found = queue(Waiting(meetings=meetings, reviews=(review(),)), TODAY)

    assert [e.about for e in found] == ["4", "2", "1", "p"]
    assert found[1].text.format(**dict(found[1].values)) == "Meeting at 9.30"


def test_an_unfinished_assessment_is_late_after_thirty_days() -> None:
    entries = queue(Waiting(assessments=(under_way(TODAY - timedelta(days=33)), under_way(domain=""))), TODAY)

    assert [e.days_late for e in entries] == [3, 0]
    assert [e.text.format(**dict(e.values)) for e in entries] == ["Assessment 31/45, next: Arki", "Assessment 31/45"]


def test_the_latest_stands_first_and_then_the_name_decides() -> None:
    long_ago = TODAY - timedelta(days=9)
    found = queue(Waiting(reviews=(review("Öhman"), review("Aalto"), review("Mäki", long_ago))), TODAY)

    assert [e.name for e in found] == ["Mäki", "Aalto", "Öhman"]


def test_every_entry_stands_on_a_rule_that_is_shipped_and_in_force() -> None:
    step = StepDue(client="T-1", name="Aapo", plan="p", step="s", what="Soitan", by=YESTERDAY)
    waiting = Waiting(
        meetings=(TodaysMeeting(client="T-1", name="Aapo", meeting=1, on=TODAY),),
        assessments=(under_way(),),
        frozen_plans=(frozen(),),
        reviews=(review(),),
        steps=(step, StepDue(client="T-1", name="Aapo", plan="p", step="t", what="Käyn", by=TODAY)),
        retention=(Retention(client="T-2", name="Oili", closed=date(2022, 11, 23), full=YESTERDAY),),
        clarifications=(
            Awaited(client="T-1", name="Aapo", case="c", what="Lääkäri", expected=YESTERDAY),
            Awaited(client="T-1", name="Aapo", case="c", what="Kela", expected=TODAY),
        ),
        cases=(
            CaseDue(client="T-1", name="Aapo", case="c", due=by(TODAY + timedelta(days=7))),
            CaseDue(client="T-1", name="Aapo", case="d", due=by(TODAY + timedelta(days=8))),
        ),
        follow_ups=(follow_up("Bertta", 20), follow_up("Aapo", 9)),
    )

    found = queue(waiting, TODAY)

    assert {e.kind for e in found} == set(QueueKind)
    assert len(found) == 10
    assert all(rules()[e.rule].applies(TODAY) for e in found)


def test_a_plan_without_required_parties_waits_for_nobody() -> None:
    plan = frozen()
    optional = tuple(Party(id=p.id, name=p.name, required=False) for p in plan.parties)
    waiting = Waiting(frozen_plans=(FrozenPlan(client="c", name="n", plan="p", frozen_on=TODAY, parties=optional),))

    assert queue(waiting, TODAY) == ()
