"""The vault is never open later than the limit after the last act, whatever the clocks and ticks do."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from valmentaja.domain import locking
from valmentaja.domain.locking import MINUTES, Moment, Sign, State, Watch

START = Moment(1000.0, 1_700_000_000.0)
STEPS = st.lists(
    st.tuples(st.floats(0, 2000), st.floats(-10_000, 10_000), st.sampled_from(["tick", "act", "lid"])), max_size=40
)
minutes = st.integers(MINUTES[0], MINUTES[-1])


def moved(moment: Moment, steady: float, wall: float) -> Moment:
    return Moment(moment.steady + steady, moment.wall + wall)


def run(held: Watch, steps: list[tuple[float, float, str]]) -> tuple[Watch, float]:
    """The watch at the end, and how much steady time has passed since it last let somebody act."""
    now, since = held.seen, 0.0
    for steady, wall, what in steps:
        now, since = moved(now, steady, wall), since + steady
        if what == "act":
            held = locking.active(held, now)
            since = since if held.locked else 0.0
        else:
            held = locking.tick(held, now)
            held = locking.signed(held, Sign.LID) if what == "lid" else held
    return held, since


@given(minutes, STEPS)
def test_it_is_never_open_later_than_the_limit_after_the_last_act(
    n: int, steps: list[tuple[float, float, str]]
) -> None:
    held, since = run(locking.watch(n, START), steps)
    assert held.locked or since < held.limit + 0.001


@given(minutes, STEPS)
def test_once_locked_nothing_opens_it(n: int, steps: list[tuple[float, float, str]]) -> None:
    held, _since = run(locking.signed(locking.watch(n, START), Sign.SESSION_LOCKED), steps)
    assert held.state is State.LOCKED


@given(minutes, st.lists(st.floats(0, 0.999), min_size=1, max_size=30))
def test_acting_in_time_keeps_it_open_for_ever(n: int, parts: list[float]) -> None:
    held = locking.watch(n, START)
    for part in parts:
        held = locking.active(held, moved(held.seen, part * held.limit, part * held.limit))
        assert held.state is State.OPEN


@given(minutes, st.integers(1, 50))
def test_how_often_it_ticks_does_not_matter(n: int, ticks: int) -> None:
    """Just before the limit it is open and has given notice, just after it is locked."""
    held = locking.watch(n, START)
    for _ in range(ticks):
        held = locking.tick(held, moved(held.seen, (held.limit - 1) / ticks, (held.limit - 1) / ticks))
    assert held.state is State.NOTICE
    assert locking.active(held, moved(held.seen, 0.5, 0.5)).state is State.OPEN
    assert locking.tick(held, moved(held.seen, 1.01, 1.01)).state is State.LOCKED


@given(minutes)
def test_a_sleep_that_only_the_wall_clock_shows_locks_and_the_waking_touch_does_not_help(n: int) -> None:
    held = locking.watch(n, START)
    awake = moved(START, 0.1, n * 60 + 1)
    assert locking.tick(held, awake).locked
    assert locking.active(held, awake).locked


@given(minutes, st.floats(61, 1_000_000))
def test_a_clock_set_back_gives_no_more_time_and_is_told(n: int, back: float) -> None:
    held = locking.tick(locking.watch(n, START), moved(START, 10, -back))
    assert held.clock_went_back
    assert locking.tick(held, moved(held.seen, n * 60 - 10, 0)).locked


@given(minutes, STEPS)
def test_the_lid_changes_nothing(n: int, steps: list[tuple[float, float, str]]) -> None:
    with_lid, _ = run(locking.watch(n, START), steps)
    without, _ = run(locking.watch(n, START), [(s, w, "tick" if what == "lid" else what) for s, w, what in steps])
    assert with_lid == without


def test_the_notice_is_a_minute_or_half_the_limit() -> None:
    five, one = locking.watch(5, START), locking.watch(1, START)
    assert replace(five, idle=239.9).state is State.OPEN
    assert replace(five, idle=240.0).state is State.NOTICE
    assert replace(one, idle=29.9).state is State.OPEN
    assert replace(one, idle=30.0).state is State.NOTICE


def test_sleep_and_the_locked_screen_lock() -> None:
    for sign in (Sign.SLEEPING, Sign.SESSION_LOCKED):
        assert locking.signed(locking.watch(5, START), sign).locked
