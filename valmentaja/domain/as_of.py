"""The file as of a day: what held then, from rows with days; what is not known of that day is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_
from valmentaja.domain.client import BenefitReading, Client, ServicePeriod, StatusChange
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Plan, Step
from valmentaja.domain.review import Review, latest

ENTERED_LATER = N_(
    "Days are as they stand in the file now. What was written down later with an earlier day is shown here too."
)
NO_DRAFTS = N_("Drafts, and what was typed before a plan was agreed, are not kept by day and are not shown.")
MARKS_TAKEN_BACK = N_("A step that was marked done and later marked not done is shown as not done.")
NOT_YET_HERE = N_("The client had not been taken on yet on this day.")
GONE = N_("The client had already left the caseload on this day.")
NO_STATUS = N_("No situation was recorded by this day, so it is not known.")
AHEAD = N_("This day is in the future. What is agreed until then is shown as it stands now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanThen:
    """A version in force on the day; `plan` as then known: what was signed, done and reviewed later is left away."""

    plan: Plan
    since: date
    review: Review | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOnDay:
    """`services` that went on that day, without an end that came later; `unknown` sentences of what is not known.

    `written` are the days after `on` on which a row was last written down, by table and id.
    """

    on: date
    plans: tuple[PlanThen, ...]
    services: tuple[ServicePeriod, ...]
    status: StatusChange | None
    benefit: BenefitReading | None
    unknown: tuple[str, ...]
    written: Mapping[tuple[str, str], date]

    def step_written(self, step: Step) -> date | None:
        """The later day on which it was written down that a step had begun or was done by then."""
        begun = step.realised_start is not None or step.done is not None
        return self.written.get(("plan_step", step.id)) if begun else None

    @property
    def status_written(self) -> date | None:
        return None if self.status is None else self.written.get(("labour_status", self.status.date.isoformat()))


def file_on(
    on: date,
    *,
    today: date,
    client: Client,
    plans: Iterable[Plan],
    reviews: Iterable[Review],
    services: Iterable[ServicePeriod],
    statuses: Iterable[StatusChange],
    readings: Iterable[BenefitReading],
    written: Mapping[tuple[str, str], date],
) -> FileOnDay:
    """Everything that held on the day, for one client."""
    going_on = [p for p in services if p.start <= on and (p.end is None or on <= p.end)]
    status = _last(s for s in statuses if s.date <= on)
    said = tuple(reviews)
    return FileOnDay(
        on=on,
        plans=tuple(_then(plan, since, on, said) for plan, since in _in_force(plans, on)),
        services=tuple(replace(p, end=p.end if p.end == on else None) for p in going_on),
        status=status,
        benefit=_last(r for r in readings if r.date <= on),
        unknown=tuple(_unknown(on, today, client, status)),
        written={row: when for row, when in written.items() if when > on},
    )


def in_force_from(plan: Plan) -> date | None:
    """The day a plan was agreed: frozen, or signed when that was earlier; None for a draft."""
    if plan.frozen_at is None:
        return None
    frozen = datetime.fromisoformat(plan.frozen_at).astimezone(HELSINKI).date()
    return frozen if plan.signed is None else min(frozen, plan.signed)


def _in_force(plans: Iterable[Plan], on: date) -> list[tuple[Plan, date]]:
    """The newest version of each kind that was agreed by the day."""
    newest: dict[PlanKind, tuple[Plan, date]] = {}
    dated = [(plan, since) for plan in plans if (since := in_force_from(plan)) is not None and since <= on]
    for plan, since in sorted(dated, key=lambda pair: (pair[1], pair[0].frozen_at or "", pair[0].version)):
        newest[plan.kind] = (plan, since)
    return list(newest.values())


def _then(plan: Plan, since: date, on: date, reviews: tuple[Review, ...]) -> PlanThen:
    steps = tuple(replace(s, realised_start=_by(s.realised_start, on), done=_by(s.done, on)) for s in plan.steps)
    known = replace(plan, steps=steps, signed=_by(plan.signed, on), reviewed=_by(plan.reviewed, on))
    review = latest(r for r in reviews if r.plan == plan.id and r.on <= on)
    return PlanThen(plan=known, since=since, review=review)


def _unknown(on: date, today: date, client: Client, status: StatusChange | None) -> Iterable[str]:
    if on < client.intake_date:
        yield NOT_YET_HERE
    if client.exit_date is not None and client.exit_date < on:
        yield GONE
    if on > today:
        yield AHEAD
    if status is None:
        yield NO_STATUS
    yield from (ENTERED_LATER, MARKS_TAKEN_BACK, NO_DRAFTS)


def _by(day: date | None, on: date) -> date | None:
    return day if day is not None and day <= on else None


Dated = TypeVar("Dated", StatusChange, BenefitReading)


def _last(rows: Iterable[Dated]) -> Dated | None:
    return max(rows, key=lambda r: r.date, default=None)
