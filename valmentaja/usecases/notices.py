"""Short papers of an agreed plan: notice of work activity, record of a review, referral to who gives the service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.plan_types import FieldKind, PlanField
from valmentaja.definitions.services import services
from valmentaja.domain.client import ClientId
from valmentaja.domain.plan import Plan, Step
from valmentaja.domain.review import Review, ReviewLine, Verdict
from valmentaja.domain.work_activity import INCLUDED
from valmentaja.i18n import Words, words
from valmentaja.i18n.formats import day
from valmentaja.usecases import caseload, papers, planning, reviewing
from valmentaja.usecases.session import Changes, Session

if TYPE_CHECKING:
    from valmentaja.documents.short_pdf import ShortPaper

KIND = "notice"
TOLD = ("ktt_content", "ktt_place", "ktt_days_a_week", "ktt_hours_a_day", "ktt_start", "ktt_months")
"""189/2001 16 §: the name and items 1–3 of 9.1 §; nothing else is told to the shop steward."""
BECAME = {
    Verdict.KEPT: N_("Goes on as before."),
    Verdict.CHANGED: N_("Was changed."),
    Verdict.REACHED: N_("Was reached."),
    Verdict.DROPPED: N_("Was left out."),
    Verdict.DONE: N_("Is done, {day}."),
    Verdict.MOVED: N_("Was moved to {day}."),
}


def has_work_activity(plan: Plan) -> bool:
    return plan.is_frozen and plan.field(INCLUDED) == "1"


def shop_steward(session: Session, plan_id: str, language: str) -> ShortPaper:
    """The notice of rehabilitative work activity (189/2001 16 §), logged as a look; UserError when there is none."""
    plan, w = planning.plan(session, plan_id), words(language)
    if not has_work_activity(plan):
        raise UserError(N_("No rehabilitative work activity was agreed in this plan. There is nothing to notify."))
    template = planning.plan_type_of(session, plan)
    fields = {f.id: f for section in template.sections for f in section.fields}
    person = caseload.client(session, plan.client)
    facts = [
        (fields[name].label.in_(language), _value(fields[name], plan, language)) for name in TOLD if name in fields
    ]
    return _paper(
        session,
        plan,
        language,
        title=w(N_("Notice of rehabilitative work activity")),
        basis="189/2001 16 §",
        facts=((w("Name"), person.name), *facts),
        sections=(),
    )


def review_record(session: Session, plan_id: str, language: str) -> ShortPaper:
    """What the latest review said of each goal and step (189/2001 9.3 §)."""
    plan, w = planning.plan(session, plan_id), words(language)
    held = reviewing.reviews_of(session, plan_id)
    if not held:
        raise UserError(N_("This plan has not been reviewed yet."))
    review, template = held[-1], planning.plan_type_of(session, plan)
    person = caseload.client(session, plan.client)
    return _paper(
        session,
        plan,
        language,
        title=w(N_("Record of a review: {plan}, version {n}"), plan=template.name.in_(language), n=plan.version),
        basis=template.source if template.source != "–" else "",
        facts=(
            (w("Client"), person.name),
            (w("Case number"), plan.client),
            (w("Day of the review"), day(review.on, language)),
        ),
        sections=tuple(_said(plan, review, w)),
    )


def referred(plan: Plan) -> tuple[Step, ...]:
    """The steps of an agreed plan that somebody else provides."""
    return tuple(s for s in plan.steps if plan.is_frozen and s.provider.strip() and s.is_agreed)


def referral(session: Session, plan_id: str, step_id: str, language: str) -> ShortPaper:
    """To the provider of one step, with what the service needs and nothing more (380/2023 116 §)."""
    plan, w = planning.plan(session, plan_id), words(language)
    step = next((s for s in referred(plan) if s.id == step_id), None)
    if step is None:
        raise UserError(N_("This step has no provider, or it was not agreed. Name the provider in the plan first."))
    person, known = caseload.client(session, plan.client), services().get(step.service)
    return _paper(
        session,
        plan,
        language,
        title=w(N_("Onward referral")),
        basis="380/2023 116 §",
        facts=(
            (w(N_("To")), step.provider.strip()),
            (w("Service"), step.service if known is None else known.name.in_(language)),
            (w("Client"), person.name),
            (w("Phone"), "" if person.non_disclosure else person.phone),
            (w(N_("What was agreed")), step.what),
            (w("Starts"), day(step.planned_start, language)),
            (w("Ready by"), day(step.by, language)),
            (w(N_("Referred by")), ", ".join(filter(None, (session.unit.coach, session.unit.name)))),
        ),
        sections=((w(N_("Receipt")), (w(N_("Received on …………… by ……………………………")),)),),
    )


PAPERS: Mapping[str, Callable[[Session, str, str], ShortPaper]] = {"steward": shop_steward, "review": review_record}
"""What can be made of a frozen plan: (session, plan, language) → paper."""


def make(paper: ShortPaper) -> bytes:
    """Slow, safe in the worker."""
    from valmentaja.documents.short_pdf import render

    return render(paper)


def keep(session: Session, client_id: ClientId, plan_id: str, paper: ShortPaper, pdf: bytes) -> Changes:
    """Among the client's documents."""
    return papers.keep(session, client_id, paper, pdf, plan=plan_id, kind=KIND, stem="ilmoitus")


def _paper(
    session: Session,
    plan: Plan,
    language: str,
    *,
    title: str,
    basis: str,
    facts: tuple[tuple[str, str], ...],
    sections: tuple[tuple[str, tuple[str, ...]], ...],
) -> ShortPaper:
    from valmentaja.documents.short_pdf import ShortPaper

    planning.opened(session, plan.id)
    return ShortPaper(
        title=title,
        heading=title,
        language=language,
        basis=basis,
        confidential=planning.plan_type_of(session, plan).confidential.in_(language),
        facts=facts,
        sections=sections,
        created=session.now(),
        training=session.training,
    )


def _value(field: PlanField, plan: Plan, language: str) -> str:
    value = plan.field(field.id).strip()
    return day(date.fromisoformat(value), language) if value and field.kind is FieldKind.DATE else value


def _said(plan: Plan, review: Review, w: Words) -> list[tuple[str, tuple[str, ...]]]:
    """What was said together, then each goal with its steps."""
    told = {line.about: line for line in review.lines}
    found: list[tuple[str, tuple[str, ...]]] = []
    if review.words.strip():
        found.append((w(N_("What was said")), (review.words,)))
    for number, goal in enumerate(plan.goals, start=1):
        lines = [_became(goal.words, told[goal.id], w)] if goal.id in told else [goal.words]
        lines += [_became(s.what, told[s.id], w) for s in plan.steps_of(goal.id) if s.id in told]
        found.append((w("Goal {n}", n=number), tuple(lines)))
    return found


def _became(what: str, line: ReviewLine, w: Words) -> str:
    became = w(BECAME[line.verdict], day=day(line.new_date, w.language))
    why = w(N_("Why: {why}"), why=line.why) if line.why.strip() else ""
    return " ".join(part for part in (f"{what}:", became, why) if part)
