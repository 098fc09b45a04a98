"""What rows of several tables, and of the vault, must agree on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from valmentaja.base.errors import N_
from valmentaja.domain.caseload import Known
from valmentaja.domain.client import ClientId
from valmentaja.exchange.sheets import Row, Sheet
from valmentaja.exchange.tables import shown

Sheets = Mapping[str, Sheet]
"""By table name."""
FROZEN = N_("Plan {plan} is frozen in this vault and does not change any more.")


def relate(sheets: Sheets, known: Known) -> None:
    """Reject the rows that do not fit the others, clients first, steps last."""
    _same_person_twice(sheets["clients"], known)
    for name, sheet in sheets.items():
        if name != "clients":
            _unknown_clients(sheet, sheets["clients"], known)
    _owned_by_another(sheets["plans"], "plan_id", known.plans)
    _owned_by_another(sheets["plan_steps"], "step_id", known.steps)
    _owned_by_another(sheets["assessments"], "assessment_id", known.assessments)
    _mixed_assessments(sheets["assessments"])
    _stray_steps(sheets["plan_steps"], sheets["plans"], known)
    _changed_frozen_plans(sheets["plans"], known)
    _changed_frozen_steps(sheets["plan_steps"], known)


@dataclass(frozen=True, slots=True)
class _Stay:
    """One client's time in the caseload, last day included."""

    client: ClientId
    first: date
    last: date

    def overlaps(self, other: _Stay) -> bool:
        return self.first <= other.last and other.first <= self.last


def _same_person_twice(clients: Sheet, known: Known) -> None:
    """One henkilötunnus may return after an exit, but not be in the caseload twice on one day."""
    stays: dict[str, list[_Stay]] = defaultdict(list)
    replaced = {row["client_id"] for row in clients.rows}
    for client in known.clients.values():
        if client.hetu and client.id not in replaced:
            stays[client.hetu].append(_Stay(client.id, client.intake_date, client.exit_date or date.max))
    for row in clients.rows:
        if not row["hetu"]:
            continue
        stay = _Stay(row["client_id"], date.fromisoformat(row["intake_date"]), _last_day(row))
        other = next((s for s in stays[row["hetu"]] if s.overlaps(stay)), None)
        if other is None:
            stays[row["hetu"]].append(stay)
        else:
            text = N_("Client {other} has the same personal identity code and is in the caseload at the same time.")
            clients.reject(row, "hetu", text, other=other.client)
    clients.settle()


def _last_day(row: Row) -> date:
    return date.fromisoformat(row["exit_date"]) if row["exit_date"] else date.max


def _unknown_clients(sheet: Sheet, clients: Sheet, known: Known) -> None:
    """Silent when the clients could not be read: that has been said once and is enough."""
    if clients.unreadable:
        return
    rejected = {row.cells.get("client_id", "") for row in clients.rejected}
    accepted = {row["client_id"] for row in clients.rows} | set(known.clients)
    for row in sheet.rows:
        client = row["client_id"]
        if client not in accepted:
            told = N_("The row of client “{client}” in clients.csv was rejected.")
            strange = N_("There is no client “{client}” in clients.csv or in the vault.")
            sheet.reject(row, "client_id", told if client in rejected else strange, client=shown(client))
    sheet.settle()


def _owned_by_another(sheet: Sheet, column: str, known: Mapping[str, ClientId]) -> None:
    """An id belongs to one client, in the folder and in the vault."""
    owner = dict(known)
    for row in sheet.rows:
        if owner.setdefault(row[column], row["client_id"]) != row["client_id"]:
            text = N_("“{id}” belongs to client {other}.")
            sheet.reject(row, column, text, id=shown(row[column]), other=owner[row[column]])
    sheet.settle()


def _mixed_assessments(sheet: Sheet) -> None:
    """All rows of one assessment are made with one instrument version."""
    instrument: dict[str, str] = {}
    for row in sheet.rows:
        first = instrument.setdefault(row["assessment_id"], row["instrument"])
        if first != row["instrument"]:
            sheet.reject(row, "instrument", N_("The assessment began with {instrument}."), instrument=first)
    sheet.settle()


def _stray_steps(steps: Sheet, plans: Sheet, known: Known) -> None:
    """A step's plan must exist and belong to the same client."""
    if plans.unreadable:
        return
    owner = {**known.plans, **{row["plan_id"]: row["client_id"] for row in plans.rows}}
    rejected = {row.cells.get("plan_id", "") for row in plans.rejected}
    for row in steps.rows:
        plan = row["plan_id"]
        if plan in owner and owner[plan] == row["client_id"]:
            continue
        if plan in owner:
            text = N_("Plan {plan} belongs to client {other}.")
            steps.reject(row, "plan_id", text, plan=shown(plan), other=owner[plan])
            continue
        told = N_("The row of plan “{plan}” in plans.csv was rejected.")
        strange = N_("There is no plan “{plan}” in plans.csv or in the vault.")
        steps.reject(row, "plan_id", told if plan in rejected else strange, plan=shown(plan))
    steps.settle()


def _changed_frozen_plans(plans: Sheet, known: Known) -> None:
    """What was agreed in a plan frozen here stays; its signing day may be added, never taken away."""
    for row in plans.rows:
        frozen = known.frozen_plans.get(row["plan_id"])
        if frozen is None:
            continue
        agreed = {"plan_type": frozen.kind.value, "review_due_date": _iso(frozen.review_due)}
        if frozen.signed is not None:
            agreed["signed_date"] = _iso(frozen.signed)
        _reject_changes(plans, row, agreed)
    plans.settle()


def _changed_frozen_steps(steps: Sheet, known: Known) -> None:
    """Of a plan frozen here only the realised start of a step may change, and no step may come in."""
    for row in steps.rows:
        frozen = known.frozen_steps.get(row["step_id"])
        if frozen is not None:
            agreed = {
                "plan_id": frozen.plan,
                "service_code": frozen.service,
                "planned_start": _iso(frozen.planned_start),
            }
            _reject_changes(steps, row, agreed)
        elif row["plan_id"] in known.frozen_plans:
            steps.reject(row, "plan_id", FROZEN, plan=row["plan_id"])
    steps.settle()


def _reject_changes(sheet: Sheet, row: Row, agreed: Mapping[str, str]) -> None:
    changed = [column for column, value in agreed.items() if row[column] != value]
    if changed:
        sheet.reject(row, changed[0], FROZEN, plan=row["plan_id"])


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
