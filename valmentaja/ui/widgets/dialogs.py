"""Questions that stop the work, kept few, and the toast that offers Undo instead of asking."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.speech import Say, announce, said
from valmentaja.ui.widgets.buttons import Button, link, primary, secondary
from valmentaja.ui.widgets.text import Label

TOAST_MS = 8000


class Dialog(QDialog):
    """Title, content, and buttons at the end; Esc closes and changes nothing."""

    def __init__(self, title: Say, parent: QWidget | None = None, *, width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(said(title))
        self.setModal(True)
        self.setMinimumWidth(min(theme.px(width), 1200))
        down = QVBoxLayout(self)
        down.setContentsMargins(28, 22, 28, 22)
        down.setSpacing(16)
        down.addWidget(Label(title, "heading"))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        down.addLayout(self.body, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        self._buttons.addStretch(1)
        down.addLayout(self._buttons)

    def add_button(self, button: Button) -> None:
        self._buttons.addWidget(button)


class Confirm(Dialog):
    """One sentence and two buttons; for what cannot be undone."""

    def __init__(self, title: Say, sentence: Say, yes: Say, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.body.addWidget(Label(sentence))
        self.yes = primary(yes, act=self.accept)
        self.add_button(secondary(lambda: tr("Cancel"), act=self.reject))
        self.add_button(self.yes)
        self.yes.setDefault(True)
        self.yes.setFocus()


def confirm(parent: QWidget, title: Say, sentence: Say, yes: Say, then: Callable[[], object]) -> Confirm:
    """Ask without a nested event loop; `then` runs when the answer is yes."""
    asked = Confirm(title, sentence, yes, parent)
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asked.accepted.connect(then)
    asked.open()
    return asked


class Toast(QFrame):
    """What was just done and a way back; goes away by itself, but not while it has the focus or the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("surface", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        across = QHBoxLayout(self)
        across.setContentsMargins(16, 8, 8, 8)
        across.setSpacing(12)
        self._label = Label("", wrap=False)
        self.undo = link(lambda: tr("Undo"), "undo-2", act=self._undo)
        across.addWidget(self._label)
        across.addWidget(self.undo)
        self._back: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fade)
        self.hide()

    def offer(self, sentence: str, back: Callable[[], object] | None) -> None:
        """Show `sentence`; with `back` also the button that takes it back."""
        self._back = back
        self._label.say(sentence)
        self.undo.setVisible(back is not None)
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start(TOAST_MS)
        announce(self, sentence)

    def place(self) -> None:
        """Low in the middle of the parent, above its status bar."""
        over = self._over
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - theme.px(46))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        super().keyPressEvent(event)

    def _fade(self) -> None:
        if self.underMouse() or self.undo.hasFocus():
            self._timer.start(TOAST_MS)
        else:
            self.hide()

    def _undo(self) -> None:
        back, self._back = self._back, None
        self.hide()
        if back is not None:
            back()
