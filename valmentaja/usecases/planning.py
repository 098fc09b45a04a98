"""Building a plan with the client, freezing it, and making the next version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from valmentaja.base.canonical import canonical, fingerprint
from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.instrument import Domain, Instrument
from valmentaja.definitions.plan_types import PlanType, plan_type, plan_types
from valmentaja.domain import assessment as rules
from valmentaja.domain import plan as plan_rules
from valmentaja.domain import work_activity
from valmentaja.domain.assessment import Assessment, Band
from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.period import last_day_by
from valmentaja.domain.plan import Decision, Evidence, Goal, Missing, Plan, Responsible, Step
from valmentaja.domain.queue import review_rule
from valmentaja.domain.work_activity import TooManyDays
from valmentaja.indicators.calendar import addm
from valmentaja.store import clients, plans
from valmentaja.store.database import Transaction
from valmentaja.usecases import assessing, instruments
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.rules import rules_in_force
from valmentaja.usecases.session import Area, Changes, Session, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A scored domain of the latest measurement, weakest first in lists; `weakest_item` may open its answer."""

    assessment: str
    domain: Domain
    score: Fraction
    band: Band
    weakest_item: str
    has_goal: bool


def kinds(session: Session) -> tuple[PlanType, ...]:
    """The plan types that may be drawn up today."""
    return tuple(plan_types(session.today()).values())


def draft(session: Session, client_id: ClientId, kind: PlanKind) -> Changes:
    """Open a draft, or take up the one of this kind that is open."""
    for known in plans_of(session, client_id):
        if known.kind == kind and not known.is_frozen:
            return changed(Area.PLAN, client=client_id, made=known.id)
    template = plan_type(kind, session.today())
    if not template.is_valid(session.today()):
        raise UserError(N_("This plan type is not valid today: {source}. Choose another."), source=template.source)
    if clients.get(session.store, client_id) is None:
        raise UserError(N_("There is no client {id} in this vault."), id=client_id)
    require_here(session, client_id)
    made = Plan(
        id=session.new_id(),
        client=client_id,
        kind=PlanKind(kind),
        drawn_up=session.today(),
        review_due=_review_day(session, template),
    )
    with session.store.writing() as tx:
        plans.add(tx, made)
    return changed(Area.PLAN, client=client_id, made=made.id)


def opened(session: Session, plan_id: str) -> None:
    """Log that the plan is opened, before any of it is shown (906/2019 17 §)."""
    with session.store.writing() as tx:
        plans.note(tx, "show", plan(session, plan_id))


def plan(session: Session, plan_id: str) -> Plan:
    found = plans.get(session.store, plan_id)
    if found is None:
        raise UserError(N_("There is no such plan."))
    return found


def plans_of(session: Session, client_id: ClientId) -> tuple[Plan, ...]:
    """Newest first, drafts before frozen ones."""
    return plans.of_client(session.store, client_id)


def plan_type_of(session: Session, held: Plan) -> PlanType:
    """The template that was valid when the plan was drawn up."""
    return plan_type(held.kind, held.drawn_up or held.signed or session.today())


def findings(session: Session, client_id: ClientId, plan_id: str) -> tuple[Finding, ...]:
    """The domains of the latest closed measurement with a score, weakest first."""
    latest = assessing.latest(session, client_id)
    if latest is None:
        return ()
    tied = {g.evidence.domain for g in plan(session, plan_id).goals if g.evidence is not None}
    instrument = instruments.get(session, latest.instrument)
    known = rules.scores(instrument, latest.values())
    found = [_finding(instrument, latest, d, known[d.id], tied) for d in instrument.scored_domains if d.id in known]
    return tuple(sorted(found, key=lambda f: f.score))


def set_field(session: Session, plan_id: str, field: str, text: str) -> Changes:
    return _edit(session, plan_id, lambda tx, held: plans.keep_field(tx, held, field, text))


def set_review(session: Session, plan_id: str, on: date | None) -> Changes:
    return _edit(session, plan_id, lambda tx, held: plans.keep_dates(tx, held, drawn_up=held.drawn_up, review_due=on))


def add_goal(session: Session, plan_id: str, *, words: str, evidence: Evidence | None = None, why: str = "") -> Changes:
    goal = Goal(id=session.new_id(), words=words, why=why, evidence=evidence)
    return _edit(
        session, plan_id, lambda tx, held: plans.add_goal(tx, held, goal, position=len(held.goals)), made=goal.id
    )


def edit_goal(session: Session, plan_id: str, goal: Goal) -> Changes:
    return _edit(session, plan_id, lambda tx, held: plans.edit_goal(tx, held, goal))


def remove_goal(session: Session, plan_id: str, goal_id: str) -> Changes:
    return _edit(session, plan_id, lambda tx, held: plans.remove_goal(tx, held, goal_id))


def restore_goal(session: Session, plan_id: str, goal: Goal, steps: tuple[Step, ...]) -> Changes:
    """Undo a removal: the goal and its steps come back at the end."""

    def put_back(tx: Transaction, held: Plan) -> None:
        plans.add_goal(tx, held, goal, position=len(held.goals))
        for place, step in enumerate(steps, start=len(held.steps)):
            plans.add_step(tx, held, step, position=place)

    return _edit(session, plan_id, put_back, made=goal.id)


def move_goal(session: Session, plan_id: str, goal_id: str, by: int) -> Changes:
    """`by` −1 is one up, +1 one down."""

    def reorder(tx: Transaction, held: Plan) -> None:
        plans.reorder(tx, held, table="plan_goal", ids=_moved([g.id for g in held.goals], goal_id, by))

    return _edit(session, plan_id, reorder)


def add_step(
    session: Session,
    plan_id: str,
    goal_id: str,
    *,
    what: str = "",
    responsible: Responsible | None = None,
    by: date | None = None,
    service: str = "",
    provider: str = "",
    planned_start: date | None = None,
    decision: Decision | None = None,
) -> Changes:
    step = Step(
        id=session.new_id(),
        goal=goal_id,
        what=what,
        responsible=responsible,
        by=by,
        service=service,
        provider=provider,
        planned_start=planned_start,
        decision=decision,
    )
    return _edit(
        session, plan_id, lambda tx, held: plans.add_step(tx, held, step, position=len(held.steps)), made=step.id
    )


def edit_step(session: Session, plan_id: str, step: Step) -> Changes:
    return _edit(session, plan_id, lambda tx, held: plans.edit_step(tx, held, step))


def remove_step(session: Session, plan_id: str, step_id: str) -> Changes:
    return _edit(session, plan_id, lambda tx, held: plans.remove_step(tx, held, step_id))


def restore_step(session: Session, plan_id: str, step: Step) -> Changes:
    """Undo a removal: the step comes back at the end of its goal."""
    return _edit(session, plan_id, lambda tx, held: plans.add_step(tx, held, step, position=len(held.steps)))


def move_step(session: Session, plan_id: str, step_id: str, by: int) -> Changes:
    """Within its goal; `by` −1 is one up, +1 one down."""

    def reorder(tx: Transaction, held: Plan) -> None:
        goal = next(s.goal for s in held.steps if s.id == step_id)
        own = _moved([s.id for s in held.steps_of(goal)], step_id, by)
        others = [s.id for s in held.steps if s.goal != goal]
        plans.reorder(tx, held, table="plan_step", ids=[*others, *own])

    return _edit(session, plan_id, reorder)


def mark_step(session: Session, plan_id: str, step_id: str, *, started: date | None, done: date | None) -> Changes:
    """What came of a step; allowed on a frozen plan, because it is not what was agreed."""
    held = plan(session, plan_id)
    step = next((s for s in held.steps if s.id == step_id), None)
    if step is None:
        raise UserError(N_("There is no such step in this plan."))
    require_here(session, held.client)
    with session.store.writing() as tx:
        plans.mark_step(tx, held, replace(step, realised_start=started, done=done))
    return changed(Area.PLAN, client=held.client)


def mark_done(session: Session, plan_id: str, step_id: str, on: date | None) -> Changes:
    """Done on a day, or not done after all; the first day known of stays as its start."""
    step = next((s for s in plan(session, plan_id).steps if s.id == step_id), None)
    started = on if step is None or step.realised_start is None else step.realised_start
    return mark_step(session, plan_id, step_id, started=started, done=on)


def missing(session: Session, plan_id: str) -> tuple[Missing, ...]:
    """What still keeps the plan from being frozen, each with the place to go to."""
    held = plan(session, plan_id)
    return plan_rules.missing_for_freezing(held, plan_type_of(session, held), session.today(), rules_in_force(session))


def too_many_days(session: Session, plan_id: str) -> TooManyDays | None:
    return work_activity.too_many_days(plan(session, plan_id), rules_in_force(session), session.today())


def freeze(session: Session, plan_id: str) -> Changes:
    """Fix the plan as agreed; from here on the database refuses any change to it."""
    if missing(session, plan_id):
        raise UserError(N_("The plan is not complete yet. See what is missing in the list."))
    return _edit(session, plan_id, lambda tx, held: _freeze(session, tx, held))


def revise(session: Session, plan_id: str) -> Changes:
    """The next version as a draft: fields and goals as they were, unfinished steps carried over."""
    held = plan(session, plan_id)
    if not held.is_frozen:
        return changed(Area.PLAN, client=held.client, made=held.id)
    newer = next((p for p in followers(session, held) if not p.is_frozen), None)
    if newer is not None:
        return changed(Area.PLAN, client=held.client, made=newer.id)
    require_here(session, held.client)
    made = next_version(session, held)
    with session.store.writing() as tx:
        plans.add(tx, made)
    return changed(Area.PLAN, client=held.client, made=made.id)


def followers(session: Session, held: Plan) -> tuple[Plan, ...]:
    """The versions made from this one, a draft first."""
    return tuple(p for p in plans_of(session, held.client) if p.follows == held.id)


def next_version(session: Session, held: Plan) -> Plan:
    """Not stored yet: goals as they are, steps that are not done, each with the first of its kind as its origin."""
    names = {goal.id: session.new_id() for goal in held.goals}
    steps = tuple(
        replace(s, id=session.new_id(), goal=names[s.goal], realised_start=None, origin=s.origin or s.id)
        for s in held.steps
        if s.done is None and s.goal in names
    )
    today = session.today()
    return replace(
        held,
        id=session.new_id(),
        version=held.version + 1,
        follows=held.id,
        drawn_up=today,
        review_due=_review_day(session, plan_type(held.kind, today)),
        fields=tuple(row for row in held.fields if row[0] not in plan_rules.said_anew(plan_type_of(session, held))),
        goals=tuple(replace(g, id=names[g.id], origin=g.origin or g.id) for g in held.goals),
        steps=steps,
        frozen_at=None,
        fingerprint=None,
        signed=None,
        reviewed=None,
    )


def _review_day(session: Session, template: PlanType) -> date:
    """By the rule in force, or after the template's own months where no rule gives a time."""
    today = session.today()
    rule = rules_in_force(session)[review_rule(PlanKind(template.kind))]
    if rule.most is not None and rule.applies(today):
        return last_day_by(rule, today)
    return addm(today, template.review_months)


def discard(session: Session, plan_id: str) -> Changes:
    """Put a draft away; a frozen plan is kept."""
    return _edit(session, plan_id, plans.remove)


def _edit(session: Session, plan_id: str, act: Callable[[Transaction, Plan], None], *, made: str = "") -> Changes:
    """One change of a draft in one transaction."""
    held = plan(session, plan_id)
    if held.is_frozen:
        raise UserError(N_("This is a frozen plan: it never changes. Make a new version instead."))
    require_here(session, held.client)
    with session.store.writing() as tx:
        act(tx, held)
    return changed(Area.PLAN, client=held.client, made=made)


def _freeze(session: Session, tx: Transaction, held: Plan) -> None:
    """What was written in a section that does not apply is not agreed: it is neither printed nor attached."""
    applied = {f.id for s in plan_type_of(session, held).sections_for(dict(held.fields)) for f in s.fields}
    for field in (name for name, _value in held.fields if name not in applied):
        plans.forget_field(tx, held, field)
    held = replace(held, fields=tuple(row for row in held.fields if row[0] in applied))
    agreed = canonical(plan_rules.content(held))
    plans.freeze(tx, held, at=session.now(), fingerprint=fingerprint(agreed))


def _finding(instrument: Instrument, latest: Assessment, domain: Domain, score: Fraction, tied: set[str]) -> Finding:
    values = rules.counted(instrument, latest.values())
    numbers = [(v, i.id) for i in domain.items if isinstance(v := values.get(i.id), int)]
    return Finding(
        assessment=latest.id,
        domain=domain,
        score=score,
        band=rules.band(instrument, score),
        weakest_item=min(numbers)[1],
        has_goal=domain.id in tied,
    )


def _moved(ids: list[str], moving: str, by: int) -> list[str]:
    place = ids.index(moving)
    target = min(max(place + by, 0), len(ids) - 1)
    ids.insert(target, ids.pop(place))
    return ids
