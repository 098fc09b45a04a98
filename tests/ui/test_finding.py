"""Finding through the window: the palette, the keys, and words in notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hand import Hand
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sitting import put_away

from valmentaja.app import Program, application
from valmentaja.base.clock import FixedClock
from valmentaja.ui.page import Place
from valmentaja.ui.page_list import PAGES
from valmentaja.ui.pages.clients import ClientsPage
from valmentaja.ui.palette import KeySheet, Palette
from valmentaja.ui.window import MainWindow
from valmentaja.usecases import caseload, logs, meetings, opening
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(training_session: Session, qapp: QApplication) -> Iterator[Program]:
    application()
    program = Program(qapp)
    program.apply(Preferences(language="en"))
    program.window.setFixedSize(1366, 768)
    program.window.show()
    program.open(training_session)
    yield program
    program.session = None
    put_away(qapp, program)


def main_of(program: Program) -> MainWindow:
    assert program.main is not None
    return program.main


def palette_of(program: Program) -> Palette:
    (found,) = main_of(program).findChildren(Palette)
    return found


def test_a_half_remembered_name_is_opened_with_four_letters_or_fewer(shown: Program, qapp: QApplication) -> None:
    hand, main = Hand(qapp), main_of(shown)
    main.setFocus()
    hand.press(Qt.Key.Key_K, CTRL)
    before = hand.actions
    hand.type("Åkre")
    assert palette_of(shown).list.current().words.startswith("Åkermalli")
    hand.press(Qt.Key.Key_Return)
    assert main.place.page == "client"
    assert caseload.client(main.session, main.place.key).family_name == "Åkermalli"
    assert hand.actions - before <= 1
    assert hand.actions <= 2


def test_an_empty_palette_offers_who_was_opened_lately_and_escape_changes_nothing(shown: Program) -> None:
    main = main_of(shown)
    rows = caseload.client_rows(main.session)
    for row in rows[:2]:
        main.go(Place(page="client", key=row.id))
    main.open_palette()
    palette = palette_of(shown)
    listed = [palette.list.rows.record(n).aside for n in range(2)]
    assert listed == [rows[1].id, rows[0].id]
    place = main.place
    palette.reject()
    assert main.place == place


def test_an_action_is_found_in_spite_of_a_slip_and_arrows_choose(shown: Program) -> None:
    main = main_of(shown)
    main.open_palette()
    palette = palette_of(shown)
    palette.line.setText("setitngs")
    assert palette.list.current().words == "Settings"
    palette.line.setText("")
    first = palette.list.current()
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.list.current() != first
    palette.line.setText("settings")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert main.place.page == "settings"
    assert palette.line.accessibleName() and palette.list.accessibleName()


def test_locking_leaves_no_palette_on_the_screen(shown: Program) -> None:
    main = main_of(shown)
    main.open_palette()
    palette = palette_of(shown)
    assert palette.isVisible()
    main.leave()
    assert not palette.isVisible()


def test_no_key_does_two_things(shown: Program) -> None:
    main = main_of(shown)
    keys = Counter(QKeySequence(action.key).toString() for action in main.known_actions if action.key)
    assert keys
    assert [key for key, n in keys.items() if n > 1] == []
    person = caseload.client_rows(main.session)[0].id
    for page in PAGES:
        if page in ("runner", "plan", "review", "difference", "signing", "case", "paper", "summary"):
            continue
        main.go(Place(page=page, key=person if page in ("client", "brief", "change") else ""))
        assert main.page is not None
        mine = [s for s in main.findChildren(QShortcut) if s.parent() is main or s.parent() is main.page]
        bound = Counter(shortcut.key().toString() for shortcut in mine)
        assert [key for key, n in bound.items() if n > 1] == [], page
    assert {"Ctrl+K", "Ctrl+?", "Esc"} <= set(keys)


def test_the_list_of_keys_names_every_shortcut(shown: Program) -> None:
    main = main_of(shown)
    main.open_keys()
    (sheet,) = main.findChildren(KeySheet)
    assert sheet.isVisible()
    main.close_dialog()


def test_words_of_notes_are_shown_when_asked_for_and_lead_to_their_tab(shown: Program) -> None:
    main = main_of(shown)
    person = caseload.client_rows(main.session)[0].id
    made = meetings.start(main.session, person).made
    meetings.keep_notes(main.session, int(made), notes="Kertoi sillityksestä", agreed="")
    main.go(Place(page="clients"))
    page = main.page
    assert isinstance(page, ClientsPage)
    page.search.setText("sillity")
    assert page.notes.show_them.text() == "In notes: 1 hit"
    assert page.nothing.isVisible()
    assert logs.entries(main.session, client_id=person)[0].action == "note"
    page.notes.show_them.click()
    assert logs.entries(main.session, client_id=person)[0].action == "find"
    assert not page.nothing.isVisible()
    page.notes.table.opened.emit(page.notes.table.current())
    assert (main.place.page, main.place.key, main.place.part) == ("client", person, "overview")


def test_notes_of_an_older_vault_are_found(clock: FixedClock, tmp_path: Path) -> None:
    import json
    import shutil

    from valmentaja.usecases import finding

    old = Path(__file__).resolve().parents[1] / "old_vaults" / "0001"
    shutil.copytree(old, tmp_path / "old")
    words = json.loads((old / "opens-with.json").read_text("utf-8"))["passphrase"]
    key = opening.key_from_passphrase(tmp_path / "old", words)
    session = opening.open_session(tmp_path / "old", key, clock=clock)
    (hit,) = finding.notes(session, "puutöistä")
    assert "puutöistä" in hit.snippet
    assert not [entry for entry in logs.entries(session) if entry.action == "foreign"]
    opening.close(session)
