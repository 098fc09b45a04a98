"""The gap rule, counted by hand over month ends, and the steps of a path over versions of its plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valmentaja.base.clock import FixedClock
from valmentaja.domain.client import Meeting, ServicePeriod
from valmentaja.domain.codes import MeetingMode, PlanKind
from valmentaja.domain.path import Gap, gaps, steps_over_versions
from valmentaja.domain.plan import Goal, Plan, Responsible, Step
from valmentaja.domain.review import ReviewLine, Verdict, as_before
from valmentaja.usecases import caseload, meetings, path, planning, reviewing
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

TAKEN_ON = date(2026, 1, 31)


def served(start: date, end: date | None) -> ServicePeriod:
    return ServicePeriod(client="c", service="KUNTOUTTAVA", start=start, end=end)


def met(on: date, *, attended: bool = True) -> Meeting:
    return Meeting(client="c", date=on, mode=MeetingMode.KAYNTI, minutes=30, attended=attended)


@pytest.mark.parametrize(
    ("taken_on", "next_day", "days"),
    [
        (date(2026, 1, 31), date(2026, 3, 2), None),
        (date(2026, 1, 31), date(2026, 3, 3), 31),
        (date(2028, 1, 31), date(2028, 3, 1), None),
        (date(2028, 1, 31), date(2028, 3, 2), 31),
        (date(2026, 12, 1), date(2026, 12, 31), None),
        (date(2026, 12, 1), date(2027, 1, 1), 31),
        (date(2026, 2, 28), date(2026, 3, 30), None),
        (date(2026, 2, 28), date(2026, 3, 31), 31),
    ],
)
def test_thirty_days_are_no_gap_and_thirty_one_are(taken_on: date, next_day: date, days: int | None) -> None:
    found = gaps((), (met(next_day),), taken_on=taken_on, today=next_day)
    assert found == (() if days is None else (Gap(after=taken_on, until=next_day, days=days),))


def test_a_service_that_goes_on_leaves_no_gap_and_a_shorter_one_inside_hides_none() -> None:
    today = date(2026, 12, 31)
    assert gaps((served(TAKEN_ON, None),), (), taken_on=TAKEN_ON, today=today) == ()
    long, short = served(TAKEN_ON, date(2026, 6, 30)), served(date(2026, 2, 1), date(2026, 2, 10))
    found = gaps((long, short), (met(date(2026, 8, 1)), met(date(2026, 12, 15))), taken_on=TAKEN_ON, today=today)
    assert [(g.after, g.until, g.days) for g in found] == [
        (date(2026, 6, 30), date(2026, 8, 1), 32),
        (date(2026, 8, 1), date(2026, 12, 15), 136),
    ]


def test_what_was_missed_or_is_only_booked_closes_no_gap() -> None:
    today = TAKEN_ON + timedelta(days=40)
    ahead = served(today + timedelta(days=1), None)
    missed = met(TAKEN_ON + timedelta(days=20), attended=False)
    assert gaps((ahead,), (missed,), taken_on=TAKEN_ON, today=today) == (Gap(after=TAKEN_ON, until=None, days=40),)


def test_after_the_client_has_left_nothing_is_counted() -> None:
    left = date(2026, 2, 20)
    assert gaps((), (), taken_on=TAKEN_ON, today=date(2027, 1, 1), left=left) == ()
    later = date(2026, 4, 1)
    assert gaps((served(TAKEN_ON, None),), (), taken_on=TAKEN_ON, today=date(2027, 1, 1), left=later) == ()


@given(st.lists(st.integers(0, 200), max_size=8), st.integers(0, 200))
def test_gaps_are_the_days_no_meeting_is_near(offsets: list[int], length: int) -> None:
    """Against counting day by day."""
    today = TAKEN_ON + timedelta(days=length)
    held = tuple(met(TAKEN_ON + timedelta(days=n)) for n in offsets)
    stops = sorted({0, *(n for n in offsets if n <= length)})
    expected = [b - a for a, b in zip(stops, [*stops[1:], length], strict=True) if b - a > 30]
    assert [g.days for g in gaps((), held, taken_on=TAKEN_ON, today=today)] == expected


def version(n: int, *steps: Step) -> Plan:
    goal = Goal(id="g", words="Töihin")
    on = date(2026, n, 1)
    stamp = f"{on.isoformat()}T08:00:00Z"
    follows = f"p{n - 1}" if n > 1 else None
    return Plan(
        id=f"p{n}",
        client="c",
        kind=PlanKind.VALMENNUS,
        version=n,
        follows=follows,
        drawn_up=on,
        goals=(goal,),
        steps=steps,
        frozen_at=stamp,
    )


def test_a_step_over_versions_is_one_with_its_last_day_and_its_first_beginning() -> None:
    begun = date(2026, 1, 10)
    first = version(
        1,
        Step(id="a", goal="g", what="Soitan", by=date(2026, 2, 1), realised_start=begun),
        Step(id="b", goal="g", what="Jäi pois", by=date(2026, 2, 1)),
        Step(id="c", goal="g", what="Tehty", by=date(2026, 2, 1), realised_start=begun, done=begun),
    )
    second = version(2, Step(id="a2", goal="g", what="Soitan", by=date(2026, 5, 1), origin="a"))
    found = {known.step.what: known for known in steps_over_versions((second, first))}
    assert set(found) == {"Soitan", "Tehty"}
    assert (found["Soitan"].step.by, found["Soitan"].step.realised_start) == (date(2026, 5, 1), begun)
    assert found["Soitan"].since == date(2026, 1, 1)
    assert found["Tehty"].step.done == begun


def test_the_path_shows_planned_against_realised_and_says_the_gap(session: Session, clock: FixedClock) -> None:
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    assert path.of_plan(session, client, language="en") is None
    plan = planning.draft(session, client, PlanKind.VALMENNUS).made
    goal = planning.add_goal(session, plan, words="Töihin").made
    for what in ("Herään", "Soitan"):
        planning.add_step(session, plan, goal, what=what, responsible=Responsible.CLIENT, by=date(2027, 1, 15))
    planning.freeze(session, plan)
    clock.moment = datetime(2027, 1, 10, 8, tzinfo=UTC)
    held = planning.plan(session, plan)
    moved = ReviewLine(about=held.steps[1].id, verdict=Verdict.MOVED, new_date=date(2027, 3, 1))
    done = ReviewLine(about=held.steps[0].id, verdict=Verdict.DONE, new_date=date(2027, 1, 8))
    said = {line.about: line for line in (*as_before(held), moved, done)}
    reviewing.review(session, plan, on=date(2027, 1, 10), words="", lines=tuple(said.values()))
    meetings.book(session, client, on=date(2027, 1, 12), at="9", mode=MeetingMode.KAYNTI)

    made = path.of_plan(session, client, language="en")

    assert made is not None
    assert made.table().rows == (
        ("24 Nov 2026 – 15 Jan 2027", "Herään", "Planned"),
        ("24 Nov 2026 – 15 Jan 2027", "Soitan", "Planned"),
        ("8 Jan 2027", "Herään", "Realised"),
        ("12 Jan 2027", "Meeting booked", ""),
    )
    assert made.notes == (
        "Since 24 Nov 2026 there has been no service or meeting: 47 days.",
        "The next meeting is booked for 12 Jan 2027.",
    )
    assert made.says().endswith(made.notes[1])


def test_a_long_name_is_cut_in_the_picture_and_whole_in_the_table(session: Session) -> None:
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    plan = planning.draft(session, client, PlanKind.VALMENNUS).made
    goal, what = planning.add_goal(session, plan, words="Töihin").made, "Pitkä askel " * 20
    planning.add_step(session, plan, goal, what=what, responsible=Responsible.CLIENT, by=date(2027, 1, 15))
    planning.freeze(session, plan)
    made = path.of_plan(session, client, language="en")
    assert made is not None
    assert made.table().rows[0][1] == what
    texts = [shape.text for shape in made.scene(400).shapes if hasattr(shape, "text")]
    assert any(text.startswith("Pitkä askel") and text.endswith("…") for text in texts)
    assert made.notes == ("There has been a service or a meeting at least every 30 days.",)
