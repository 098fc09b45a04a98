"""Two coaches at their windows: cards, a package, the preview, the receipt, and what each of them sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QScrollArea
from two_vaults import whole

from valmentaja.app import Program, application
from valmentaja.ui import tasks
from valmentaja.ui.page import Place
from valmentaja.ui.pages.client import ClientPage
from valmentaja.ui.pages.settings import SettingsPage
from valmentaja.ui.settings.handover import HandoverTab
from valmentaja.ui.widgets.dialogs import Confirm
from valmentaja.usecases import cards, caseload, handing
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session

Sit = Callable[[Session], Program]


@pytest.fixture
def sit(qapp: QApplication) -> Iterator[Sit]:
    """One program after another, as two coaches at two computers."""
    opened: list[Program] = []
    application()

    def rise(program: Program) -> None:
        if program.main is not None:
            program.main.leave()
        program.session = None
        program.close()
        program.window.close()
        program.window.deleteLater()
        program.deleteLater()
        rest(qapp)

    def at(session: Session) -> Program:
        while opened:
            rise(opened.pop())
        program = Program(qapp)
        program.apply(Preferences(language="fi"))
        program.window.setFixedSize(1366, 768)
        program.window.show()
        program.open(session)
        opened.append(program)
        return program

    yield at
    for program in opened:
        program.apply(Preferences(language="en"))
        rise(program)


def settle() -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    rest(app)


def rest(app: QApplication) -> None:
    for _ in range(3):
        tasks.worker().wait()
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def tab_of(program: Program, key: str = "") -> HandoverTab:
    assert program.main is not None
    program.main.go(Place(page="settings", key=key, part="handover"))
    assert isinstance(program.main.page, SettingsPage)
    found = program.main.page.findChild(HandoverTab)
    assert isinstance(found, HandoverTab)
    return found


def texts(tab: HandoverTab) -> set[str]:
    settle()
    return {label.text() for label in tab.findChildren(QLabel) if label.isVisibleTo(tab)}


def press(tab: HandoverTab, words: str) -> None:
    settle()
    button = next(b for b in tab.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(tab))
    QTest.keyClick(button, Qt.Key.Key_Space)


def type_path(line: QLineEdit, path: Path) -> None:
    line.setText(str(path))
    QTest.keyClick(line, Qt.Key.Key_Return)


def trust_by_number(tab: HandoverTab, other: Session, card: Path) -> None:
    """A wrong number first, then the right one."""
    type_path(tab.card_file.line, card)
    assert tab.window().focusWidget() is tab.heard
    tab.heard.setText("12345 12345 12345 12345 12345 12345")
    QTest.keyClick(tab.heard, Qt.Key.Key_Return)
    assert tab.page.message.text.startswith("Numero ei ole tämän kortin numero.")
    tab.heard.setText(cards.own_card(other).fingerprint)
    QTest.keyClick(tab.heard, Qt.Key.Key_Return)
    assert tab.page.message.text == "Luotettu: Olli Ottaja, U202"


def give_ticked(tab: HandoverTab, client: str) -> Path:
    """The client who was named on the way here is ticked; the space bar takes it off and back."""
    assert tab.chosen() == (client,)
    QTest.keyClick(tab.clients, Qt.Key.Key_Space)
    assert tab.chosen() == ()
    QTest.keyClick(tab.clients, Qt.Key.Key_Space)
    press(tab, "Luovuta")
    asked = tab.findChild(Confirm)
    assert asked.yes.text() == "Luovuta"
    QTest.keyClick(asked.yes, Qt.Key.Key_Space)
    assert tab.page.message.text.startswith("Anna tämä tiedosto valmentajalle: ")
    assert "ei vielä kuittausta" in texts(tab)
    return Path(tab.page.message.text.partition(": ")[2])


def accept_merged(tab: HandoverTab, package: Path, client: str, here: str) -> Path:
    """The same person is here already: the coach says so, and takes the coming phone number."""
    type_path(tab.package_file.line, package)
    assert "Lähettäjä Harri Harjoitus, H001, 24.11.2026" in texts(tab)
    press(tab, "Ota vastaan")
    assert tab.page.message.text.startswith("Kerro ensin, onko ")
    combo = tab.incoming.who[client]
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert combo.value() == here
    place = next(p for p in tab.incoming.cells[client] if p.endswith("phone"))
    differing = tab.incoming.cells[client][place]
    assert differing.currentText() == "Täällä: 040 1"
    QTest.keyClick(differing, Qt.Key.Key_Down)
    nameless = [w for w in tab.incoming.findChildren(QComboBox) if w.isVisibleTo(tab) and not w.accessibleName()]
    assert nameless == []
    press(tab, "Ota vastaan")
    assert tab.page.message.text.startswith("Otettu vastaan. Lähetä tämä kuittaus valmentajalle: ")
    return Path(tab.page.message.text.partition(": ")[2])


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog
def test_two_coaches_hand_a_client_over_at_their_windows(
    one: Session, other: Session, sit: Sit, tmp_path: Path
) -> None:
    cards.distrust(one, cards.own_card(other).fingerprint)
    client = next(row for row in caseload.client_rows(one) if row.exit_date is None)
    twin = NewClient(family_name=client.family_name, given_names=client.given_names, hetu=client.hetu, phone="040 1")
    here = caseload.take_on(other, twin).made
    card = cards.save_card(other, tmp_path)

    tab = tab_of(sit(one), key=client.id)
    assert cards.own_card(one).fingerprint in texts(tab)
    assert not tab.give.isEnabled()
    trust_by_number(tab, other, card)
    package = give_ticked(tab, client.id)
    before = whole(one, client.id)

    receipt = accept_merged(tab_of(sit(other)), package, client.id, here)
    assert caseload.client(other, here).phone == caseload.client(one, client.id).phone
    assert whole(other, here).counts["meeting"] == before.counts["meeting"]

    tab = tab_of(sit(one))
    type_path(tab.package_file.line, receipt)
    assert tab.page.message.text.startswith("Kuittaus on tallennettu")
    assert "vastaanotettu 24.11.2026" in texts(tab)
    assert not [b for b in tab.findChildren(QPushButton) if b.text() == "Peru luovutus" and b.isVisibleTo(tab)]


def test_a_handed_over_client_is_shown_as_such(one: Session, other: Session, sit: Sit, tmp_path: Path) -> None:
    client = next(row.id for row in caseload.client_rows(one) if row.exit_date is None)
    program = sit(one)
    assert program.main is not None
    program.main.go(Place(page="client", key=client))
    page = program.main.page
    assert isinstance(page, ClientPage)
    assert page.start.isVisibleTo(page)
    assert not page.lock.isVisibleTo(page)
    handing.hand_over(one, (client,), cards.own_card(other).fingerprint, tmp_path)
    page.refresh()
    assert page.lock.label.text() == "Luovutettu 24.11.2026"
    assert page.lock.isVisibleTo(page)
    assert not page.start.isVisibleTo(page)
    program.apply(Preferences(language="fi", text_size=200))
    area = page.findChild(QScrollArea)
    assert area is not None
    assert area.horizontalScrollBar().maximum() == 0
