"""The scale 0–10 as a row of large buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from valmentaja.i18n import tr
from valmentaja.ui.speech import Say, said
from valmentaja.ui.widgets.buttons import Button
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label

STEPS = range(11)


class Scale(QWidget):
    """`chosen` carries 0–10; the words at both ends say what they mean."""

    chosen = Signal(int)

    def __init__(self, low: Say, high: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons = [self._button(n) for n in STEPS]
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addWidget(wrapping(*self.buttons))
        self.ends = Label(lambda: tr("0 = {low}, 10 = {high}", low=said(low), high=said(high)), "muted")
        down.addWidget(self.ends)

    def show_value(self, value: int | None) -> None:
        """Mark a value, or none."""
        self._group.setExclusive(False)
        for n, button in enumerate(self.buttons):
            button.setChecked(n == value)
        self._group.setExclusive(True)

    def _button(self, n: int) -> Button:
        button = Button(str(n), kind="scale", act=lambda: self.chosen.emit(n))
        button.setCheckable(True)
        self._group.addButton(button)
        return button
