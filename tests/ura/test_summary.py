"""The summary is read from the vault, printed on one page, and the day it was typed stays in the file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdfium2 import PdfDocument

from valmentaja.base.errors import StorageError, UserError
from valmentaja.documents.ura_pdf import UraRow
from valmentaja.domain.client import ServicePeriod, StatusChange
from valmentaja.domain.codes import LabourStatus, PlanKind
from valmentaja.domain.plan import Responsible
from valmentaja.domain.ura import News
from valmentaja.store.audit import Event
from valmentaja.usecases import caseload, logs, meetings, papers, planning, ura
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

WHOLE = {"key": "exit", "kind": "exit", "code": "", "service": "", "since": "2026-10-01", "until": None, "words": "TYO"}
FOREIGN = (
    '[{"key": 1}]',
    "{",
    "7",
    *(json.dumps([{**WHOLE, name: value}]) for name in WHOLE for value in ([], {}, 7, True)),
    *(json.dumps([{**WHOLE, name: None}]) for name in WHOLE if name not in ("since", "until")),
    json.dumps([{**WHOLE, "since": "1.10.2026"}]),
    json.dumps([{**WHOLE, "words": "\ud800"}]),
    "[" * 200_000 + "]" * 200_000,
)
"""What another coach's program may have written; it comes in with a handover."""


@pytest.fixture
def client(session: Session) -> str:
    made = caseload.take_on(session, NewClient(family_name="Siirrettävä", given_names="Aino", hetu="150372-901R")).made
    caseload.add_status(session, StatusChange(client=made, date=date(2026, 9, 1), status=LabourStatus.TYOTON))
    caseload.keep_service(
        session, ServicePeriod(client=made, service="TYOPAJA", start=date(2026, 10, 1), provider="Paja")
    )
    meetings.end(session, int(meetings.start(session, made).made), minutes=30)
    return made


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)).split())


def test_it_is_recorded_and_what_changes_afterwards_is_pointed_out(session: Session, client: str) -> None:
    seen = ura.summary(session, client)
    assert {line.news for line in seen.lines} == {News.FIRST}
    ura.record(session, client, seen, on=date(2026, 11, 23))
    assert not ura.summary(session, client).waits
    caseload.add_status(session, StatusChange(client=client, date=date(2026, 11, 20), status=LabourStatus.AVOIN_TYO))
    shown = ura.summary(session, client)
    assert shown.waits
    told = {t.where: t for t in (ura.told(line, "en") for line in shown.lines)}
    assert told["Employment code"].before == "02 unemployed, from 1.9.2026"
    assert told["Employment code"].official == "työssä oleva, yleisillä työmarkkinoilla"
    assert told["Service"].news is News.SAME
    printed = text_of(ura.make(ura.paper(session, client, "fi")))
    assert "oli: 02 työtön" in printed
    assert [e.on for e in ura.entered(session, client)] == [date(2026, 11, 23)]
    assert ("enter", "ura_entry", client) in {(e.action, e.entity, e.client) for e in logs.entries(session)}


def test_a_day_ahead_or_before_the_last_one_is_refused(session: Session, client: str) -> None:
    seen = ura.summary(session, client)
    with pytest.raises(UserError, match="in the future"):
        ura.record(session, client, seen, on=session.today() + timedelta(days=1))
    ura.record(session, client, seen)
    with pytest.raises(UserError, match="already"):
        ura.record(session, client, seen, on=session.today() - timedelta(days=1))
    assert len(ura.entered(session, client)) == 1


def test_what_was_not_seen_is_not_recorded_as_typed(session: Session, client: str) -> None:
    seen = ura.summary(session, client)
    caseload.add_status(session, StatusChange(client=client, date=session.today(), status=LabourStatus.KOULUTUS))
    with pytest.raises(UserError, match="have changed"):
        ura.record(session, client, seen)
    assert ura.entered(session, client) == ()


def test_an_entry_never_changes(session: Session, client: str) -> None:
    ura.record(session, client, ura.summary(session, client))
    with pytest.raises(StorageError, match="never changes"), session.store.writing() as tx:
        tx.change(Event("tamper", "ura_entry", "x"), "UPDATE ura_entry SET entered = '2020-01-01'")
    assert ura.entered(session, client)[0].on == session.today()


def test_an_entry_taken_back_stays_and_counts_no_more(session: Session, client: str) -> None:
    """What had been entered before counts again."""
    day_before = session.today() - timedelta(days=1)
    ura.record(session, client, ura.summary(session, client), on=day_before)
    caseload.add_status(session, StatusChange(client=client, date=session.today(), status=LabourStatus.KOULUTUS))
    mistaken = ura.record(session, client, ura.summary(session, client)).made
    ura.take_back(session, client, mistaken)
    shown = ura.summary(session, client)
    assert shown.last is not None
    assert (shown.last.on, shown.waits) == (day_before, True)
    assert [e.on for e in ura.entered(session, client)] == [day_before]
    assert len(session.store.rows("SELECT id FROM ura_entry")) == 3
    assert ("void", "ura_entry", client) in {(e.action, e.entity, e.client) for e in logs.entries(session)}
    with pytest.raises(UserError, match="no such entry"):
        ura.take_back(session, client, mistaken)
    ura.record(session, client, shown)
    assert not ura.summary(session, client).waits


@pytest.mark.parametrize("written", FOREIGN)
def test_an_entry_that_cannot_be_read_counts_as_nothing_entered(session: Session, client: str, written: str) -> None:
    with session.store.writing() as tx:
        sql = "INSERT INTO ura_entry VALUES ('u', ?, '2026-11-01', ?, '2026-11-01T08:00:00Z')"
        tx.change(Event("test", "ura_entry", "u"), sql, client, written)
    shown = ura.summary(session, client)
    assert {line.news for line in shown.lines} == {News.NEW}
    assert ura.gone(shown, "fi") == ()


def test_an_agreed_plan_is_told_in_words_and_a_draft_is_not(session: Session, client: str) -> None:
    plan = planning.draft(session, client, PlanKind.TYOLLISTYMIS).made
    goal = planning.add_goal(session, plan, words="Aamut kuntoon").made
    by = date(2026, 12, 8)
    planning.add_step(session, plan, goal, what="Herään 7.30", responsible=Responsible.CLIENT, by=by)
    planning.set_review(session, plan, date(2027, 2, 1))
    assert ura.summary(session, client).plans == ()
    for section in planning.plan_type_of(session, planning.plan(session, plan)).sections:
        for field in section.fields:
            planning.set_field(session, plan, field.id, "1" if field.kind.value == "tick" else "")
    held = planning.plan(session, plan)
    from valmentaja.store import plans

    with session.store.writing() as tx:
        plans.freeze(tx, held, at=session.now(), fingerprint="0" * 64)
    (agreed,) = ura.summary(session, client).plans
    assert ura.plan_text(agreed) == "Aamut kuntoon\n– Herään 7.30, 8.12.2026"
    assert "Herään 7.30, 8.12.2026" in text_of(ura.make(ura.paper(session, client, "sv")))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_is_one_page_whatever_it_holds_and_says_what_did_not_fit(
    session: Session, client: str, language: str
) -> None:
    ready = ura.paper(session, client, language)
    row = UraRow(
        where="Yhteydenotto",
        code="36 tai 21, 24, 27",
        name="Asiakkaan käynti ilman aikavarausta",
        official="Asiakkaan käynti ilman aikavarausta",
        days="8.12.2026, Käynti",
        news="muuttunut, oli: 35 Asiakkaan käynti aikavarauksella, 7.12.2026",
    )
    full = replace(
        ready,
        rows=(row,) * 60,
        gone=("Palvelu: Työpaja, alkaen 1.1.2026",) * 50,
        texts=(("Aktivointisuunnitelma", "Tavoite ja askel\n" * 300), ("Kotoutumissuunnitelma", "sana " * 900)),
        is_first=False,
    )
    pdf = ura.make(full)
    assert len(PdfDocument(pdf)) == 1
    assert ura.make(full) == pdf
    said = {"fi": "ei mahtunut", "sv": "rymdes inte", "en": "did not fit"}[language]
    assert said in text_of(pdf)
    assert said not in text_of(ura.make(ready))


def test_the_paper_is_kept_among_the_documents_without_a_name_on_it(session: Session, client: str) -> None:
    ready = ura.paper(session, client, "fi")
    made = ura.keep(session, client, ready, ura.make(ready)).made
    held = papers.document(session, made)
    assert "Siirrettävä" not in held.title + held.file_name
    assert "150372" not in text_of(papers.pages(session, made))


def test_somebody_handed_over_is_read_and_not_recorded(session: Session, client: str) -> None:
    seen = ura.summary(session, client)
    with session.store.writing() as tx:
        event = Event("test", "client", client, client)
        tx.change(event, "UPDATE client SET handed_over = '2026-11-24' WHERE id = ?", client)
    assert ura.summary(session, client).lines == seen.lines
    with pytest.raises(UserError, match="handed over"):
        ura.record(session, client, seen)
