"""Plans with their goals, steps, fields and signatures."""

from __future__ import annotations

import json
from datetime import date

from valmentaja.base.canonical import Json, canonical
from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Decision, Evidence, Goal, Plan, Responsible, Signature, SignatureState, Step
from valmentaja.store import search
from valmentaja.store.audit import Event
from valmentaja.store.clients import day, iso
from valmentaja.store.database import Cell, Reader, Row, Transaction

_PLAN = "id, client_id, kind, version, follows, drawn_up, review_due, frozen_at, fingerprint, signed, reviewed"
_GOAL = "id, words, why, evidence_assessment, evidence_domain, evidence_item, reached_when, origin"
_STEP = (
    "id, goal_id, what, service, provider, responsible, planned_start, by_date, realised_start, done, "
    "parallel, proposed_by, decision, origin"
)
_SIGNATURE = "plan_id, party, state, name, capacity, on_date, reason, ink"
_ADD_PLAN = f"INSERT INTO plan ({_PLAN}) VALUES ({', '.join('?' * 11)})"


def add(tx: Transaction, plan: Plan) -> None:
    """A new draft, with whatever it starts out with."""
    tx.change(Event("draft", "plan", plan.id, plan.client), _ADD_PLAN, *_plan_values(plan))
    for field, value in plan.fields:
        keep_field(tx, plan, field, value)
    for position, goal in enumerate(plan.goals):
        add_goal(tx, plan, goal, position=position)
    for position, step in enumerate(plan.steps):
        add_step(tx, plan, step, position=position)


def add_many(tx: Transaction, plans: list[Plan]) -> None:
    """Imported plans without goals; their steps are added by `add_imported_steps`."""
    tx.change_many(Event("import", "plan", ""), _ADD_PLAN, [_plan_values(p) for p in plans])


def edit_many(tx: Transaction, plans: list[Plan]) -> None:
    """Imported corrections of the dates of plans without goals."""
    tx.change_many(
        Event("import", "plan", ""),
        "UPDATE plan SET signed = ?, review_due = ?, reviewed = ?, kind = ?, frozen_at = ? WHERE id = ?",
        [(iso(p.signed), iso(p.review_due), iso(p.reviewed), p.kind, p.frozen_at, p.id) for p in plans],
    )


def mark_many(tx: Transaction, plans: list[Plan]) -> None:
    """Imported dates of plans frozen here: only what happens after freezing."""
    tx.change_many(
        Event("import", "plan", ""),
        "UPDATE plan SET signed = ?, reviewed = ? WHERE id = ?",
        [(iso(p.signed), iso(p.reviewed), p.id) for p in plans],
    )


def keep_dates(tx: Transaction, plan: Plan, *, drawn_up: date | None, review_due: date | None) -> None:
    tx.change(
        Event("edit", "plan", plan.id, plan.client),
        "UPDATE plan SET drawn_up = ?, review_due = ? WHERE id = ?",
        iso(drawn_up),
        iso(review_due),
        plan.id,
    )


def keep_field(tx: Transaction, plan: Plan, field: str, value: str) -> None:
    tx.change(
        Event("edit", "plan_field", field, plan.client),
        "INSERT INTO plan_field VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        plan.id,
        field,
        value,
    )


def forget_field(tx: Transaction, plan: Plan, field: str) -> None:
    """A text of a section that does not apply."""
    tx.change(
        Event("remove", "plan_field", field, plan.client),
        "DELETE FROM plan_field WHERE plan_id = ? AND field = ?",
        *(plan.id, field),
    )


def add_goal(tx: Transaction, plan: Plan, goal: Goal, *, position: int) -> None:
    tx.change(
        Event("add", "plan_goal", goal.id, plan.client),
        f"INSERT INTO plan_goal ({_GOAL}, plan_id, position) VALUES ({', '.join('?' * 10)})",
        *_goal_values(goal),
        plan.id,
        position,
    )
    search.keep(tx, plan.client, "plan_goal", goal.id, goal.words, f"{goal.why} {goal.reached_when}".strip())


def edit_goal(tx: Transaction, plan: Plan, goal: Goal) -> None:
    tx.change(
        Event("edit", "plan_goal", goal.id, plan.client),
        f"UPDATE plan_goal SET ({_GOAL}) = ({', '.join('?' * 8)}) WHERE id = ? AND plan_id = ?",
        *_goal_values(goal),
        goal.id,
        plan.id,
    )
    search.keep(tx, plan.client, "plan_goal", goal.id, goal.words, f"{goal.why} {goal.reached_when}".strip())


def remove_goal(tx: Transaction, plan: Plan, goal: str) -> None:
    """With its steps."""
    tx.change(Event("remove", "plan_goal", goal, plan.client), "DELETE FROM plan_goal WHERE id = ?", goal)


def add_step(tx: Transaction, plan: Plan, step: Step, *, position: int) -> None:
    tx.change(
        Event("add", "plan_step", step.id, plan.client),
        f"INSERT INTO plan_step ({_STEP}, plan_id, position) VALUES ({', '.join('?' * 16)})",
        *_step_values(step),
        plan.id,
        position,
    )
    search.keep(tx, plan.client, "plan_step", step.id, step.what, step.provider)


def add_imported_steps(tx: Transaction, steps: list[tuple[str, Step]]) -> None:
    """(plan id, step) pairs; a known step id takes the new values."""
    tx.change_many(
        Event("import", "plan_step", ""),
        f"INSERT INTO plan_step ({_STEP}, plan_id, position) VALUES ({', '.join('?' * 16)}) ON CONFLICT DO UPDATE SET "
        "service = excluded.service, planned_start = excluded.planned_start, realised_start = excluded.realised_start",
        [(*_step_values(step), plan, 0) for plan, step in steps],
    )
    search.catch_up(tx, "plan_step")


def mark_imported_steps(tx: Transaction, steps: list[Step]) -> None:
    """Steps of plans frozen here: only their realised start."""
    tx.change_many(
        Event("import", "plan_step", ""),
        "UPDATE plan_step SET realised_start = ? WHERE id = ?",
        [(iso(s.realised_start), s.id) for s in steps],
    )


def edit_step(tx: Transaction, plan: Plan, step: Step) -> None:
    tx.change(
        Event("edit", "plan_step", step.id, plan.client),
        f"UPDATE plan_step SET ({_STEP}) = ({', '.join('?' * 14)}) WHERE id = ? AND plan_id = ?",
        *_step_values(step),
        step.id,
        plan.id,
    )
    search.keep(tx, plan.client, "plan_step", step.id, step.what, step.provider)


def mark_step(tx: Transaction, plan: Plan, step: Step) -> None:
    """What happened to a step afterwards; allowed on a frozen plan."""
    tx.change(
        Event("mark", "plan_step", step.id, plan.client),
        "UPDATE plan_step SET realised_start = ?, done = ? WHERE id = ? AND plan_id = ?",
        iso(step.realised_start),
        iso(step.done),
        step.id,
        plan.id,
    )


def remove_step(tx: Transaction, plan: Plan, step: str) -> None:
    tx.change(Event("remove", "plan_step", step, plan.client), "DELETE FROM plan_step WHERE id = ?", step)


def reorder(tx: Transaction, plan: Plan, *, table: str, ids: list[str]) -> None:
    """Write the positions of goals or steps as they stand in `ids`."""
    sql = {
        "plan_goal": "UPDATE plan_goal SET position = ? WHERE id = ?",
        "plan_step": "UPDATE plan_step SET position = ? WHERE id = ?",
    }[table]
    tx.change_many(Event("order", table, plan.id, plan.client), sql, list(enumerate(ids)))


def freeze(tx: Transaction, plan: Plan, *, at: str, fingerprint: str) -> None:
    tx.change(
        Event("freeze", "plan", plan.id, plan.client),
        "UPDATE plan SET frozen_at = ?, fingerprint = ? WHERE id = ?",
        at,
        fingerprint,
        plan.id,
    )


def mark_signed(tx: Transaction, plan: Plan, *, on: date) -> None:
    tx.change(Event("sign", "plan", plan.id, plan.client), "UPDATE plan SET signed = ? WHERE id = ?", iso(on), plan.id)


def mark_reviewed(tx: Transaction, plan: Plan, *, on: date) -> None:
    tx.change(
        Event("review", "plan", plan.id, plan.client), "UPDATE plan SET reviewed = ? WHERE id = ?", iso(on), plan.id
    )


def remove(tx: Transaction, plan: Plan) -> None:
    """A draft that is not wanted; a frozen plan is refused by the database."""
    tx.change(Event("remove", "plan", plan.id, plan.client), "DELETE FROM plan WHERE id = ?", plan.id)


def note(tx: Transaction, action: str, plan: Plan) -> None:
    """Log a look at a plan, or that it leaves the vault unsealed, before it happens."""
    tx.note(Event(action, "plan", plan.id, plan.client))


def sign(tx: Transaction, plan: Plan, signature: Signature) -> None:
    tx.change(
        Event(f"signature {signature.state.lower()}", "signature", signature.party, plan.client),
        f"INSERT INTO signature ({_SIGNATURE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "state = excluded.state, name = excluded.name, capacity = excluded.capacity, on_date = excluded.on_date, "
        "reason = excluded.reason, ink = excluded.ink",
        *_signature_values(signature),
    )


def signatures(store: Reader, plan: str) -> tuple[Signature, ...]:
    rows = store.rows(f"SELECT {_SIGNATURE} FROM signature WHERE plan_id = ? ORDER BY party", plan)
    return tuple(_signature(r) for r in rows)


def get(store: Reader, plan: str) -> Plan | None:
    row = store.row(f"SELECT {_PLAN} FROM plan WHERE id = ?", plan)
    return None if row is None else _whole(store, row)


def of_client(store: Reader, client: ClientId) -> tuple[Plan, ...]:
    """Newest first: drafts, then by signing or freezing."""
    rows = store.rows(
        f"SELECT {_PLAN} FROM plan WHERE client_id = ? "
        "ORDER BY COALESCE(frozen_at, '9999') DESC, COALESCE(signed, '') DESC, version DESC, id DESC",
        client,
    )
    return tuple(_whole(store, r) for r in rows)


def every(store: Reader) -> tuple[Plan, ...]:
    """All plans without their fields, goals and steps, by id: what lists and tables need."""
    return tuple(_plan(r) for r in store.rows(f"SELECT {_PLAN} FROM plan ORDER BY id"))


def every_step(store: Reader) -> tuple[tuple[str, Step], ...]:
    """(plan id, step) of all plans."""
    rows = store.rows(f"SELECT {_STEP}, plan_id FROM plan_step ORDER BY plan_id, position, id")
    return tuple((r[14], _step(r)) for r in rows)


def _whole(store: Reader, row: Row) -> Plan:
    plan = row[0]
    fields = store.rows("SELECT field, value FROM plan_field WHERE plan_id = ? ORDER BY field", plan)
    goals = store.rows(f"SELECT {_GOAL} FROM plan_goal WHERE plan_id = ? ORDER BY position, id", plan)
    steps = store.rows(f"SELECT {_STEP} FROM plan_step WHERE plan_id = ? ORDER BY position, id", plan)
    return _plan(
        row,
        fields=tuple((f[0], f[1]) for f in fields),
        goals=tuple(_goal(g) for g in goals),
        steps=tuple(_step(s) for s in steps),
    )


def _plan(
    row: Row,
    *,
    fields: tuple[tuple[str, str], ...] = (),
    goals: tuple[Goal, ...] = (),
    steps: tuple[Step, ...] = (),
) -> Plan:
    return Plan(
        id=row[0],
        client=row[1],
        kind=PlanKind(row[2]),
        version=row[3],
        follows=row[4],
        drawn_up=day(row[5]),
        review_due=day(row[6]),
        frozen_at=row[7],
        fingerprint=row[8],
        signed=day(row[9]),
        reviewed=day(row[10]),
        fields=fields,
        goals=goals,
        steps=steps,
    )


def _goal(row: Row) -> Goal:
    evidence = None
    if row[4] is not None:
        evidence = Evidence(assessment=row[3] or "", domain=row[4], item=row[5] or "")
    return Goal(id=row[0], words=row[1], why=row[2], evidence=evidence, reached_when=row[6], origin=row[7])


def _step(row: Row) -> Step:
    return Step(
        id=row[0],
        goal=row[1] or "",
        what=row[2],
        service=row[3],
        provider=row[4],
        responsible=None if row[5] is None else Responsible(row[5]),
        planned_start=day(row[6]),
        by=day(row[7]),
        realised_start=day(row[8]),
        done=day(row[9]),
        parallel=bool(row[10]),
        proposed_by=None if row[11] is None else Responsible(row[11]),
        decision=None if row[12] is None else Decision(row[12]),
        origin=row[13],
    )


def _signature(row: Row) -> Signature:
    return Signature(
        plan=row[0],
        party=row[1],
        state=SignatureState(row[2]),
        name=row[3],
        capacity=row[4],
        on=day(row[5]),
        reason=row[6],
        ink=tuple(tuple((x, y) for x, y in stroke) for stroke in json.loads(row[7])),
    )


def _plan_values(plan: Plan) -> tuple[Cell, ...]:
    return (
        plan.id,
        plan.client,
        plan.kind,
        plan.version,
        plan.follows,
        iso(plan.drawn_up),
        iso(plan.review_due),
        plan.frozen_at,
        plan.fingerprint,
        iso(plan.signed),
        iso(plan.reviewed),
    )


def _goal_values(goal: Goal) -> tuple[Cell, ...]:
    evidence = goal.evidence
    found = (None, None, None) if evidence is None else (evidence.assessment or None, evidence.domain, evidence.item)
    return (goal.id, goal.words, goal.why, *found, goal.reached_when, goal.origin)


def _step_values(step: Step) -> tuple[Cell, ...]:
    return (
        step.id,
        step.goal or None,
        step.what,
        step.service,
        step.provider,
        step.responsible,
        iso(step.planned_start),
        iso(step.by),
        iso(step.realised_start),
        iso(step.done),
        int(step.parallel),
        step.proposed_by,
        step.decision,
        step.origin,
    )


def _signature_values(signature: Signature) -> tuple[Cell, ...]:
    strokes: list[Json] = [[[x, y] for x, y in stroke] for stroke in signature.ink]
    return (
        signature.plan,
        signature.party,
        signature.state,
        signature.name,
        signature.capacity,
        iso(signature.on),
        signature.reason,
        canonical(strokes).decode(),
    )
