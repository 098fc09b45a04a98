"""What a case is carried by: meetings planned and booked, clarifications ordered and received."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.clarifications import clarification_kinds
from valmentaja.domain.case import Case, CaseMeeting, Clarification
from valmentaja.domain.client import Meeting
from valmentaja.domain.codes import MeetingMode
from valmentaja.domain.rights import Correction, corrections
from valmentaja.i18n.catalogue import screen_language
from valmentaja.store import cases as kept
from valmentaja.store import corrections as kept_corrections
from valmentaja.store import meetings
from valmentaja.usecases.cases import require_open
from valmentaja.usecases.meetings import clock_time
from valmentaja.usecases.session import Area, Changes, Session, changed


def plan_meeting(session: Session, case_id: str, *, purpose: str, on: date | None = None, at: str = "") -> Changes:
    """Plan one more meeting; with a day and a time it is booked too, with a day it finds the meeting of that day."""
    held = require_open(session, case_id)
    position = len(kept.meetings_of(session.store, held.id))
    new = CaseMeeting(id=session.new_id(), case=held.id, position=position, purpose=purpose.strip(), date=on)
    return _keep_meeting(session, held, new, at)


def edit_meeting(
    session: Session, case_id: str, planned_id: str, *, purpose: str, on: date | None = None, at: str = ""
) -> Changes:
    """Another purpose, day or time; what is booked for it moves along, else it looks for the meeting of that day."""
    held = require_open(session, case_id)
    known = _planned(session, held, planned_id)
    booked = _booked(session, known)
    if booked is not None:
        return _keep_booked(session, held, replace(known, purpose=purpose.strip(), date=on), booked, at)
    new = replace(known, purpose=purpose.strip(), date=on, meeting=known.meeting if on == known.date else None)
    return _keep_meeting(session, held, new, at)


def remove_meeting(session: Session, case_id: str, planned_id: str) -> Changes:
    """Out of the plan; a meeting that was booked or held for it stays."""
    held = require_open(session, case_id)
    with session.store.writing() as tx:
        kept.remove_meeting(tx, held, planned_id)
    return changed(Area.ASSESSMENT, client=held.client)


def restore_meeting(session: Session, case_id: str, planned: CaseMeeting) -> Changes:
    held = require_open(session, case_id)
    with session.store.writing() as tx:
        kept.add_meeting(tx, held, planned)
    return changed(Area.ASSESSMENT, client=held.client)


def order(
    session: Session,
    case_id: str,
    *,
    kind: str,
    what: str = "",
    source: str = "",
    expected: date | None = None,
    is_ordered: bool = True,
) -> Changes:
    """Order a clarification, or only note that one is needed; who gives it, if nobody is named, is the usual one."""
    held = require_open(session, case_id)
    known = clarification_kinds().get(kind)
    if known is None:
        raise UserError(N_("Choose what kind of clarification it is."))
    _require_later(session, expected)
    new = Clarification(
        id=session.new_id(),
        case=held.id,
        kind=kind,
        what=what.strip(),
        source=source.strip() or ("" if known.source is None else known.source.in_(screen_language())),
        ordered=session.today() if is_ordered else None,
        expected=expected,
    )
    with session.store.writing() as tx:
        kept.add_clarification(tx, held, new, action="ask" if is_ordered else "add")
    return changed(Area.ASSESSMENT, client=held.client, made=new.id)


def order_now(session: Session, clarification_id: str, *, expected: date | None = None) -> Changes:
    """What was only needed is ordered today."""
    _require_later(session, expected)
    held = clarification(session, clarification_id)
    new = replace(held, ordered=session.today(), expected=expected or held.expected)
    return _keep_clarification(session, new, action="ask")


def wait_until(session: Session, clarification_id: str, expected: date | None) -> Changes:
    """It was asked for, and another day was agreed."""
    if expected is None:
        raise UserError(N_("Write the day it is awaited by."))
    _require_later(session, expected)
    return _keep_clarification(session, replace(clarification(session, clarification_id), expected=expected))


def receive(
    session: Session, clarification_id: str, *, result: str, source: str = "", on: date | None = None
) -> Changes:
    """The result has come; it says what was told and by whom."""
    held = clarification(session, clarification_id)
    day = on or session.today()
    if not result.strip():
        raise UserError(N_("Write what the clarification says."))
    if not (source.strip() or held.source.strip()):
        raise UserError(N_("Write who gave the result."))
    if day > session.today() or (held.ordered is not None and day < held.ordered):
        raise UserError(N_("The day it came is before it was ordered, or in the future. Check the day."))
    new = replace(held, received=day, result=result.strip(), source=source.strip() or held.source)
    return _keep_clarification(session, new, action="receive")


def cancel(session: Session, clarification_id: str, *, reason: str) -> Changes:
    """It is not needed any more; the reason stands in place of a result."""
    if not reason.strip():
        raise UserError(N_("Write why the clarification is not needed any more."))
    held = clarification(session, clarification_id)
    return _keep_clarification(
        session, replace(held, cancelled=session.today(), result=reason.strip()), action="cancel"
    )


def clarification(session: Session, clarification_id: str) -> Clarification:
    found = kept.clarification(session.store, clarification_id)
    if found is None:
        raise UserError(N_("There is no such clarification."))
    return found


def correct(session: Session, clarification_id: str, *, result: str, source: str, reason: str = "") -> Changes:
    """A received result as it should have been; what stood there is kept among the corrections."""
    before = clarification(session, clarification_id)
    held = require_open(session, before.case)
    if before.received is None or not result.strip() or not source.strip():
        raise UserError(N_("A received result says what was told and who gave it."))
    new = replace(before, result=result.strip(), source=source.strip())
    with session.store.writing() as tx:
        kept.edit_clarification(tx, held, new, action="correct")
        kept_corrections.add(tx, _corrected(session, held, before, new, reason))
    return changed(Area.ASSESSMENT, client=held.client, made=new.id)


def _corrected(
    session: Session, held: Case, before: Clarification, after: Clarification, reason: str = ""
) -> tuple[Correction, ...]:
    """What others told is the client's record, so the corrections are, too."""
    made = corrections(before, after, entity="clarification", entity_id=after.id, reason=reason, at=session.now())
    return tuple(replace(one, client=held.client) for one in made)


def _keep_clarification(session: Session, new: Clarification, *, action: str = "edit") -> Changes:
    held = require_open(session, new.case)
    if clarification(session, new.id).is_settled:
        raise UserError(N_("This clarification is settled already."))
    earlier = replace(new, expected=clarification(session, new.id).expected)
    with session.store.writing() as tx:
        kept.edit_clarification(tx, held, new, action=action)
        kept_corrections.add(tx, _corrected(session, held, earlier, new))
    return changed(Area.ASSESSMENT, client=held.client, made=new.id)


def _keep_meeting(session: Session, held: Case, new: CaseMeeting, at: str) -> Changes:
    """Write the planned meeting, new or changed, and what is booked for it."""
    if not new.purpose:
        raise UserError(N_("Write what the meeting is for."))
    if at.strip() and (new.date is None or new.date < session.today()):
        raise UserError(N_("A time needs a day that is today or later."))
    known = any(p.id == new.id for p in kept.meetings_of(session.store, held.id))
    meeting = new.meeting if new.meeting is not None else _meeting_of_day(session, held, new.date)
    booking = _booking(held, new.date, clock_time(at)) if at.strip() and new.date and meeting is None else None
    with session.store.writing() as tx:
        made = meetings.add(tx, booking, booked=True) if booking is not None else meeting
        write = kept.edit_meeting if known else kept.add_meeting
        write(tx, held, replace(new, meeting=made))
    areas = (Area.ASSESSMENT,) if booking is None else (Area.ASSESSMENT, Area.MEETING)
    return changed(*areas, client=held.client, made=new.id)


def _booked(session: Session, planned: CaseMeeting) -> Meeting | None:
    """What waits in the calendar for it; a booking whose day has passed is told as it went and does not move."""
    found = None if planned.meeting is None else meetings.get(session.store, planned.meeting)
    if found is None or found.started is not None or found.attended or found.date < session.today():
        return None
    return found


def _keep_booked(session: Session, held: Case, new: CaseMeeting, booked: Meeting, at: str) -> Changes:
    """The booking has the day of the plan, and another time if one is given."""
    if not new.purpose:
        raise UserError(N_("Write what the meeting is for."))
    if new.date is None or new.date < session.today():
        raise UserError(N_("This meeting is booked. Write the day it moves to: today or later."))
    time = clock_time(at) if at.strip() else booked.planned_time
    moved = replace(booked, date=new.date, planned_time=time)
    with session.store.writing() as tx:
        kept.edit_meeting(tx, held, new)
        if moved != booked:
            meetings.move(tx, moved)
    return changed(Area.ASSESSMENT, Area.MEETING, client=held.client, made=new.id)


def _booking(held: Case, on: date, time: str) -> Meeting:
    return Meeting(client=held.client, date=on, mode=MeetingMode.KAYNTI, minutes=0, attended=False, planned_time=time)


def _meeting_of_day(session: Session, held: Case, on: date | None) -> int | None:
    """A meeting of that day that stands for no planned one yet."""
    taken = {p.meeting for p in kept.meetings_of(session.store, held.id)}
    found = (m.id for m in meetings.of_client(session.store, held.client) if m.date == on and m.id not in taken)
    return next(found, None)


def _planned(session: Session, held: Case, planned_id: str) -> CaseMeeting:
    found = next((p for p in kept.meetings_of(session.store, held.id) if p.id == planned_id), None)
    if found is None:
        raise UserError(N_("There is no such meeting."))
    return found


def _require_later(session: Session, expected: date | None) -> None:
    if expected is not None and expected < session.today():
        raise UserError(N_("The day it is awaited by is in the past. Choose today or a later day."))
