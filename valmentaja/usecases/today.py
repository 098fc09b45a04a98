"""What waits for the coach today, gathered for the rules of `domain.queue`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from valmentaja.base.clock import HELSINKI
from valmentaja.definitions.clarifications import clarification_name
from valmentaja.definitions.rules import Rule
from valmentaja.domain.case import open_dues
from valmentaja.domain.client import ClientId
from valmentaja.domain.plan import Plan, agreed
from valmentaja.domain.queue import (
    Awaited,
    CaseDue,
    FrozenPlan,
    OpenAssessment,
    PlanDue,
    QueueEntry,
    StepDue,
    TodaysMeeting,
    Waiting,
)
from valmentaja.domain.queue import queue as ordered
from valmentaja.i18n.catalogue import screen_language
from valmentaja.store import assessments, clients, meetings, plans
from valmentaja.store import cases as kept_cases
from valmentaja.usecases import assessing, cases, following_up, planning, presence, retention
from valmentaja.usecases.rules import rules_in_force
from valmentaja.usecases.session import Session

Names = Mapping[ClientId, str]


def queue(session: Session) -> tuple[QueueEntry, ...]:
    """Everything that waits, each with the id of its rule.

    Of ended clients it is a meeting today, a follow-up and a full time only.
    """
    today = session.today()
    away = presence.away(session)
    everyone = [c for c in clients.every(session.store) if c.id not in away]
    present = {c.id: c.name for c in everyone if c.is_open(today)}
    frozen = [p for p in agreed(plans.every(session.store)) if p.client in present]
    waiting = Waiting(
        rules=rules_in_force(session),
        meetings=_meetings(session, {c.id: c.name for c in everyone}),
        assessments=_assessments(session, present),
        frozen_plans=tuple(_signatures(session, p, present[p.client]) for p in frozen if p.fingerprint is not None),
        reviews=tuple(_review(p, p.review_due, present[p.client]) for p in frozen if p.review_due is not None),
        steps=_steps(session, {p.id: p.client for p in frozen}, present),
        retention=retention.everyone(session),
        clarifications=_clarifications(session, present),
        cases=_cases(session, present),
        follow_ups=following_up.due(session, frozenset(c.id for c in everyone)),
    )
    return ordered(waiting, today)


def rule_of(session: Session, entry: QueueEntry) -> Rule:
    """What an entry stands on, with its source."""
    return rules_in_force(session)[entry.rule]


def _meetings(session: Session, names: Names) -> tuple[TodaysMeeting, ...]:
    return tuple(
        TodaysMeeting(client=m.client, name=names[m.client], meeting=m.id, on=m.date, time=m.planned_time)
        for m in meetings.on_day(session.store, session.today())
        if m.client in names
    )


def _assessments(session: Session, present: Names) -> tuple[OpenAssessment, ...]:
    found = []
    for held in assessments.open_ones(session.store):
        if held.client in present:
            runner = assessing.runner(session, held.id)
            domain = None if runner.resume_at is None else runner.instrument.domain_of(runner.resume_at)
            found.append(
                OpenAssessment(
                    client=held.client,
                    name=present[held.client],
                    assessment=held.id,
                    answered=runner.answered,
                    total=runner.total,
                    opened=held.opened,
                    domain="" if domain is None else domain.name.in_(screen_language()),
                )
            )
    return tuple(found)


def _clarifications(session: Session, present: Names) -> tuple[Awaited, ...]:
    return tuple(
        Awaited(
            client=held.client,
            name=present[held.client],
            case=held.id,
            what=clarification_name(awaited.kind).in_(screen_language()),
            expected=awaited.expected,
        )
        for held in kept_cases.open_ones(session.store)
        if held.client in present
        for awaited in kept_cases.clarifications_of(session.store, held.id)
        if awaited.expected is not None and awaited.ordered is not None and not awaited.is_settled
    )


def _cases(session: Session, present: Names) -> tuple[CaseDue, ...]:
    held_rules = rules_in_force(session)
    return tuple(
        CaseDue(client=held.client, name=present[held.client], case=held.id, due=due)
        for held in kept_cases.under_way(session.store)
        if held.client in present
        for due in open_dues(held, held_rules, cases.progress(session, held))
    )


def _signatures(session: Session, plan: Plan, name: str) -> FrozenPlan:
    return FrozenPlan(
        client=plan.client,
        name=name,
        plan=plan.id,
        frozen_on=_day_of(plan.frozen_at or ""),
        parties=planning.plan_type_of(session, plan).parties,
        signatures=plans.signatures(session.store, plan.id),
    )


def _day_of(moment: str) -> date:
    """The day in Finland of a UTC stamp."""
    return datetime.fromisoformat(moment).astimezone(HELSINKI).date()


def _review(plan: Plan, due: date, name: str) -> PlanDue:
    return PlanDue(client=plan.client, name=name, plan=plan.id, kind=plan.kind, review_due=due, reviewed=plan.reviewed)


def _steps(session: Session, owner: Mapping[str, ClientId], present: Names) -> tuple[StepDue, ...]:
    return tuple(
        StepDue(client=owner[plan], name=present[owner[plan]], plan=plan, step=step.id, what=step.what, by=step.by)
        for plan, step in plans.every_step(session.store)
        if plan in owner and step.by is not None and step.done is None and step.is_agreed
    )
