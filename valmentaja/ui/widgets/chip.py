"""A small tinted flag: icon and word, never colour alone."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from valmentaja.ui import theme
from valmentaja.ui.icons import Icon
from valmentaja.ui.speech import Say
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.text import Label


class Chip(QFrame):
    """`Chip("clock-alert", "3 days late", Tone.LATE)`; Tone.PLAIN has no tint."""

    def __init__(self, picture: str, words: Say, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "chip")
        self.setProperty("tone", tone.value)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 10, 2)
        row.setSpacing(6)
        self._icon = Icon(picture, theme.foreground(tone), 16)
        self.label = Label(words, wrap=False)
        row.addWidget(self._icon)
        row.addWidget(self.label)
