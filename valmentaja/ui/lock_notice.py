"""The minute's notice before the lock, in a place of its own so that it covers nothing (WCAG 2.2.1, 2.4.11)."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from valmentaja.i18n import tr, trn
from valmentaja.ui import theme
from valmentaja.ui.icons import Icon
from valmentaja.ui.speech import announce
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.text import Label

STAYS_MS = 3000
SPOKEN = (30, 10)
"""Seconds left that are said aloud, besides the first."""


class LockNotice(QFrame):
    """Hidden until `warn`; `stay` when the button is pressed, though any act does the same."""

    stay = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "message")
        self.setProperty("tone", Tone.WARN.value)
        across = QHBoxLayout(self)
        across.setContentsMargins(28, 6, 28, 6)
        across.setSpacing(12)
        across.addWidget(Icon("lock", theme.foreground(Tone.WARN)), 0, Qt.AlignmentFlag.AlignVCenter)
        self.label = Label("", "strong")
        across.addWidget(self.label, 1)
        self.button = secondary(lambda: tr("Continue working"), act=self.stay.emit)
        across.addWidget(self.button)
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(STAYS_MS)
        self._away.timeout.connect(self.hide)
        self._last = 0
        self.hide()

    def warn(self, seconds: int) -> None:
        """Show how long is left; say it when it appears and twice more."""
        self._away.stop()
        first = self.isHidden() or not self._last
        self.label.say(lambda: trn("Locks in {n} second", "Locks in {n} seconds", seconds))
        self.show()
        if first or any(seconds <= at < self._last for at in SPOKEN):
            announce(self, self.label.text())
        self._last = seconds

    def calm(self) -> None:
        """It goes only after a moment: a click on its way to the button must not land on what is under it."""
        self._last = 0
        if not self.isHidden():
            self.label.say(lambda: tr("The vault stays open."))
            announce(self, self.label.text())
            self._away.start()
