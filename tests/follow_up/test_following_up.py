"""Asking former clients: what is written down feeds the figures, what is refused ends the asking, all can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import NOW

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.domain.client import ClientId, FollowUp, Meeting
from valmentaja.domain.codes import ExitReason, LabourStatus, MeetingMode
from valmentaja.domain.follow_up import PURPOSE
from valmentaja.domain.presentation import Consent
from valmentaja.domain.queue import QueueEntry, QueueKind
from valmentaja.indicators.own.figures import Topic
from valmentaja.store import clients, consents, handovers
from valmentaja.store import meetings as kept
from valmentaja.usecases import caseload, following_up, logs, meetings, moving, overview, own_figures, path, today
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.following_up import NOT_REACHED, REFUSED, Stage
from valmentaja.usecases.session import Session

DUE = date(2027, 2, 24)
"""Three months from the intake of 24.11.2026."""
WORK = LabourStatus.AVOIN_TYO


@pytest.fixture
def client(session: Session, clock: FixedClock) -> ClientId:
    """Left on 20.12.2026; now it is the day of the first follow-up."""
    made = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    clock.moment = NOW + timedelta(days=26)
    caseload.end_work(session, made, on=date(2026, 12, 20), reason=ExitReason.TYO)
    clock.moment = NOW + timedelta(days=92)
    assert session.today() == DUE
    return made


def waiting(session: Session) -> list[QueueEntry]:
    return [entry for entry in today.queue(session) if entry.kind is QueueKind.FOLLOW_UP]


def later(session: Session, clock: FixedClock) -> list[str]:
    """The cells of OE01 that count somebody at the end of March 2027."""
    clock.moment = NOW + timedelta(days=140)
    held = own_figures.caseload_of(own_figures.read(session, "2027-03"))
    shown = own_figures.detail(held, Topic.LATER, "2027-03", 12)
    return [figure.id for figure in shown.figures if figure.people]


def test_what_was_learnt_is_the_client_s_situation_in_the_figures(
    session: Session, client: ClientId, clock: FixedClock
) -> None:
    following_up.record(session, client, outcome=WORK, note=" Töissä varastolla ")
    (contact,) = following_up.of_client(session, client).contacts
    assert (contact.status, contact.meeting.mode, contact.meeting.notes) == (
        WORK,
        MeetingMode.PUHELIN,
        "Töissä varastolla",
    )
    assert waiting(session) == []
    assert later(session, clock) == ["OE01 3 TYO"]


@pytest.mark.usefixtures("client")
def test_without_a_follow_up_the_figures_do_not_know(session: Session, clock: FixedClock) -> None:
    assert later(session, clock) == ["OE01 3 EI_TIETOA"]


def test_the_queue_asks_within_its_time_and_tells_the_days_left_and_the_tries(
    session: Session, client: ClientId, clock: FixedClock
) -> None:
    (entry,) = waiting(session)
    assert (entry.rule, entry.when, entry.days_late) == ("FOLLOW-UP", DUE, 0)
    assert dict(entry.values) == {"months": 3, "left": 31, "tried": 0}
    following_up.record(session, client, outcome=NOT_REACHED)
    clock.moment += timedelta(days=31)
    (entry,) = waiting(session)
    assert dict(entry.values) == {"months": 3, "left": 0, "tried": 1}
    clock.moment += timedelta(days=1)
    assert waiting(session) == []
    assert following_up.of_client(session, client).scheduled[0].stage(session.today()) is Stage.PASSED


@pytest.mark.usefixtures("client")
def test_the_first_day_to_ask_is_31_days_before(session: Session, clock: FixedClock) -> None:
    clock.moment -= timedelta(days=31)
    assert len(waiting(session)) == 1
    clock.moment -= timedelta(days=1)
    assert waiting(session) == []


def test_a_call_that_reached_nobody_is_no_meeting_ahead(session: Session, client: ClientId) -> None:
    following_up.record(session, client, outcome=NOT_REACHED)
    assert overview.overview(session, client).next_meeting is None
    shown = path.timeline(session, client)
    assert shown is not None
    assert [event.kind for event in shown.events] == ["missed"]
    meetings.book(session, client, on=DUE, at="9", mode=MeetingMode.KAYNTI)
    ahead = overview.overview(session, client).next_meeting
    assert ahead is not None
    assert ahead.planned_time == "9.00"


def test_a_no_ends_the_asking_until_it_is_taken_back(session: Session, client: ClientId, clock: FixedClock) -> None:
    following_up.record(session, client, outcome=REFUSED)
    held = following_up.of_client(session, client)
    assert held.refusal is not None
    assert [contact.refused for contact in held.contacts] == [True]
    assert waiting(session) == []
    clock.moment += timedelta(days=1)
    with pytest.raises(UserError, match="does not want to be asked"):
        following_up.record(session, client, outcome=WORK)
    following_up.ask_again(session, client)
    assert len(waiting(session)) == 1
    with pytest.raises(UserError, match="has not said no"):
        following_up.ask_again(session, client)


def say(session: Session, client: ClientId, key: str, on: date, *, given: bool = False) -> None:
    """A word of the client's as another vault's comes in with a handover."""
    with session.store.writing() as tx:
        word = Consent(id=key, client=client, given=given, on=on, expires=None, scope="", at=key, purpose=PURPOSE)
        consents.add(tx, word)


def may_be_asked(session: Session, client: ClientId) -> bool:
    """The page, the queue and the writing down say the same."""
    on_page = following_up.of_client(session, client).refusal is None
    assert on_page == bool(waiting(session))
    if not on_page:
        with pytest.raises(UserError, match="does not want to be asked"):
            following_up.record(session, client, outcome=WORK)
    return on_page


def test_of_two_refusals_both_end_when_the_client_may_be_asked_after_all(session: Session, client: ClientId) -> None:
    say(session, client, "1", date(2027, 2, 1))
    say(session, client, "2", date(2027, 2, 10))
    assert not may_be_asked(session, client)
    following_up.ask_again(session, client)
    assert may_be_asked(session, client)
    words = consents.of_client(session.store, client, PURPOSE)
    assert [(c.given, c.withdrawn) for c in words] == [(False, DUE)] * 2


def test_a_refusal_written_down_by_mistake_takes_no_earlier_one_with_it(session: Session, client: ClientId) -> None:
    made = following_up.record(session, client, outcome=REFUSED).made
    say(session, client, "1", date(2027, 2, 1))
    following_up.take_back(session, int(made))
    assert not may_be_asked(session, client)
    refusal = following_up.of_client(session, client).refusal
    assert refusal is not None
    assert refusal.on == date(2027, 2, 1)


@pytest.mark.parametrize(("yes", "asked"), [(date(2027, 2, 10), True), (date(2027, 1, 10), False)])
def test_the_last_word_counts(session: Session, client: ClientId, yes: date, asked: bool) -> None:
    say(session, client, "1", date(2027, 2, 1))
    say(session, client, "2", yes, given=True)
    assert may_be_asked(session, client) == asked


@pytest.mark.parametrize("outcome", [WORK, NOT_REACHED, REFUSED])
def test_what_was_written_down_can_be_taken_back_and_both_are_logged(
    session: Session, client: ClientId, outcome: str
) -> None:
    before, made = waiting(session), following_up.record(session, client, outcome=outcome).made
    following_up.take_back(session, int(made))
    held = following_up.of_client(session, client)
    assert (held.contacts, held.refusal) == ((), None)
    assert clients.follow_ups(session.store) == ()
    assert waiting(session) == before
    logged = [(e.action, e.entity) for e in logs.entries(session, client_id=client, limit=6)]
    assert ("record", "meeting") in logged
    assert ("remove", "meeting") in logged
    assert (("record", "follow_up") in logged) == (outcome == WORK)
    assert (("remove", "follow_up") in logged) == (outcome == WORK)
    assert (("withdraw", "consent") in logged) == (outcome == REFUSED)


@pytest.mark.parametrize("outcome", [WORK, REFUSED])
def test_taking_back_a_call_that_reached_nobody_leaves_what_came_of_the_next_one(
    session: Session, client: ClientId, outcome: str
) -> None:
    tried = following_up.record(session, client, outcome=NOT_REACHED).made
    following_up.record(session, client, outcome=outcome)
    following_up.take_back(session, int(tried))
    (contact,) = following_up.of_client(session, client).contacts
    assert (contact.status, contact.refused) == ((WORK, False) if outcome == WORK else (None, True))


@pytest.mark.parametrize("no_more", [False, True])
def test_who_tells_how_it_goes_may_say_no_to_the_next_time(
    session: Session, client: ClientId, clock: FixedClock, no_more: bool
) -> None:
    following_up.record(session, client, outcome=WORK, no_more=no_more)
    held = following_up.of_client(session, client)
    assert (held.contacts[0].status, held.refusal is not None) == (WORK, no_more)
    clock.moment = NOW + timedelta(days=181)
    assert len(waiting(session)) == (0 if no_more else 1)


def test_a_no_can_only_be_said_by_somebody_who_was_reached(session: Session, client: ClientId) -> None:
    following_up.record(session, client, outcome=NOT_REACHED, no_more=True)
    assert following_up.of_client(session, client).refusal is None


@pytest.mark.parametrize(("outcome", "no_more"), [(WORK, False), (WORK, True), (NOT_REACHED, False), (REFUSED, False)])
def test_what_was_taken_back_can_be_put_back_as_it_was(
    session: Session, client: ClientId, outcome: str, no_more: bool
) -> None:
    following_up.record(session, client, outcome=outcome, no_more=no_more, note="Soitin", mode=MeetingMode.VIDEO)
    (before,) = following_up.of_client(session, client).contacts
    following_up.take_back(session, before.meeting.id)
    assert following_up.of_client(session, client).refusal is None
    following_up.restore(session, before)
    (after,) = following_up.of_client(session, client).contacts
    assert replace(after, meeting=replace(after.meeting, id=before.meeting.id)) == before


def import_meetings(session: Session, client: ClientId, *minutes: int, status: LabourStatus | None = WORK) -> list[int]:
    """Attended meetings of the day, and what was learnt on it, from another program's tables; the new ids."""
    rows = [Meeting(client=client, date=DUE, mode=MeetingMode.KAYNTI, minutes=m, attended=True) for m in minutes]
    with session.store.writing() as tx:
        kept.add_many(tx, rows)
        clients.add_follow_ups(tx, [] if status is None else [FollowUp(client=client, date=DUE, status=status)])
    return [m.id for m in kept.of_client(session.store, client)][::-1]


def learnt(session: Session, client: ClientId) -> list[LabourStatus]:
    return [f.status for f in clients.follow_ups(session.store, client)]


@pytest.mark.parametrize("minutes", [(30, 45), (0, 45), (45, 0), (0, 0)])
@pytest.mark.parametrize("first", [0, 1])
def test_what_was_imported_goes_with_the_last_contact_of_its_day(
    session: Session, client: ClientId, minutes: tuple[int, int], first: int
) -> None:
    ids = import_meetings(session, client, *minutes)
    following_up.take_back(session, ids[first])
    (left,) = following_up.of_client(session, client).contacts
    assert (left.status, learnt(session, client)) == (WORK, [WORK])
    following_up.take_back(session, ids[1 - first])
    assert learnt(session, client) == []
    following_up.restore(session, left)
    assert learnt(session, client) == [WORK]


def test_one_of_two_contacts_of_a_day_can_be_put_back(session: Session, client: ClientId) -> None:
    first, _second = import_meetings(session, client, 30, 45)
    (contact,) = (c for c in following_up.of_client(session, client).contacts if c.meeting.id == first)
    following_up.take_back(session, first)
    following_up.restore(session, contact)
    assert [c.status for c in following_up.of_client(session, client).contacts] == [WORK, WORK]


@pytest.mark.parametrize("minutes", [0, 30])
def test_what_was_written_down_goes_with_its_own_contact_and_with_no_other(
    session: Session, client: ClientId, minutes: int
) -> None:
    (imported,) = import_meetings(session, client, minutes, status=None)
    own = int(following_up.record(session, client, outcome=WORK, no_more=True).made)
    beside = next(c for c in following_up.of_client(session, client).contacts if c.meeting.id == imported)
    following_up.take_back(session, imported)
    assert learnt(session, client) == [WORK]
    assert following_up.of_client(session, client).refusal is not None
    following_up.restore(session, beside)
    assert len(consents.of_client(session.store, client, PURPOSE)) == 1
    following_up.take_back(session, own if minutes else own + 1)
    held = following_up.of_client(session, client)
    assert (learnt(session, client), held.refusal, len(held.contacts)) == ([], None, 1)


def test_a_meeting_of_the_same_day_does_not_hold_what_was_written_down_by_mistake(
    session: Session, client: ClientId
) -> None:
    meetings.end(session, int(meetings.start(session, client).made))
    for outcome in (WORK, REFUSED):
        made = following_up.record(session, client, outcome=outcome).made
        following_up.take_back(session, int(made))
        assert (learnt(session, client), following_up.of_client(session, client).refusal) == ([], None)


def test_a_no_that_was_taken_back_does_not_hold_what_was_learnt_later_that_day(
    session: Session, client: ClientId
) -> None:
    following_up.record(session, client, outcome=REFUSED)
    following_up.ask_again(session, client)
    made = following_up.record(session, client, outcome=WORK).made
    following_up.take_back(session, int(made))
    assert learnt(session, client) == []


def test_what_was_taken_back_replaces_nothing_that_was_learnt_of_the_day_meanwhile(
    session: Session, client: ClientId
) -> None:
    following_up.record(session, client, outcome=NOT_REACHED)
    following_up.record(session, client, outcome=WORK)
    reached, tried = following_up.of_client(session, client).contacts
    for contact in (reached, tried):
        following_up.take_back(session, contact.meeting.id)
    following_up.record(session, client, outcome=LabourStatus.KOULUTUS)
    with pytest.raises(UserError, match="written down already"):
        following_up.restore(session, reached)
    assert learnt(session, client) == [LabourStatus.KOULUTUS]
    following_up.restore(session, tried)
    came = [(c.status, c.meeting.attended) for c in following_up.of_client(session, client).contacts]
    assert sorted(came, key=str) == [(LabourStatus.KOULUTUS, True), (None, False)]


def test_what_was_taken_back_is_not_put_back_before_the_end_of_the_work(session: Session, client: ClientId) -> None:
    following_up.record(session, client, outcome=WORK)
    (contact,) = following_up.of_client(session, client).contacts
    following_up.take_back(session, contact.meeting.id)
    with session.store.writing() as tx:
        clients.edit(tx, replace(caseload.client(session, client), exit_date=DUE))
    with pytest.raises(UserError, match="after the last day"):
        following_up.restore(session, contact)
    assert learnt(session, client) == []


def test_a_meeting_held_with_the_program_is_not_taken_back_as_a_follow_up(
    session: Session, client: ClientId, clock: FixedClock
) -> None:
    meeting = int(meetings.start(session, client).made)
    meetings.end(session, meeting)
    following_up.record(session, client, outcome=REFUSED)
    held = following_up.of_client(session, client)
    assert [contact.is_written for contact in held.contacts] == [True, False]
    with pytest.raises(UserError, match="no such follow-up"):
        following_up.take_back(session, meeting)
    clock.moment += timedelta(days=1)
    assert following_up.of_client(session, client).refusal is not None


@pytest.mark.parametrize(
    ("day", "outcome", "sentence"),
    [
        (DUE + timedelta(days=1), WORK, "in the future"),
        (date(2026, 12, 20), WORK, "after the last day"),
        (DUE, "", "Choose what came of it"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    session: Session, client: ClientId, day: date, outcome: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        following_up.record(session, client, outcome=outcome, on=day)
    assert following_up.of_client(session, client).contacts == ()


def test_a_second_answer_of_one_day_does_not_silently_replace_the_first(session: Session, client: ClientId) -> None:
    following_up.record(session, client, outcome=WORK)
    with pytest.raises(UserError, match="written down already"):
        following_up.record(session, client, outcome=LabourStatus.TYOTON)
    assert [f.status for f in clients.follow_ups(session.store, client)] == [WORK]


def test_somebody_still_in_the_caseload_has_nothing_to_follow_up(session: Session) -> None:
    made = caseload.take_on(session, NewClient(family_name="Toinen", given_names="Testi")).made
    assert not following_up.of_client(session, made).is_needed
    with pytest.raises(UserError, match="after the last day"):
        following_up.record(session, made, outcome=WORK)


def test_a_client_handed_over_is_not_asked_here(session: Session, client: ClientId) -> None:
    with session.store.writing() as tx:
        handovers.send(tx, "package", client, coach="another", at=session.now(), on=session.today())
    assert waiting(session) == []
    with pytest.raises(UserError, match="handed over"):
        following_up.record(session, client, outcome=WORK)


def test_follow_ups_and_contacts_leave_in_the_tables_of_the_caseload(
    session: Session, client: ClientId, tmp_path: Path
) -> None:
    following_up.record(session, client, outcome=NOT_REACHED, mode=MeetingMode.VIESTI)
    following_up.record(session, client, outcome=LabourStatus.KOULUTUS)
    written = {path.name: path.read_text("utf-8") for path in moving.take_out(session, tmp_path)}
    assert written["followups.csv"].splitlines()[1:] == [f"{client},2027-02-24,KOULUTUS"]
    assert written["meetings.csv"].splitlines()[1:] == [
        f"{client},2027-02-24,PUHELIN,0,1",
        f"{client},2027-02-24,VIESTI,0,0",
    ]
