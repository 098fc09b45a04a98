"""An assessment as a process: opened with a question, carried over meetings and clarifications, then ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.rules import Rule
from valmentaja.domain import case as trade
from valmentaja.domain.assessment import Assessment
from valmentaja.domain.case import (
    CONCLUSION,
    ENDING,
    Case,
    CaseKind,
    CaseMeeting,
    Clarification,
    Contribution,
    Due,
    Ending,
    Lacking,
    Part,
    Progress,
)
from valmentaja.domain.client import ClientId, Meeting
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.rights import Correction, corrections
from valmentaja.store import assessments, meetings, plans
from valmentaja.store import cases as kept
from valmentaja.store import corrections as kept_corrections
from valmentaja.store.database import Transaction
from valmentaja.usecases import caseload, planning
from valmentaja.usecases.presence import away, require_here
from valmentaja.usecases.rules import rules_in_force
from valmentaja.usecases.session import Area, Changes, Session, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeeting:
    """A meeting of the plan and the one booked or held for it."""

    plan: CaseMeeting
    meeting: Meeting | None

    @property
    def is_held(self) -> bool:
        return self.meeting is not None and (self.meeting.started is not None or self.meeting.is_over)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOverview:
    """A whole case as a page or a paper shows it; `measured` are its assessments, oldest first."""

    case: Case
    client_name: str
    today: date
    parts: tuple[Part, ...]
    fields: dict[str, str]
    conclusions: dict[str, str]
    meetings: tuple[PlannedMeeting, ...]
    clarifications: tuple[Clarification, ...]
    contributions: tuple[Contribution, ...]
    measured: tuple[Assessment, ...]
    dues: tuple[Due, ...]
    lacking: tuple[Lacking, ...]
    is_here: bool
    reopened: tuple[Correction, ...]

    @property
    def is_writable(self) -> bool:
        """The case is open, and the client is not with another coach."""
        return self.is_here and self.case.closed is None

    @property
    def strengths(self) -> str:
        return self.fields.get(Part.STRENGTHS, "")

    @property
    def headings(self) -> tuple[tuple[Part, str], ...]:
        """What the law wants covered, with what is written."""
        return tuple((part, self.fields.get(part, "")) for part in self.parts)

    @property
    def ending(self) -> Ending | None:
        return _ending(self.fields)

    @property
    def open_clarifications(self) -> tuple[Clarification, ...]:
        return tuple(c for c in self.clarifications if not c.is_settled)

    @property
    def received_clarifications(self) -> tuple[Clarification, ...]:
        return tuple(c for c in self.clarifications if c.received is not None and c.cancelled is None)


def open_case(session: Session, client_id: ClientId, *, kind: CaseKind, question: str) -> Changes:
    """Begin a case; a client has one open at a time. A measurement under way becomes part of it."""
    caseload.client(session, client_id)
    require_here(session, client_id)
    if not question.strip():
        raise UserError(N_("Write the question that the assessment is to answer."))
    if open_of(session, client_id) is not None:
        raise UserError(N_("An assessment case is open already. End it before you open another."))
    made = Case(id=session.new_id(), client=client_id, kind=kind, question=question.strip(), opened=session.today())
    under_way = [a for a in assessments.of_client(session.store, client_id) if a.closed is None and a.case is None]
    with session.store.writing() as tx:
        kept.add(tx, made)
        for measurement in under_way:
            kept.tie(tx, made, measurement.id)
    return changed(Area.ASSESSMENT, client=client_id, made=made.id)


def case_to_tie(session: Session, measured: Assessment) -> Case | None:
    """The open case that a measurement without one could be made part of."""
    is_free = measured.case is None and measured.client not in away(session)
    return open_of(session, measured.client) if is_free else None


def tie(session: Session, assessment_id: str) -> Changes:
    """A measurement without a case becomes part of the open one, because the coach says so."""
    measured = assessments.get(session.store, assessment_id)
    held = None if measured is None else case_to_tie(session, measured)
    if measured is None or held is None:
        raise UserError(N_("This assessment belongs to a case already, or no case is open."))
    with session.store.writing() as tx:
        kept.tie(tx, held, measured.id)
    return changed(Area.ASSESSMENT, client=measured.client)


def cases(session: Session, client_id: ClientId) -> tuple[Case, ...]:
    """Newest first."""
    return kept.of_client(session.store, client_id)


def open_of(session: Session, client_id: ClientId) -> Case | None:
    """The case under way."""
    return kept.open_of_client(session.store, client_id)


def case(session: Session, case_id: str) -> Case:
    found = kept.get(session.store, case_id)
    if found is None:
        raise UserError(N_("There is no such assessment case."))
    return found


def opened(session: Session, case_id: str) -> None:
    """Log that the case is opened, before any of it is shown (906/2019 17 §)."""
    with session.store.writing() as tx:
        kept.note_look(tx, case(session, case_id))


def overview(session: Session, case_id: str) -> CaseOverview:
    held = case(session, case_id)
    fields = kept.fields_of(session.store, held.id)
    clarifications = kept.clarifications_of(session.store, held.id)
    known = progress(session, held)
    return CaseOverview(
        case=held,
        client_name=caseload.client(session, held.client).name,
        today=session.today(),
        parts=trade.parts_of(held.kind),
        fields=fields,
        conclusions=trade.conclusions(fields),
        meetings=_meetings(session, held),
        clarifications=clarifications,
        contributions=kept.contributions_of(session.store, held.id),
        measured=tuple(a for a in assessments.of_client(session.store, held.client) if a.case == held.id),
        dues=trade.open_dues(held, rules_in_force(session), known),
        lacking=trade.lacking(held, fields, clarifications, has_met=known.has_met),
        is_here=held.client not in away(session),
        reopened=_reopened(session, held),
    )


def progress(session: Session, held: Case) -> Progress:
    """What has happened since the case was opened: a meeting, a multi-agency plan, an end."""
    made = plans.of_client(session.store, held.client)
    return Progress(
        has_met=_has_met(session, held),
        was_known=any(m.attended and m.date < held.opened for m in meetings.of_client(session.store, held.client)),
        multi_since=_multi_since(session, held),
        has_plan=any(
            p.kind is PlanKind.MONIALAINEN and p.frozen_at is not None and p.frozen_at >= held.opened.isoformat()
            for p in made
        ),
        ending=_ending(kept.fields_of(session.store, held.id)),
    )


def _multi_since(session: Session, held: Case) -> date | None:
    """The first change of the kind, if it was to multi-agency: going back and forth lengthens no time."""
    made = kept_corrections.of_client(session.store, held.client)
    of_kind = [c for c in made if (c.entity, c.entity_id, c.field) == ("assessment_case", held.id, "kind")]
    if not of_kind or of_kind[-1].after != CaseKind.MULTI:
        return None
    return datetime.fromisoformat(of_kind[-1].at).astimezone(HELSINKI).date()


def _ending(fields: Mapping[str, str]) -> Ending | None:
    found = fields.get(ENDING, "")
    return Ending(found) if found in set(Ending) else None


def _has_met(session: Session, held: Case) -> bool:
    return any(
        m.attended and held.opened <= m.date <= (held.closed or m.date)
        for m in meetings.of_client(session.store, held.client)
    )


def purpose_of(session: Session, meeting: Meeting) -> str:
    """What the open case has planned a meeting for; a planned one without a booking is known by its day."""
    held = open_of(session, meeting.client)
    planned = () if held is None else kept.meetings_of(session.store, held.id)
    tied = [p for p in planned if p.meeting == meeting.id] or [
        p for p in planned if p.meeting is None and p.date == meeting.date
    ]
    return tied[0].purpose if tied else ""


def rule_of(session: Session, due: Due) -> Rule:
    """What a due day stands on, with its source."""
    return rules_in_force(session)[due.rule]


def write_question(session: Session, case_id: str, text: str) -> Changes:
    """Kept as it is typed."""
    return _edit(session, case_id, lambda tx, held: kept.edit(tx, replace(held, question=text)))


def choose_kind(session: Session, case_id: str, kind: CaseKind) -> Changes:
    """What the kind was before is kept as a correction, because due days hang on it."""

    def write_both(tx: Transaction, held: Case) -> None:
        new = replace(held, kind=kind)
        kept.edit(tx, new)
        kept_corrections.add(tx, _corrected(session, held, new, ""))

    return _edit(session, case_id, write_both)


def write_outcome(session: Session, case_id: str, text: str) -> Changes:
    return _edit(session, case_id, lambda tx, held: kept.edit(tx, replace(held, outcome=text)))


def write(session: Session, case_id: str, field: str, text: str) -> Changes:
    """Keep one text as it is typed: a `Part`, a conclusion or the code of the ending."""
    if field not in {*Part, ENDING} and not field.startswith(CONCLUSION):
        raise ValueError(field)
    return _edit(session, case_id, lambda tx, held: kept.keep_field(tx, held, field, text))


def conclude(session: Session, case_id: str, domain: str, text: str, *, instrument: str) -> Changes:
    """What was concluded on one domain of an instrument, any version of it."""
    fields = kept.fields_of(session.store, case_id)
    return write(session, case_id, trade.conclusion_field(fields, instrument, domain), text)


def contribute(
    session: Session,
    case_id: str,
    *,
    author: str,
    role: str,
    words: str,
    heading: Part | None = None,
    on: date | None = None,
) -> Changes:
    """What one assessor says; it is not changed afterwards, only added to."""
    if not author.strip():
        raise UserError(N_("Write who says it: every contribution has a name."))
    if not words.strip():
        raise UserError(N_("Write what the assessor says."))
    if on is not None and on > session.today():
        raise UserError(N_("The day is in the future. Choose today or an earlier day."))
    new = Contribution(
        case=case_id,
        date=on or session.today(),
        author=author.strip(),
        role=role.strip(),
        heading=heading or "",
        words=words.strip(),
        at=session.now(),
    )
    return _edit(session, case_id, lambda tx, held: str(kept.contribute(tx, held, new)))


def end(session: Session, case_id: str, *, ending: Ending, outcome: str) -> Changes:
    """End a case. A finished one covers what the law asks; one that was broken off says why."""
    held = case(session, case_id)
    if not outcome.strip():
        raise UserError(N_("Write in a sentence or two what came of the assessment."))
    if ending is not Ending.BROKEN_OFF and overview(session, case_id).lacking:
        raise UserError(N_("The assessment is not complete yet. See what is missing in the list."))
    done = replace(held, closed=session.today(), outcome=outcome.strip())

    def close(tx: Transaction, open_one: Case) -> None:
        kept.keep_field(tx, open_one, ENDING, ending)
        kept.edit(tx, done, action="close")

    return _edit(session, case_id, close)


def begin_plan(session: Session, case_id: str) -> Changes:
    """A multi-agency plan after a multi-agency assessment, else a coaching plan; a draft of it is taken up."""
    held = case(session, case_id)
    kind = PlanKind.MONIALAINEN if held.kind is CaseKind.MULTI else PlanKind.VALMENNUS
    return planning.draft(session, held.client, kind)


def reopen(session: Session, case_id: str, *, reason: str) -> Changes:
    """Go on with an ended case; when it had ended, and why it goes on, is kept as a correction."""
    held = case(session, case_id)
    require_here(session, held.client)
    if not reason.strip():
        raise UserError(N_("Write why the assessment goes on."))
    other = open_of(session, held.client)
    if held.closed is None or other is not None:
        raise UserError(N_("An assessment case is open already. End it before you open another."))
    new = replace(held, closed=None)
    with session.store.writing() as tx:
        kept.edit(tx, new, action="reopen")
        kept_corrections.add(tx, _corrected(session, held, new, reason.strip()))
    return changed(Area.ASSESSMENT, client=held.client)


def _meetings(session: Session, held: Case) -> tuple[PlannedMeeting, ...]:
    known = {m.id: m for m in meetings.of_client(session.store, held.client)}
    planned = sorted(kept.meetings_of(session.store, held.id), key=lambda p: (p.date or date.max, p.position))
    return tuple(PlannedMeeting(plan=p, meeting=None if p.meeting is None else known.get(p.meeting)) for p in planned)


def _reopened(session: Session, held: Case) -> tuple[Correction, ...]:
    """The ends that were taken back, newest first: `before` is the day it had ended, with the reason."""
    made = kept_corrections.of_client(session.store, held.client)
    return tuple(c for c in made if (c.entity, c.entity_id, c.field) == ("assessment_case", held.id, "closed"))


def _edit(session: Session, case_id: str, act: Callable[[Transaction, Case], str | None]) -> Changes:
    """One write to an open case of a client who is here; `act` may tell the id of what it made."""
    held = require_open(session, case_id)
    with session.store.writing() as tx:
        made = act(tx, held)
    return changed(Area.ASSESSMENT, client=held.client, made=made or "")


def require_open(session: Session, case_id: str) -> Case:
    """UserError when the case has ended or the client is with another coach."""
    held = case(session, case_id)
    require_here(session, held.client)
    if held.closed is not None:
        raise UserError(N_("This assessment case has ended. Reopen it to change it."))
    return held


def _corrected(session: Session, before: Case, after: Case, reason: str) -> tuple[Correction, ...]:
    return corrections(before, after, entity="assessment_case", entity_id=after.id, reason=reason, at=session.now())
