"""How far it is: a thin bar with its words, and a busy line for what takes longer than a moment."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from valmentaja.i18n import tr
from valmentaja.ui.speech import Say, announce, said
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.text import Label


class Progress(QProgressBar):
    """A thin bar; `name` says what is being counted, the value is told as text too."""

    def __init__(self, name: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setFixedHeight(6)
        self.say(name)

    def say(self, name: Say) -> None:
        self._name = name
        self.setAccessibleName(said(name))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.say(self._name)
        super().changeEvent(event)

    def show_part(self, done: int, total: int) -> None:
        self.setRange(0, max(total, 1))
        self.setValue(done)
        self.setAccessibleDescription(f"{done}/{total}")


class Busy(QWidget):
    """A sentence over a moving bar; hidden until something runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        self._label = Label("", "muted")
        self._bar = Progress("")
        down.addWidget(self._label)
        down.addWidget(self._bar)
        self.setVisible(False)

    def start(self, words: Say) -> None:
        self._label.say(words)
        self._bar.say(words)
        self._bar.setRange(0, 0)
        self.setVisible(True)
        announce(self, said(words))

    def stop(self) -> None:
        self._bar.setRange(0, 1)
        self.setVisible(False)


class Working(QWidget):
    """A sentence, how far it is, and a button to stop it; hidden until something runs."""

    def __init__(self, act: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        self._label, self._bar = Label("", "muted"), Progress("")
        self.cancel = secondary(lambda: tr("Cancel"), "x", act=act)
        down.addWidget(self._label)
        down.addWidget(self._bar)
        down.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(False)

    def start(self, words: Say) -> None:
        self._label.say(words)
        self._bar.say(words)
        self._bar.show_part(0, 0)
        self.setVisible(True)
        announce(self, said(words))

    def show_part(self, done: int, total: int) -> None:
        """In thousandths: bytes of a large vault do not fit a bar."""
        self._bar.show_part(done * 1000 // max(total, 1), 1000)

    def stop(self) -> None:
        self.setVisible(False)
