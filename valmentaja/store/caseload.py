"""The whole caseload in the nine tables of indicators.md §2: read for an export, written by an import."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.assessment import Answer, Assessment, Entered
from valmentaja.domain.caseload import AnswerRow, CaseloadRows, Known, PlanRow, StepRow
from valmentaja.domain.client import Meeting
from valmentaja.domain.plan import Plan, Step
from valmentaja.store import assessments, clients, meetings, plans
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Transaction


def tables(store: Reader) -> CaseloadRows:
    """What goes out: closed assessments, meetings held, every plan."""
    owner = {plan.id: plan.client for plan in plans.every(store)}
    return CaseloadRows(
        clients=clients.every(store),
        labour_status=clients.statuses(store),
        benefit_days=clients.readings(store),
        service_periods=clients.services(store),
        meetings=tuple(_bare(m) for m in meetings.held(store)),
        assessments=answer_rows(assessments.closed(store)),
        plans=tuple(_plan_row(p) for p in plans.every(store)),
        plan_steps=tuple(_step_row(owner[plan], plan, step) for plan, step in plans.every_step(store)),
        followups=clients.follow_ups(store),
    )


def known(store: Reader) -> Known:
    """What an import may refer to and may not clash with."""
    made = {plan.id: plan for plan in plans.every(store)}
    frozen = {plan.id: _plan_row(plan) for plan in made.values() if plan.fingerprint is not None}
    steps = {step.id: _step_row(made[plan].client, plan, step) for plan, step in plans.every_step(store)}
    measured = (*assessments.closed(store), *assessments.open_ones(store))
    return Known(
        clients={client.id: client for client in clients.every(store)},
        plans={plan.id: plan.client for plan in made.values()},
        steps={step.step: step.client for step in steps.values()},
        assessments={a.id: a.client for a in measured},
        frozen_plans=frozen,
        frozen_steps={step.step: step for step in steps.values() if step.plan in frozen},
    )


def note_export(tx: Transaction) -> None:
    """Log that the caseload leaves the vault, before it does."""
    tx.note(Event("export", "caseload", ""))


def note_listing(tx: Transaction) -> None:
    """Log that everybody's name is given out at once, before it is."""
    tx.note(Event("list", "caseload", ""))


def bring_in(tx: Transaction, rows: CaseloadRows, held: Known, *, keys: list[bytes], at: str) -> None:
    """Write rows that are new or differ from what the vault holds; `keys` are record keys for new clients."""
    new = [c for c in rows.clients if c.id not in held.clients]
    clients.add_many(tx, list(zip(new, keys, strict=True)))
    clients.edit_many(tx, [c for c in rows.clients if c.id in held.clients])
    clients.add_statuses(tx, list(rows.labour_status))
    clients.add_readings(tx, list(rows.benefit_days))
    clients.add_services(tx, list(rows.service_periods))
    clients.add_follow_ups(tx, list(rows.followups))
    meetings.add_many(tx, list(rows.meetings))
    assessments.add_many(tx, _measurements(rows, held))
    assessments.add_answers(tx, [(a.assessment, _answer(a)) for a in rows.assessments], at=at)
    _plans(tx, rows, held)
    _steps(tx, rows, held)


def answer_rows(measured: tuple[Assessment, ...]) -> tuple[AnswerRow, ...]:
    return tuple(
        AnswerRow(
            client=held.client,
            assessment=held.id,
            date=answer.date,
            instrument=held.instrument,
            item=answer.item,
            rater=answer.rater,
            value=answer.value,
        )
        for held in measured
        for answer in held.answers
    )


def _plans(tx: Transaction, rows: CaseloadRows, held: Known) -> None:
    plans.add_many(tx, [_plan(row) for row in rows.plans if row.plan not in held.plans])
    again = [row for row in rows.plans if row.plan in held.plans]
    plans.edit_many(tx, [_plan(row) for row in again if row.plan not in held.frozen_plans])
    plans.mark_many(tx, [_plan(row) for row in again if row.plan in held.frozen_plans])


def _steps(tx: Transaction, rows: CaseloadRows, held: Known) -> None:
    open_ones = [row for row in rows.plan_steps if row.step not in held.frozen_steps]
    plans.add_imported_steps(tx, [(row.plan, _step(row)) for row in open_ones])
    plans.mark_imported_steps(tx, [_step(row) for row in rows.plan_steps if row.step in held.frozen_steps])


def _measurements(rows: CaseloadRows, held: Known) -> list[Assessment]:
    """Assessments the vault does not have yet: closed, from the first to the last day of their answers."""
    days: dict[str, list[date]] = {}
    for row in rows.assessments:
        days.setdefault(row.assessment, []).append(row.date)
    first = {row.assessment: row for row in reversed(rows.assessments)}
    return [
        Assessment(
            id=name, client=row.client, instrument=row.instrument, opened=min(days[name]), closed=max(days[name])
        )
        for name, row in first.items()
        if name not in held.assessments
    ]


def _answer(row: AnswerRow) -> Answer:
    return Answer(item=row.item, rater=row.rater, value=row.value, date=row.date, entered=Entered.IMPORT)


def _plan(row: PlanRow) -> Plan:
    """A signed plan from elsewhere counts as frozen on its day; it has no fingerprint, for its text is not here."""
    return Plan(
        id=row.plan,
        client=row.client,
        kind=row.kind,
        review_due=row.review_due,
        frozen_at=None if row.signed is None else f"{row.signed.isoformat()}T00:00:00Z",
        signed=row.signed,
        reviewed=row.reviewed,
    )


def _step(row: StepRow) -> Step:
    return Step(
        id=row.step,
        goal="",
        what="",
        service=row.service,
        planned_start=row.planned_start,
        realised_start=row.realised_start,
    )


def _plan_row(plan: Plan) -> PlanRow:
    return PlanRow(
        client=plan.client,
        plan=plan.id,
        kind=plan.kind,
        signed=plan.signed,
        review_due=plan.review_due,
        reviewed=plan.reviewed,
    )


def _step_row(client: str, plan: str, step: Step) -> StepRow:
    return StepRow(
        client=client,
        step=step.id,
        plan=plan,
        service=step.service,
        planned_start=step.planned_start,
        realised_start=step.realised_start,
    )


def _bare(meeting: Meeting) -> Meeting:
    """What the table knows of a meeting."""
    m = meeting
    return Meeting(client=m.client, date=m.date, mode=m.mode, minutes=m.minutes, attended=m.attended)
