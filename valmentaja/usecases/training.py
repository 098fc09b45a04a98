"""The training vault: encrypted like any other, full of invented people, marked HARJOITUS everywhere."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from valmentaja.base.clock import Clock
from valmentaja.base.ids import Chance
from valmentaja.crypto.keys import DataKey, KdfCost
from valmentaja.domain.client import Meeting
from valmentaja.domain.codes import MeetingMode, PlanKind
from valmentaja.domain.plan import Evidence, Responsible
from valmentaja.store import assessments, clients, meetings, plans
from valmentaja.store.database import Transaction
from valmentaja.usecases import assessing, instruments, invented_case, opening, planning
from valmentaja.usecases.invented import Life, lives
from valmentaja.usecases.session import Session, Unit

WORDS = "harjoitus harjoitus"
"""The passphrase of every training vault; there is nothing in one to protect."""
UNIT = Unit(code="H001", municipality="422", coach="Harri Harjoitus")


def make_training_vault(
    folder: Path, *, clock: Clock | None = None, cost: KdfCost | None = None, chance: Chance | None = None
) -> DataKey:
    """Create the vault and its people; slow, safe in the worker. Nothing in it is secret."""
    made = opening.create(folder, WORDS, unit=UNIT, training=True, clock=clock, cost=cost, chance=chance)
    session = opening.open_session(folder, DataKey(bytearray(made.key.reveal())), clock=clock, chance=chance)
    try:
        fill(session)
    finally:
        opening.close(session)
    return made.key


def fill(session: Session) -> None:
    """The invented caseload, and a working day with something to do in it."""
    instrument = instruments.get(session, assessing.DEFAULT_INSTRUMENT)
    people = lives(instrument, unit=session.unit.code, municipality=session.unit.municipality, today=session.today())
    with session.store.writing() as tx:
        _add(session, tx, people)
        instruments.keep_used(session, tx)
    _make_a_day(session, people)


def _add(session: Session, tx: Transaction, people: tuple[Life, ...]) -> None:
    clients.add_many(tx, [(life.client, session.chance.token(16)) for life in people])
    clients.add_statuses(tx, [row for life in people for row in life.statuses])
    clients.add_readings(tx, [row for life in people for row in life.readings])
    clients.add_services(tx, [row for life in people for row in life.services])
    meetings.add_many(tx, [row for life in people for row in life.meetings])
    measured = [row for life in people for row in life.assessments]
    assessments.add_many(tx, measured)
    assessments.add_answers(tx, [(a.id, answer) for a in measured for answer in a.answers], at=session.now())
    made = [row for life in people for row in life.plans]
    plans.add_many(tx, made)
    plans.add_imported_steps(tx, [(plan.id, step) for plan in made for step in plan.steps])


def _make_a_day(session: Session, people: tuple[Life, ...]) -> None:
    """Three meetings today, one assessment half-way, one plan agreed and waiting for a signature."""
    present = [life for life in people if life.client.exit_date is None]
    booked = [("9.00", "Kirjasto"), ("11.30", "Kirjasto"), ("14.00", "Terveysasema")]
    with session.store.writing() as tx:
        for (at, place), life in zip(booked, present, strict=False):
            meetings.add(tx, _booked(session, life, at, place), booked=True)
    _half_an_assessment(session, present[0])
    measured = next(life for life in present[1:] if life.assessments)
    _agreed_plan(session, measured)
    invented_case.add(session, measured.client.id)


def _booked(session: Session, life: Life, at: str, place: str) -> Meeting:
    return Meeting(
        client=life.client.id,
        date=session.today(),
        mode=MeetingMode.KAYNTI,
        minutes=0,
        attended=False,
        planned_time=at,
        place=place,
    )


def _half_an_assessment(session: Session, life: Life) -> None:
    begun = assessing.begin(session, life.client.id).made
    for place, item in enumerate(assessing.runner(session, begun).order[:21]):
        assessing.answer(session, begun, item, (4, 6, 3, 7, 5)[place % 5])


def _agreed_plan(session: Session, life: Life) -> None:
    """A frozen coaching plan with goals in the client's words, not signed by anyone yet."""
    made = planning.draft(session, life.client.id, PlanKind.VALMENNUS).made
    today = session.today()
    weakest = planning.findings(session, life.client.id, made)
    wishes = (
        ("Haluan takaisin puutöihin.", "Käyn tutustumassa verstaaseen", "Varaan tutustumisajan"),
        ("Aamut kuntoon.", "Herään 7.30 arkisin", "Varaan terveydenhoitajan ajan"),
    )
    for (words, own, coachs), finding in zip(wishes, weakest, strict=False):
        evidence = Evidence(assessment=finding.assessment, domain=finding.domain.id, item=finding.weakest_item)
        goal = planning.add_goal(session, made, words=words, evidence=evidence).made
        by = today + timedelta(days=14)
        planning.add_step(session, made, goal, what=own, responsible=Responsible.CLIENT, by=by)
        planning.add_step(session, made, goal, what=coachs, responsible=Responsible.COACH, by=by)
        if own == wishes[0][1]:
            _planned_service(session, made, goal)
    if not planning.missing(session, made):
        planning.freeze(session, made)


def _planned_service(session: Session, plan: str, goal: str) -> None:
    start, end = (session.today() + timedelta(days=n) for n in (21, 112))
    what = "Aloitamme työkokeilun verstaalla"
    together = Responsible.TOGETHER
    planning.add_step(
        session, plan, goal, what=what, responsible=together, by=end, service="TYOKOKEILU", planned_start=start
    )
