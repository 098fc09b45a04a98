"""A case from its question to its end: meetings, clarifications, assessors, what the law asks, and reopening."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.domain.case import CaseKind, ClarificationState, Ending, Part
from valmentaja.domain.codes import MeetingMode, PlanKind
from valmentaja.domain.queue import QueueKind
from valmentaja.store import corrections, plans
from valmentaja.store import meetings as store_meetings
from valmentaja.usecases import (
    assessing,
    brief,
    case_parts,
    caseload,
    cases,
    finding,
    meetings,
    planning,
    today,
)
from valmentaja.usecases.session import Area, Session

TODAY = date(2026, 11, 24)
QUESTION = "Mikä auttaa Aapoa työhön?"


@pytest.fixture
def client(session: Session) -> str:
    new = caseload.NewClient(family_name="Ahonen", given_names="Aapo")
    return caseload.take_on(session, new, despite_duplicates=True).made


@pytest.fixture
def case(session: Session, client: str) -> str:
    return cases.open_case(session, client, kind=CaseKind.MULTI, question=QUESTION).made


def write_everything(session: Session, case: str) -> None:
    for part in Part:
        cases.write(session, case, part, f"Kirjattu: {part}.")


def test_a_case_needs_a_question_and_a_client_has_one_open(session: Session, client: str) -> None:
    with pytest.raises(UserError, match="Write the question"):
        cases.open_case(session, client, kind=CaseKind.SINGLE, question="  ")
    made = cases.open_case(session, client, kind=CaseKind.SINGLE, question=QUESTION).made
    with pytest.raises(UserError, match="open already"):
        cases.open_case(session, client, kind=CaseKind.MULTI, question="Toinen?")

    assert [c.id for c in cases.cases(session, client)] == [made]


def test_a_measurement_belongs_to_the_case_whichever_began_first(session: Session, client: str) -> None:
    begun = assessing.begin(session, client).made
    case = cases.open_case(session, client, kind=CaseKind.SINGLE, question=QUESTION).made
    assert [a.id for a in cases.overview(session, case).measured] == [begun]

    assessing.answer(session, begun, assessing.runner(session, begun).order[0], 4)
    assessing.close(session, begun)
    second = assessing.begin(session, client).made

    assert [a.id for a in cases.overview(session, case).measured] == [begun, second]


def test_a_planned_meeting_with_a_time_is_booked_and_the_one_begun_that_day_stands_for_it(
    session: Session, client: str, case: str, clock: FixedClock
) -> None:
    case_parts.plan_meeting(session, case, purpose="Alkukartoitus", on=TODAY + timedelta(days=2), at="9")
    case_parts.plan_meeting(session, case, purpose="Yhteenveto", on=TODAY)
    planned, booked = cases.overview(session, case).meetings
    assert booked.meeting is not None
    assert (booked.meeting.planned_time, booked.is_held) == ("9.00", False)
    assert planned.meeting is None

    meetings.end(session, int(meetings.start(session, client).made))
    assert [m.is_held for m in cases.overview(session, case).meetings] == [True, False]
    clock.moment += timedelta(days=2)
    meetings.start(session, client)

    assert [m.is_held for m in cases.overview(session, case).meetings] == [True, True]


def test_a_meeting_that_is_there_already_is_found_by_its_day(session: Session, client: str, case: str) -> None:
    made = meetings.book(session, client, on=TODAY + timedelta(days=3), at="10", mode=MeetingMode.VIDEO).made
    case_parts.plan_meeting(session, case, purpose="Kesken", on=TODAY + timedelta(days=3), at="10")

    (planned,) = cases.overview(session, case).meetings
    assert planned.meeting is not None
    assert str(planned.meeting.id) == made


def test_the_purpose_of_the_coming_meeting_is_told_when_it_is_prepared_for(
    session: Session, client: str, case: str
) -> None:
    assert brief.of_client(session, client).purpose == ""
    meetings.book(session, client, on=TODAY, at="10", mode=MeetingMode.KAYNTI)
    case_parts.plan_meeting(session, case, purpose="Yhteenveto", on=TODAY)

    assert brief.of_client(session, client).purpose == "Yhteenveto"


def test_a_planned_meeting_changes_goes_and_comes_back(session: Session, case: str) -> None:
    made = case_parts.plan_meeting(session, case, purpose="Alku").made
    case_parts.edit_meeting(session, case, made, purpose="Alkutapaaminen", on=TODAY)
    (planned,) = cases.overview(session, case).meetings
    assert (planned.plan.purpose, planned.plan.date) == ("Alkutapaaminen", TODAY)
    case_parts.remove_meeting(session, case, made)
    assert cases.overview(session, case).meetings == ()
    case_parts.restore_meeting(session, case, planned.plan)

    assert [m.plan for m in cases.overview(session, case).meetings] == [planned.plan]


def test_due_days_follow_what_is_known_of_the_client_and_of_the_kind(
    session: Session, client: str, clock: FixedClock
) -> None:
    meetings.end(session, int(meetings.start(session, client).made))
    clock.moment += timedelta(days=1)
    case = cases.open_case(session, client, kind=CaseKind.SINGLE, question=QUESTION).made
    assert [d.rule for d in cases.overview(session, case).dues] == ["CASE-DUE"]
    clock.moment += timedelta(days=9)
    cases.choose_kind(session, case, CaseKind.MULTI)
    for days in (10, 10):
        clock.moment += timedelta(days=days)
        (due,) = cases.overview(session, case).dues
        assert (due.rule, due.day) == ("MTS-DUE", date(2027, 3, 4))
        for kind in (CaseKind.SINGLE, CaseKind.MULTI):
            cases.choose_kind(session, case, kind)


def test_a_conclusion_of_an_earlier_program_is_read_and_written_where_it_stands(session: Session, case: str) -> None:
    cases.write(session, case, "conclusion.A", "Vanha.")
    assert cases.overview(session, case).conclusions == {"suunta.A": "Vanha."}
    cases.conclude(session, case, "A", "", instrument="suunta-1.0")
    assert cases.overview(session, case).conclusions == {}


def days_and_times(session: Session, client: str) -> list[tuple[date, str]]:
    return [(m.date, m.planned_time) for m in store_meetings.of_client(session.store, client)]


def test_a_booking_moves_with_the_planned_meeting(session: Session, client: str, case: str) -> None:
    soon, later = TODAY + timedelta(days=3), TODAY + timedelta(days=5)
    made = case_parts.plan_meeting(session, case, purpose="Alku", on=soon, at="10").made
    case_parts.edit_meeting(session, case, made, purpose="Alku", on=soon, at="12.30")
    assert days_and_times(session, client) == [(soon, "12.30")]

    changes = case_parts.edit_meeting(session, case, made, purpose="Alkukeskustelu", on=later)
    assert days_and_times(session, client) == [(later, "12.30")]
    (planned,) = cases.overview(session, case).meetings
    assert planned.meeting is not None
    assert (planned.plan.date, planned.meeting.date) == (later, later)
    assert changes.touches(Area.MEETING, client=client)


def test_a_booking_that_is_not_the_only_one_of_its_day_moves_and_the_other_stays(
    session: Session, client: str, case: str
) -> None:
    soon, later = TODAY + timedelta(days=3), TODAY + timedelta(days=5)
    meetings.book(session, client, on=later, at="9", mode=MeetingMode.VIDEO)
    made = case_parts.plan_meeting(session, case, purpose="Alku", on=soon, at="10").made
    case_parts.edit_meeting(session, case, made, purpose="Alku", on=later, at="12")

    assert sorted(days_and_times(session, client)) == [(later, "12.00"), (later, "9.00")]


def test_a_booking_without_a_day_is_refused_and_a_meeting_held_stays_on_its_day(
    session: Session, client: str, case: str
) -> None:
    soon = TODAY + timedelta(days=3)
    made = case_parts.plan_meeting(session, case, purpose="Alku", on=soon, at="10").made
    for on in (None, TODAY - timedelta(days=1)):
        with pytest.raises(UserError, match="booked"):
            case_parts.edit_meeting(session, case, made, purpose="Alku", on=on)
    held = case_parts.plan_meeting(session, case, purpose="Tänään", on=TODAY, at="8").made
    meetings.end(session, int(meetings.start(session, client).made))
    case_parts.edit_meeting(session, case, held, purpose="Jatko", on=soon + timedelta(days=1))

    assert min(days_and_times(session, client))[0] == TODAY


@pytest.mark.parametrize(
    ("purpose", "on", "at", "says"),
    [
        (" ", None, "", "what the meeting is for"),
        ("Alku", None, "9", "needs a day"),
        ("Alku", TODAY - timedelta(days=1), "9", "needs a day"),
        ("Alku", TODAY, "yhdeksän", "not a time of day"),
    ],
)
def test_a_meeting_that_cannot_be_planned_says_why(
    session: Session, case: str, purpose: str, on: date | None, at: str, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        case_parts.plan_meeting(session, case, purpose=purpose, on=on, at=at)
    assert cases.overview(session, case).meetings == ()


def test_a_clarification_is_ordered_late_and_received_with_its_source(
    session: Session, case: str, clock: FixedClock
) -> None:
    until = TODAY + timedelta(days=30)
    made = case_parts.order(session, case, kind="doctor", what="Työkyky", expected=until).made
    assert case_parts.clarification(session, made).source == "Doctor"
    clock.moment += timedelta(days=31)
    assert case_parts.clarification(session, made).state(session.today()) is ClarificationState.LATE
    (waits,) = [e for e in today.queue(session) if e.kind is QueueKind.CLARIFICATION]
    assert (waits.days_late, waits.about, dict(waits.values)) == (1, case, {"what": "Doctor’s assessment"})
    with pytest.raises(UserError, match="what the clarification says"):
        case_parts.receive(session, made, result="")
    case_parts.receive(session, made, result="Työkyky riittää kevyeen työhön.", source="Tk-lääkäri")

    held = case_parts.clarification(session, made)
    assert (held.state(session.today()), held.source) == (ClarificationState.RECEIVED, "Tk-lääkäri")
    assert [e for e in today.queue(session) if e.kind is QueueKind.CLARIFICATION] == []
    with pytest.raises(UserError, match="settled already"):
        case_parts.cancel(session, made, reason="Ei enää")
    assert [c.id for c in cases.overview(session, case).received_clarifications] == [made]


def test_a_clarification_only_needed_is_ordered_later_or_called_off_with_a_reason(session: Session, case: str) -> None:
    needed = case_parts.order(session, case, kind="kela", is_ordered=False).made
    assert case_parts.clarification(session, needed).state(TODAY) is ClarificationState.NEEDED
    case_parts.order_now(session, needed)
    assert case_parts.clarification(session, needed).state(TODAY) is ClarificationState.ORDERED
    with pytest.raises(UserError, match="Write the day"):
        case_parts.wait_until(session, needed, None)
    with pytest.raises(UserError, match="in the past"):
        case_parts.wait_until(session, needed, TODAY - timedelta(days=1))
    case_parts.wait_until(session, needed, TODAY)
    assert case_parts.clarification(session, needed).state(TODAY) is ClarificationState.AWAITED
    with pytest.raises(UserError, match="not needed any more"):
        case_parts.cancel(session, needed, reason=" ")
    case_parts.cancel(session, needed, reason="Asiakas on jo kuntoutuksessa.")

    assert case_parts.clarification(session, needed).state(TODAY) is ClarificationState.CANCELLED


def test_a_result_is_corrected_and_another_day_agreed_and_what_stood_there_is_kept(
    session: Session, client: str, case: str
) -> None:
    made = case_parts.order(session, case, kind="doctor", source="Lääkäri", expected=TODAY).made
    with pytest.raises(UserError, match="what was told and who gave it"):
        case_parts.correct(session, made, result="Hyvä", source="Lääkäri")
    case_parts.wait_until(session, made, TODAY + timedelta(days=7))
    case_parts.receive(session, made, result="Työkyky 5")
    case_parts.correct(session, made, result="Työkyky 7", source="Lääkäri", reason="Luettu väärin.")

    assert case_parts.clarification(session, made).result == "Työkyky 7"
    told = [c for c in corrections.of_client(session.store, client) if c.entity == "clarification"]
    assert [(c.field, c.before, c.reason) for c in told] == [
        ("result", "Työkyky 5", "Luettu väärin."),
        ("expected", "2026-11-24", ""),
    ]


def test_assessors_are_named_and_dated_and_found_by_their_words(session: Session, client: str, case: str) -> None:
    with pytest.raises(UserError, match="every contribution has a name"):
        cases.contribute(session, case, author="", role="", words="Hyvä")
    cases.contribute(
        session, case, author="Sirpa Salo", role="sosiaaliohjaaja", words="Asumisapu kunnossa.", heading=Part.SOCIAL
    )

    (told,) = cases.overview(session, case).contributions
    assert (told.author, told.date, told.heading) == ("Sirpa Salo", TODAY, "social")
    (hit,) = finding.notes(session, "asumisapu")
    assert (hit.client, hit.entity, hit.place) == (client, "contribution", case)


def test_a_finished_case_covers_what_the_law_asks(session: Session, client: str, case: str) -> None:
    with pytest.raises(UserError, match="not complete"):
        cases.end(session, case, ending=Ending.PLAN, outcome="Suunnitelma tehdään.")
    write_everything(session, case)
    meetings.start(session, client)
    assert cases.overview(session, case).lacking == ()
    with pytest.raises(UserError, match="what came of the assessment"):
        cases.end(session, case, ending=Ending.PLAN, outcome="")
    cases.end(session, case, ending=Ending.PLAN, outcome="Suunnitelma tehdään.")

    shown = cases.overview(session, case)
    assert (shown.case.closed, shown.ending) == (TODAY, Ending.PLAN)
    with pytest.raises(UserError, match="has ended"):
        cases.write(session, case, Part.SKILLS, "Lisää")


def test_a_case_broken_off_needs_only_the_reason_and_goes_on_with_one(session: Session, client: str, case: str) -> None:
    cases.end(session, case, ending=Ending.BROKEN_OFF, outcome="Muutti pois.")
    with pytest.raises(UserError, match="why the assessment goes on"):
        cases.reopen(session, case, reason="")
    cases.reopen(session, case, reason="Muutto peruuntui.")

    assert cases.case(session, case).closed is None
    (kept,) = [c for c in corrections.of_client(session.store, client) if c.entity == "assessment_case"]
    assert (kept.field, kept.before, kept.reason) == ("closed", "2026-11-24", "Muutto peruuntui.")
    assert cases.overview(session, case).reopened == (kept,)


def test_conclusions_and_strengths_are_told_beside_the_headings(session: Session, case: str) -> None:
    cases.write(session, case, Part.STRENGTHS, "Sinnikäs.")
    cases.conclude(session, case, "A", "Jaksaa hyvin.", instrument="suunta-1.0")

    shown = cases.overview(session, case)
    assert (shown.strengths, shown.conclusions) == ("Sinnikäs.", {"suunta.A": "Jaksaa hyvin."})
    assert [part for part, _text in shown.headings] == list(Part)[1:]
    with pytest.raises(ValueError, match="unknown"):
        cases.write(session, case, "unknown", "x")


def test_a_case_waits_on_today_a_week_before_its_day_with_its_rule(
    session: Session, case: str, clock: FixedClock
) -> None:
    assert [e for e in today.queue(session) if e.kind is QueueKind.CASE] == []
    clock.moment += timedelta(days=86)

    (entry,) = [e for e in today.queue(session) if e.kind is QueueKind.CASE]
    assert (entry.about, entry.when, entry.days_late) == (case, date(2027, 2, 24), 0)
    assert today.rule_of(session, entry).source == "381/2023 4.3 §"


def test_a_plan_that_an_ended_case_leads_to_is_waited_for_until_it_is_made(
    session: Session, client: str, case: str, clock: FixedClock
) -> None:
    write_everything(session, case)
    meetings.start(session, client)
    cases.end(session, case, ending=Ending.PLAN, outcome="Suunnitelma tehdään.")
    clock.moment += timedelta(days=100)
    (entry,) = [e for e in today.queue(session) if e.kind is QueueKind.CASE]
    assert (entry.text, entry.days_late) == ("The multi-agency plan is to be ready", 8)
    held = planning.plan(session, cases.begin_plan(session, case).made)
    assert held.kind is PlanKind.MONIALAINEN
    with session.store.writing() as tx:
        plans.freeze(tx, held, at=session.now(), fingerprint="0" * 64)

    assert [e for e in today.queue(session) if e.kind is QueueKind.CASE] == []
