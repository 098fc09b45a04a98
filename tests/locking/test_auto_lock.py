"""What the rules are fed with: hands, time, the system's signs; and what the coach sees of it."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from desk import Desk
from hand import Hand
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest

from valmentaja.base.errors import UserError
from valmentaja.domain.locking import Moment, Sign, State
from valmentaja.ui import lock_windows
from valmentaja.ui.clipboard import Clipboard, concealed
from valmentaja.ui.page import Page, Place
from valmentaja.ui.settings.lock import LockTab
from valmentaja.ui.widgets.text import selectable
from valmentaja.usecases import settings

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Time:
    """Both clocks, moved by hand."""

    def __init__(self, desk: Desk) -> None:
        self.at = Moment(0.0, 0.0)
        desk.program.auto_lock._moment = lambda: self.at
        desk.program.auto_lock.start(settings.lock_minutes(desk.session))
        self.lock = desk.program.auto_lock

    def passes(self, seconds: float) -> None:
        self.at = Moment(self.at.steady + seconds, self.at.wall + seconds)
        self.lock.tick()


@pytest.mark.parametrize("page", ["clients", "client"])
def test_acts_are_seen_after_a_page_was_made_and_after_one_that_could_not_be(desk: Desk, page: str) -> None:
    time, main = Time(desk), desk.program.main
    assert main is not None
    key = "nobody" if page == "client" else ""
    with pytest.raises(UserError) if key else nullcontext():
        main.go(Place(page=page, key=key))
    time.passes(250)
    assert main.notice.isVisible()
    QTest.keyClick(desk.page, Qt.Key.Key_Shift)
    assert main.notice.label.text() == "The vault stays open."


def test_after_five_idle_minutes_it_locks_and_a_minute_before_it_says_so(desk: Desk) -> None:
    time, main = Time(desk), desk.program.main
    assert main is not None
    time.passes(239)
    assert not main.notice.isVisible()
    time.passes(1)
    assert main.notice.isVisible()
    assert main.notice.label.text() == "Locks in 60 seconds"
    time.passes(59)
    assert main.notice.label.text() == "Locks in 1 second"
    assert desk.program.main is not None
    time.passes(1)
    assert desk.program.main is None
    assert desk.seen() == []


@pytest.mark.parametrize("act", ["key", "mouse", "button"])
def test_any_act_keeps_it_open(desk: Desk, act: str) -> None:
    time, main = Time(desk), desk.program.main
    assert main is not None
    time.passes(250)
    if act == "key":
        QTest.keyClick(desk.page, Qt.Key.Key_Shift)
    elif act == "mouse":
        for x in (300, 340):
            QTest.mouseMove(desk.program.window, QPoint(x, 300))
            desk.app.processEvents()
    else:
        main.notice.button.click()
    assert main.notice.label.text() == "The vault stays open."
    time.passes(299)
    assert desk.program.main is not None
    time.passes(1)
    assert desk.program.main is None


def test_the_notice_covers_nothing(desk: Desk) -> None:
    time, main = Time(desk), desk.program.main
    assert main is not None
    time.passes(240)
    desk.app.processEvents()
    notice = main.notice.geometry()
    assert notice.height() > 0
    assert not notice.intersects(desk.page.geometry())


def test_sleep_shows_on_the_wall_clock_alone(desk: Desk) -> None:
    time = Time(desk)
    time.at = Moment(1.0, 301.0)
    QTest.keyClick(desk.page, Qt.Key.Key_Shift)
    assert desk.program.main is None


def test_a_clock_set_back_is_told_and_gives_no_time(desk: Desk) -> None:
    time = Time(desk)
    time.at = Moment(100.0, -5000.0)
    time.lock.tick()
    assert desk.page.message.text.startswith("The computer's clock was set back.")
    time.passes(200)
    assert desk.program.main is None


@pytest.mark.parametrize(("sign", "locks"), [(Sign.SESSION_LOCKED, True), (Sign.SLEEPING, True), (Sign.LID, False)])
def test_signs_of_the_system(desk: Desk, sign: Sign, locks: bool) -> None:
    desk.program.auto_lock.signed(sign)
    assert (desk.program.main is None) is locks


def test_the_minutes_are_the_vaults_and_work_at_once(desk: Desk) -> None:
    page = desk.show(Place(page="settings", part="lock"))
    time = Time(desk)
    page.findChild(LockTab).minutes.chosen.emit("2")
    assert settings.lock_minutes(desk.session) == 2
    time.passes(119)
    assert desk.program.auto_lock.watch is not None
    assert desk.program.auto_lock.watch.state is State.NOTICE
    time.passes(1)
    assert desk.program.main is None
    assert desk.unlock().place.part == "lock"
    assert settings.lock_minutes(desk.session) == 2
    with pytest.raises(UserError):
        settings.set_lock_minutes(desk.session, 31)


def test_a_page_that_would_rather_stay_is_locked_all_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Page, "leave", lambda _page: False)
    Hand(desk.app).press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desk.program.main is None
    assert desk.seen() == []


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs a private bus")
@pytest.mark.parametrize("bus", [True, False])
def test_the_signs_of_linux_are_heard_on_a_real_bus_and_none_is_needed(bus: bool, tmp_path: Path) -> None:
    command = [sys.executable, str(Path(__file__).with_name("signs.py"))]
    nowhere = f"unix:path={tmp_path}/nothing"
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "DBUS_SESSION_BUS_ADDRESS": nowhere}
    surroundings["DBUS_SYSTEM_BUS_ADDRESS"] = nowhere
    if bus:
        inside = 'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "$0" "$1"'
        command = ["dbus-run-session", "--", "sh", "-c", inside, *command]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60, check=True)
    # Nobody on this bus can promise to delay the sleep; two buses keep no common order.
    heard = ["False", *["SESSION_LOCKED"] * 3, "SLEEPING"] if bus else ["False"]
    assert sorted(done.stdout.split()) == heard


@pytest.mark.parametrize(
    ("message", "what", "sign"), [(0x02B1, 7, Sign.SESSION_LOCKED), (0x0218, 4, Sign.SLEEPING), (0x0218, 7, None)]
)
def test_the_messages_of_windows_are_read_as_documented(message: int, what: int, sign: Sign | None) -> None:
    """Only the reading: that Windows sends them to us has not been tried."""
    heard: list[Sign] = []
    held = lock_windows.Message(None, message, what, 0, 0, 0, 0)
    assert lock_windows._Filter(heard.append).nativeEventFilter(b"", ctypes.addressof(held)) == (False, 0)
    assert heard == ([] if sign is None else [sign])


def own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The offscreen platform cannot tell whose the clipboard is."""
    monkeypatch.setattr(Clipboard, "_is_ours", lambda _self, mode: mode is QClipboard.Mode.Clipboard)


def test_what_was_copied_leaves_the_clipboard_when_its_time_is_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    own(monkeypatch)
    board, label = QGuiApplication.clipboard(), selectable("123456-654321")
    board.setText(label.text())
    desk.app.processEvents()
    held = board.mimeData()
    assert held is not None
    assert bytes(held.data("x-kde-passwordManagerHint").data()) == b"secret"
    assert desk.program.clipboard._timer.remainingTime() <= 10_000
    desk.program.clipboard._timer.timeout.emit()
    assert board.text() == ""


def test_locking_clears_the_clipboard(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    own(monkeypatch)
    board = QGuiApplication.clipboard()
    board.setText("Puhelu")
    desk.app.processEvents()
    desk.program.lock()
    assert board.text() == ""


def test_what_another_program_copied_since_is_left_alone(desk: Desk) -> None:
    board = QGuiApplication.clipboard()
    board.setMimeData(concealed("another's"))
    desk.program.lock()
    assert board.text() == "another's"
    board.clear()
