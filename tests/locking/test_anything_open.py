"""Locking with anything open: nothing of the client stays on the screen, and nothing that was typed is lost."""

from __future__ import annotations

import threading

import pytest
from desk import NAME, Desk
from hand import Hand
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QWidget
from shiboken6 import isValid

from valmentaja import app as program
from valmentaja.base.errors import StorageError
from valmentaja.domain.queue import QueueKind
from valmentaja.ui import tasks
from valmentaja.ui.client.facts import FactsCard
from valmentaja.ui.page import Place
from valmentaja.ui.pages.client import ClientPage
from valmentaja.ui.pages.new_client import NewClientPage
from valmentaja.ui.pages.runner import RunnerPage
from valmentaja.ui.pages.signing import SigningPage
from valmentaja.ui.widgets.dialogs import confirm
from valmentaja.ui.widgets.secret import Secret
from valmentaja.usecases import assessing, caseload, meetings, papers, signing, today

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TYPED = "Puhelu kello yhdeksän"


def lock(desk: Desk, *, typed: str = TYPED) -> None:
    """Lock, and look before and after the loop has turned once."""
    assert desk.seen()
    page = desk.page
    desk.program.lock()
    assert desk.seen(typed) == []
    desk.rest()
    assert desk.seen(typed) == []
    assert not isValid(page)
    assert desk.program.window.windowTitle() == "Valmentaja"


def client_page(desk: Desk, part: str = "overview") -> ClientPage:
    page = desk.show(Place(page="client", key=desk.client, part=part))
    assert isinstance(page, ClientPage)
    return page


def signing_page(desk: Desk) -> SigningPage:
    waiting = next(entry for entry in today.queue(desk.session) if entry.kind is QueueKind.SIGNATURE)
    page = desk.show(Place(page="signing", key=waiting.about))
    assert isinstance(page, SigningPage)
    # The paper, which names the client, is drawn after the page: what must be gone has to be there first.
    Hand(desk.app).until(lambda: page.viewer.page_count)
    desk.rest()
    return page


def test_with_a_question_open(desk: Desk) -> None:
    asked = confirm(client_page(desk), lambda: NAME, lambda: f"{NAME} {TYPED}", lambda: "Yes", lambda: None)
    assert asked.isVisible()
    lock(desk)
    assert not isValid(asked)


@pytest.mark.parametrize("static", [False, True])
def test_with_a_file_dialog_open(desk: Desk, static: bool) -> None:
    """The static one runs a loop of its own and lies on the C++ stack."""
    page = client_page(desk)
    if static:
        QTimer.singleShot(0, desk.program.lock)
        assert QFileDialog.getExistingDirectory(page, NAME, str(desk.folder)) == ""
        desk.rest()
        assert desk.seen() == []
        assert not isValid(page)
        return
    asked = QFileDialog(page, NAME)
    asked.open()
    lock(desk)


def test_with_a_menu_and_a_window_of_its_own_open(desk: Desk) -> None:
    menu, window = QMenu(client_page(desk)), QLineEdit(NAME)
    menu.addAction(NAME)
    menu.popup(desk.program.window.pos())
    window.show()
    lock(desk)
    assert not isValid(window)


def test_with_ink_on_the_canvas_the_ink_comes_back(desk: Desk) -> None:
    page = signing_page(desk)
    Hand(desk.app).draw(page.ink)
    strokes = page.ink.strokes
    assert strokes
    lock(desk)
    again = desk.unlock()
    assert isinstance(again, SigningPage)
    assert again.ink.strokes == strokes
    assert papers.documents(desk.session, again.plan.client) == ()


def test_while_a_paper_is_being_sealed_it_is_finished_and_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page, may_end, seal = signing_page(desk), threading.Event(), signing.seal

    def slow(job: signing.SealJob) -> signing.Sealed:
        may_end.wait(10)
        return seal(job)

    monkeypatch.setattr(signing, "seal", slow)
    Hand(desk.app).draw(page.ink)
    client = page.plan.client
    page.seal()
    desk.program.lock()
    assert desk.seen() == []
    assert tasks.worker().is_busy
    may_end.set()
    desk.rest()
    assert desk.seen() == []
    assert not isValid(page)
    desk.unlock()
    (paper,) = papers.documents(desk.session, client)
    assert papers.pages(desk.session, paper.id).startswith(b"%PDF")


def test_before_sleep_a_running_seal_is_waited_for(desk: Desk) -> None:
    page = signing_page(desk)
    Hand(desk.app).draw(page.ink)
    client, session = page.plan.client, desk.session
    page.seal()
    desk.program.lock(hurry=True)
    assert desk.seen() == []
    with pytest.raises(StorageError, match="closed database"):
        session.saved_at()
    desk.unlock()
    assert len(papers.documents(desk.session, client)) == 1


def test_with_a_note_being_typed_in_an_assessment(desk: Desk) -> None:
    made = assessing.begin(desk.session, desk.client).made
    page = desk.show(Place(page="runner", key=made))
    assert isinstance(page, RunnerPage)
    page.move_by(2)
    item = page.item
    page.note.insertPlainText(TYPED)
    lock(desk)
    again = desk.unlock()
    assert isinstance(again, RunnerPage)
    assert again.item == item
    assert assessing.runner(desk.session, made).values[item].note == TYPED


def test_with_notes_and_contact_details_being_typed(desk: Desk) -> None:
    meetings.start(desk.session, desk.client)
    page = client_page(desk)
    page.notes.insertPlainText(TYPED)
    lines = page.findChild(FactsCard).lines
    typed(lines["phone"], "040 123")
    typed(lines["hetu"], "010190-999X")
    page.tabs.setCurrentIndex(3)
    lock(desk)
    again = desk.unlock()
    assert isinstance(again, ClientPage)
    assert again.tabs.part == "services"
    assert again.notes.toPlainText() == TYPED
    held = caseload.client(desk.session, desk.client)
    assert (held.phone, held.hetu) == ("040 123", "")
    # Refused by the rules, so no record may hold it; it waits where it was typed.
    assert again.findChild(FactsCard).lines["hetu"].text() == "010190-999X"


def test_a_new_client_half_written_comes_back_once(desk: Desk) -> None:
    page = desk.show(Place(page="new-client"))
    assert isinstance(page, NewClientPage)
    typed(page.family_name, "Puolikas")
    typed(page.given_names, "Pertti")
    typed(page.phone, "040 555")
    page.language.set_value("sv")
    desk.program.lock()
    desk.rest()
    assert desk.seen("Puolikas") == []
    again = desk.unlock()
    assert isinstance(again, NewClientPage)
    assert (again.family_name.text(), again.phone.text(), again.language.value()) == ("Puolikas", "040 555", "sv")
    again.save()
    desk.rest()
    assert "Puolikas" in {row.family_name for row in caseload.client_rows(desk.session)}
    desk.show(Place(page="today"))
    desk.program.lock()
    desk.rest()
    assert desk.unlock().place.page == "today"


def test_a_day_without_its_enter_is_kept(desk: Desk) -> None:
    page = client_page(desk, "services")
    start = next(e for e in page.findChildren(QLineEdit) if e.accessibleName() == "Service from")
    typed(start, "1.2.2026")
    lock(desk)
    again = desk.unlock()
    assert next(e for e in again.findChildren(QLineEdit) if e.accessibleName() == "Service from").text() == "1.2.2026"


def typed(edit: QLineEdit, text: str) -> None:
    edit.selectAll()
    edit.insert(text)
    edit.setModified(True)


def test_what_is_left_open_would_be_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without the clearing, a window of its own is still seen."""
    asked = confirm(desk.program.window, lambda: NAME, lambda: NAME, lambda: "Yes", lambda: None)

    def leave_open(_keep: QWidget) -> None:
        """Do not close anything."""

    monkeypatch.setattr(program, "clear_screen", leave_open)
    desk.program.lock()
    assert desk.seen() != []
    asked.close()


def test_unlocking_another_vault_does_not_go_to_the_place_of_this_one(desk: Desk) -> None:
    client_page(desk)
    desk.program.lock()
    desk.folder = desk.folder.rename(desk.folder.with_name("moved"))
    assert desk.unlock().place.page == "today"


@pytest.mark.parametrize("shown", [False, True])
def test_a_passphrase_being_typed_is_no_draft(desk: Desk, shown: bool) -> None:
    page = desk.show(Place(page="settings", part="keys"))
    for secret in page.findChildren(Secret):
        typed(secret.edit, "neljä")
        secret.show_plain(shown)
    assert page.findChildren(Secret)
    assert page.draft() == {}
    typed(page.findChildren(QLineEdit)[0], "control")
    page.findChildren(QLineEdit)[0].setInputMethodHints(Qt.InputMethodHint.ImhNone)
    assert "control" in page.draft().values()
