"""Backups in the window: made while one works, rehearsed, stopped by locking; a vault restored from the gate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from backup_kit import Vault, add_meeting
from conftest import WORDS
from PySide6.QtWidgets import QApplication, QLabel
from sitting import put_away, rest

from valmentaja.app import Program, application
from valmentaja.store import backups as rows
from valmentaja.ui.backing import backing
from valmentaja.ui.page import Place
from valmentaja.ui.pages.restore import RestorePage
from valmentaja.ui.pages.unlock import UnlockPage
from valmentaja.ui.settings.backups import BackupsTab
from valmentaja.usecases import backing_up, opening
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session


class Screen:
    """The program with an open vault of its own."""

    def __init__(self, app: QApplication, vault: Vault) -> None:
        application()
        self.app, self.vault, self.program = app, vault, Program(app)
        self.program.apply(Preferences(language="en"))
        self.program.window.setFixedSize(1366, 768)
        self.program.window.show()

    def open(self) -> Session:
        session = self.vault.open()
        self.program.open(session)
        return session

    def tab(self) -> BackupsTab:
        main = self.program.main
        assert main is not None
        main.go(Place(page="settings", part="backups"))
        self.rest()
        assert main.page is not None
        return main.page.findChild(BackupsTab)

    def rest(self) -> None:
        rest(self.app)


@pytest.fixture
def screen(qapp: QApplication, vault: Vault) -> Iterator[Screen]:
    shown = Screen(qapp, vault)
    yield shown
    put_away(qapp, shown.program)


def test_a_backup_is_made_while_one_goes_on_working(screen: Screen) -> None:
    session = screen.open()
    tab = screen.tab()
    tab.back_up()
    assert not tab.make.isEnabled()
    add_meeting(session, "kesken varmuuskopion")
    screen.rest()
    assert tab.make.isEnabled()
    assert tab.message.text == "The backup is made and has been read back."
    assert [row.kind for row in rows.made(session.store)] == ["asked"]
    assert screen.program.main.status.backed.text() == "backup 24 Nov · not rehearsed"


def test_the_scheduled_backup_is_made_once_a_day(screen: Screen) -> None:
    session = screen.open()
    for _ in range(2):
        backing(session, screen.program.hub).look()
        screen.rest()
    assert [row.kind for row in rows.made(session.store)] == ["scheduled"]


def test_a_missing_stick_is_told_quietly_and_looked_for_again(screen: Screen, disk: Path) -> None:
    session = screen.open()
    backing_up.set_folder(session, disk)
    disk.rmdir()
    backing(session, screen.program.hub).look()
    screen.rest()
    assert screen.program.main.status.backed.text() == "the folder for backups is not there"
    assert rows.made(session.store) == ()
    disk.mkdir()
    backing(session, screen.program.hub).look()
    screen.rest()
    assert len(list(disk.iterdir())) == 1


def test_a_scheduled_backup_that_fails_is_told_in_the_status_line_and_the_tab(
    screen: Screen, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = screen.open()
    backing_up.set_folder(session, disk)
    monkeypatch.setattr(backing_up.backup, "ROOM", 10**15)
    backing(session, screen.program.hub).look()
    screen.rest()
    assert screen.program.main.status.backed.text() == "the last backup was not made, see Settings"
    assert screen.tab().message.text.startswith("There is not enough room in")


def test_locking_stops_a_backup_and_leaves_no_part(screen: Screen, disk: Path) -> None:
    session = screen.open()
    backing_up.set_folder(session, disk)
    screen.tab().back_up()
    screen.program.lock()
    screen.rest()
    assert [path for path in disk.iterdir() if path.name.startswith(".")] == []
    again = screen.open()
    assert rows.made(again.store) == ()
    assert backing_up.back_up(again).path.exists()


def test_a_rehearsal_with_the_code_is_remembered_and_shown(screen: Screen) -> None:
    session = screen.open()
    backing_up.back_up(session)
    tab = screen.tab()
    assert tab.advice.isVisible()
    tab.ask(backing_up.kept(session)[0])
    tab.proof.edit.setText(screen.vault.code)
    tab.rehearse()
    screen.rest()
    assert tab.message.text.startswith("The backup opens and is whole: 2 clients")
    assert rows.made(session.store)[0].sound is True
    assert not tab.advice.isVisible()
    assert screen.program.main.status.backed.text() == "backup 24 Nov · rehearsal 24 Nov"
    assert any("Rehearsed" in label.text() for label in tab.findChildren(QLabel))


def test_a_rehearsal_with_a_wrong_passphrase_says_nothing_about_the_backup(screen: Screen) -> None:
    session = screen.open()
    backing_up.back_up(session)
    tab = screen.tab()
    tab.ask(backing_up.kept(session)[0])
    tab.proof.switch()
    tab.proof.edit.setText("väärä väärä väärä")
    tab.rehearse()
    screen.rest()
    assert tab.message.text.startswith("Wrong passphrase")
    assert rows.made(session.store)[0].rehearsed is None


def test_a_damaged_backup_is_remembered_as_not_sound(screen: Screen) -> None:
    session = screen.open()
    path = backing_up.back_up(session).path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    tab = screen.tab()
    tab.ask(backing_up.kept(session)[0])
    tab.proof.edit.setText(screen.vault.code)
    tab.rehearse()
    screen.rest()
    assert "has changed since the backup was made" in tab.message.text
    assert rows.made(session.store)[0].sound is False
    assert any(label.text() == "Not sound" for label in tab.findChildren(QLabel))


def test_after_a_month_today_asks_for_a_rehearsal(screen: Screen) -> None:
    session = screen.open()
    path = backing_up.back_up(session).path
    backing_up.record_rehearsal(session, path, sound=True)
    screen.vault.clock.moment += timedelta(days=31)
    assert "Can it be restored?" not in today(screen)
    screen.vault.clock.moment += timedelta(days=1)
    assert "Can it be restored?" in today(screen)


def today(screen: Screen) -> set[str]:
    main = screen.program.main
    assert main is not None
    main.go(Place(page="today"))
    screen.rest()
    assert main.page is not None
    return {label.text() for label in main.page.findChildren(QLabel)}


def test_the_gate_restores_a_vault_with_the_code_and_leads_to_it(screen: Screen, disk: Path, tmp_path: Path) -> None:
    session = screen.vault.open()
    made = backing_up.back_up(session, folder=disk)
    opening.close(session)
    screen.program.show_restore(tmp_path / "uusi")
    page = screen.program.window.currentWidget()
    assert isinstance(page, RestorePage)
    page.restore()
    assert page.backup_field.error
    page.backup.setText(str(made.path))
    page.backup.editingFinished.emit()
    assert "2 clients" in page.found.text()
    page.proof.switch()
    page.proof.edit.setText(screen.vault.code)
    page.restore()
    screen.rest()
    assert page.message.text == ""
    assert "2 clients" in page.told.text()
    page.open.click()
    gate = screen.program.window.currentWidget()
    assert isinstance(gate, UnlockPage)
    assert gate.folder == tmp_path / "uusi"


def test_the_gate_replaces_a_vault_only_when_its_name_is_written(screen: Screen, disk: Path) -> None:
    session = screen.vault.open()
    made = backing_up.back_up(session, folder=disk)
    opening.close(session)
    screen.program.show_restore(screen.vault.folder)
    page = screen.program.window.currentWidget()
    assert isinstance(page, RestorePage)
    page.backup.setText(str(made.path))
    page.proof.edit.setText(WORDS)
    page.restore()
    screen.rest()
    assert page.replace_field.error
    assert list(screen.vault.folder.parent.glob("vault-ennen-palautusta-*")) == []
    page.replace.setText("vault")
    page.restore()
    screen.rest()
    (aside,) = screen.vault.folder.parent.glob("vault-ennen-palautusta-*")
    assert str(aside) in page.told.text()
    assert opening.has_vault(aside)


def test_a_cancelled_restoring_at_the_gate_can_be_tried_again(screen: Screen, disk: Path, tmp_path: Path) -> None:
    session = screen.vault.open()
    made = backing_up.back_up(session, folder=disk)
    opening.close(session)
    screen.program.show_restore(tmp_path / "uusi")
    page = screen.program.window.currentWidget()
    assert isinstance(page, RestorePage)
    page.backup.setText(str(made.path))
    page.proof.edit.setText(WORDS)
    page.restore()
    page.cancel()
    screen.rest()
    assert page.message.text == "Cancelled. Nothing was left behind."
    assert not (tmp_path / "uusi").exists()
    page.restore()
    screen.rest()
    assert (tmp_path / "uusi" / "vault.json").exists()
