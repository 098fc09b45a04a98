"""A plan looked at together: what became of it is kept for good, and what changes goes into its next version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from valmentaja.base.errors import N_, UserError
from valmentaja.domain import review as rules
from valmentaja.domain.plan import Plan
from valmentaja.domain.review import Review, ReviewLine, Verdict
from valmentaja.store import plans, reviews
from valmentaja.store.database import Transaction
from valmentaja.usecases import planning
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed


def reviews_of(session: Session, plan_id: str) -> tuple[Review, ...]:
    """Oldest first."""
    return reviews.of_plan(session.store, plan_id)


def can_review(session: Session, held: Plan) -> bool:
    """The version that holds: agreed, and no newer one agreed after it."""
    return held.is_frozen and not any(p.is_frozen for p in planning.followers(session, held))


def as_before(session: Session, plan_id: str) -> Changes:
    """Looked at today, and everything goes on."""
    held = planning.plan(session, plan_id)
    return review(session, plan_id, on=session.today(), words="", lines=rules.as_before(held))


def review(session: Session, plan_id: str, *, on: date, words: str, lines: tuple[ReviewLine, ...]) -> Changes:
    """Keep the review and what it says of the steps; `made` is the next version when there is one, else ""."""
    held = planning.plan(session, plan_id)
    require_here(session, held.client)
    made = Review(id=session.new_id(), plan=held.id, on=on, words=words.strip(), lines=lines, at=session.now())
    rules.check(held, made, session.today())
    newer = planning.followers(session, held)
    if any(p.is_frozen for p in newer):
        raise UserError(N_("There is a newer version of this plan. Review that one."))
    draft = newer[0] if newer else None
    following = draft or planning.next_version(session, rules.applied(held, made)) if made.asks_for_next else None
    with session.store.writing() as tx:
        reviews.add(tx, held, made)
        plans.mark_reviewed(tx, held, on=max(on, held.reviewed or on))
        for step in rules.done_steps(held, made):
            plans.mark_step(tx, held, step)
        if draft is not None:
            _apply_to_draft(tx, draft, made, held)
        elif following is not None:
            plans.add(tx, following)
    return changed(Area.PLAN, client=held.client, made="" if following is None else following.id)


def _apply_to_draft(tx: Transaction, draft: Plan, review: Review, held: Plan) -> None:
    """A next version that was begun before the review takes in what was said; what the coach added to it stays."""
    firsts = {goal.id: goal.origin or goal.id for goal in held.goals}
    firsts |= {step.id: step.origin or step.id for step in held.steps}
    said = {firsts[line.about]: line for line in review.lines}
    going_on = set()
    for step in draft.steps:
        line = said.get(step.origin or step.id)
        if line is not None and line.verdict in (Verdict.DONE, Verdict.DROPPED):
            plans.remove_step(tx, draft, step.id)
            continue
        going_on.add(step.goal)
        if line is not None and line.verdict is Verdict.MOVED:
            plans.edit_step(tx, draft, replace(step, by=line.new_date))
    for goal in draft.goals:
        line = said.get(goal.origin or goal.id)
        if line is not None and line.verdict in rules.ENDED and goal.id not in going_on:
            plans.remove_goal(tx, draft, goal.id)
