"""When an open vault locks by itself: pure rules over moments, so that every pattern of ticks can be tried."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

DEFAULT_MINUTES = 5
MINUTES = range(1, 31)
NOTICE = 60.0
"""Seconds of warning before the lock; half the limit when that is shorter."""

SET_BACK = 60.0
"""A wall clock that loses so many seconds against the steady one was set back; less is its ordinary mending."""


class State(StrEnum):
    OPEN = "open"
    NOTICE = "notice"
    LOCKED = "locked"


class Sign(StrEnum):
    """What the system says; `LID` is listed because it must not lock: the coach may work on an outer screen."""

    SESSION_LOCKED = "session locked"
    SLEEPING = "sleeping"
    LID = "lid"


@dataclass(frozen=True, slots=True)
class Moment:
    """`steady` never goes back but may stand still while the computer sleeps; `wall` is the opposite. Seconds."""

    steady: float
    wall: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """`idle` is how long nobody has acted; of two clocks the one that has gone further counts."""

    limit: float
    seen: Moment
    idle: float = 0.0
    locked: bool = False
    clock_went_back: bool = False

    @property
    def left(self) -> float:
        """Seconds until the lock."""
        return max(self.limit - self.idle, 0.0)

    @property
    def state(self) -> State:
        if self.locked:
            return State.LOCKED
        return State.NOTICE if self.left <= min(NOTICE, self.limit / 2) else State.OPEN


def watch(minutes: int, now: Moment) -> Watch:
    """Begin to watch a vault that was opened just now."""
    return Watch(limit=minutes * 60.0, seen=now)


def tick(held: Watch, now: Moment) -> Watch:
    """Time has passed. A sleep shows on one clock only, and a clock that was set back takes nothing away."""
    steady, wall = now.steady - held.seen.steady, now.wall - held.seen.wall
    idle = held.idle + max(steady, wall, 0.0)
    return replace(
        held,
        seen=now,
        idle=idle,
        locked=held.locked or idle >= held.limit,
        clock_went_back=held.clock_went_back or steady - wall > SET_BACK,
    )


def active(held: Watch, now: Moment) -> Watch:
    """Somebody acted. Too late is too late: the first touch after a long sleep does not keep the vault open."""
    passed = tick(held, now)
    return passed if passed.locked else replace(passed, idle=0.0)


def signed(held: Watch, sign: Sign) -> Watch:
    """The system said something."""
    return held if sign is Sign.LID else replace(held, locked=True)


def limited(held: Watch, minutes: int) -> Watch:
    """Another limit from now on."""
    return replace(held, limit=minutes * 60.0)
