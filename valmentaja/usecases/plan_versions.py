"""The versions of a plan, and what two of them have that is not the same."""

from __future__ import annotations

from valmentaja.domain import plan_difference as rules
from valmentaja.domain.plan import Plan
from valmentaja.domain.plan_difference import PlanDifference
from valmentaja.store import reviews
from valmentaja.usecases import planning
from valmentaja.usecases.session import Session


def versions(session: Session, plan_id: str) -> tuple[Plan, ...]:
    """All versions of the plan this one belongs to, the first one first, a draft of the next one last."""
    held = planning.plan(session, plan_id)
    known = {p.id: p for p in planning.plans_of(session, held.client)}
    root = _root(held, known)
    of_one = (p for p in known.values() if _root(p, known) == root)
    return tuple(sorted(of_one, key=lambda p: (p.version, p.is_frozen is False, p.id)))


def difference(session: Session, earlier: str, later: str) -> PlanDifference:
    """With what the reviews of the versions between them said."""
    every = versions(session, later)
    ids = [p.id for p in every]
    between = every[ids.index(earlier) : ids.index(later)] if earlier in ids else ()
    said = rules.said_between((p, reviews.of_plan(session.store, p.id)) for p in between)
    return rules.difference(planning.plan(session, earlier), planning.plan(session, later), said)


def _root(plan: Plan, known: dict[str, Plan]) -> str:
    while plan.follows in known:
        plan = known[plan.follows]
    return plan.id
