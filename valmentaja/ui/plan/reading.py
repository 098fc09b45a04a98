"""A frozen plan as it was agreed: to read, never to change."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from valmentaja.definitions.plan_types import PlanType
from valmentaja.domain.plan import Goal, Plan, Step
from valmentaja.domain.review import Review
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.plan import reviews
from valmentaja.ui.speech import said
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.rows import Pairs, Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import DECISIONS, RESPONSIBLE


def cards(plan: Plan, plan_type: PlanType, reviewed: Iterable[Review]) -> list[QWidget]:
    """The reviews, newest first; one card a goal, then the template's headings, then the days."""
    said_of_it = [reviews.card(plan, review) for review in reviewed]
    goals: list[QWidget] = [_goal(plan, n, goal) for n, goal in enumerate(plan.goals, start=1)]
    told = [_fields(plan, plan_type)] if any(value for _field, value in plan.fields) else []
    return [*reversed(said_of_it), *goals, *told, _days(plan)]


def _goal(plan: Plan, number: int, goal: Goal) -> Card:
    card = Card(lambda: tr("Goal {n}", n=number))
    card.add(Label(lambda: tr("“{words}”", words=goal.words), "strong"))
    if goal.why:
        card.add(Label(goal.why, "muted"))
    if goal.reached_when:
        card.add(Label(lambda: tr("How we see that it is reached: {sign}", sign=goal.reached_when), "muted"))
    rows = Rows()
    rows.show_rows([_step(step) for step in plan.steps_of(goal.id)])
    card.add(rows)
    return card


def _step(step: Step) -> Row:
    who = said(dict(RESPONSIBLE)[step.responsible or ""])
    answer = said(dict(DECISIONS)[step.decision]) if step.decision is not None else ""
    parts = (
        who,
        day(step.by, screen_language()),
        step.provider,
        tr("beside the step before") if step.parallel else "",
        tr("the client says: {answer}", answer=answer) if answer else "",
    )
    return Row(step.what, " · ".join(part for part in parts if part))


def _fields(plan: Plan, plan_type: PlanType) -> Card:
    card, pairs = Card(plan_type.name.in_(screen_language())), Pairs(width=260)
    for section in plan_type.sections_for(dict(plan.fields)):
        for field in section.fields:
            value = plan.field(field.id)
            if value:
                pairs.add(field.label.in_(screen_language()), tr("yes") if value == "1" else value)
    card.add(pairs)
    return card


def _days(plan: Plan) -> Card:
    card, pairs, language = Card(lambda: tr("Days")), Pairs(width=260), screen_language()
    pairs.add(lambda: tr("Drawn up"), day(plan.drawn_up, language))
    pairs.add(lambda: tr("Review by"), day(plan.review_due, language))
    pairs.add(lambda: tr("Signed"), day(plan.signed, language) or tr("not yet"))
    pairs.add(lambda: tr("Reviewed"), day(plan.reviewed, language) or tr("not yet"))
    pairs.add(lambda: tr("Fingerprint"), (plan.fingerprint or "")[:16])
    card.add(pairs)
    return card
