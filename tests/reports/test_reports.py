"""The reports of a vault: worker's with names, unit's without; written to a chosen place and logged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QPushButton

from tests.documents.poppler import run, spoken
from valmentaja.app import application
from valmentaja.base.clock import FixedClock
from valmentaja.definitions.instruments import instruments
from valmentaja.i18n import words
from valmentaja.ui import tasks
from valmentaja.ui.hub import Hub
from valmentaja.ui.page import Place
from valmentaja.ui.pages.reports import ReportsPage
from valmentaja.usecases import assessing, caseload, logs, reports
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

SUUNTA = instruments()["suunta-1.0"]
FAMILY_NAMES = ("Aalto", "Brunell", "Caven", "Dahl", "Eerola", "Forss", "Grön")


def take_on(session: Session, clock: FixedClock, name: str, *values: int) -> str:
    client = caseload.take_on(session, NewClient(family_name=name, given_names="Testi")).made
    for value in values:
        held = assessing.begin(session, client).made
        for domain in SUUNTA.scored_domains:
            for item in domain.items:
                assessing.answer(session, held, item.id, value)
        assessing.close(session, held)
        clock.moment += timedelta(days=1)
    return client


@pytest.fixture
def full(session: Session, clock: FixedClock) -> Session:
    """Five measured twice, one once, one never; and their month is over."""
    for name in FAMILY_NAMES[:5]:
        take_on(session, clock, name, 3, 6)
    take_on(session, clock, FAMILY_NAMES[5], 4)
    take_on(session, clock, FAMILY_NAMES[6])
    clock.moment += timedelta(days=40)
    return session


def test_the_unit_s_figures_stand_still_until_the_month_is_over(full: Session, clock: FixedClock) -> None:
    before = reports.for_unit(full, SUUNTA.id)
    take_on(full, clock, "Hovi", 2, 9)
    assert reports.for_unit(full, SUUNTA.id) == before
    assert len(reports.for_worker(full, SUUNTA.id).people) == 8
    clock.moment += timedelta(days=31)
    assert reports.for_unit(full, SUUNTA.id).clients == 8


def test_where_nobody_was_measured_nothing_can_be_written(session: Session, qapp: QApplication) -> None:
    application()
    shown = ReportsPage(session, Hub(), Place(page="reports"))
    shown.show()
    qapp.processEvents()
    offered = [b.text() for b in shown.findChildren(QPushButton) if b.isVisibleTo(shown)]
    assert not [text for text in offered if text.startswith("Write")]
    assert shown.nothing.isVisibleTo(shown)
    shown.write_pdf()
    assert shown.message.text.startswith("The instrument")
    shown.close()
    shown.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_worker_sees_who_has_no_second_measurement(full: Session) -> None:
    report = reports.for_worker(full, SUUNTA.id)
    assert [p.name for p in report.once] == ["Testi Forss"]
    assert [p.name for p in report.without] == ["Testi Grön"]
    assert [p.better for p in report.twice] == [len(SUUNTA.scored_domains)] * 5
    assert {d.delta for d in report.domains} == {3}


def test_the_instruments_in_use_are_offered(full: Session) -> None:
    assert [i.id for i in reports.offered(full)] == [SUUNTA.id]


def test_the_table_for_the_unit_has_no_name_and_no_small_count(full: Session, tmp_path: Path) -> None:
    (path,) = reports.write_csv(full, SUUNTA.id, named=False, folder=tmp_path)
    text = path.read_text("utf-8")
    assert not any(name in text for name in FAMILY_NAMES)
    head, first, *_rest = [line.split(",") for line in text.splitlines()]
    told = dict(zip(head, first, strict=True))
    assert told["clients"] == "7"
    assert (told["not_measured"], told["measured_once"], told["measured_twice"]) == ("*", "*", "*")
    assert (told["people"], told["first"], told["latest"]) == ("*", "*", "*"), "7 − 5 would tell of two"
    assert told["day"] == "2026-12-31"


def test_the_table_for_the_worker_has_everybody(full: Session, tmp_path: Path) -> None:
    domains, clients = reports.write_csv(full, SUUNTA.id, named=True, folder=tmp_path)
    assert len(domains.read_text("utf-8").splitlines()) == 1 + len(SUUNTA.scored_domains)
    text = clients.read_text("utf-8")
    assert all(name in text for name in FAMILY_NAMES)


@pytest.mark.parametrize("named", [True, False])
def test_what_is_written_stands_in_the_log_before_it_leaves(full: Session, tmp_path: Path, *, named: bool) -> None:
    paper = reports.paper(full, SUUNTA.id, named=named, language="fi")
    path = reports.write_pdf(full, SUUNTA.id, reports.print_pdf(paper), named=named, folder=tmp_path)
    newest = logs.entries(full, limit=1)[0]
    assert (newest.action, newest.entity, newest.entity_id) == ("export", "report", path.name)


def test_the_paper_for_the_unit_is_tagged_has_no_name_and_says_what_is_left_out(full: Session, tmp_path: Path) -> None:
    path = tmp_path / "unit.pdf"
    path.write_bytes(reports.print_pdf(reports.paper(full, SUUNTA.id, named=False, language="en")))
    said = " ".join(spoken(path))
    assert "Tagged:          yes" in run("pdfinfo", str(path))
    assert not any(name in said for name in (*FAMILY_NAMES, "Veera"))
    assert "What is left out" in said
    assert "Left out: how many have no, one or more assessments." in said


def test_the_paper_for_the_worker_names_everybody_and_is_confidential(full: Session, tmp_path: Path) -> None:
    path = tmp_path / "worker.pdf"
    path.write_bytes(reports.print_pdf(reports.paper(full, SUUNTA.id, named=True, language="en")))
    said = " ".join(spoken(path))
    assert all(name in said for name in FAMILY_NAMES)
    assert said.startswith("CONFIDENTIAL")


@pytest.fixture
def page(full: Session, qapp: QApplication) -> Iterator[ReportsPage]:
    application()
    shown = ReportsPage(full, Hub(), Place(page="reports"))
    shown.resize(1154, 900)
    shown.show()
    qapp.processEvents()
    yield shown
    shown.close()
    shown.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_unit_version_hides_the_clients_and_says_what_is_missing(page: ReportsPage) -> None:
    assert [g.card.isHidden() for g in page.groups] == [False, False, False]
    assert page.left.isHidden()
    page.version.set_value("unit")
    page.refresh()
    assert [g.card.isHidden() for g in page.groups] == [True, True, True]
    assert not page.left.isHidden()


def test_a_client_of_the_report_opens_with_enter(page: ReportsPage) -> None:
    places: list[Place] = []
    page.go.connect(places.append)
    table = page.groups[0].table
    table.opened.emit(table.rows.record(0))
    assert places[0].page == "change"


def test_the_paper_is_printed_beside_and_written_where_it_was_asked(
    page: ReportsPage, qapp: QApplication, tmp_path: Path
) -> None:
    page.version.set_value("unit")
    page.write_pdf(tmp_path)
    for _ in range(3):
        tasks.worker().wait()
        qapp.processEvents()
    (path,) = tmp_path.glob("*.pdf")
    assert path.name.startswith("muutos_yksikko_U101_suunta-1.0_")
    assert page.message.text.startswith("Written:")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_head_of_a_printed_table_breaks_inside_a_word(full: Session, tmp_path: Path, language: str) -> None:
    path = tmp_path / "worker.pdf"
    path.write_bytes(reports.print_pdf(reports.paper(full, SUUNTA.id, named=True, language=language)))
    laid_out = run("pdftotext", "-layout", str(path), "-")
    w = words(language)
    heads = ("People", "First", "Latest", "Better", "As before", "Worse", "Case number", "needs support", "to follow")
    broken = [word for head in heads for word in w(head).split() if word not in laid_out.split()]
    assert broken == []
