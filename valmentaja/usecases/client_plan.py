"""The plan as the client sees it while it is made: plain words, no law, nobody else."""

from __future__ import annotations

from valmentaja.domain.client_view import ClientView, PlanGoal, PlanStep, PlanView
from valmentaja.domain.plan import Goal, Plan
from valmentaja.i18n import LANGUAGES
from valmentaja.store import clients
from valmentaja.usecases import planning
from valmentaja.usecases.session import Session

NOTHING = {"fi": ""}


def view(session: Session, plan_id: str) -> ClientView:
    """Goals and steps as they are written; empty ones, which the coach is only beginning, are left out."""
    held = planning.plan(session, plan_id)
    person = clients.get(session.store, held.client)
    spoken = "" if person is None else person.language
    return ClientView(
        language=spoken if spoken in LANGUAGES else LANGUAGES[0],
        languages=LANGUAGES,
        stem=NOTHING,
        low=NOTHING,
        high=NOTHING,
        questions=(),
        resume_at=0,
        notice=NOTHING,
        results=(),
        plan=PlanView(
            name=planning.plan_type_of(session, held).name.by_language(),
            goals=tuple(_goal(held, goal) for goal in held.goals if goal.words.strip()),
            review_due=held.review_due,
            agreed=held.is_frozen,
        ),
    )


def _goal(plan: Plan, goal: Goal) -> PlanGoal:
    steps = (step for step in plan.steps_of(goal.id) if step.what.strip())
    return PlanGoal(
        words=goal.words,
        why=goal.why,
        reached_when=goal.reached_when,
        steps=tuple(
            PlanStep(what=s.what, who=s.responsible, by=s.by, decision=s.decision, done=s.done is not None)
            for s in steps
        ),
    )
