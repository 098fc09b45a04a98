"""The path of one client: meetings, measurements, services and agreed steps in time, and the gaps in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from valmentaja.base.errors import N_
from valmentaja.definitions.services import services
from valmentaja.domain import path as rules
from valmentaja.domain.client import ClientId, Meeting, ServicePeriod
from valmentaja.domain.path import Gap, PathStep
from valmentaja.domain.plan import Plan, Step
from valmentaja.i18n import words
from valmentaja.i18n.formats import day
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
    plan = _plan(session, client_id)
    spans = _spans(clients.services(session.store, client_id), () if plan is None else plan.steps, language)
    if not events and not spans:
        return None
    return Timeline(
        title=words(language)("Path"),
        today=today,
        events=tuple(sorted(events, key=lambda e: (e.on, e.kind))),
        spans=spans,
        language=language,
    )


def of_plan(session: Session, client_id: ClientId, *, language: str = "fi") -> Timeline | None:
    """Every agreed step and service, planned against realised, over all versions; None while there is neither."""
    served, today = clients.services(session.store, client_id), session.today()
    steps = rules.steps_over_versions(plans.of_client(session.store, client_id))
    if not steps and not served:
        return None
    met = meetings.of_client(session.store, client_id)
    own = tuple(span for known in steps if not known.step.service for span in _own_steps(known))
    return Timeline(
        title=words(language)("The plan as a path"),
        today=today,
        events=tuple(sorted((_met(m, today) for m in met), key=lambda e: (e.on, e.kind))),
        spans=_sorted([*_spans(served, tuple(_dated(known) for known in steps), language), *own]),
        notes=_notes(session, client_id, served, met, language),
        language=language,
    )


def _notes(
    session: Session, client_id: ClientId, served: Sequence[ServicePeriod], met: Sequence[Meeting], language: str
) -> tuple[str, ...]:
    """The gaps in words; of one that goes on, when the next meeting is."""
    person, today, w = clients.get(session.store, client_id), session.today(), words(language)
    if person is None:
        return ()
    found = rules.gaps(served, met, taken_on=person.intake_date, today=today, left=person.exit_date)
    told = [_gap(gap, language) for gap in found]
    booked = [m.date for m in met if m.booked and m.date >= today]
    if found and found[-1].until is None and booked:
        told.append(w("The next meeting is booked for {day}.", day=day(min(booked), language)))
    return tuple(told) or (
        w("There has been a service or a meeting at least every {days} days.", days=rules.MOST_DAYS),
    )


def _gap(gap: Gap, language: str) -> str:
    w, first = words(language), day(gap.after, language)
    if gap.until is None:
        return w("Since {first} there has been no service or meeting: {days} days.", first=first, days=gap.days)
    last = day(gap.until, language)
    text = N_("From {first} to {last} there was no service or meeting: {days} days.")
    return w(text, first=first, last=last, days=gap.days)


def _met(meeting: Meeting, today: date) -> Happening:
    if meeting.attended or meeting.started is not None:
        return Happening(on=meeting.date, kind=Kind.HELD)
    return Happening(on=meeting.date, kind=Kind.BOOKED if meeting.booked and meeting.date >= today else Kind.MISSED)


def _plan(session: Session, client_id: ClientId) -> Plan | None:
    """The plan that holds: the newest frozen one, else the draft."""
    made = plans.of_client(session.store, client_id)
    return next((p for p in made if p.is_frozen), made[0] if made else None)


def _spans(realised: Sequence[ServicePeriod], steps: Sequence[Step], language: str) -> tuple[Span, ...]:
    spans = [Span(name=_name(p.service, language), start=p.start, end=p.end) for p in realised]
    known = {p.service for p in realised}
    for step in steps:
        spans += _of_step(step, known, language)
    return _sorted(spans)


def _sorted(spans: Sequence[Span]) -> tuple[Span, ...]:
    """What was planned stands right before what came of it."""
    begun: dict[str, date] = {}
    for span in spans:
        begun[span.name] = min(span.start, begun.get(span.name, span.start))
    return tuple(sorted(spans, key=lambda s: (begun[s.name], s.name, not s.planned, s.start)))


def _dated(known: PathStep) -> Step:
    """Agreed without a day to begin on, it may begin at once."""
    return replace(known.step, planned_start=known.step.planned_start or known.since)


def _own_steps(known: PathStep) -> list[Span]:
    """A step that is no service: from when it was agreed to the day it was agreed for, and as it was done."""
    step, found = _dated(known), []
    since = step.planned_start or step.by
    if since is not None:
        found.append(Span(name=step.what, start=since, end=max(step.by or since, since), planned=True))
    if step.realised_start is not None:
        found.append(Span(name=step.what, start=step.realised_start, end=step.done))
    return found


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
