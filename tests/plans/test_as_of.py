"""The file as of a day: nothing that came later is shown, and what is not known is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from valmentaja.base.clock import FixedClock
from valmentaja.domain import as_of
from valmentaja.domain.as_of import FileOnDay, file_on, in_force_from
from valmentaja.domain.client import BenefitReading, Client, ServicePeriod, StatusChange
from valmentaja.domain.codes import BenefitSource, LabourStatus, PlanKind
from valmentaja.domain.plan import Goal, Plan, Responsible, Step
from valmentaja.domain.review import Review
from valmentaja.usecases import as_of as as_of_day
from valmentaja.usecases import caseload, planning
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

TODAY = date(2027, 6, 1)
CLIENT = Client(id="c", family_name="E", given_names="T", intake_date=date(2027, 1, 10))
GOAL = Goal(id="g", words="Töihin")
STEP = Step(
    id="s",
    goal="g",
    what="Soitan",
    by=date(2027, 3, 1),
    realised_start=date(2027, 3, 5),
    done=date(2027, 3, 12),
)
FIRST = Plan(
    id="p",
    client="c",
    kind=PlanKind.VALMENNUS,
    goals=(GOAL,),
    steps=(STEP,),
    # Midnight in Finland is still the day before in UTC.
    frozen_at="2027-01-31T22:30:00Z",
    signed=date(2027, 2, 3),
    reviewed=date(2027, 3, 20),
)
SECOND = replace(FIRST, id="q", version=2, follows="p", frozen_at="2027-03-31T09:00:00Z", signed=None, reviewed=None)
DRAFT = replace(FIRST, id="d", version=3, follows="q", frozen_at=None, signed=None)
OTHER = replace(FIRST, id="o", kind=PlanKind.AKTIVOINTI, frozen_at="2027-02-10T09:00:00Z", signed=date(2027, 2, 8))
SERVICES = (
    ServicePeriod(client="c", service="KUNTOUTTAVA", start=date(2027, 2, 1), end=date(2027, 2, 28)),
    ServicePeriod(client="c", service="TYOKOKEILU", start=date(2027, 2, 28)),
)
STATUSES = (
    StatusChange(client="c", date=date(2027, 1, 10), status=LabourStatus.TYOTON),
    StatusChange(client="c", date=date(2027, 5, 1), status=LabourStatus.AVOIN_TYO),
)
READING = BenefitReading(client="c", date=date(2027, 2, 1), days=210, source=BenefitSource.KELA)
REVIEWS = (
    Review(id="r", plan="p", on=date(2027, 3, 20), words="Hyvin"),
    Review(id="t", plan="p", on=date(2027, 2, 20), words="Alussa"),
)


def on(day: date, client: Client = CLIENT, written: dict[tuple[str, str], date] | None = None) -> FileOnDay:
    return file_on(
        day,
        today=TODAY,
        client=client,
        plans=(DRAFT, SECOND, FIRST),
        reviews=REVIEWS,
        services=SERVICES,
        statuses=STATUSES,
        readings=(READING,),
        written=written or {},
    )


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2027, 1, 31), None),
        (date(2027, 2, 1), 1),
        (date(2027, 3, 30), 1),
        (date(2027, 3, 31), 2),
        (TODAY, 2),
    ],
)
def test_the_version_in_force_is_the_last_one_agreed_by_the_day(day: date, version: int | None) -> None:
    assert [then.plan.version for then in on(day).plans] == ([] if version is None else [version])


def test_the_day_a_plan_holds_from_is_the_finnish_day_it_was_frozen_or_signed_before() -> None:
    assert in_force_from(FIRST) == date(2027, 2, 1)
    assert in_force_from(OTHER) == date(2027, 2, 8)
    assert in_force_from(DRAFT) is None


def test_each_kind_of_plan_has_its_own_version_in_force() -> None:
    found = file_on(
        TODAY,
        today=TODAY,
        client=CLIENT,
        plans=(FIRST, OTHER),
        reviews=(),
        services=(),
        statuses=(),
        readings=(),
        written={},
    )
    assert [then.plan.id for then in found.plans] == ["p", "o"]


@pytest.mark.parametrize(
    ("day", "started", "done", "signed", "reviewed", "said"),
    [
        (date(2027, 2, 2), False, False, False, False, ""),
        (date(2027, 2, 3), False, False, True, False, ""),
        (date(2027, 3, 5), True, False, True, False, "Alussa"),
        (date(2027, 3, 11), True, False, True, False, "Alussa"),
        (date(2027, 3, 12), True, True, True, False, "Alussa"),
        (date(2027, 3, 20), True, True, True, True, "Hyvin"),
    ],
)
def test_what_came_later_is_not_known_yet(
    day: date, *, started: bool, done: bool, signed: bool, reviewed: bool, said: str
) -> None:
    (then,) = on(day).plans
    (step,) = then.plan.steps
    assert (step.realised_start is not None, step.done is not None) == (started, done)
    assert (then.plan.signed is not None, then.plan.reviewed is not None) == (signed, reviewed)
    assert ("" if then.review is None else then.review.words) == said


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2027, 1, 31), []),
        (date(2027, 2, 12), [("KUNTOUTTAVA", None)]),
        (date(2027, 2, 28), [("KUNTOUTTAVA", date(2027, 2, 28)), ("TYOKOKEILU", None)]),
        (date(2027, 3, 1), [("TYOKOKEILU", None)]),
    ],
)
def test_services_that_went_on_without_an_end_that_came_later(day: date, found: list[tuple[str, date | None]]) -> None:
    assert [(p.service, p.end) for p in on(day).services] == found


def test_situation_and_benefit_days_are_the_last_ones_known() -> None:
    early, late = on(date(2027, 1, 31)), on(date(2027, 5, 1))
    assert early.status == STATUSES[0]
    assert early.benefit is None
    assert (late.status, late.benefit) == (STATUSES[1], READING)


@pytest.mark.parametrize(
    ("day", "sentences"),
    [
        (date(2027, 1, 9), {as_of.NOT_YET_HERE, as_of.NO_STATUS}),
        (date(2027, 3, 12), set()),
        (date(2027, 5, 21), {as_of.GONE}),
        (date(2027, 6, 2), {as_of.GONE, as_of.AHEAD}),
    ],
)
def test_what_is_not_known_is_said(day: date, sentences: set[str]) -> None:
    always = {as_of.ENTERED_LATER, as_of.MARKS_TAKEN_BACK, as_of.NO_DRAFTS}
    assert set(on(day, replace(CLIENT, exit_date=date(2027, 5, 20))).unknown) == sentences | always


def test_what_was_written_down_only_later_is_marked_as_such() -> None:
    later = date(2027, 3, 20)
    written = {("plan_step", "s"): later, ("labour_status", "2027-01-10"): later}
    for day, step, status in (
        (date(2027, 3, 4), None, later),
        (date(2027, 3, 12), later, later),
        (later, None, None),
    ):
        found = on(day, written=written)
        assert [found.step_written(s) for then in found.plans for s in then.plan.steps] == [step]
        assert found.status_written == status


def test_the_log_tells_when_a_day_was_written_down(session: Session, clock: FixedClock) -> None:
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    plan = planning.draft(session, client, PlanKind.VALMENNUS).made
    goal = planning.add_goal(session, plan, words="Toihin").made
    step = planning.add_step(
        session, plan, goal, what="Soitan", responsible=Responsible.CLIENT, by=date(2027, 1, 15)
    ).made
    planning.freeze(session, plan)
    told = date(2026, 12, 1)
    # Past midnight in Finland: written on the 11th, which in UTC is the 10th.
    clock.moment = datetime(2026, 12, 10, 22, 30, tzinfo=UTC)
    planning.mark_done(session, plan, step, told)
    caseload.add_status(session, StatusChange(client=client, date=told, status=LabourStatus.TYOTON))
    before, same_day = as_of_day.on_day(session, client, told), as_of_day.on_day(session, client, date(2026, 12, 11))
    day_before = as_of_day.on_day(session, client, date(2026, 12, 10))
    assert [day_before.step_written(s) for s in day_before.plans[0].plan.steps] == [date(2026, 12, 11)]
    assert [before.step_written(s) for s in before.plans[0].plan.steps] == [date(2026, 12, 11)]
    assert before.status_written == date(2026, 12, 11)
    assert dict(same_day.written) == {}
