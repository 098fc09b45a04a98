"""Checked rows to records of the trade, and records to cells; the two directions stand side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from valmentaja.domain.assessment import parse_value
from valmentaja.domain.caseload import AnswerRow, CaseloadRows, PlanRow, StepRow
from valmentaja.domain.client import BenefitReading, Client, FollowUp, Meeting, ServicePeriod, StatusChange
from valmentaja.domain.codes import (
    BenefitSource,
    EmployerSector,
    ExitReason,
    LabourStatus,
    MeetingMode,
    PlanKind,
    Rater,
)
from valmentaja.exchange.sheets import Row, Sheet

Cells = tuple[str, ...]


def records(sheets: Mapping[str, Sheet]) -> CaseloadRows:
    """The records of the rows that were not rejected, in the order of the files."""
    return CaseloadRows(
        clients=tuple(map(_client, sheets["clients"].rows)),
        labour_status=tuple(map(_status, sheets["labour_status"].rows)),
        benefit_days=tuple(map(_reading, sheets["benefit_days"].rows)),
        service_periods=tuple(map(_service, sheets["service_periods"].rows)),
        meetings=tuple(map(_meeting, sheets["meetings"].rows)),
        assessments=tuple(map(_answer, sheets["assessments"].rows)),
        plans=tuple(map(_plan, sheets["plans"].rows)),
        plan_steps=tuple(map(_step, sheets["plan_steps"].rows)),
        followups=tuple(map(_follow_up, sheets["followups"].rows)),
    )


def cells(rows: CaseloadRows) -> dict[str, list[Cells]]:
    """Cells by table name, in the columns' order, not sorted."""
    return {
        "clients": [_client_cells(c) for c in rows.clients],
        "labour_status": [(s.client, iso(s.date), s.status) for s in rows.labour_status],
        "benefit_days": [(r.client, iso(r.date), str(r.days), r.source) for r in rows.benefit_days],
        "service_periods": [
            (p.client, p.service, iso(p.start), iso(p.end), p.sector or "", p.provider) for p in rows.service_periods
        ],
        "meetings": [(m.client, iso(m.date), m.mode, str(m.minutes), _flag(m.attended)) for m in rows.meetings],
        "assessments": [
            (a.client, a.assessment, iso(a.date), a.instrument, a.item, a.rater, str(a.value)) for a in rows.assessments
        ],
        "plans": [(p.client, p.plan, p.kind, iso(p.signed), iso(p.review_due), iso(p.reviewed)) for p in rows.plans],
        "plan_steps": [
            (s.client, s.step, s.plan, s.service, iso(s.planned_start), iso(s.realised_start)) for s in rows.plan_steps
        ],
        "followups": [(f.client, iso(f.date), f.status) for f in rows.followups],
    }


def iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _client(row: Row) -> Client:
    return Client(
        id=row["client_id"],
        family_name=row["family_name"],
        given_names=row["given_names"],
        hetu=row["hetu"],
        birth_date=_day(row["birth_date"]),
        municipality=row["municipality"],
        language=row["language"],
        phone=row["phone"],
        email=row["email"],
        address=row["address"],
        non_disclosure=row["non_disclosure"] == "1",
        intake_date=date.fromisoformat(row["intake_date"]),
        referred_by=row["referred_by"],
        exit_date=_day(row["exit_date"]),
        exit_reason=ExitReason(row["exit_reason"]) if row["exit_reason"] else None,
        exclusion_risk=row["exclusion_risk"] == "1",
        exclusion_risk_reason=row["exclusion_risk_reason"],
    )


def _client_cells(client: Client) -> Cells:
    return (
        client.id,
        client.family_name,
        client.given_names,
        client.hetu,
        iso(client.birth_date),
        client.municipality,
        client.language,
        client.phone,
        client.email,
        client.address,
        _flag(client.non_disclosure),
        iso(client.intake_date),
        client.referred_by,
        iso(client.exit_date),
        client.exit_reason or "",
        _flag(client.exclusion_risk),
        client.exclusion_risk_reason,
    )


def _status(row: Row) -> StatusChange:
    return StatusChange(
        client=row["client_id"], date=date.fromisoformat(row["date"]), status=LabourStatus(row["status"])
    )


def _reading(row: Row) -> BenefitReading:
    return BenefitReading(
        client=row["client_id"],
        date=date.fromisoformat(row["date"]),
        days=int(row["days"]),
        source=BenefitSource(row["source"]),
    )


def _service(row: Row) -> ServicePeriod:
    return ServicePeriod(
        client=row["client_id"],
        service=row["service_code"],
        start=date.fromisoformat(row["start_date"]),
        end=_day(row["end_date"]),
        sector=EmployerSector(row["employer_sector"]) if row["employer_sector"] else None,
        provider=row["provider"],
    )


def _meeting(row: Row) -> Meeting:
    return Meeting(
        client=row["client_id"],
        date=date.fromisoformat(row["date"]),
        mode=MeetingMode(row["mode"]),
        minutes=int(row["minutes"]),
        attended=row["attended"] == "1",
    )


def _answer(row: Row) -> AnswerRow:
    return AnswerRow(
        client=row["client_id"],
        assessment=row["assessment_id"],
        date=date.fromisoformat(row["date"]),
        instrument=row["instrument"],
        item=row["item_id"],
        rater=Rater(row["rater"]),
        value=parse_value(row["value"]),
    )


def _plan(row: Row) -> PlanRow:
    return PlanRow(
        client=row["client_id"],
        plan=row["plan_id"],
        kind=PlanKind(row["plan_type"]),
        signed=_day(row["signed_date"]),
        review_due=_day(row["review_due_date"]),
        reviewed=_day(row["reviewed_date"]),
    )


def _step(row: Row) -> StepRow:
    return StepRow(
        client=row["client_id"],
        step=row["step_id"],
        plan=row["plan_id"],
        service=row["service_code"],
        planned_start=_day(row["planned_start"]),
        realised_start=_day(row["realised_start"]),
    )


def _follow_up(row: Row) -> FollowUp:
    return FollowUp(client=row["client_id"], date=date.fromisoformat(row["date"]), status=LabourStatus(row["status"]))
