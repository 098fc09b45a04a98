"""The numbers 0–10 as targets for a finger."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.domain.client_view import Texts, in_language
from valmentaja.ui.client_view import texts
from valmentaja.ui.client_view.tongue import Tongue
from valmentaja.ui.widgets.buttons import Button
from valmentaja.ui.widgets.flow import Flow
from valmentaja.ui.widgets.text import Label

STEPS = range(11)


class TouchScale(QWidget):
    """`chosen` carries 0–10. Not a button group: there the arrow keys would answer while they move."""

    chosen = Signal(int)

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self.buttons = [self._button(n) for n in STEPS]
        self.ends = Label("", "muted")
        row = QWidget()
        flow = Flow(row, gap=8)
        for button in self.buttons:
            flow.addWidget(button)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addWidget(row)
        down.addWidget(self.ends)

    def name_ends(self, low: Texts, high: Texts) -> None:
        """What 0 and 10 mean, under the numbers and in the names of the two."""
        tongue = self._tongue

        def ends() -> str:
            return tongue.say(
                texts.ENDS, low=in_language(low, tongue.language), high=in_language(high, tongue.language)
            )()

        self.ends.say(ends)
        self.buttons[0].say("0", name=lambda: f"0, {in_language(low, tongue.language)}")
        self.buttons[-1].say("10", name=lambda: f"10, {in_language(high, tongue.language)}")

    def show_value(self, value: int | None) -> None:
        for n, button in enumerate(self.buttons):
            button.setChecked(n == value)

    def _button(self, n: int) -> Button:
        button = Button(str(n), kind="scale", act=lambda: self.chosen.emit(n))
        button.setCheckable(True)
        return button
