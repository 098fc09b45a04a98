"""The path of one client: the steps agreed over all versions, and the days without service or meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from valmentaja.domain.client import Meeting, ServicePeriod
from valmentaja.domain.plan import Plan, Step

MOST_DAYS = 30
"""From the end of one service or meeting to the next one (domain.md §3, indicator 13)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """`after` is the last day with a service or meeting; `until` the next one, None while there is none."""

    after: date
    until: date | None
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """A step as it was agreed last, with what came of it in any version; `since` the day it was first agreed."""

    step: Step
    since: date | None


def gaps(
    services: Iterable[ServicePeriod],
    meetings: Iterable[Meeting],
    *,
    taken_on: date,
    today: date,
    left: date | None = None,
) -> tuple[Gap, ...]:
    """Longer than `MOST_DAYS`, between the day the client was taken on and today, or the day they left."""
    last = today if left is None else min(left, today)
    spans = [(p.start, last if p.end is None else min(p.end, last)) for p in services]
    spans += [(m.date, m.date) for m in meetings if m.attended or m.started is not None]
    if left is not None and left <= today:
        spans.append((left, left))
    found, reached = [], taken_on
    for start, end in sorted(span for span in spans if span[0] <= last):
        if (days := (start - reached).days) > MOST_DAYS:
            found.append(Gap(after=reached, until=start, days=days))
        reached = max(reached, end)
    if (days := (last - reached).days) > MOST_DAYS:
        found.append(Gap(after=reached, until=None, days=days))
    return tuple(found)


def steps_over_versions(plans: Iterable[Plan]) -> tuple[PathStep, ...]:
    """Each step of frozen plans once, in the order they were agreed; one left out and never begun is not there."""
    frozen = sorted((p for p in plans if p.is_frozen), key=lambda p: (p.frozen_at or "", p.version))
    replaced = {p.follows for p in frozen}
    met: dict[str, list[tuple[Plan, Step]]] = {}
    for plan in frozen:
        for step in plan.steps:
            met.setdefault(step.origin or step.id, []).append((plan, step))
    found = []
    for versions in met.values():
        plan, step = versions[-1]
        started = next((s.realised_start for _p, s in versions if s.realised_start is not None), None)
        done = next((s.done for _p, s in versions if s.done is not None), None)
        if plan.id not in replaced or started is not None or done is not None:
            lived = replace(step, realised_start=started or done, done=done)
            found.append(PathStep(step=lived, since=versions[0][0].drawn_up))
    return tuple(found)
