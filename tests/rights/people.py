"""A client with something in every table, and with a word in it that stands nowhere else."""

from __future__ import annotations

from datetime import date

from valmentaja.base.canonical import fingerprint
from valmentaja.domain.case import CaseKind, Part
from valmentaja.domain.client import BenefitReading, FollowUp, ServicePeriod, StatusChange
from valmentaja.domain.codes import BenefitSource, ExitReason, LabourStatus, PlanKind, Rater
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.presentation import Consent
from valmentaja.domain.rating import Aspect
from valmentaja.domain.review import Review, ReviewLine, Verdict
from valmentaja.domain.sending import Sending
from valmentaja.domain.ura import Entered, Entry, Kind
from valmentaja.store import assessments, clients, consents, paper_checks, papers, plans, reviews, sendings, ura
from valmentaja.store.papers import DocumentRow
from valmentaja.usecases import assessing, case_parts, caseload, cases, meetings, other_results, planning, rating
from valmentaja.usecases.other_results import NewResult
from valmentaja.usecases.session import Session

CANARY = "Kanarialintunen"


def take_on(session: Session, family: str = CANARY, given: str = "Aapo", **more: str) -> str:
    new = caseload.NewClient(family_name=family, given_names=given, **more)
    return caseload.take_on(session, new, despite_duplicates=True).made


def with_everything(session: Session, word: str = CANARY) -> str:
    """The client's number."""
    client = take_on(session, word, phone="040 555 1234", email=f"{word}@example.org", address=f"{word}katu 1")
    _working_life(session, client, word)
    meeting = int(meetings.start(session, client).made)
    meetings.keep_notes(session, meeting, notes=f"{word} kertoi " + f"{word} " * 900, agreed=f"{word} soittaa")
    _as_a_case(session, client, word)
    _assessed(session, client, word)
    _planned(session, client, word)
    meetings.end(session, meeting)
    return client


def end(session: Session, client: str, on: date) -> None:
    caseload.end_work(session, client, on=on, reason=ExitReason.TYO)


def _working_life(session: Session, client: str, word: str) -> None:
    today = session.today()
    caseload.add_status(session, StatusChange(client=client, date=today, status=LabourStatus.TYOTON))
    caseload.add_reading(session, BenefitReading(client=client, date=today, days=501, source=BenefitSource.KELA))
    caseload.keep_service(session, ServicePeriod(client=client, service="TYOKOKEILU", start=today, provider=word))
    with session.store.writing() as tx:
        clients.add_follow_ups(tx, [FollowUp(client=client, date=today, status=LabourStatus.AVOIN_TYO)])


def _as_a_case(session: Session, client: str, word: str) -> None:
    """An open case with something in each of its tables."""
    case = cases.open_case(session, client, kind=CaseKind.MULTI, question=f"{word} kysyy").made
    case_parts.plan_meeting(session, case, purpose=f"{word} tavataan", on=session.today())
    made = case_parts.order(session, case, kind="doctor", what=f"{word} voi", source=f"{word} lääkäri").made
    case_parts.receive(session, made, result=f"{word} jaksaa")
    cases.contribute(session, case, author=f"{word} Salo", role="sosiaaliohjaaja", words=f"{word} asuu yksin")
    cases.write(session, case, Part.STRENGTHS, f"{word} on sinnikäs")
    cases.conclude(session, case, "A", f"{word} nukkuu", instrument="suunta-1.0")


def _assessed(session: Session, client: str, word: str) -> None:
    made = assessing.begin(session, client).made
    for item in assessing.runner(session, made).order[:12]:
        assessing.answer(session, made, item, 3, note=f"{word} {item}")
        assessing.answer(session, made, item, 4, note=f"{word} uudelleen")
        assessing.answer(session, made, item, 5, rater=Rater.VALMENTAJA)
    rating.rate(session, made, "A", Aspect.NOTE, "", reason=f"{word} nukkuu huonosti")
    held = assessments.get(session.store, made)
    assert held is not None
    with session.store.writing() as tx:
        paper_checks.keep_second(tx, held, "A1", 3, at=session.now())
    assessing.close(session, made)
    other_results.record(session, client, NewResult(instrument=f"{word}mittari", score="5", note=f"{word} sanoi"))


def _planned(session: Session, client: str, word: str) -> None:
    """A plan with texts, goals, steps, an ink signature, and a raw document blob."""
    plan = planning.draft(session, client, PlanKind.MONIALAINEN).made
    goal = planning.add_goal(session, plan, words=f"{word} herää").made
    planning.add_step(session, plan, goal, what=f"{word} astelee")
    held = planning.plan(session, plan)
    pdf = b"%PDF-1.7 raw " + f"{word} ".encode() * 3000
    document = DocumentRow(
        id=session.new_id(),
        client=client,
        plan=plan,
        kind="plan",
        language="fi",
        title="Suunnitelma",
        file_name=f"plan_{client}_v1.pdf",
        created=session.now(),
        sha256=fingerprint(pdf),
    )
    with session.store.writing() as tx:
        plans.keep_field(tx, held, "own_situation", f"{word} kotona")
        plans.sign(
            tx, held, Signature(plan=plan, party="client", state=SignatureState.INK, name=word, ink=(((1, 2),),))
        )
        plans.freeze(tx, held, at=session.now(), fingerprint="0" * 64)
        papers.add(tx, document, pdf)
        reviews.add(tx, held, _review(session, plan, goal, word))
        sendings.add(tx, _sending(session, client, document.id, word))
        consents.add(tx, _consent(session, client, word))
        consents.keep_field(tx, client, "skills", f"{word} osaa")
        ura.add(tx, _entered(session, client, word))


def _review(session: Session, plan: str, goal: str, word: str) -> Review:
    line = ReviewLine(about=goal, verdict=Verdict.CHANGED, why=f"{word} muutti")
    return Review(
        id=session.new_id(), plan=plan, on=session.today(), words=f"{word} sanoi", lines=(line,), at=session.now()
    )


def _sending(session: Session, client: str, document: str, word: str) -> Sending:
    return Sending(
        id=session.new_id(),
        client=client,
        document=document,
        file_name=f"{client}_{word}.pdf.age",
        recipient="hyva",
        sha256="0" * 64,
        at=session.now(),
    )


def _consent(session: Session, client: str, word: str) -> Consent:
    return Consent(
        id=session.new_id(),
        client=client,
        given=True,
        on=session.today(),
        expires=session.today(),
        scope=f"{word} antaa",
        at=session.now(),
    )


def _entered(session: Session, client: str, word: str) -> Entered:
    said = (Entry(key="service:TYOPAJA:2026-01-01", kind=Kind.SERVICE, service="TYOPAJA", words=f"{word} paja"),)
    return Entered(id=session.new_id(), client=client, on=session.today(), said=said, at=session.now())
