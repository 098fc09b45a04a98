"""What a vault might hold of somebody, for the rules of the summary."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.client import Client, Meeting, ServicePeriod, StatusChange
from valmentaja.domain.codes import LabourStatus, MeetingMode, PlanKind
from valmentaja.domain.plan import Plan
from valmentaja.domain.ura import Entered, Facts, Kind, Summary, summarise

TODAY = date(2026, 11, 24)


def status(on: date, held: LabourStatus) -> StatusChange:
    return StatusChange(client="c", date=on, status=held)


def service(code: str, start: date, end: date | None = None) -> ServicePeriod:
    return ServicePeriod(client="c", service=code, start=start, end=end)


def met(on: date, mode: MeetingMode = MeetingMode.KAYNTI, *, attended: bool = True, time: str = "") -> Meeting:
    return Meeting(client="c", date=on, mode=mode, minutes=30, attended=attended, planned_time=time)


def plan(kind: PlanKind, *, frozen: str | None = "2026-10-01T21:30:00Z", signed: date | None = None) -> Plan:
    return Plan(id=f"p{kind}", client="c", kind=kind, frozen_at=frozen, signed=signed, review_due=date(2027, 1, 1))


def facts(
    *,
    statuses: tuple[StatusChange, ...] = (),
    services: tuple[ServicePeriod, ...] = (),
    meetings: tuple[Meeting, ...] = (),
    plans: tuple[Plan, ...] = (),
    exit_date: date | None = None,
) -> Facts:
    held = Client(id="c", family_name="E", given_names="T", intake_date=date(2024, 1, 1), exit_date=exit_date)
    return Facts(client=held, statuses=statuses, services=services, meetings=meetings, plans=plans)


def entered(shown: Summary, on: date) -> Entered:
    return Entered(id=str(on), client="c", on=on, said=shown.said, at=f"{on}T08:00:00Z")


def codes(shown: Summary, kind: Kind) -> list[str]:
    return [line.entry.code for line in shown.lines if line.entry.kind is kind]


def employment(held: Facts) -> list[tuple[str, date | None]]:
    return [(e.code, e.since) for e in summarise(held, (), TODAY).said if e.kind is Kind.EMPLOYMENT]
