"""Which page lies on the desk: its last character is typed from the paper, so no two forms are mixed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from valmentaja.domain.page_code import folded
from valmentaja.domain.paper_check import Sheet
from valmentaja.i18n import tr
from valmentaja.ui.paper.keys import typed
from valmentaja.ui.speech import announce
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.text import Label

UNREAD = "▢"


class Catcher(QFrame):
    """Takes the one key."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "keys")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words, self.code = Label("", "question"), Label("", "question")
        down = QVBoxLayout(self)
        down.setContentsMargins(16, 16, 16, 16)
        down.setSpacing(8)
        for label in (self.words, self.code):
            down.addWidget(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sign = typed(event)
        if sign:
            self.pressed.emit(sign)
        else:
            super().keyPressEvent(event)


class Gate(QWidget):
    """`opened` when the expected page is there; `written` carries a whole code that was written."""

    opened = Signal()
    refused = Signal(str)
    written = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self.catcher, self.line = Catcher(), QLineEdit()
        self.catcher.pressed.connect(self._pressed)
        self.field = Field(
            lambda: tr("Or write the whole code of the page you have"),
            self.line,
            hint=lambda: tr("It stands at the top of the page. Enter opens the page."),
        )
        self.line.returnPressed.connect(self._wrote)
        card = Card()
        card.add(self.catcher)
        card.add(self.field)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)
        down.addStretch(1)

    def show_sheet(self, sheet: Sheet) -> None:
        """Ask for this page."""
        self._sheet = sheet
        shown = f"{sheet.code.text[:-1]}{UNREAD}"
        self.catcher.words.say(lambda: _asked(sheet))
        self.catcher.code.say(shown)
        self.catcher.setAccessibleName(f"{_asked(sheet)} {shown[:-1]}")
        self.field.show_error("")
        self.line.clear()

    def take_focus(self) -> None:
        self.catcher.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.catcher, self.catcher.accessibleName())

    def refuse(self, sentence: str) -> None:
        """Say why the page is not opened; the whole code can be written."""
        self.field.show_error(sentence)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def _wrote(self) -> None:
        """One sign alone is the last character after all."""
        text = self.line.text()
        if len(folded(text)) == 1:
            self._pressed(text.strip())
        else:
            self.written.emit(text)

    def _pressed(self, sign: str) -> None:
        if self._sheet is not None and folded(sign) == self._sheet.code.check:
            self.opened.emit()
        else:
            self.refused.emit(sign)


def _asked(sheet: Sheet) -> str:
    return tr("Take page {n}. Press the last character of its code.", n=sheet.number)
