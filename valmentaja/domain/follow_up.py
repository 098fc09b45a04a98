"""Follow-up contacts after the exit, 3 to 60 months from the intake: when they are due and what was learnt of each.

Nothing of the schedule is stored: it follows from the intake and the exit, and what counts is reckoned here for the
queue, the client's page and the figure OE01 alike (indicators.md §4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from valmentaja.domain.client import Client, FollowUp, Meeting
from valmentaja.domain.codes import LabourStatus
from valmentaja.domain.period import months_after

LATER = (3, 6, 12, 24, 36, 60)
"""Months from the intake."""
NEAR = timedelta(days=31)
"""What is learnt so near to the day counts for it."""
PURPOSE = "follow_up"
"""Under which a client's no to follow-ups is kept among the consents."""
RULE = "FOLLOW-UP"
"""The id in rules.toml."""
NOT_REACHED, REFUSED = "NOT_REACHED", "REFUSED"
"""What may come of a contact besides a situation."""

Told = tuple[date, LabourStatus]


class Stage(StrEnum):
    """`PASSED` is over, and nothing was learnt."""

    AHEAD = "AHEAD"
    DUE = "DUE"
    LEARNT = "LEARNT"
    PASSED = "PASSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """One follow-up; `on` is its day, it can be asked from `opens` to `closes`. `tries` are contacts not reached."""

    months: int
    on: date
    opens: date
    closes: date
    learnt: FollowUp | None = None
    tries: tuple[Meeting, ...] = ()

    def stage(self, today: date) -> Stage:
        if self.learnt is not None:
            return Stage.LEARNT
        if today < self.opens:
            return Stage.AHEAD
        return Stage.DUE if today <= self.closes else Stage.PASSED


def nearest(told: Iterable[Told], *, left: date | None, on: date) -> Told | None:
    """What was told after the exit and nearest to the day, within `NEAR`; of two as near the later."""
    known = [row for row in told if left is not None and row[0] > left and abs(row[0] - on) <= NEAR]
    return min(known, key=lambda row: (abs(row[0] - on), on - row[0]), default=None)


def counts_for(scheduled: Iterable[Scheduled], on: date) -> Scheduled | None:
    """The follow-up that what is learnt on a day counts for; None when no day of asking is near enough."""
    near = (one for one in scheduled if one.opens <= on <= one.closes)
    return min(near, key=lambda one: abs(on - one.on), default=None)


def schedule(client: Client, told: Iterable[FollowUp], contacts: Iterable[Meeting]) -> tuple[Scheduled, ...]:
    """The follow-ups of somebody who has left; those due while still in the caseload need none."""
    left = client.exit_date
    if left is None:
        return ()
    known, missed = {f.date: f for f in told}, tuple(m for m in contacts if not m.attended and not m.booked)
    days = ((months, months_after(client.intake_date, months)) for months in LATER)
    return tuple(_scheduled(months, on, left, known, missed) for months, on in days if on > left)


def _scheduled(
    months: int, on: date, left: date, known: dict[date, FollowUp], missed: tuple[Meeting, ...]
) -> Scheduled:
    opens, closes = max(on - NEAR, left + timedelta(days=1)), on + NEAR
    learnt = nearest(((f.date, f.status) for f in known.values()), left=left, on=on)
    return Scheduled(
        months=months,
        on=on,
        opens=opens,
        closes=closes,
        learnt=None if learnt is None else known[learnt[0]],
        tries=tuple(m for m in missed if opens <= m.date <= closes),
    )
