"""One client at a glance: what the workspace shows first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.definitions.instrument import Domain
from valmentaja.domain.assessment import Assessment
from valmentaja.domain.case import Case
from valmentaja.domain.client import BenefitReading, Client, ClientId, Meeting, ServicePeriod, StatusChange
from valmentaja.domain.plan import Plan
from valmentaja.indicators import states
from valmentaja.store import assessments, cases, clients, meetings, people, plans
from valmentaja.usecases import assessing, caseload
from valmentaja.usecases.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAssessment:
    """An assessment under way; `domain` is the one it stopped in."""

    id: str
    answered: int
    total: int
    domain: Domain | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """`first` and `latest` are closed measurements; `meetings` newest first, booked ones included."""

    client: Client
    benefit_days: int
    statuses: tuple[StatusChange, ...]
    readings: tuple[BenefitReading, ...]
    services: tuple[ServicePeriod, ...]
    meetings: tuple[Meeting, ...]
    running: Meeting | None
    first: Assessment | None
    latest: Assessment | None
    open_assessment: OpenAssessment | None
    open_case: Case | None
    plan: Plan | None
    today: date

    @property
    def last_meeting(self) -> Meeting | None:
        held = (m for m in self.meetings if m.attended and m.date <= self.today and m is not self.running)
        return next((m for m in held if m.ended is not None or m.started is None), None)

    @property
    def next_meeting(self) -> Meeting | None:
        ahead = [m for m in self.meetings if m.booked and m.date >= self.today]
        return ahead[-1] if ahead else None

    @property
    def steps_done(self) -> int:
        return (
            0 if self.plan is None else sum(s.done is not None or s.realised_start is not None for s in self.plan.steps)
        )


def overview(session: Session, client_id: ClientId) -> Overview:
    store, today = session.store, session.today()
    measured = assessments.of_client(store, client_id)
    closed = [a for a in measured if a.closed is not None]
    under_way = next((a for a in measured if a.closed is None), None)
    made = plans.of_client(store, client_id)
    return Overview(
        client=caseload.client(session, client_id),
        benefit_days=states.benefit_days(people.person(store, client_id), today),
        statuses=clients.statuses(store, client_id),
        readings=clients.readings(store, client_id),
        services=clients.services(store, client_id),
        meetings=meetings.of_client(store, client_id),
        running=meetings.running(store, client_id),
        first=closed[0] if closed else None,
        latest=closed[-1] if closed else None,
        open_case=cases.open_of_client(store, client_id),
        open_assessment=None if under_way is None else _under_way(session, under_way.id),
        plan=next((p for p in made if p.is_frozen), made[0] if made else None),
        today=today,
    )


def _under_way(session: Session, assessment_id: str) -> OpenAssessment:
    runner = assessing.runner(session, assessment_id)
    domain = None if runner.resume_at is None else runner.instrument.domain_of(runner.resume_at)
    return OpenAssessment(id=assessment_id, answered=runner.answered, total=runner.total, domain=domain)
