"""One assessment case for the training vault: half-way, with a clarification that is late."""

from __future__ import annotations

from datetime import date, timedelta

from valmentaja.domain.assessment import Assessment
from valmentaja.domain.case import (
    CONCLUSION,
    Case,
    CaseKind,
    CaseMeeting,
    Clarification,
    Contribution,
    Part,
    conclusion_of,
)
from valmentaja.domain.client import ClientId
from valmentaja.domain.rating import Aspect, Rating
from valmentaja.store import assessments, cases, meetings, ratings
from valmentaja.usecases.session import Session

_TEXTS = {
    Part.STRENGTHS: "Täsmällinen, kätevä käsistään, pitää ulkotyöstä. Ystävät auttavat arjessa.",
    Part.SKILLS: "Puutyöalan perustutkinto, trukkikortti. Haluaa takaisin puutöihin.",
    Part.ABILITY: "Selkä rajoittaa nostoja. Jaksaa neljä tuntia päivässä.",
    Part.JOB_SEARCH: "Ansioluettelo on vanha. Hakee mieluiten käymällä paikan päällä.",
    Part.SOCIAL: "Asuu yksin, vuokra maksettu ajallaan.",
}

_COACH = {"A": "6", "B": "7", "C": "6", "D": "7", "E": "5", "F": "4", "G": "5", "H": "6", "K": "7"}
"""How the coach sees the domains; I and J were not talked of."""


def add(session: Session, client: ClientId) -> str:
    """Opened five weeks ago; the latest measurement belongs to it. Its id."""
    start = session.today() - timedelta(days=35)
    question = "Mikä työ sopii selälle, ja mitä tukea paluu työhön vaatii?"
    case = Case(id=session.new_id(), client=client, kind=CaseKind.MULTI, question=question, opened=start)
    measured = [a for a in assessments.of_client(session.store, client) if a.closed is not None]
    held = [m for m in meetings.of_client(session.store, client) if m.attended and m.date >= start]
    with session.store.writing() as tx:
        cases.add(tx, case)
        for assessment in measured[-1:]:
            cases.tie(tx, case, assessment.id)
            for seen in _seen_by_the_coach(session, assessment):
                ratings.add(tx, assessment, seen)
        for planned in _planned(session, case, {m.date: m.id for m in held}):
            cases.add_meeting(tx, case, planned)
        for clarification in _clarifications(session, case):
            cases.add_clarification(tx, case, clarification, action="ask")
        for told in _told(session, case):
            cases.contribute(tx, case, told)
        for field, text in _TEXTS.items():
            cases.keep_field(tx, case, field, text)
        cases.keep_field(
            tx,
            case,
            f"{CONCLUSION}{conclusion_of('suunta-1.0', 'A')}",
            "Neljän tunnin työpäivä onnistuu, kun nostoja ei ole.",
        )
    return case.id


def _seen_by_the_coach(session: Session, assessment: Assessment) -> tuple[Rating, ...]:
    """The coach's own view of most domains, and what the two agreed where they differed."""
    given = [(domain, Aspect.COACH, value, "") for domain, value in _COACH.items()]
    given.append(("D", Aspect.AGREED, "8", "Mieliala on hyvä, mutta väsymys palaa iltaisin."))
    return tuple(
        Rating(domain=d, aspect=a, value=v, reason=r, date=assessment.closed or assessment.opened, at=session.now())
        for d, a, v, r in given
    )


def _planned(session: Session, case: Case, held: dict[date, int]) -> tuple[CaseMeeting, ...]:
    """The first one held, one to come, one whose day is open."""
    first = min(held, default=None)
    coming = session.today() + timedelta(days=9)
    told = (
        ("Alkukeskustelu ja suostumukset", first, None if first is None else held[first]),
        ("Kartoitus loppuun", coming, None),
        ("Yhteenveto yhdessä", None, None),
    )
    return tuple(
        CaseMeeting(id=session.new_id(), case=case.id, position=n, purpose=purpose, date=on, meeting=meeting)
        for n, (purpose, on, meeting) in enumerate(told)
    )


def _clarifications(session: Session, case: Case) -> tuple[Clarification, ...]:
    ordered = case.opened + timedelta(days=2)
    late = session.today() - timedelta(days=3)
    doctor = Clarification(
        id=session.new_id(),
        case=case.id,
        kind="doctor",
        what="Mitä selkä kestää?",
        source="Työterveyslääkäri",
        ordered=ordered,
        expected=late,
    )
    nurse = Clarification(
        id=session.new_id(),
        case=case.id,
        kind="health_check",
        source="Terveydenhoitaja",
        ordered=ordered,
        expected=late,
        received=late,
        result="Verenpaine ja näkö kunnossa, uni katkonaista.",
    )
    return (nurse, doctor)


def _told(session: Session, case: Case) -> tuple[Contribution, ...]:
    return (
        Contribution(
            case=case.id,
            date=case.opened + timedelta(days=7),
            author="Sirpa Sosiaali",
            role="sosiaaliohjaaja",
            heading=Part.SOCIAL,
            words="Talous on tasapainossa. Kotiin ei tarvita tukea.",
            at=session.now(),
        ),
    )
