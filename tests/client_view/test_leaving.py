"""The client view is left by its PIN and by nothing else, also after a restart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from room import PIN, WORDS, Room

from valmentaja.base.errors import UserError
from valmentaja.domain.pin import is_pin, wait_after
from valmentaja.store import settings
from valmentaja.ui.page import Place
from valmentaja.ui.settings.lock import LockTab
from valmentaja.usecases import assessing, client_view, logs


def test_three_wrong_pins_lead_nowhere_and_the_fourth_has_to_wait(room: Room) -> None:
    window = room.begin()
    for pin in ("1111", "12345678", "0000"):
        room.type_pin(pin)
        assert room.window is window
        assert window.isVisible()
        assert not room.program.window.isVisible()
        assert window.door.pad.problem.isVisible()
    assert not window.door.pad.button.isEnabled()
    room.type_pin(PIN)
    assert room.window is window, "even the right one is not looked at while one waits"
    room.clock.moment += timedelta(seconds=wait_after(3))
    for _ in range(wait_after(3)):
        window.door.pad._tick()
    room.type_pin(PIN)
    assert room.program.presenter.window is None
    assert room.program.window.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F8, Qt.Key.Key_Return, Qt.Key.Key_F4])
def test_no_key_closes_it(room: Room, key: Qt.Key) -> None:
    window = room.begin()
    for held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier):
        QTest.keyClick(window, key, held)
        room.rest()
    assert window.isVisible()
    assert not room.program.window.isVisible()


@pytest.mark.parametrize("letter", "KFNLMP1234")
def test_the_coachs_keys_do_nothing_in_it(room: Room, letter: str) -> None:
    window, place = room.begin(), room.main.place
    QTest.keyClick(window, letter, Qt.KeyboardModifier.ControlModifier)
    room.rest()
    assert room.program.session is not None
    assert room.main.place == place
    assert not [w for w in room.app.topLevelWidgets() if w.isVisible() and w is not window]


def test_closing_the_window_asks_for_the_pin(room: Room) -> None:
    window = room.begin()
    assert not window.close()
    assert window.isVisible()
    assert window.page is window.door


def test_after_a_restart_the_vault_opens_into_the_client_view(room: Room) -> None:
    room.begin()
    room.program.lock()
    room.rest()
    assert room.program.presenter.window is None
    room.enter()
    assert room.window.isVisible()
    assert not room.program.window.isVisible()
    assert room.window.at == 0
    room.type_pin("9999")
    assert room.window.isVisible()
    room.type_pin(PIN)
    assert room.program.window.isVisible()
    room.program.lock()
    room.rest()
    room.enter()
    assert room.program.presenter.window is None


def test_wrong_pins_are_remembered_over_a_restart(room: Room) -> None:
    room.begin()
    for _ in range(3):
        room.type_pin("1111")
    room.program.lock()
    room.rest()
    room.enter()
    room.type_pin(PIN)
    assert room.window.isVisible()
    assert not room.window.door.pad.button.isEnabled()


def test_when_the_vault_locks_nothing_of_the_client_view_is_left(room: Room) -> None:
    window = room.begin()
    window.go_to(0)
    room.program.lock()
    room.rest()
    assert room.program.window.isVisible()
    seen = [w for w in room.app.topLevelWidgets() if w.isVisible()]
    assert seen == [room.program.window], [one.text() for w in seen for one in w.findChildren(QLabel)]


def test_the_pin_is_not_kept_as_it_is(room: Room) -> None:
    client_view.set_pin(room.session, "24680135")
    first = settings.setting(room.session.store, "client view pin")
    client_view.set_pin(room.session, "24680135")
    assert "24680135" not in first
    assert settings.setting(room.session.store, "client view pin") != first


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "١٢٣٤", "12 4"])
def test_what_is_no_pin_is_refused(room: Room, pin: str) -> None:
    assert not is_pin(pin)
    with pytest.raises(UserError, match="4 to 8 digits"):
        client_view.set_pin(room.session, pin)


def test_the_wait_grows_and_has_an_end() -> None:
    waits = [wait_after(n) for n in range(40)]
    assert waits[:6] == [0, 0, 0, 5, 10, 20]
    assert waits == sorted(waits)
    assert waits[-1] == 300


def test_a_clock_that_was_set_back_waits_no_longer_than_the_whole_wait(room: Room) -> None:
    room.begin()
    for _ in range(3):
        client_view.leave(room.session, "1111")
    room.clock.moment -= timedelta(days=400)
    assert client_view.waiting(room.session) == wait_after(3)
    assert not client_view.leave(room.session, PIN).right
    room.clock.moment += timedelta(seconds=wait_after(3))
    assert client_view.leave(room.session, PIN).right


def test_ten_is_typed_as_one_and_nought(room: Room) -> None:
    window = room.begin()
    window.go_to(0)
    item = window.view.questions[0].item
    for typed, stored in (("1", 1), ("0", 10), ("0", 0), ("7", 7), ("t", 10)):
        QTest.keyClick(window, typed)
        room.rest()
        assert assessing.runner(room.session, room.assessment).values[item].value == stored


def test_showing_the_client_view_is_logged_as_a_look(room: Room) -> None:
    room.begin()
    shown = [e for e in logs.entries(room.session, client_id=room.client, limit=20) if e.action == "show"]
    assert "assessment" in {e.entity for e in shown[:1]}


def test_the_vaults_passphrase_ends_it_when_the_pin_is_forgotten(room: Room) -> None:
    window = room.begin()
    window.ask_pin()
    window.door.link.click()
    window.door.key.edit.setText("something else")
    window.door.key.send()
    room.rest()
    assert room.window is window
    assert window.door.key.problem.isVisible()
    window.door.key.edit.setText(WORDS)
    window.door.key.send()
    room.rest()
    assert room.program.presenter.window is None
    assert room.program.window.isVisible()
    assert not client_view.has_pin(room.session), "a new one is chosen next time"


def test_wrong_passphrases_make_one_wait_like_wrong_pins(room: Room) -> None:
    room.begin()
    for _ in range(3):
        assert not client_view.leave_without_pin(room.session, proved=False).right
    assert not client_view.leave_without_pin(room.session, proved=True).right
    assert client_view.under_way(room.session) == room.assessment


def test_without_a_pin_it_does_not_begin(room: Room) -> None:
    with pytest.raises(UserError, match="PIN"):
        client_view.begin(room.session, room.assessment)


def test_the_last_minute_before_the_lock_is_said_in_the_client_view(room: Room) -> None:
    window = room.begin()
    room.program._warn(60)
    assert window.notice.isVisible()
    room.program._calm()
    assert not window.notice.isVisible()


def test_another_pin_is_taken_in_the_settings_when_it_was_written_twice(room: Room) -> None:
    client_view.set_pin(room.session, PIN)
    room.main.go(Place(page="settings", part="lock"))
    tab = room.main.page.findChild(LockTab)
    for first, second, taken in (("135790", "135791", False), ("13", "13", False), ("135790", "135790", True)):
        tab.pin.setText(first)
        tab.again.setText(second)
        tab.keep_pin()
        client_view.begin(room.session, room.assessment)
        assert client_view.leave(room.session, "135790").right is taken
