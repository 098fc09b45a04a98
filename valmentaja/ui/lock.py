"""Feeds the rules of `domain.locking` with what is seen: hands on the program, time, and the system's signs."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from valmentaja.domain import locking
from valmentaja.domain.locking import Moment, Sign, State, Watch

TICK_MS = 1000
_KIND = QEvent.Type
ACTS = frozenset(
    {
        _KIND.KeyPress,
        _KIND.MouseButtonPress,
        _KIND.MouseMove,
        _KIND.Wheel,
        _KIND.TouchBegin,
        _KIND.TouchUpdate,
        _KIND.TabletPress,
        _KIND.TabletMove,
        _KIND.InputMethod,
        _KIND.Shortcut,
    }
)
"""What a person does; a screen reader's press of a button arrives as a click or a key."""


def now() -> Moment:
    return Moment(time.monotonic(), time.time())


class AutoLock(QObject):
    """`due` asks for the lock at once, `noticed` says the seconds left, `calm` that somebody acted in time.

    `slept` is `due` with no time to spare: the computer waits for nobody when it goes to sleep.
    """

    due = Signal()
    slept = Signal()
    noticed = Signal(int)
    calm = Signal()
    clock_set_back = Signal()

    def __init__(self, app: QApplication, *, moment: Callable[[], Moment] = now) -> None:
        super().__init__(app)
        self._app, self._moment = app, moment
        self.watch: Watch | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self.system = _system_signs(self)

    def start(self, minutes: int) -> None:
        """A vault was opened; watch until `stop`."""
        self.watch = locking.watch(minutes, self._moment())
        self._app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        self.watch = None
        self._app.removeEventFilter(self)
        self._timer.stop()

    def look_away(self, away: bool) -> None:
        """While a page is made nobody can act, and to look at each of its thousands of events takes a third of it."""
        if self.watch is None:
            return
        if away:
            self._app.removeEventFilter(self)
        else:
            self._app.installEventFilter(self)

    def limit(self, minutes: int) -> None:
        """Another limit was chosen."""
        if self.watch is not None:
            self.watch = locking.limited(self.watch, minutes)

    def tick(self) -> None:
        if self.watch is not None:
            self._go_on(self.watch, locking.tick(self.watch, self._moment()))

    def acted(self) -> None:
        """Somebody is there."""
        if self.watch is not None:
            self._go_on(self.watch, locking.active(self.watch, self._moment()))

    def signed(self, sign: Sign) -> None:
        """The system locks its screen, goes to sleep, or closes its lid."""
        if self.watch is None:
            return
        after = locking.signed(self.watch, sign)
        if after.locked and sign is Sign.SLEEPING:
            self.watch = after
            self.slept.emit()
        else:
            self._go_on(self.watch, after)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in ACTS:
            self.acted()
        return False

    def _go_on(self, before: Watch, after: Watch) -> None:
        self.watch = after
        if after.clock_went_back and not before.clock_went_back:
            self.clock_set_back.emit()
        if after.state is State.LOCKED:
            self.due.emit()
        elif after.state is State.NOTICE:
            self.noticed.emit(round(after.left))
        elif before.state is State.NOTICE:
            self.calm.emit()


def _system_signs(lock: AutoLock) -> QObject | None:
    """What tells about the session and sleep on this system; None where nothing is known."""
    if sys.platform == "linux":
        from valmentaja.ui.lock_linux import LinuxSigns

        return LinuxSigns(lock, lock.signed)
    if sys.platform == "win32":
        from valmentaja.ui.lock_windows import WindowsSigns

        return WindowsSigns(lock, lock.signed)
    return None
