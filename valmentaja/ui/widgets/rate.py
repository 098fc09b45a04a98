"""A short scale that takes a number key: one stop for Tab, large enough to press."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from valmentaja.i18n import tr
from valmentaja.ui.speech import Say, said
from valmentaja.ui.widgets.buttons import Button
from valmentaja.ui.widgets.rows import wrapping

Choice = tuple[str, Say]
"""The value that is kept, and its words; the n-th is chosen with the key n, the eleventh with T."""


class Rate(QFrame):
    """`chosen` carries the value, "" when it is taken back with Backspace; `stepped` what an arrow led to.

    A letter pressed here is meant for nothing else, so it is not passed on.
    """

    chosen = Signal(str)
    stepped = Signal(str)

    def __init__(self, name: Say, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._name, self._values, self._value = name, [value for value, _words in choices], ""
        self.setProperty("surface", "rate")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.buttons = [self._button(value, words) for value, words in choices]
        down = QVBoxLayout(self)
        down.setContentsMargins(2, 2, 2, 2)
        down.addWidget(wrapping(*self.buttons, gap=4))
        self.retell()

    def show_value(self, value: str) -> None:
        self._value = value
        for button, own in zip(self.buttons, self._values, strict=True):
            if button.isChecked() != (own == value):
                button.setChecked(own == value)
        self.retell()

    def retell(self) -> None:
        self.setAccessibleName(said(self._name))
        chosen = next((b.text() for b in self.buttons if b.isChecked()), "")
        self.setAccessibleDescription(chosen or tr("nothing chosen"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.chosen.emit("")
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.text().strip():
            self._type(event.text())
        else:
            super().keyPressEvent(event)

    def _type(self, letter: str) -> None:
        place = 10 if letter in "tT" else int(letter) if letter in "0123456789" else -1
        if 0 <= place < len(self._values):
            self.chosen.emit(self._values[place])

    def _step(self, by: int) -> None:
        if self._value not in self._values:
            return  # an arrow only moves what has been chosen
        place = self._values.index(self._value) + by
        self.show_value(self._values[min(max(place, 0), len(self._values) - 1)])
        self.stepped.emit(self._value)

    def _button(self, value: str, words: Say) -> Button:
        button = Button(words, kind="rate", act=lambda: self.chosen.emit(value))
        button.say(words, name=lambda: f"{said(self._name)}: {said(words)}")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button
