"""Booking, starting, noting and ending a meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.client import ClientId, Meeting
from valmentaja.domain.codes import MeetingMode
from valmentaja.domain.rights import corrections
from valmentaja.store import cases, clients, meetings
from valmentaja.store import corrections as kept
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed


def start(session: Session, client_id: ClientId, *, mode: MeetingMode = MeetingMode.KAYNTI, place: str = "") -> Changes:
    """Begin a meeting now: the one that is running, the one booked for today, or a new one."""
    running = meetings.running(session.store, client_id)
    if running is not None:
        return changed(Area.MEETING, client=client_id, made=str(running.id))
    if clients.get(session.store, client_id) is None:
        raise UserError(N_("There is no client {id} in this vault."), id=client_id)
    require_here(session, client_id)
    booked = meetings.booked(session.store, client_id, session.today())
    with session.store.writing() as tx:
        if booked is not None:
            meetings.begin(tx, booked, at=session.now(), mode=mode, place=place or booked.place)
            made = booked.id
        else:
            made = meetings.add(tx, _now(session, client_id, mode, place), booked=False)
        cases.stand_for(tx, client_id, session.today(), made)
    return changed(Area.MEETING, client=client_id, made=str(made))


def book(session: Session, client_id: ClientId, *, on: date, at: str, mode: MeetingMode, place: str = "") -> Changes:
    """Agree a meeting for a day; `at` is the time as people say it, `9.00`."""
    if on < session.today():
        raise UserError(N_("The day of the meeting is in the past. Choose today or a later day."))
    require_here(session, client_id)
    planned = Meeting(
        client=client_id, date=on, mode=mode, minutes=0, attended=False, planned_time=clock_time(at), place=place
    )
    with session.store.writing() as tx:
        made = meetings.add(tx, planned, booked=True)
    return changed(Area.MEETING, client=client_id, made=str(made))


def keep_notes(session: Session, meeting_id: int, *, notes: str, agreed: str, reason: str = "") -> Changes:
    """What is typed is stored as it stands; once the meeting is over, what stood there is kept as a correction."""
    held = meeting(session, meeting_id)
    require_here(session, held.client)
    new = replace(held, notes=notes, agreed=agreed)
    made = corrections(held, new, entity="meeting", entity_id=str(held.id), reason=reason.strip(), at=session.now())
    with session.store.writing() as tx:
        meetings.keep_notes(tx, held, notes=notes, agreed=agreed)
        kept.add(tx, made if held.is_over else ())
    return changed(Area.MEETING, client=held.client)


def end(session: Session, meeting_id: int, *, minutes: int | None = None) -> Changes:
    """End a meeting; its length is counted from its start unless given."""
    held = meeting(session, meeting_id)
    require_here(session, held.client)
    if held.started is None or held.ended is not None:
        raise UserError(N_("The meeting is not running."))
    spent = datetime.fromisoformat(session.now()) - datetime.fromisoformat(held.started)
    counted = max(1, round(spent.total_seconds() / 60))
    with session.store.writing() as tx:
        meetings.end(tx, held, at=session.now(), minutes=counted if minutes is None else minutes)
    return changed(Area.MEETING, client=held.client)


def meeting(session: Session, meeting_id: int) -> Meeting:
    found = meetings.get(session.store, meeting_id)
    if found is None:
        raise UserError(N_("There is no such meeting."))
    return found


def _now(session: Session, client_id: ClientId, mode: MeetingMode, place: str) -> Meeting:
    return Meeting(
        client=client_id,
        date=session.today(),
        mode=mode,
        minutes=0,
        attended=True,
        place=place,
        started=session.now(),
    )


def clock_time(text: str) -> str:
    """`9`, `9.00`, `9:30` → `9.00`, `9.30`."""
    hours, _, minutes = text.strip().replace(":", ".").partition(".")
    if not (hours.isdigit() and (minutes or "00").isdigit()) or int(hours) > 23 or int(minutes or 0) > 59:
        raise UserError(N_("“{text}” is not a time of day. Write it like 9.30."), text=text)
    return f"{int(hours)}.{int(minutes or 0):02d}"
