"""Fields with a label above, a hint or an error under, and no traps for wheel or Tab."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from valmentaja.base.errors import N_, UserError
from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.speech import Say, announce, said
from valmentaja.ui.widgets.text import Label, repolish
from valmentaja.ui.widgets.typed import Typed

PAUSE_MS = 400
"""After this long a pause in typing the text is stored."""


class Field(QWidget):
    """A labelled editor; the label is its buddy, so a screen reader reads both.

    `about` is read out after the label where the page has another field of that label: of which of them it is.
    """

    def __init__(
        self, label: Say, editor: QWidget, *, hint: Say = "", about: Say = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._words, self._hint, self._about, self._error = label, hint, about, ""
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        self.label = Label(label, "strong")
        self.label.setBuddy(editor)
        self._under = Label(hint, "small")
        for widget in (self.label, editor, self._under):
            down.addWidget(widget)
        # Only now: a label that is shown before it has a place is a window of its own for a moment.
        self._under.setVisible(bool(hint))
        down.addStretch(0)
        self._name()

    def rename(self, label: Say) -> None:
        """Ask for something else from now on."""
        self._words = label
        self.label.say(label)
        self._name()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong right under the field; the empty string takes it away."""
        self._error = sentence
        self.editor.setProperty("tone", "late" if sentence else "")
        self._under.set_role("fielderror" if sentence else "small")
        self._under.say(sentence or self._hint)
        self._under.setVisible(bool(sentence) or bool(self._hint))
        self.editor.setAccessibleDescription(sentence or said(self._hint))
        repolish(self.editor)
        if sentence:
            announce(self.editor, sentence)

    @property
    def error(self) -> str:
        return self._error

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def _name(self) -> None:
        self.editor.setAccessibleName(": ".join(filter(None, (said(self._words), said(self._about)))))


class Combo(QComboBox):
    """A choice among few; the wheel is left to the page unless the choice has the focus."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, Say]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._choices: tuple[tuple[str, Say], ...] = ()
        self.offer(choices)
        self.activated.connect(lambda _row: self.chosen.emit(self.value()))

    def offer(self, choices: Sequence[tuple[str, Say]]) -> None:
        """Show these (value, words) pairs, keeping the value if it is still among them."""
        kept = self.value()
        self._choices = tuple(choices)
        self.clear()
        for value, words in self._choices:
            self.addItem(said(words), value)
        self.set_value(kept)

    def value(self) -> str:
        found = self.currentData()
        return "" if found is None else str(found)

    def set_value(self, value: str) -> None:
        self.setCurrentIndex(max(self.findData(value), 0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for row, (_value, words) in enumerate(self._choices):
                self.setItemText(row, said(words))
        super().changeEvent(event)


class DateEdit(QLineEdit):
    """A day typed as 24.11.2026 (24.11. means this year, 2026-11-24 works too); `edited` on every change."""

    edited = Signal(object)

    def __init__(self, *, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = year
        self.setMaximumWidth(theme.px(160))
        self.setPlaceholderText(tr("d.m.yyyy"))
        self.textEdited.connect(lambda _text: self.edited.emit(self.value()))
        self.editingFinished.connect(self._tidy)

    def value(self) -> date | None:
        """The day typed; None when empty or not a day (then `is_valid` is False)."""
        return read_day(self.text(), self._year)

    def read(self) -> date | None:
        """The day typed, for what is stored: `UserError`, with the focus here, when it cannot be read."""
        if not self.is_valid:
            self.setFocus()
            raise UserError(N_("“{text}” is not a day. Write it like 24.11.2026."), text=self.text().strip())
        return self.value()

    def set_value(self, value: date | None) -> None:
        self.setText("" if value is None else f"{value.day}.{value.month}.{value.year}")

    def settle(self) -> None:
        """A day that was typed counts as entered although the field still has the focus."""
        if self.isModified():
            self.editingFinished.emit()

    @property
    def is_valid(self) -> bool:
        return not self.text().strip() or self.value() is not None

    def _tidy(self) -> None:
        if self.value() is not None:
            typed = self.isModified()
            self.set_value(self.value())
            self.setModified(typed)


def read_day(text: str, year: int) -> date | None:
    """A day from `24.11.2026`, `24.11.26`, `24.11.`, or ISO; None when it is not one."""
    typed = text.strip()
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed)
    finnish = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.?\s*(\d{4}|\d{2})?", typed)
    if iso:
        parts = (int(iso[1]), int(iso[2]), int(iso[3]))
    elif finnish:
        given = int(finnish[3]) if finnish[3] else year
        parts = (given + 2000 if given < 100 else given, int(finnish[2]), int(finnish[1]))
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


class Notes(QPlainTextEdit):
    """Free text that is stored after a pause and when it is left; Tab leaves it."""

    settled = Signal(str)

    def __init__(self, *, lines: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._lines, self.typed = lines, Typed()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.settle)
        self.textChanged.connect(self._timer.start)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show stored text; nothing is emitted, and what is not stored yet is not touched."""
        if self._timer.isActive() or self.is_unstored or text == self.toPlainText():
            self.typed.stored = text
            self.document().setModified(text != self.toPlainText())
            return
        self.typed.stored = text
        self.setPlainText(text)
        self._timer.stop()

    def settle(self) -> None:
        """Emit what has been typed if it differs from what is stored."""
        self._timer.stop()
        self.typed.give(self.toPlainText(), self.settled.emit)

    @property
    def is_unstored(self) -> bool:
        return self.toPlainText() != self.typed.stored

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + 20)


class Paragraph(QPlainTextEdit):
    """Some lines of text that a button stores; Tab leaves it."""

    def __init__(self, *, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._lines = lines
        self._fit()

    def text(self) -> str:
        return self.toPlainText()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + 20)


class Line(QLineEdit):
    """One line of text that is stored when it is left, and with `pauses` after a pause in typing too."""

    settled = Signal(str)

    def __init__(self, text: str = "", parent: QWidget | None = None, *, pauses: bool = True) -> None:
        super().__init__(text, parent)
        self.typed = Typed(text)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        if pauses:
            self._timer.timeout.connect(self.settle)
        self.textEdited.connect(lambda _text: self._timer.start())
        self.editingFinished.connect(self.settle)

    def show_text(self, text: str) -> None:
        """Show stored text; what is not stored yet is not touched."""
        if self._timer.isActive() or self.is_unstored or text == self.text():
            self.typed.stored = text
            self.setModified(text != self.text())
            return
        self.typed.stored = text
        self.setText(text)

    def settle(self) -> None:
        self._timer.stop()
        self.typed.give(self.text(), self.settled.emit)

    @property
    def is_unstored(self) -> bool:
        return self.text() != self.typed.stored
