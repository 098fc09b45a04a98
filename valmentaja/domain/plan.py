"""One whole plan: goals in the client's words, steps, and what makes it ready to freeze."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from valmentaja.base.canonical import Json
from valmentaja.base.errors import N_
from valmentaja.definitions.plan_types import FieldKind, PlanField, PlanType
from valmentaja.definitions.rules import Rule
from valmentaja.definitions.text import LocalText
from valmentaja.domain.codes import PlanKind


class Responsible(StrEnum):
    CLIENT = "CLIENT"
    COACH = "COACH"
    TOGETHER = "TOGETHER"
    OTHER = "OTHER"


class Decision(StrEnum):
    """What the client said of a step; LATER keeps it in sight without a promise."""

    YES = "YES"
    LATER = "LATER"
    NO = "NO"


class SignatureState(StrEnum):
    """TYPED is a name written on the keyboard, ELECTRONIC a signature with a key of the signer's own."""

    INK = "INK"
    TYPED = "TYPED"
    PAPER = "PAPER"
    ELECTRONIC = "ELECTRONIC"
    REFUSED = "REFUSED"
    PENDING = "PENDING"


HAS_SIGNED = frozenset({SignatureState.INK, SignatureState.TYPED, SignatureState.PAPER, SignatureState.ELECTRONIC})


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The finding a goal came from: one domain, or one item, of one measurement."""

    assessment: str
    domain: str
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """`origin` is the first goal it goes back to, over all versions; None in the version where it began."""

    id: str
    words: str
    why: str = ""
    reached_when: str = ""
    evidence: Evidence | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`planned_start` and `realised_start` are the dates the indicators read (PW01).

    `parallel` begins beside the step before it instead of after it; `origin` as in Goal.
    """

    id: str
    goal: str
    what: str
    service: str = ""
    provider: str = ""
    responsible: Responsible | None = None
    planned_start: date | None = None
    by: date | None = None
    parallel: bool = False
    proposed_by: Responsible | None = None
    decision: Decision | None = None
    realised_start: date | None = None
    done: date | None = None
    origin: str | None = None

    @property
    def is_agreed(self) -> bool:
        """Whether it is something to be done: what the client put off or said no to stays in sight, no more."""
        return self.decision not in (Decision.LATER, Decision.NO)

    def is_late(self, today: date) -> bool:
        return self.is_agreed and self.done is None and self.by is not None and self.by < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One version of a plan. Drafts change; a frozen version never does (189/2001 8 §, 381/2023 5 §).

    `fields` holds the texts of the plan type's own headings, keyed by field id; dates and ticks as text
    (`2026-11-24`, `1`).
    """

    id: str
    client: str
    kind: PlanKind
    version: int = 1
    follows: str | None = None
    drawn_up: date | None = None
    review_due: date | None = None
    fields: tuple[tuple[str, str], ...] = ()
    goals: tuple[Goal, ...] = ()
    steps: tuple[Step, ...] = ()
    frozen_at: str | None = None
    fingerprint: str | None = None
    signed: date | None = None
    reviewed: date | None = None

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    def field(self, field_id: str) -> str:
        return dict(self.fields).get(field_id, "")

    def steps_of(self, goal_id: str) -> tuple[Step, ...]:
        return tuple(s for s in self.steps if s.goal == goal_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What is known of one party of a frozen plan. `ink` is strokes of (x, y) in 1/100 mm, origin top left."""

    plan: str
    party: str
    state: SignatureState
    name: str = ""
    capacity: str = ""
    on: date | None = None
    reason: str = ""
    ink: tuple[tuple[tuple[int, int], ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that keeps a plan from being frozen, and the rule that says so, if one does.

    `place` names the field to go to: `goal:<id>`, `step:<id>:<attribute>`, `field:<id>`, `review_due` or `goals`."""

    place: str
    text: str
    about: str = ""
    rule: LocalText | None = None


def said_anew(plan_type: PlanType) -> frozenset[str]:
    """What has to be done again before each version is agreed: the required ticks, and the days they were done on."""
    fields = (f for section in plan_type.sections for f in section.fields)
    return frozenset(f.id for f in fields if f.past or (f.required and f.kind is FieldKind.TICK))


def agreed(made: Iterable[Plan]) -> list[Plan]:
    """The latest frozen version of each kind of plan that each client has."""
    latest: dict[tuple[str, PlanKind], Plan] = {}
    for plan in sorted((p for p in made if p.is_frozen), key=lambda p: (p.frozen_at or "", p.version)):
        latest[plan.client, plan.kind] = plan
    return list(latest.values())


def missing_for_freezing(
    plan: Plan, plan_type: PlanType, today: date, rules: Mapping[str, Rule]
) -> tuple[Missing, ...]:
    """Everything still needed, in reading order; empty means the plan can be frozen. `rules` bound its figures."""
    agreed = (*_missing_goals(plan), *_missing_steps(plan), *_missing_review(plan, today))
    return (*_missing_fields(plan, plan_type, today, rules), *agreed)


def _missing_fields(plan: Plan, plan_type: PlanType, today: date, rules: Mapping[str, Rule]) -> list[Missing]:
    fields = (f for s in plan_type.sections_for(dict(plan.fields)) for f in s.fields)
    found = (_missing_field(f, plan.field(f.id).strip(), today, rules) for f in fields)
    return [lacking for lacking in found if lacking is not None]


def _missing_field(field: PlanField, value: str, today: date, rules: Mapping[str, Rule]) -> Missing | None:
    place = f"field:{field.id}"
    if field.required and not _is_filled(field, value):
        return Missing(place=place, text=N_("Fill in: {what}"), about=field.id)
    if field.past and value and date.fromisoformat(value) > today:
        return Missing(place=place, text=N_("The day is in the future: {what}"), about=field.id)
    if field.kind is FieldKind.NUMBER and value and not value.isdecimal():
        return Missing(place=place, text=N_("Write a whole number: {what}"), about=field.id)
    rule = rules.get(field.rule)
    if rule is not None and value and rule.applies(today) and not _fits(rule, int(value)):
        return Missing(place=place, text=N_("{what}: {rule}"), about=field.id, rule=rule.text)
    return None


def _fits(rule: Rule, figure: int) -> bool:
    return (rule.least is None or figure >= rule.least) and (rule.most is None or figure <= rule.most)


def _is_filled(field: PlanField, value: str) -> bool:
    """A tick counts only when it is set; what it stands for has otherwise not been done."""
    return value == "1" if field.kind is FieldKind.TICK else bool(value)


def _missing_goals(plan: Plan) -> list[Missing]:
    if not plan.goals:
        return [Missing(place="goals", text=N_("Add at least one goal."))]
    empty = [
        Missing(place=f"goal:{g.id}", text=N_("Write the goal in the client's words."))
        for g in plan.goals
        if not g.words.strip()
    ]
    bare = [
        Missing(place=f"goal:{g.id}", text=N_("Add a step to the goal “{what}”."), about=g.words)
        for g in plan.goals
        if g.words.strip() and not plan.steps_of(g.id)
    ]
    return empty + bare


def _missing_steps(plan: Plan) -> list[Missing]:
    found = []
    for step in plan.steps:
        place = f"step:{step.id}"
        if not step.what.strip():
            found.append(Missing(place=f"{place}:what", text=N_("Say what the step is.")))
        elif not step.is_agreed:
            continue
        elif step.responsible is None:
            found.append(Missing(place=f"{place}:responsible", text=N_("Say who does it: “{what}”"), about=step.what))
        elif step.by is None:
            found.append(Missing(place=f"{place}:by", text=N_("Agree a date: “{what}”"), about=step.what))
    return found


def _missing_review(plan: Plan, today: date) -> list[Missing]:
    if plan.review_due is None:
        return [Missing(place="review_due", text=N_("Agree a review date."))]
    if plan.review_due <= today:
        return [Missing(place="review_due", text=N_("The review date must be in the future."))]
    return []


def content(plan: Plan) -> Json:
    """What is agreed and fingerprinted: everything printed, nothing that changes later.

    What schema 5 brought is left out when it was not said, so that older plans keep their fingerprint.
    """
    return {
        "format": "valmentaja-plan/1",
        "plan": plan.id,
        "kind": plan.kind.value,
        "version": plan.version,
        "follows": plan.follows,
        "drawn_up": _iso(plan.drawn_up),
        "review_due": _iso(plan.review_due),
        "fields": dict(plan.fields),
        "goals": [_goal(plan, g) for g in plan.goals],
        "other_steps": [_step(s) for s in plan.steps_of("")],
    }


def _goal(plan: Plan, goal: Goal) -> Json:
    return {
        "words": goal.words,
        "why": goal.why,
        **_said(reached_when=goal.reached_when),
        "finding": None if goal.evidence is None else _finding(goal.evidence),
        "steps": [_step(s) for s in plan.steps_of(goal.id)],
    }


def _finding(evidence: Evidence) -> Json:
    return {"assessment": evidence.assessment, "domain": evidence.domain, "item": evidence.item}


def _step(step: Step) -> Json:
    return {
        "what": step.what,
        "service": step.service,
        "provider": step.provider,
        "responsible": None if step.responsible is None else step.responsible.value,
        "planned_start": _iso(step.planned_start),
        "by": _iso(step.by),
        **_said(parallel=step.parallel, proposed_by=step.proposed_by, decision=step.decision),
    }


def _said(**values: str | bool | None) -> dict[str, Json]:
    return {name: value for name, value in values.items() if value}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
