"""The meeting brief of one client, gathered for the rules of `domain.brief`; only the look at it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.definitions.clarifications import clarification_name
from valmentaja.definitions.rules import Rule
from valmentaja.definitions.services import services
from valmentaja.definitions.text import LocalText
from valmentaja.domain import brief as made_by
from valmentaja.domain.assessment import Assessment
from valmentaja.domain.brief import Awaited, Known, Part, UnderWay
from valmentaja.domain.case import Case, Due, open_dues
from valmentaja.domain.client import Client, ClientId, Meeting
from valmentaja.domain.plan import Plan, agreed
from valmentaja.store import cases as kept_cases
from valmentaja.store import clients, meetings, plans
from valmentaja.usecases import assessing, caseload, cases, instruments, overview, planning
from valmentaja.usecases.rules import rules_in_force
from valmentaja.usecases.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the page shows; `coming` is the meeting under way or the next one booked.

    `purpose` is what the assessment case has planned it for.
    """

    client: Client
    last: Meeting | None
    coming: Meeting | None
    running: bool
    purpose: str
    parts: tuple[Part, ...]


def opened(session: Session, client_id: ClientId) -> None:
    """Log that the client's file is opened, before any of it is shown (906/2019 17 §)."""
    caseload.opened(session, client_id)


def of_client(session: Session, client_id: ClientId) -> Brief:
    """The brief as it stands today."""
    shown = overview.overview(session, client_id)
    coming = shown.running or shown.next_meeting
    return Brief(
        client=shown.client,
        last=shown.last_meeting,
        coming=coming,
        running=shown.running is not None,
        purpose="" if coming is None else cases.purpose_of(session, coming),
        parts=made_by.brief(_known(session, client_id, shown.last_meeting)),
    )


def next_meeting(session: Session, client_id: ClientId = "") -> ClientId | None:
    """Whose meeting is prepared for: the client in question, else the first one today."""
    if client_id:
        return client_id
    return next((m.client for m in meetings.on_day(session.store, session.today())), None)


def rules_of(session: Session, part: Part) -> tuple[Rule, ...]:
    """What a part stands on, with sources; its own rule first."""
    held = rules_in_force(session)
    return tuple(held[name] for name in part.rules)


def _known(session: Session, client_id: ClientId, last: Meeting | None) -> Known:
    held = assessing.assessments(session, client_id)
    closed = [a for a in held if a.closed is not None]
    latest = assessing.latest(session, client_id)
    served, planned = clients.services(session.store, client_id), _plans(session, client_id)
    return Known(
        client=client_id,
        today=session.today(),
        rules=rules_in_force(session),
        last=last,
        missed=_missed(session, client_id, last),
        plans=planned,
        services=served,
        names=_names(session, {p.service for p in served}, planned),
        awaited=_awaited(session, client_id),
        case_dues=tuple((c.id, due) for c in cases.cases(session, client_id) for due in _dues(session, c)),
        measured=tuple(closed),
        instrument=None if latest is None else instruments.get(session, latest.instrument),
        comparison=None if latest is None else assessing.summary(session, latest.id).comparison,
        under_way=_under_way(session, held),
    )


def _missed(session: Session, client_id: ClientId, last: Meeting | None) -> tuple[date, ...]:
    held = meetings.of_client(session.store, client_id)
    since = date.min if last is None else last.date
    return tuple(m.date for m in held if not m.attended and m.started is None and since < m.date < session.today())


def _awaited(session: Session, client_id: ClientId) -> tuple[Awaited, ...]:
    held = cases.cases(session, client_id)
    asked = (c for case in held for c in kept_cases.clarifications_of(session.store, case.id))
    return tuple(Awaited(name=clarification_name(c.kind), asked=c) for c in asked)


def _dues(session: Session, case: Case) -> tuple[Due, ...]:
    return open_dues(case, rules_in_force(session), cases.progress(session, case))


def _plans(session: Session, client_id: ClientId) -> tuple[Plan, ...]:
    """The agreed plans; before there are any, the draft that is being written."""
    made = plans.of_client(session.store, client_id)
    return tuple(agreed(made)) or made[:1]


def _names(session: Session, codes: set[str], planned: tuple[Plan, ...]) -> tuple[tuple[str, LocalText], ...]:
    served = tuple((code, service.name) for code, service in services().items() if code in codes)
    return (*served, *((p.kind, planning.plan_type_of(session, p).name) for p in planned))


def _under_way(session: Session, held: tuple[Assessment, ...]) -> UnderWay | None:
    begun = next((a for a in held if a.closed is None), None)
    if begun is None:
        return None
    runner = assessing.runner(session, begun.id)
    domain = None if runner.resume_at is None else runner.instrument.domain_of(runner.resume_at)
    asked = next((p.items for p in runner.domains if domain is not None and p.domain.id == domain.id), ())
    texts = {i.id: i.text for d in runner.instrument.domains for i in d.items}
    return UnderWay(
        id=begun.id,
        opened=begun.opened,
        answered=runner.answered,
        total=runner.total,
        domain=domain,
        questions=tuple(texts[item] for item in asked if item not in runner.values),
    )
