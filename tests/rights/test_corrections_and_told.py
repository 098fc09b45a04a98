"""What was replaced stays readable; what others told carries who told it and who wrote it down."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from people import take_on

from valmentaja.base.errors import StorageError, UserError
from valmentaja.domain.client import ServicePeriod, StatusChange
from valmentaja.domain.codes import LabourStatus
from valmentaja.store import clients, corrections
from valmentaja.usecases import caseload, logs, meetings, moving, told
from valmentaja.usecases.session import Session
from valmentaja.usecases.told import SourceKind


def kept(session: Session, client: str) -> list[tuple[str, str, str, str, str]]:
    found = corrections.of_client(session.store, client)
    return [(c.entity, c.field, c.before, c.after, c.reason) for c in found]


def test_a_changed_fact_leaves_its_earlier_value(session: Session) -> None:
    client = take_on(session, phone="040 111")
    caseload.edit(session, replace(caseload.client(session, client), phone="040 222"), reason="vaihtoi")
    assert kept(session, client) == [("client", "phone", "040 111", "040 222", "vaihtoi")]
    assert corrections.of_client(session.store, client)[0].at == session.now()


def test_a_fact_written_for_the_first_time_or_unchanged_corrects_nothing(session: Session) -> None:
    client = take_on(session)
    held = caseload.client(session, client)
    caseload.edit(session, replace(held, phone="040 111"))
    caseload.edit(session, caseload.client(session, client))
    assert kept(session, client) == []


def test_a_refused_change_leaves_no_correction(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    client = take_on(session, phone="040 111")

    def full(*_args: object, **_more: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(corrections, "add", full)
    with pytest.raises(StorageError):
        caseload.edit(session, replace(caseload.client(session, client), phone="040 222"))
    monkeypatch.undo()
    assert caseload.client(session, client).phone == "040 111"


def test_notes_of_a_running_meeting_are_saved_and_of_an_ended_one_corrected(session: Session) -> None:
    client = take_on(session)
    meeting = int(meetings.start(session, client).made)
    for text in ("K", "Ke", "Kertoi"):
        meetings.keep_notes(session, meeting, notes=text, agreed="soitan")
    assert kept(session, client) == []
    meetings.end(session, meeting)
    meetings.keep_notes(session, meeting, notes="Kertoi työstä", agreed="soitan", reason="jäi kesken")
    assert kept(session, client) == [("meeting", "notes", "Kertoi", "Kertoi työstä", "jäi kesken")]


def test_statuses_and_services_keep_what_stood_there(session: Session) -> None:
    client, on = take_on(session), session.today()
    for status in (LabourStatus.TYOTON, LabourStatus.KOULUTUS):
        caseload.add_status(session, StatusChange(client=client, date=on, status=status))
    first = ServicePeriod(client=client, service="TYOKOKEILU", start=on, provider="Verstas")
    for period in (first, replace(first, end=on), replace(first, end=on, provider="Paja")):
        caseload.keep_service(session, period)
    assert kept(session, client) == [
        ("service_period", "provider", "Verstas", "Paja", ""),
        ("labour_status", "status", "TYOTON", "KOULUTUS", ""),
    ]


def test_an_import_that_changes_a_row_keeps_the_earlier_value(session: Session, tmp_path: Path) -> None:
    client = take_on(session, phone="040 111")
    folder = tmp_path / "out"
    moving.take_out(session, folder)
    table = folder / "clients.csv"
    table.write_text(table.read_text("utf-8").replace("040 111", "040 333"), "utf-8")
    moving.bring_in(session, moving.dry_run(session, folder))
    assert kept(session, client) == [("client", "phone", "040 111", "040 333", "")]
    shutil.rmtree(folder)


def test_an_import_that_moves_a_plans_review_keeps_the_earlier_day(session: Session, tmp_path: Path) -> None:
    client, folder = take_on(session), tmp_path / "out"
    moving.take_out(session, folder)
    table = folder / "plans.csv"
    head = table.read_text("utf-8").splitlines()[0]
    for day in ("2027-01-01", "2027-02-02"):
        row = {"client_id": client, "plan_id": "p1", "plan_type": "VALMENNUS", "review_due_date": day}
        table.write_text(f"{head}\n{','.join(row.get(c, '') for c in head.split(','))}\n", "utf-8")
        tried = moving.dry_run(session, folder)
        assert tried.problems == ()
        moving.bring_in(session, tried)
    assert kept(session, client) == [("plan", "review_due", "2027-01-01", "2027-02-02", "")]


def test_a_correction_never_changes(session: Session) -> None:
    client = take_on(session, phone="040 111")
    caseload.edit(session, replace(caseload.client(session, client), phone="040 222"))
    with pytest.raises(StorageError, match="correction"), session.store.writing() as tx:
        tx.change(logs_event(), "UPDATE correction SET before = ''")


def logs_event() -> clients.Event:
    return clients.Event("test", "correction", "")


def test_a_told_fact_needs_source_and_recorder(session: Session) -> None:
    client = take_on(session)
    alone = replace(session, unit=replace(session.unit, coach=""))
    for where, words, source in ((session, "", "Kela"), (session, "Muutti", " "), (alone, "Muutti", "Kela")):
        with pytest.raises(UserError):
            told.add(where, client, words=words, kind=SourceKind.AUTHORITY, source=source)
    assert told.facts(session, client) == ()
    told.add(session, client, words="Muutti", kind=SourceKind.AUTHORITY, source="Kela")
    (fact,) = told.facts(session, client)
    assert (fact.source, fact.recorder, fact.date) == ("Kela", "Veera Valmentaja", session.today())


def test_a_told_fact_is_not_from_the_future(session: Session) -> None:
    client, ahead = take_on(session), session.today() + timedelta(days=1)
    with pytest.raises(UserError, match="future"):
        told.add(session, client, words="Muutti", kind=SourceKind.OTHER, source="Naapuri", on=ahead)


def test_a_told_fact_is_corrected_by_a_new_one(session: Session) -> None:
    client = take_on(session)
    day = date(2026, 11, 2)
    told.add(session, client, words="Muutti", kind=SourceKind.CLOSE, source="Sisko", on=day)
    (old,) = told.facts(session, client)
    told.correct(session, old.id, words="Ei muuttanut", source="Sisko", reason="väärinkäsitys")
    (new,) = told.facts(session, client)
    assert (new.words, new.date) == ("Ei muuttanut", day)
    assert kept(session, client) == [("told_fact", "words", "Muutti", "Ei muuttanut", "väärinkäsitys")]
    told.remove(session, new.id)
    assert told.facts(session, client) == ()
    assert "remove" in [row.action for row in logs.entries(session, client_id=client)]
