"""On the screen each piece is copied by itself, and what changes after it was typed stands out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.test_pages import Window
from valmentaja.domain.client import StatusChange
from valmentaja.domain.codes import LabourStatus
from valmentaja.ui.client.ura import UraTab
from valmentaja.ui.widgets.buttons import Button
from valmentaja.ui.window import MainWindow
from valmentaja.usecases import caseload, papers, ura
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session


@pytest.fixture
def window(training_session: Session, qapp: QApplication) -> Iterator[Window]:
    shown = Window(training_session, qapp)
    yield shown
    shown.put_away()


@pytest.fixture
def tab(window: Window) -> UraTab:
    found = window.show("ura").findChild(UraTab)
    assert isinstance(found, UraTab)
    return found


def copies(tab: UraTab) -> list[Button]:
    return [b for b in tab.rows.findChildren(Button) if b.accessibleName().startswith("Copy: ")]


def test_every_code_and_every_day_is_copied_by_itself(window: Window, tab: UraTab) -> None:
    shown = ura.summary(window.session, tab.client)
    told = [ura.told(line, "en") for line in shown.lines]
    wanted = {t.code for t in told if t.code} | {on for t in told for _what, on in t.days}
    assert len(wanted) > 5
    copied = set()
    for button in copies(tab):
        button.click()
        copied.add(QGuiApplication.clipboard().text())
        assert f"Copied: {QGuiApplication.clipboard().text()}" in window.texts()
    assert wanted <= copied


def test_once_it_is_typed_only_what_changes_stands_out(window: Window, tab: UraTab) -> None:
    client, session = tab.client, window.session
    assert "Not entered yet." in window.texts()
    tab.on.setText("30.11.2026")
    tab.entered.click()
    assert "in the future" in window.texts()
    tab.on.setText("23.11.2026")
    tab.entered.click()
    window.rest()
    assert "Entered 23 Nov 2026. Nothing has changed since." in window.texts()
    assert [e.on.day for e in ura.entered(session, client)] == [23]
    made = caseload.add_status(
        session, StatusChange(client=client, date=session.today(), status=LabourStatus.OSA_AIKATYO)
    )
    window.page.hub.changed.emit(made)
    window.rest()
    said = window.texts()
    assert "1 change since." in said
    assert "has changed" in said
    assert "was: 02 unemployed" in said


def test_tab_goes_through_the_copies_before_what_stands_below_them(window: Window, tab: UraTab) -> None:
    found, at = list[QWidget](), window.page.nextInFocusChain()
    while at is not window.page:
        found.append(at)
        at = at.nextInFocusChain()
    wanted: list[QWidget] = [*copies(tab), tab.on, tab.language, tab.entered]
    places = [found.index(widget) for widget in wanted]
    assert places == sorted(places)


def test_what_was_recorded_by_mistake_is_taken_back_at_once_or_later(window: Window, tab: UraTab) -> None:
    assert not tab.back.isVisibleTo(tab)
    for undo in (main(window).toast.undo, tab.back):
        tab.entered.click()
        window.rest()
        assert "Nothing has changed since." in window.texts()
        undo.click()
        window.rest()
        assert "Not entered yet." in window.texts()
        assert ura.entered(window.session, tab.client) == ()


def main(window: Window) -> MainWindow:
    assert window.program.main is not None
    return window.program.main


def test_the_paper_is_made_in_the_chosen_language(window: Window, tab: UraTab) -> None:
    tab.language.set_value("sv")
    tab.paper.click()
    window.rest()
    assert "among the documents" in window.texts()
    (made,) = [d for d in papers.documents(window.session, tab.client) if d.kind == ura.DOCUMENT]
    assert (made.language, made.title) == ("sv", f"Överföringssammandrag (URA), {tab.client}")


def test_another_language_is_told_at_once_and_the_tab_is_built_only_when_it_differs(
    window: Window, tab: UraTab
) -> None:
    assert "Employment code" in window.texts()
    before = copies(tab)
    tab.reload()
    assert copies(tab) == before
    window.program.apply(Preferences(language="sv"))
    window.rest()
    assert "Sysselsättningskod" in window.texts()
    assert "Employment code" not in window.texts()
