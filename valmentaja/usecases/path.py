"""The path of one client: meetings, measurements and services in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from valmentaja.definitions.services import services
from valmentaja.domain.client import ClientId, Meeting, ServicePeriod
from valmentaja.domain.plan import Plan, Step
from valmentaja.i18n import words
from valmentaja.pictures.timeline import Happening, Kind, Span, Timeline
from valmentaja.store import assessments, clients, meetings, plans
from valmentaja.usecases.session import Session


def timeline(session: Session, client_id: ClientId, *, language: str = "fi") -> Timeline | None:
    """Everything with a date; None when there is nothing yet."""
    today = session.today()
    events = [_met(m, today) for m in meetings.of_client(session.store, client_id)]
    for held in assessments.of_client(session.store, client_id):
        kind = Kind.MEASURED if held.closed else Kind.UNDER_WAY
        events.append(Happening(on=held.closed or held.opened, kind=kind))
    spans = _spans(clients.services(session.store, client_id), _plan(session, client_id), language)
    if not events and not spans:
        return None
    return Timeline(
        title=words(language)("Path"),
        today=today,
        events=tuple(sorted(events, key=lambda e: (e.on, e.kind))),
        spans=spans,
        language=language,
    )


def _met(meeting: Meeting, today: date) -> Happening:
    if meeting.attended or meeting.started is not None:
        return Happening(on=meeting.date, kind=Kind.HELD)
    return Happening(on=meeting.date, kind=Kind.BOOKED if meeting.date >= today else Kind.MISSED)


def _plan(session: Session, client_id: ClientId) -> Plan | None:
    """The plan that holds: the newest frozen one, else the draft."""
    made = plans.of_client(session.store, client_id)
    return next((p for p in made if p.is_frozen), made[0] if made else None)


def _spans(realised: Sequence[ServicePeriod], plan: Plan | None, language: str) -> tuple[Span, ...]:
    """What was planned stands right before what came of it."""
    spans = [Span(name=_name(p.service, language), start=p.start, end=p.end) for p in realised]
    known = {p.service for p in realised}
    for step in () if plan is None else plan.steps:
        spans += _of_step(step, known, language)
    begun: dict[str, date] = {}
    for span in spans:
        begun[span.name] = min(span.start, begun.get(span.name, span.start))
    return tuple(sorted(spans, key=lambda s: (begun[s.name], s.name, not s.planned, s.start)))


def _of_step(step: Step, known: set[str], language: str) -> list[Span]:
    """A step's service as it was planned, and as it began when no service period tells it."""
    found = []
    name = _name(step.service, language)
    if step.service and step.planned_start is not None:
        end = step.by if step.by is not None and step.by > step.planned_start else None
        found.append(Span(name=name, start=step.planned_start, end=end, planned=True))
    if step.service and step.realised_start is not None and step.service not in known:
        found.append(Span(name=name, start=step.realised_start, end=step.done))
    return found


def _name(service: str, language: str) -> str:
    known = services().get(service)
    return service if known is None else known.name.in_(language)
