"""Asking former clients how it went: what is due, writing down what came of it, and taking that back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.client import Client, ClientId, FollowUp, Meeting
from valmentaja.domain.codes import LabourStatus, MeetingMode
from valmentaja.domain.follow_up import NOT_REACHED, PURPOSE, REFUSED, Scheduled, Stage, counts_for, schedule
from valmentaja.domain.presentation import Consent, latest
from valmentaja.domain.queue import FollowUpDue
from valmentaja.store import clients, consents, log, meetings
from valmentaja.store.database import Reader, Transaction
from valmentaja.usecases import caseload
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

__all__ = ["NOT_REACHED", "REFUSED", "Scheduled", "Stage", "counts_for"]
TAKEN = N_("A follow-up of this day is written down already. Take it back first if it is wrong.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact after the exit; `status` is what was learnt, `refused` a no to further asking that was said in it."""

    meeting: Meeting
    status: LabourStatus | None
    refused: bool = False

    @property
    def is_written(self) -> bool:
        """Not a meeting that was held with the program, which has notes of its own and is corrected there."""
        return self.meeting.started is None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps:
    """Of one client: the schedule, the contacts newest first, and the no to further ones if there is one."""

    scheduled: tuple[Scheduled, ...]
    contacts: tuple[Contact, ...]
    refusal: Consent | None

    @property
    def is_needed(self) -> bool:
        return bool(self.scheduled or self.contacts)


def of_client(session: Session, client_id: ClientId) -> FollowUps:
    person, store = caseload.client(session, client_id), session.store
    told, held = clients.follow_ups(store, client_id), _after_exit(person, meetings.of_client(store, client_id))
    said = consents.of_client(store, client_id, PURPOSE)
    return FollowUps(
        scheduled=schedule(person, told, held),
        contacts=tuple(_contact(m, {f.date: f.status for f in told}, said) for m in held),
        refusal=_refusal(said),
    )


def due(session: Session, present: frozenset[ClientId]) -> tuple[FollowUpDue, ...]:
    """What can be asked today of those clients, without those who do not want it."""
    today, told = session.today(), _by_client(clients.follow_ups(session.store))
    told_no = groupby(consents.of_purpose(session.store, PURPOSE), key=lambda c: c.client)
    silent = {client for client, said in told_no if _refusal(said) is not None}
    gone = [p for p in clients.every(session.store) if p.exit_date is not None and p.id in present - silent]
    asked = [p for p in gone if any(one.stage(today) is Stage.DUE for one in schedule(p, told[p.id], ()))]
    return tuple(
        FollowUpDue(client=person.id, name=person.name, scheduled=one)
        for person in asked
        for one in schedule(person, told[person.id], meetings.of_client(session.store, person.id))
        if one.stage(today) is Stage.DUE
    )


def record(
    session: Session,
    client_id: ClientId,
    *,
    outcome: str,
    mode: MeetingMode = MeetingMode.PUHELIN,
    on: date | None = None,
    note: str = "",
    no_more: bool = False,
) -> Changes:
    """What came of asking: a labour-market situation, `NOT_REACHED`, or `REFUSED`; with `no_more` it was the last time.

    The contact is kept as a meeting with its mode, what was learnt as the follow-up of its day, the no as a refusal.
    """
    asked = on or session.today()
    _check(session, client_id, asked)
    if outcome not in (NOT_REACHED, REFUSED, *LabourStatus):
        raise UserError(N_("Choose what came of it."))
    contact = Meeting(
        client=client_id,
        date=asked,
        mode=mode,
        minutes=0,
        attended=outcome != NOT_REACHED,
        notes=note.strip(),
    )
    with session.store.writing() as tx:
        status = LabourStatus(outcome) if outcome in set(LabourStatus) else None
        refused = outcome == REFUSED or (no_more and contact.attended)
        made = _keep(session, tx, Contact(meeting=contact, status=status, refused=refused))
    return changed(Area.CLIENT, Area.MEETING, client=client_id, made=str(made))


def take_back(session: Session, meeting_id: int) -> Changes:
    """A contact that should not have been written down, with what was learnt or refused in it and in no other."""
    held = meetings.get(session.store, meeting_id)
    contact = None if held is None else _known(session, held)
    if held is None or contact is None or not contact.is_written:
        raise UserError(N_("There is no such follow-up."))
    require_here(session, held.client)
    shared = _is_shared(session, contact)
    with session.store.writing() as tx:
        meetings.remove(tx, held)
        if contact.status is not None and not shared:
            clients.remove_follow_up(tx, FollowUp(client=held.client, date=held.date, status=contact.status))
        if contact.refused and not shared:
            _withdraw(session, tx, (no for no in _standing(tx, held.client) if no.on == held.date))
    return changed(Area.CLIENT, Area.MEETING, client=held.client)


def restore(session: Session, contact: Contact) -> Changes:
    """A contact just taken back, as it was; nothing that was learnt of its day meanwhile is replaced."""
    held = contact.meeting
    _check_day(session, held.client, held.date)
    with session.store.writing() as tx:
        if held.attended and _learnt(tx, held) not in (None, contact.status):
            raise UserError(TAKEN)
        made = _keep(session, tx, contact)
    return changed(Area.CLIENT, Area.MEETING, client=held.client, made=str(made))


def ask_again(session: Session, client_id: ClientId) -> Changes:
    """The client may be asked again after all; every no stays in the file as taken back."""
    require_here(session, client_id)
    if _refusal(consents.of_client(session.store, client_id, PURPOSE)) is None:
        raise UserError(N_("The client has not said no to follow-ups."))
    with session.store.writing() as tx:
        _withdraw(session, tx, _standing(tx, client_id))
    return changed(Area.CLIENT, client=client_id)


def _keep(session: Session, tx: Transaction, contact: Contact) -> int:
    """The new meeting's id; what another contact of the day shows already is not written down twice."""
    held = contact.meeting
    if contact.status is not None and _learnt(tx, held) is None:
        clients.add_follow_up(tx, FollowUp(client=held.client, date=held.date, status=contact.status))
    if contact.refused and held.date not in {no.on for no in _standing(tx, held.client)}:
        consents.add(tx, _no(session, held.client, held.date))
    return meetings.record(tx, held)


def _withdraw(session: Session, tx: Transaction, said: Iterable[Consent]) -> None:
    for no in said:
        consents.withdraw(tx, no, on=session.today())


def _learnt(store: Reader, held: Meeting) -> LabourStatus | None:
    """What is known of the day of a contact."""
    return next((f.status for f in clients.follow_ups(store, held.client) if f.date == held.date), None)


def _standing(store: Reader, client_id: ClientId) -> tuple[Consent, ...]:
    """Every no that has not been taken back."""
    return tuple(c for c in consents.of_client(store, client_id, PURPOSE) if c.is_refusal)


def _is_shared(session: Session, contact: Contact) -> bool:
    """Whether what was learnt or refused stands in another contact of the day as well.

    What was written down here belongs to one contact, which has no minutes and is the newest of such. Of what came from
    elsewhere nobody knows to which of the day's contacts it belongs: it goes with the last of them.
    """
    held = contact.meeting
    beside = [c.meeting for c in of_client(session, held.client).contacts if c.meeting.date == held.date]
    others = [m for m in beside if m.attended and m.id != held.id]
    last = log.last_action(session.store, "follow_up", held.date.isoformat(), held.client)
    if held.minutes or (contact.status is not None and last != "record"):
        return bool(others)
    return any(m.id > held.id and m.started is None and not m.minutes for m in others)


def _known(session: Session, held: Meeting) -> Contact | None:
    """The contact that a meeting after the exit is."""
    return next((c for c in of_client(session, held.client).contacts if c.meeting.id == held.id), None)


def _contact(meeting: Meeting, learnt: dict[date, LabourStatus], said: tuple[Consent, ...]) -> Contact:
    if not meeting.attended:
        return Contact(meeting=meeting, status=None)
    refused = any(c.is_refusal and c.on == meeting.date for c in said)
    return Contact(meeting=meeting, status=learnt.get(meeting.date), refused=refused)


def _check(session: Session, client_id: ClientId, asked: date) -> None:
    _check_day(session, client_id, asked)
    if _refusal(consents.of_client(session.store, client_id, PURPOSE)) is not None:
        raise UserError(N_("The client does not want to be asked. Nothing was written down."))
    if any(f.date == asked for f in clients.follow_ups(session.store, client_id)):
        raise UserError(TAKEN)


def _check_day(session: Session, client_id: ClientId, asked: date) -> None:
    person = caseload.client(session, client_id)
    require_here(session, client_id)
    if person.exit_date is None or asked <= person.exit_date:
        raise UserError(N_("A follow-up is asked after the last day of the work together. Check the day."))
    if asked > session.today():
        raise UserError(N_("The day of the follow-up is in the future. Choose today or an earlier day."))


def _no(session: Session, client_id: ClientId, asked: date) -> Consent:
    return Consent(
        id=session.new_id(),
        client=client_id,
        given=False,
        on=asked,
        expires=None,
        scope="",
        at=session.now(),
        purpose=PURPOSE,
    )


def _refusal(said: Iterable[Consent]) -> Consent | None:
    """Of one client: the last word that was not taken back, if it is a no; the page and the queue ask here alike."""
    last = latest(tuple(c for c in said if c.withdrawn is None))
    return last if last is not None and last.is_refusal else None


def _after_exit(person: Client, held: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    left = person.exit_date
    return () if left is None else tuple(m for m in held if m.date > left and not m.booked)


def _by_client(told: tuple[FollowUp, ...]) -> defaultdict[ClientId, list[FollowUp]]:
    found: defaultdict[ClientId, list[FollowUp]] = defaultdict(list)
    for row in told:
        found[row.client].append(row)
    return found
