"""Two coaches, each with a vault, who know each other's numbers; files are all that passes between them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from conftest import CHEAP

from valmentaja.base.clock import FixedClock
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Responsible, Signature, SignatureState
from valmentaja.domain.record import Record
from valmentaja.store import records
from valmentaja.store.database import Store
from valmentaja.usecases import (
    assessing,
    cards,
    caseload,
    handing,
    meetings,
    opening,
    planning,
    receiving,
    signing,
    training,
)
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.receiving import Preview
from valmentaja.usecases.session import Session, Unit

INK = (((300, 1500), (900, 500), (1300, 1500)),)


def giver(folder: Path, clock: FixedClock) -> Session:
    """The training vault: invented people with everything recorded."""
    key = training.make_training_vault(folder, clock=clock, cost=CHEAP)
    return opening.open_session(folder, key, clock=clock)


def taker(folder: Path, clock: FixedClock, unit: str = "U202") -> Session:
    """An empty vault."""
    held = Unit(code=unit, municipality="405", coach="Olli Ottaja")
    made = opening.create(folder, "toiset tavalliset sanat", unit=held, clock=clock, cost=CHEAP)
    return opening.open_session(folder, made.key, clock=clock)


def meet(one: Session, other: Session, folder: Path) -> None:
    """Cards both ways, numbers read aloud."""
    for mine, theirs in ((one, other), (other, one)):
        path = cards.save_card(mine, folder / f"kortti-{mine.unit.code}.json")
        cards.trust(theirs, cards.read_card(path), cards.own_card(mine).fingerprint)


def give(one: Session, other: Session, clients: tuple[str, ...], folder: Path) -> Path:
    path, _changes = handing.hand_over(one, clients, cards.own_card(other).fingerprint, folder)
    return path


def look(session: Session, path: Path) -> Preview:
    return receiving.preview(session, handing.open_file(session, path))


def full_client(session: Session) -> str:
    """A client with a row in every table: told facts, a hold, a correction, a signed plan and its paper too."""
    client = caseload.take_on(session, NewClient(family_name="Kokonainen", given_names="Testi")).made
    meeting = int(meetings.start(session, client, place="Kirjasto").made)
    assessment = assessing.begin(session, client).made
    for value in (3, 7, 4):
        item = assessing.runner(session, assessment).resume_at
        assert item is not None
        assessing.answer(session, assessment, item, value)
        assessing.answer(session, assessment, item, value + 1)
    meetings.keep_notes(session, meeting, notes="Puhuttiin aamuista.", agreed="Jatketaan.")
    meetings.end(session, meeting, minutes=45)
    plan = signed_plan(session, client)
    planning.revise(session, plan)
    with session.store.writing() as tx:
        for sql in EXTRA:
            tx.change(records.Event("test", "client", client, client), sql, client)
        told = tx.number("SELECT MAX(id) FROM told_fact")
        for entity, row in (("meeting", meeting), ("told_fact", told), ("client", client)):
            records.add_correction(
                tx,
                client,
                entity=entity,
                entity_id=str(row),
                field="notes",
                before="a",
                after="b",
                reason="r",
                at=session.now(),
            )
    return client


EXTRA = (
    (
        "INSERT INTO told_fact (client_id, date, words, source_kind, source, recorder, at) "
        "VALUES (?, '2026-11-01', 'Kurssi alkaa.', 'provider', 'Opisto', 'Veera', '2026-11-02T08:00:00Z')"
    ),
    (
        "INSERT INTO plan_review SELECT 'review-1', id, '2026-11-20', 'Katsottiin yhdessä.', '2026-11-20T08:00:00Z' "
        "FROM plan WHERE client_id = ? AND fingerprint IS NOT NULL"
    ),
    (
        "INSERT INTO review_verdict SELECT 'review-1', plan_id, g.id, 'KEPT', 'sopii', NULL "
        "FROM plan_goal AS g JOIN plan ON plan.id = plan_id WHERE client_id = ? AND fingerprint IS NOT NULL LIMIT 1"
    ),
    (
        "INSERT INTO consent VALUES ('consent-1', ?, 'presentation', 1, '2026-11-01', '2027-05-01', 'nimi', NULL, "
        "'2026-11-01T08:00:00Z')"
    ),
    "INSERT INTO card_field VALUES (?, 'skills', 'Puutyöt')",
    "INSERT INTO ura_entry VALUES ('ura-1', ?, '2026-11-21', '[]', '2026-11-21T08:00:00Z')",
    "INSERT INTO retention_hold VALUES (?, 'Oikaisupyyntö kesken', '2026-11-01')",
    "INSERT INTO labour_status VALUES (?, '2026-01-01', 'TYOTON')",
    "INSERT INTO benefit_reading VALUES (?, '2026-02-01', 100, 'KELA')",
    "INSERT INTO service_period VALUES (?, 'KUNTOUTTAVA', '2026-03-01', NULL, NULL, 'Paja')",
    "INSERT INTO follow_up VALUES (?, '2026-04-01', 'TYOTON')",
    (
        "INSERT INTO assessment_case (id, client_id, kind, question, opened, outcome) "
        "VALUES ('case-1', ?, 'multi', 'Mikä tuki auttaa töihin?', '2026-02-01', '')"
    ),
    "UPDATE assessment SET case_id = 'case-1', mode = 'interpreter', language = 'sv' WHERE client_id = ?",
    (
        "INSERT INTO case_meeting SELECT 'cm-1', 'case-1', 1, '2026-02-10', 'Aloitus', id "
        "FROM meeting WHERE client_id = ? ORDER BY id LIMIT 1"
    ),
    (
        "INSERT INTO clarification SELECT 'cl-1', id, 'health', 'Terveystarkastus', 'Terveyskeskus', '2026-02-02', "
        "'2026-03-02', NULL, '', NULL FROM assessment_case WHERE client_id = ?"
    ),
    (
        "INSERT INTO contribution (case_id, date, author, role, heading, words, at) SELECT id, '2026-02-03', "
        "'Tiina Terveys', 'terveydenhoitaja', 'ability', 'Jaksaa puoli päivää.', '2026-02-03T09:00:00Z' "
        "FROM assessment_case WHERE client_id = ?"
    ),
    "INSERT INTO case_field SELECT id, 'strengths', 'Kädentaidot' FROM assessment_case WHERE client_id = ?",
    (
        "INSERT INTO rating (assessment_id, domain, aspect, value, reason, date, meeting_id, at) SELECT id, 'A', "
        "'agreed', '6', 'Selkä parani', '2026-02-10', (SELECT MIN(m.id) FROM meeting AS m "
        "WHERE m.client_id = assessment.client_id), '2026-02-10T09:00:00Z' FROM assessment WHERE client_id = ?"
    ),
    "INSERT INTO paper_check SELECT id, 'A1', '4', '2026-02-10T09:00:00Z' FROM assessment WHERE client_id = ?",
    (
        "INSERT INTO other_result VALUES ('or-1', ?, '2026-02-11', 'Toinen mittari', 'työkyky', '27', '0–50', '', "
        "'Veera', '2026-02-11T09:00:00Z', 'tulos.pdf', X'255044462d', '')"
    ),
)


def signed_plan(session: Session, client: str) -> str:
    plan = planning.draft(session, client, PlanKind.VALMENNUS).made
    by = session.today() + timedelta(days=14)
    goal = planning.add_goal(session, plan, words="Aamut kuntoon").made
    planning.add_step(session, plan, goal, what="Varaan ajan", responsible=Responsible.CLIENT, by=by)
    planning.set_review(session, plan, session.today() + timedelta(days=90))
    for section in planning.plan_type_of(session, planning.plan(session, plan)).sections:
        for field in section.fields:
            planning.set_field(session, plan, field.id, "Sovittu")
    planning.freeze(session, plan)
    ink = Signature(plan=plan, party=signing.CLIENT, state=SignatureState.INK, on=session.today(), ink=INK)
    signing.keep(session, signing.seal(signing.sign_job(session, plan, "fi", (ink,))))
    return plan


def whole(session: Session, client: str) -> Record:
    return records.read(session.store, client)


def everything(store: Store) -> list[tuple[str, object]]:
    """Every row of every table, to see that nothing was written."""
    names = [
        r[0] for r in store.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%index%'")
    ]
    return [(name, row) for name in sorted(names) for row in store.rows(f"SELECT * FROM {name}")]
