"""Keys on the screen: the code leads to a new passphrase, wrong words wait, and rotation opens the vault again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from sitting import put_away, rest

from valmentaja.app import Program, application
from valmentaja.base.errors import UserError
from valmentaja.ui.page import Place
from valmentaja.ui.pages.settings import SettingsPage
from valmentaja.ui.pages.unlock import LONGEST_WAIT, UnlockPage, wait_after
from valmentaja.ui.settings.keys import KeysTab
from valmentaja.usecases import keys, logs, opening
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Unit

NEW = "aivan toiset sanat"


class Screen:
    """The program before a vault that lies in `folder`."""

    def __init__(self, folder: Path, app: QApplication) -> None:
        application()
        made = opening.create(folder, WORDS, unit=Unit(code="U101", municipality="405", coach=""), cost=CHEAP)
        self.folder, self.code, self.app = folder, made.recovery_code, app
        self.program = Program(app)
        self.program.apply(Preferences(language="en"))
        self.program.window.setFixedSize(1366, 768)
        self.program.window.show()

    def rest(self) -> None:
        rest(self.app)

    def unlock_page(self) -> UnlockPage:
        self.program.show_unlock(self.folder)
        page = self.program.window.currentWidget()
        assert isinstance(page, UnlockPage)
        return page

    def keys_tab(self) -> tuple[SettingsPage, KeysTab]:
        main = self.program.main
        assert main is not None
        main.go(Place(page="settings", part="keys"))
        page = main.page
        assert isinstance(page, SettingsPage)
        tab = next(part for part in page.tabs.parts if isinstance(part, KeysTab))
        return page, tab

    def opens(self, words: str) -> bool:
        try:
            opening.key_from_passphrase(self.folder, words).wipe()
        except UserError:
            return False
        return True


@pytest.fixture
def screen(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    monkeypatch.setattr(keys, "KdfCost", lambda: CHEAP)
    made = Screen(tmp_path / "vault", qapp)
    yield made
    put_away(qapp, made.program)


def test_the_code_leads_to_a_new_passphrase(screen: Screen) -> None:
    page = screen.unlock_page()
    page.switch()
    QTest.keyClicks(page.code.groups[0], screen.code[:5])
    page.code._typed(0, screen.code)
    page.unlock()
    screen.rest()
    assert page.new.isVisible()
    assert screen.program.session is None
    page.new.first.edit.setText(NEW)
    page.new.again.edit.setText(NEW)
    page.renew()
    screen.rest()
    assert screen.program.session is not None
    assert logs.entries(screen.program.session)[0].actor == "recovery"
    assert screen.opens(NEW)
    assert not screen.opens(WORDS)


def test_the_code_opens_without_a_new_passphrase(screen: Screen) -> None:
    page = screen.unlock_page()
    page.switch()
    page.code._typed(0, screen.code)
    page.unlock()
    screen.rest()
    page.go_on()
    assert screen.program.session is not None
    assert screen.opens(WORDS)


def test_a_mistyped_group_is_named_while_it_is_typed(screen: Screen) -> None:
    page = screen.unlock_page()
    page.switch()
    wrong = str((int(screen.code[14:20]) + 1) % 1_000_000).zfill(6)
    QTest.keyClicks(page.code.groups[2], wrong)
    assert "Group 3" in page.code.problem.text()
    assert "Group 3" in page.code.groups[2].accessibleDescription()
    page.code.groups[2].clear()
    QTest.keyClicks(page.code.groups[2], screen.code[14:20])
    assert page.code.problem.text() == ""
    assert page.code.groups[3].hasFocus()


def test_wrong_passphrases_wait_longer_and_longer_and_wipe_nothing(screen: Screen) -> None:
    assert [wait_after(n) for n in (1, 2, 3, 4, 5)] == [0, 0, 2, 4, 8]
    assert wait_after(100) == LONGEST_WAIT
    page = screen.unlock_page()
    for n in range(3):
        page.passphrase.setText(f"väärä salalause {n}")
        page.unlock()
        screen.rest()
    assert not page.button.isEnabled()
    assert page.waiting.isVisible()
    page.passphrase.setText(WORDS)
    page.unlock()
    screen.rest()
    assert screen.program.session is None
    page._try_again()
    page.unlock()
    screen.rest()
    assert screen.program.session is not None


def test_the_passphrase_is_shown_by_keyboard_and_caps_lock_is_told(screen: Screen) -> None:
    secret = screen.unlock_page().secret
    assert secret.eye.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert secret.eye.accessibleName() == "Show the passphrase"
    QTest.keyClick(secret.eye, Qt.Key.Key_Space)
    assert secret.edit.echoMode() == QLineEdit.EchoMode.Normal
    assert secret.eye.accessibleName() == "Hide the passphrase"
    QTest.keyClick(secret.edit, "a")
    assert not secret.caps.isVisible()
    QTest.keyClick(secret.edit, "A")
    assert secret.caps.isVisible()
    QTest.keyClick(secret.edit, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not secret.caps.isVisible()


def test_keys_are_changed_from_the_settings(screen: Screen, tmp_path: Path) -> None:
    screen.program.open(opening.open_session(screen.folder, opening.key_from_passphrase(screen.folder, WORDS)))
    page, tab = screen.keys_tab()
    tab.old.edit.setText("väärä salalause")
    tab.new.suggest()
    words = tab.new.first.text()
    tab.new.again.edit.setText(words)
    tab.change_passphrase()
    screen.rest()
    assert "Wrong passphrase" in page.message.text
    tab.old.edit.setText(WORDS)
    tab.change_passphrase()
    screen.rest()
    assert "Old backups open with the old passphrase" in page.message.text
    assert screen.opens(words)
    tab.for_code.edit.setText(words)
    tab.renew_code()
    screen.rest()
    opening.key_from_code(screen.folder, tab.code_text.text()).wipe()
    tab.save_sheet_to(tmp_path / "paper")
    assert len(list((tmp_path / "paper").iterdir())) == 1


def test_rotation_closes_the_vault_and_opens_it_again(screen: Screen) -> None:
    screen.program.open(opening.open_session(screen.folder, opening.key_from_passphrase(screen.folder, WORDS)))
    _page, tab = screen.keys_tab()
    tab.for_rotation.edit.setText(WORDS)
    tab.rotated.first.edit.setText(NEW)
    tab.rotated.again.edit.setText(NEW)
    tab.rotate()
    screen.rest()
    screen.rest()
    assert screen.program.session is not None
    assert (screen.folder / "caseload-0002.db").exists()
    assert not (screen.folder / "caseload-0001.db").exists()
    assert screen.opens(NEW)
    assert not screen.opens(WORDS)
