"""What waits for the coach today: entries with the rule each stands on, from frozen inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from valmentaja.base.errors import N_, Value
from valmentaja.definitions.plan_types import Party
from valmentaja.definitions.rules import Rule
from valmentaja.definitions.rules import rules as shipped
from valmentaja.domain.case import Deadline, Due
from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.follow_up import RULE as FOLLOW_UP_RULE
from valmentaja.domain.follow_up import Scheduled
from valmentaja.domain.period import last_day_by
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.retention import RULE, Retention

CASE_DAYS = 7
"""A case is shown so many days before a day that it has to keep."""


class QueueKind(StrEnum):
    """The groups of Tänään, in the order they are shown."""

    MEETING = "MEETING"
    REVIEW = "REVIEW"
    STEP = "STEP"
    SIGNATURE = "SIGNATURE"
    CLARIFICATION = "CLARIFICATION"
    CASE = "CASE"
    ASSESSMENT = "ASSESSMENT"
    FOLLOW_UP = "FOLLOW_UP"
    RETENTION = "RETENTION"


_ORDER = tuple(QueueKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaysMeeting:
    client: ClientId
    name: str
    meeting: int
    on: date
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAssessment:
    """An assessment not closed; `domain` is the name of the part it stopped in, as shown."""

    client: ClientId
    name: str
    assessment: str
    answered: int
    total: int
    opened: date
    domain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPlan:
    """A frozen plan with the parties of its type and what is known of their signatures; latest version only."""

    client: ClientId
    name: str
    plan: str
    frozen_on: date
    parties: tuple[Party, ...]
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDue:
    """A frozen or signed plan with a review date; latest version only."""

    client: ClientId
    name: str
    plan: str
    kind: PlanKind
    review_due: date
    reviewed: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDue:
    """A step of a frozen plan that is not done yet."""

    client: ClientId
    name: str
    plan: str
    step: str
    what: str
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A clarification that was ordered and has not come; `what` is its name as shown."""

    client: ClientId
    name: str
    case: str
    what: str
    expected: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDue:
    """A day that an open assessment case has to keep."""

    client: ClientId
    name: str
    case: str
    due: Due


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpDue:
    """A former client who can be asked now how it went."""

    client: ClientId
    name: str
    scheduled: Scheduled


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Everything the queue is made of."""

    meetings: tuple[TodaysMeeting, ...] = ()
    assessments: tuple[OpenAssessment, ...] = ()
    frozen_plans: tuple[FrozenPlan, ...] = ()
    reviews: tuple[PlanDue, ...] = ()
    steps: tuple[StepDue, ...] = ()
    retention: tuple[Retention, ...] = ()
    clarifications: tuple[Awaited, ...] = ()
    cases: tuple[CaseDue, ...] = ()
    follow_ups: tuple[FollowUpDue, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=shipped)
    """Those in force; one that is switched off reminds of nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEntry:
    """One thing to do. `about` is the id of the meeting, assessment, plan or step; `rule` an id of rules.toml.

    `text` is a msgid filled by `values`; `parties` are those whose signature is missing.
    """

    kind: QueueKind
    client: ClientId
    name: str
    about: str
    rule: str
    when: date | None
    days_late: int
    text: str
    values: tuple[tuple[str, Value], ...] = ()
    parties: tuple[Party, ...] = ()


def queue(waiting: Waiting, today: date) -> tuple[QueueEntry, ...]:
    """Group by group; meetings by their time, follow-ups by the days left, the rest latest first, then by name."""
    found = [
        *(_meeting(m) for m in waiting.meetings if m.on == today),
        *(_assessment(a, waiting.rules, today) for a in waiting.assessments),
        *(_signature(p, today) for p in waiting.frozen_plans if missing_parties(p.parties, p.signatures)),
        *_reviews(waiting, today),
        *(_step(s, today) for s in waiting.steps if s.by < today),
        *(_clarification(c, today) for c in waiting.clarifications if c.expected < today),
        *(_case(c, today) for c in waiting.cases if c.due.day <= today + timedelta(days=CASE_DAYS)),
        *(_follow_up(f, today) for f in waiting.follow_ups),
        *(_retention(r, today) for r in waiting.retention if r.is_due(today)),
    ]
    return tuple(sorted((e for e in found if waiting.rules[e.rule].enabled), key=_place))


def missing_parties(parties: Sequence[Party], signatures: Sequence[Signature]) -> tuple[Party, ...]:
    """The required parties who have neither signed nor refused with a reason."""
    settled = {s.party for s in signatures if s.state is not SignatureState.PENDING}
    return tuple(p for p in parties if p.required and p.id not in settled)


def review_rule(kind: PlanKind) -> str:
    """The id of the rule that a plan's review date stands on."""
    return {PlanKind.AKTIVOINTI: "AKS-REV", PlanKind.MONIALAINEN: "MTS-REV"}.get(kind, "REVIEW-AGREED")


def _meeting(meeting: TodaysMeeting) -> QueueEntry:
    return QueueEntry(
        kind=QueueKind.MEETING,
        client=meeting.client,
        name=meeting.name,
        about=str(meeting.meeting),
        rule="MEETING-TODAY",
        when=meeting.on,
        days_late=0,
        text=N_("Meeting at {time}") if meeting.time else N_("Meeting today"),
        values=(("time", meeting.time),),
    )


def _assessment(under_way: OpenAssessment, rules: Mapping[str, Rule], today: date) -> QueueEntry:
    due = last_day_by(rules["ASSESSMENT-30"], under_way.opened)
    counted, where = N_("Assessment {answered}/{total}"), N_("Assessment {answered}/{total}, next: {domain}")
    return QueueEntry(
        kind=QueueKind.ASSESSMENT,
        client=under_way.client,
        name=under_way.name,
        about=under_way.assessment,
        rule="ASSESSMENT-30",
        when=due,
        days_late=max(0, (today - due).days),
        text=where if under_way.domain else counted,
        values=(("answered", under_way.answered), ("total", under_way.total), ("domain", under_way.domain)),
    )


def _signature(plan: FrozenPlan, today: date) -> QueueEntry:
    missing = missing_parties(plan.parties, plan.signatures)
    return QueueEntry(
        kind=QueueKind.SIGNATURE,
        client=plan.client,
        name=plan.name,
        about=plan.plan,
        rule="SIGNATURES",
        when=plan.frozen_on,
        days_late=max(0, (today - plan.frozen_on).days),
        text=N_("Signatures missing: {n}"),
        values=(("n", len(missing)),),
        parties=missing,
    )


def next_review(kind: PlanKind, due: date, reviewed: date | None, rules: Mapping[str, Rule]) -> date | None:
    """The day that was agreed; after a review so long after it as the rule says, None where no rule says how long."""
    rule = rules[review_rule(kind)]
    if reviewed is None:
        return due
    return None if rule.most is None else max(due, last_day_by(rule, reviewed))


def _reviews(waiting: Waiting, today: date) -> Iterator[QueueEntry]:
    for plan in waiting.reviews:
        due = next_review(plan.kind, plan.review_due, plan.reviewed, waiting.rules)
        if due is not None and due < today:
            yield _review(plan, due, today)


def _review(plan: PlanDue, due: date, today: date) -> QueueEntry:
    return QueueEntry(
        kind=QueueKind.REVIEW,
        client=plan.client,
        name=plan.name,
        about=plan.plan,
        rule=review_rule(plan.kind),
        when=due,
        days_late=(today - due).days,
        text=N_("Plan review"),
    )


def _step(step: StepDue, today: date) -> QueueEntry:
    return QueueEntry(
        kind=QueueKind.STEP,
        client=step.client,
        name=step.name,
        about=step.step,
        rule="STEP-AGREED",
        when=step.by,
        days_late=(today - step.by).days,
        text=N_("Step not done: {what}"),
        values=(("what", step.what),),
    )


def _clarification(awaited: Awaited, today: date) -> QueueEntry:
    return QueueEntry(
        kind=QueueKind.CLARIFICATION,
        client=awaited.client,
        name=awaited.name,
        about=awaited.case,
        rule="CLARIFY-DUE",
        when=awaited.expected,
        days_late=(today - awaited.expected).days,
        text=N_("Not received: {what}"),
        values=(("what", awaited.what),),
    )


def _case(waiting: CaseDue, today: date) -> QueueEntry:
    texts = {
        Deadline.FIRST_MEETING: N_("First meeting of the assessment"),
        Deadline.END: N_("The assessment is to be ready"),
        Deadline.PLAN: N_("The multi-agency plan is to be ready"),
    }
    return QueueEntry(
        kind=QueueKind.CASE,
        client=waiting.client,
        name=waiting.name,
        about=waiting.case,
        rule=waiting.due.rule,
        when=waiting.due.day,
        days_late=waiting.due.days_late(today),
        text=texts[waiting.due.what],
    )


def _follow_up(due: FollowUpDue, today: date) -> QueueEntry:
    """Not late before its last day: any day until then counts as well."""
    tried, one = len(due.scheduled.tries), due.scheduled
    fresh = N_("Follow-up at {months} months, {left} days left")
    again = N_("Follow-up at {months} months, {left} days left, tried: {tried}")
    return QueueEntry(
        kind=QueueKind.FOLLOW_UP,
        client=due.client,
        name=due.name,
        about=due.client,
        rule=FOLLOW_UP_RULE,
        when=one.on,
        days_late=0,
        text=again if tried else fresh,
        values=(("months", one.months), ("left", (one.closes - today).days), ("tried", tried)),
    )


def _retention(kept: Retention, today: date) -> QueueEntry:
    return QueueEntry(
        kind=QueueKind.RETENTION,
        client=kept.client,
        name=kept.name,
        about=kept.client,
        rule=RULE,
        when=kept.full,
        days_late=(today - kept.full).days,
        text=N_("The file is to be erased"),
    )


def _place(entry: QueueEntry) -> tuple[int, str, int, str, str]:
    first = {QueueKind.MEETING: "time", QueueKind.FOLLOW_UP: "left"}.get(entry.kind)
    time = "" if first is None else str(dict(entry.values)[first]).zfill(5)
    return (_ORDER.index(entry.kind), time, -entry.days_late, entry.name, entry.about)
