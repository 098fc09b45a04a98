"""A review is kept for good, and what changes goes into the next version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import NOW

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Plan, Responsible
from valmentaja.domain.review import Review, ReviewLine, Verdict, as_before
from valmentaja.store import reviews
from valmentaja.usecases import caseload, planning, reviewing
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

LATER = date(2027, 3, 24)
REVIEWED = date(2027, 2, 24)


@pytest.fixture
def held(session: Session, clock: FixedClock) -> Plan:
    """Two goals, three steps, frozen on 24.11.2026; now it is three months later."""
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    plan = planning.draft(session, client, PlanKind.VALMENNUS).made
    first = planning.add_goal(session, plan, words="Aamut kuntoon").made
    second = planning.add_goal(session, plan, words="Takaisin töihin").made
    for goal, what in ((first, "Herään 7.30"), (first, "Käyn lääkärissä"), (second, "Käyn verstaalla")):
        planning.add_step(session, plan, goal, what=what, responsible=Responsible.CLIENT, by=date(2027, 2, 1))
    planning.freeze(session, plan)
    clock.moment = NOW + timedelta(days=92)
    return planning.plan(session, plan)


def said(plan: Plan, *changed: ReviewLine) -> tuple[ReviewLine, ...]:
    known = {line.about: line for line in changed}
    return tuple(known.get(line.about, line) for line in as_before(plan))


def of(about: str, verdict: Verdict, why: str = "", on: date | None = None) -> ReviewLine:
    return ReviewLine(about=about, verdict=verdict, why=why, new_date=on)


def review(session: Session, plan: Plan, *changed: ReviewLine, on: date = REVIEWED) -> str:
    return reviewing.review(session, plan.id, on=on, words=" Hyvin menee ", lines=said(plan, *changed)).made


def test_all_as_before_is_a_review_and_no_new_version(session: Session, held: Plan) -> None:
    assert reviewing.as_before(session, held.id).made == ""
    (kept,) = reviewing.reviews_of(session, held.id)
    assert kept.on == REVIEWED
    assert sorted(line.about for line in kept.lines) == sorted(p.id for p in (*held.goals, *held.steps))
    assert planning.plan(session, held.id).reviewed == REVIEWED
    assert len(planning.plans_of(session, held.client)) == 1


def test_the_next_version_is_what_was_said(session: Session, held: Plan) -> None:
    wake, doctor, workshop = held.steps
    made = review(
        session,
        held,
        of(wake.id, Verdict.DONE, on=date(2027, 1, 31)),
        of(doctor.id, Verdict.DROPPED, "Ei tarvita enää"),
        of(workshop.id, Verdict.MOVED, "Kone rikki", LATER),
    )
    old, new = planning.plan(session, held.id), planning.plan(session, made)
    assert (new.version, new.follows, new.is_frozen) == (2, held.id, False)
    assert [g.words for g in new.goals] == ["Aamut kuntoon", "Takaisin töihin"]
    assert [(s.what, s.by, s.origin) for s in new.steps] == [("Käyn verstaalla", LATER, workshop.id)]
    assert [(s.realised_start, s.done) for s in old.steps] == [(date(2027, 1, 31),) * 2, (None, None), (None, None)]
    (kept,) = reviewing.reviews_of(session, held.id)
    assert kept.words == "Hyvin menee"
    assert kept.of(doctor.id) == of(doctor.id, Verdict.DROPPED, "Ei tarvita enää")


def test_a_goal_that_ends_takes_its_steps_along(session: Session, held: Plan) -> None:
    goal, steps = held.goals[0], held.steps[:2]
    ended = of(goal.id, Verdict.REACHED)
    with pytest.raises(UserError, match="The goal of"):
        review(session, held, ended)
    made = review(session, held, ended, *(of(s.id, Verdict.DROPPED, "Tavoite saavutettu") for s in steps))
    assert [g.words for g in planning.plan(session, made).goals] == ["Takaisin töihin"]


def test_a_version_begun_before_takes_in_the_review_and_keeps_what_was_added(session: Session, held: Plan) -> None:
    draft = planning.plan(session, planning.revise(session, held.id).made)
    added = planning.add_step(session, draft.id, draft.goals[0].id, what="Ostan herätyskellon").made
    wake, doctor, workshop = held.steps
    made = review(
        session,
        held,
        of(held.goals[0].id, Verdict.DROPPED, "Toinen suunta"),
        of(wake.id, Verdict.DROPPED, "Toinen suunta"),
        of(doctor.id, Verdict.DONE, on=REVIEWED),
        of(workshop.id, Verdict.MOVED, on=LATER),
    )
    new = planning.plan(session, made)
    assert made == draft.id
    assert [(s.what, s.by) for s in new.steps] == [("Käyn verstaalla", LATER), ("Ostan herätyskellon", None)]
    assert {s.id: s.goal for s in new.steps}[added] in {g.id for g in new.goals}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (of("", Verdict.DROPPED, " "), "Write why"),
        (of("", Verdict.MOVED), "Write the new day"),
        (of("", Verdict.MOVED, on=REVIEWED), "must be after the day of the review"),
        (of("", Verdict.DONE), "Write the day"),
        (of("", Verdict.DONE, on=LATER), "after the day of the review"),
        (of("", Verdict.REACHED), "Say what became of"),
    ],
)
def test_what_cannot_stand_is_said_and_nothing_is_kept(
    session: Session, held: Plan, change: ReviewLine, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        review(session, held, replace(change, about=held.steps[0].id))
    assert reviewing.reviews_of(session, held.id) == ()
    assert planning.plan(session, held.id).reviewed is None


@pytest.mark.parametrize(("on", "sentence"), [(date(2027, 2, 25), "future"), (date(2026, 11, 23), "before the plan")])
def test_the_day_of_a_review_lies_between_the_plan_and_today(
    session: Session, held: Plan, on: date, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        review(session, held, on=on)


def test_a_part_that_nothing_was_said_of_is_asked_for(session: Session, held: Plan) -> None:
    with pytest.raises(UserError, match="Say what became of"):
        reviewing.review(session, held.id, on=REVIEWED, words="", lines=as_before(held)[1:])


def test_only_the_plan_that_holds_is_reviewed(session: Session, held: Plan) -> None:
    made = review(session, held, of(held.steps[0].id, Verdict.MOVED, on=LATER))
    with pytest.raises(UserError, match="still being made"):
        reviewing.as_before(session, made)
    goal = planning.plan(session, made).goals[0]
    planning.edit_goal(session, made, replace(goal, words="Aamut hyvin"))
    planning.freeze(session, made)
    assert [reviewing.can_review(session, planning.plan(session, p)) for p in (held.id, made)] == [False, True]
    with pytest.raises(UserError, match="newer version"):
        reviewing.as_before(session, held.id)
    assert reviewing.as_before(session, made).made == ""


def test_a_failed_write_keeps_neither_review_nor_version(
    session: Session, held: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise UserError("planted")

    monkeypatch.setattr(reviewing.plans, "add", fail)
    with pytest.raises(UserError, match="planted"):
        review(
            session,
            held,
            of(held.steps[0].id, Verdict.DONE, on=REVIEWED),
            of(held.steps[1].id, Verdict.MOVED, on=LATER),
        )
    assert reviewing.reviews_of(session, held.id) == ()
    assert planning.plan(session, held.id).steps[0].done is None


def test_the_later_of_two_review_days_stays(session: Session, held: Plan) -> None:
    reviewing.as_before(session, held.id)
    review(session, held, on=date(2027, 1, 10))
    assert planning.plan(session, held.id).reviewed == REVIEWED
    found: tuple[Review, ...] = reviews.of_plan(session.store, held.id)
    assert [r.on for r in found] == [date(2027, 1, 10), REVIEWED]
