"""What the vault refuses stays on the screen; what is damaged is said, and can be saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import CHEAP
from PySide6.QtWidgets import QApplication
from sitting import put_away, rest

from valmentaja.app import Program, application
from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import DamagedError, StorageError
from valmentaja.store.database import Store
from valmentaja.ui.page import Place
from valmentaja.ui.pages.client import ClientPage
from valmentaja.ui.pages.unlock import UnlockPage
from valmentaja.ui.widgets.dialogs import Dialog
from valmentaja.ui.window import MainWindow
from valmentaja.usecases import caseload, meetings, training
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session

FULL = "The disk is full. Nothing was saved. Free some space and try again."


@pytest.fixture
def program(qapp: QApplication) -> Iterator[Program]:
    application()
    made = Program(qapp)
    made.apply(Preferences(language="en"))
    made.window.setFixedSize(1366, 768)
    made.window.show()
    yield made
    put_away(qapp, made)


@pytest.fixture
def window(program: Program, training_session: Session) -> Iterator[MainWindow]:
    program.open(training_session)
    assert program.main is not None
    yield program.main
    program.session = None
    program.main = None


@pytest.fixture
def page(window: MainWindow, training_session: Session) -> ClientPage:
    """A client with a running meeting."""
    client = caseload.client_rows(training_session)[0].id
    meetings.start(training_session, client)
    window.go(Place(page="client", key=client))
    assert isinstance(window.page, ClientPage)
    return window.page


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every commit is refused as by a full disk."""

    def refuse(store: Store) -> None:
        store._undo()
        raise StorageError(FULL)

    with monkeypatch.context() as patched:
        patched.setattr(Store, "_commit", refuse)
        yield


def stored(session: Session, page: ClientPage) -> str:
    assert page.running is not None
    return meetings.meeting(session, int(page.running.id)).notes


def test_text_stays_while_the_disk_is_full_and_is_stored_when_there_is_room(
    training_session: Session, window: MainWindow, page: ClientPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with full_disk(monkeypatch):
        page.notes.setPlainText("Sovimme tapaamisesta")
        page.notes.settle()
        assert page.message.text == FULL
        page.refresh()
        assert page.notes.toPlainText() == "Sovimme tapaamisesta"
        window.go(Place(page="today"))
        assert window.page is page
        assert caseload.client_rows(training_session)
    assert stored(training_session, page) == ""
    window.go(Place(page="today"))
    assert window.page is not page
    assert stored(training_session, page) == "Sovimme tapaamisesta"


def test_another_field_that_is_stored_takes_the_refused_one_along(
    training_session: Session, page: ClientPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with full_disk(monkeypatch):
        page.notes.setPlainText("Ensimmäinen")
        page.notes.settle()
    page.agreed.setPlainText("Toinen")
    page.agreed.settle()
    assert stored(training_session, page) == "Ensimmäinen"
    assert not page.has_unstored


def test_a_rested_vault_has_an_empty_write_ahead_log(training_session: Session, window: MainWindow) -> None:
    log = training_session.folder / "caseload-0001.db-wal"
    caseload.opened(training_session, caseload.client_rows(training_session)[0].id)
    assert log.stat().st_size > 0
    assert window.rest.timer.isActive()
    window.rest.timer.timeout.emit()
    assert log.stat().st_size == 0


def test_a_write_starts_the_waiting_anew(window: MainWindow, page: ClientPage) -> None:
    window.rest.timer.stop()
    page.notes.setPlainText("Uusi")
    page.notes.settle()
    assert window.rest.timer.isActive()


def torn(folder: Path, change: Callable[[bytearray], object]) -> None:
    path = folder / "caseload-0001.db"
    held = bytearray(path.read_bytes())
    change(held)
    path.write_bytes(bytes(held))


def cut(held: bytearray) -> None:
    del held[len(held) * 3 // 4 // 4096 * 4096 :]


def test_a_damaged_vault_can_be_saved_from_the_gate(
    program: Program, tmp_path: Path, clock: FixedClock, qapp: QApplication
) -> None:
    training.make_training_vault(tmp_path / "old", clock=clock, cost=CHEAP).wipe()
    torn(tmp_path / "old", cut)
    program.show_unlock(tmp_path / "old")
    page = program.window.currentWidget()
    assert isinstance(page, UnlockPage)
    assert not page.salvage.isVisible()
    page.passphrase.setText(training.WORDS)
    page.unlock()
    rest(qapp)
    assert "cut short" in page.message.text
    assert page.salvage.isVisible()
    page.save_what_is_left(tmp_path / "new")
    rest(qapp)
    assert "rows were saved" in page.message.text
    page.unlock()
    rest(qapp)
    assert program.session is not None
    assert program.session.folder == tmp_path / "new"


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_damage_found_under_an_open_page_is_said_and_leads_to_the_gate(
    program: Program, tmp_path: Path, clock: FixedClock, qapp: QApplication
) -> None:
    training.make_training_vault(tmp_path / "old", clock=clock, cost=CHEAP).wipe()
    program.show_unlock(tmp_path / "old")
    page = program.window.currentWidget()
    assert isinstance(page, UnlockPage)
    page.passphrase.setText(training.WORDS)
    page.unlock()
    rest(qapp)
    assert program.session is not None
    error = DamagedError("Part of the database is damaged.")
    program._crashed(type(error), error, None)
    (asked,) = program.window.findChildren(Dialog)
    asked.accept()
    rest(qapp)
    gate = program.window.currentWidget()
    assert isinstance(gate, UnlockPage)
    assert gate.salvage.isVisible()
