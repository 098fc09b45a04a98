"""When a former client is asked how it went: reckoned from the intake and the exit, by calendar months and 31 days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from valmentaja.domain.client import Client, FollowUp, Meeting
from valmentaja.domain.codes import LabourStatus, MeetingMode
from valmentaja.domain.follow_up import LATER, NEAR, Stage, nearest, schedule

INTAKE, EXIT = date(2025, 8, 31), date(2025, 12, 20)
HALF_A_YEAR = date(2026, 2, 28)
"""31.8. + 6 months, clipped to the month's last day."""
CLIENT = Client(id="T-1", family_name="A", given_names="B", intake_date=INTAKE, exit_date=EXIT)


def told(*days: date) -> list[FollowUp]:
    return [FollowUp(client="T-1", date=on, status=LabourStatus.AVOIN_TYO) for on in days]


def not_reached(on: date, *, booked: bool = False) -> Meeting:
    return Meeting(client="T-1", date=on, mode=MeetingMode.PUHELIN, minutes=0, attended=False, booked=booked)


def test_the_schedule_has_the_days_after_the_exit_and_nothing_before_it() -> None:
    found = schedule(CLIENT, (), ())
    assert [one.months for one in found] == [6, 12, 24, 36, 60], "three months were spent in the caseload"
    assert [one.on for one in found][:2] == [HALF_A_YEAR, date(2026, 8, 31)]


def test_a_day_that_is_the_last_in_the_caseload_needs_no_follow_up() -> None:
    left = Client(id="T-1", family_name="A", given_names="B", intake_date=INTAKE, exit_date=HALF_A_YEAR)
    assert schedule(left, (), ())[0].months == 12


def test_somebody_still_in_the_caseload_is_not_followed_up() -> None:
    still = Client(id="T-1", family_name="A", given_names="B", intake_date=INTAKE)
    assert schedule(still, told(HALF_A_YEAR), ()) == ()


def test_a_day_is_asked_from_31_days_before_to_31_days_after_it() -> None:
    one = schedule(CLIENT, (), ())[0]
    days = (-32, -31, 31, 32)
    stages = [one.stage(HALF_A_YEAR + timedelta(n)) for n in days]
    assert stages == [Stage.AHEAD, Stage.DUE, Stage.DUE, Stage.PASSED]


def test_nobody_is_asked_before_the_day_after_the_exit() -> None:
    left = Client(
        id="T-1", family_name="A", given_names="B", intake_date=INTAKE, exit_date=HALF_A_YEAR - timedelta(days=1)
    )
    assert schedule(left, (), ())[0].opens == HALF_A_YEAR


@pytest.mark.parametrize(("days", "stage"), [(-31, Stage.LEARNT), (31, Stage.LEARNT), (-32, Stage.DUE)])
def test_what_is_learnt_within_31_days_settles_the_day(days: int, stage: Stage) -> None:
    one = schedule(CLIENT, told(HALF_A_YEAR + timedelta(days)), ())[0]
    assert one.stage(HALF_A_YEAR) is stage


def test_the_nearest_day_counts_and_of_two_as_near_the_later() -> None:
    rows = [(HALF_A_YEAR + timedelta(n), LabourStatus.TYOTON) for n in (-9, 4, -4)]
    assert nearest(rows, left=EXIT, on=HALF_A_YEAR) == rows[1]
    assert nearest(rows[:1], left=rows[0][0], on=HALF_A_YEAR) is None, "on the last day of the work it was no follow-up"
    assert nearest(rows, left=None, on=HALF_A_YEAR) is None


def test_calls_that_reached_nobody_stand_beside_their_own_day() -> None:
    tried = (
        not_reached(HALF_A_YEAR - timedelta(days=2)),
        not_reached(HALF_A_YEAR + timedelta(days=40)),
        not_reached(HALF_A_YEAR, booked=True),
    )
    found = schedule(CLIENT, (), tried)
    assert [m.date for m in found[0].tries] == [HALF_A_YEAR - timedelta(days=2)]
    assert [one.tries for one in found[1:]] == [()] * 4


def test_no_contact_could_count_for_two_days() -> None:
    gaps = [(later - months) * 28 for months, later in pairwise(LATER)]
    assert min(gaps) > 2 * NEAR.days
