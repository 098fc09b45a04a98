"""Loki in the window: filters, the check, and the question before something leaves an older copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.test_pages import Window
from valmentaja.base.clock import FixedClock
from valmentaja.domain.anchor import Anchor
from valmentaja.exchange import anchors
from valmentaja.ui.pages.moving import MovingPage
from valmentaja.ui.settings.log import LogTab
from valmentaja.ui.widgets.dialogs import Confirm
from valmentaja.ui.widgets.message import Banner
from valmentaja.usecases import caseload, leaving, logs
from valmentaja.usecases.session import Session


@pytest.fixture
def window(training_session: Session, qapp: QApplication) -> Iterator[Window]:
    shown = Window(training_session, qapp)
    yield shown
    shown.put_away()


def log_tab(window: Window) -> LogTab:
    tab = window.show("vault-log").findChild(LogTab)
    assert isinstance(tab, LogTab)
    return tab


def later(session: Session, home: Path) -> Anchor:
    """This computer remembers a later state of the vault than the one that is open."""
    now = logs.anchor(session)
    ahead = Anchor(vault=now.vault, seq=now.seq + 7, hash="ab" * 32, at=now.at)
    anchors.add(home, ahead)
    return ahead


def test_the_log_narrows_by_kind_and_client(window: Window) -> None:
    client = caseload.client_rows(window.session)[0].id
    caseload.opened(window.session, client)
    tab = log_tab(window)
    everything = tab.view.rows
    tab.view.kind.set_value("openings")
    tab.view.kind.chosen.emit("openings")
    assert {row.action for row in tab.view.rows} <= {"open", "unlock", "show"}
    assert 0 < len(tab.view.rows) < len(everything)
    tab.view.number.setText(client)
    tab.view.number.textEdited.emit(client)
    tab.view.number.settle()
    assert {row.client for row in tab.view.rows} == {client}
    assert tab.view.rows[0].name


def test_older_entries_come_when_asked_for(window: Window) -> None:
    client = caseload.client_rows(window.session)[0].id
    for _ in range(logs.PAGE):
        caseload.opened(window.session, client)
    tab = log_tab(window)
    assert len(tab.view.rows) == logs.PAGE
    tab.view.show_more()
    assert len(tab.view.rows) > logs.PAGE
    assert [row.seq for row in tab.view.rows] == sorted((row.seq for row in tab.view.rows), reverse=True)


def test_the_check_says_its_result_in_words(window: Window) -> None:
    tab = log_tab(window)
    tab.check()
    window.rest()
    said = " ".join(label.text() for label in tab.result.findChildren(QLabel))
    assert "Nothing wrong was found." in said
    assert "recovery code" in said


# The screen without a screen has no frame that could keep to a dialog's least size, and says so.
@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_an_older_copy_is_asked_about_once_before_it_leaves(window: Window, tmp_path: Path) -> None:
    later(window.session, tmp_path / "home")
    assert [b.property("tone") for b in window.show("today").findChildren(Banner)] == ["late"]
    page = window.show("moving")
    assert isinstance(page, MovingPage)
    page.target.setText(str(tmp_path / "out"))
    page.take_out()
    assert not (tmp_path / "out").exists()
    asked = page.findChild(Confirm)
    assert isinstance(asked, Confirm)
    asked.yes.click()
    window.rest()
    assert (tmp_path / "out" / "clients.csv").exists()
    assert leaving.old_copy(window.session) is None
    assert window.show("today").findChildren(Banner) == []


def test_a_clock_set_back_is_told_until_it_has_caught_up(window: Window, clock: FixedClock) -> None:
    clock.moment -= timedelta(days=2)
    caseload.opened(window.session, caseload.client_rows(window.session)[0].id)
    assert [b.property("tone") for b in window.show("today").findChildren(Banner)] == ["warn"]
    clock.moment += timedelta(days=3)
    assert window.show("today").findChildren(Banner) == []
