"""A sentence in its place: icon, words, and a button to put it away; announced when it appears."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.icons import Icon
from valmentaja.ui.speech import Say, announce, said
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import Button
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.text import Label, repolish

_PICTURES = {Tone.OK: "circle-check", Tone.WARN: "triangle-alert", Tone.LATE: "circle-x"}


class Banner(QFrame):
    """A sentence that stays as long as it is true, with at most one button."""

    def __init__(self, sentence: Say, tone: Tone, *, aside: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("surface", "message")
        self.setProperty("tone", tone.value)
        across = Columns(least=700, gap=12)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(12, 6, 12, 6)
        outer.setSpacing(10)
        icon = Icon(_PICTURES.get(tone, "info"), theme.foreground(tone))
        outer.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addWidget(across, 1)
        across.add(Label(sentence), 1)
        if aside is not None:
            across.add(aside, 0)


class Message(QFrame):
    """Hidden until `say` is called."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "message")
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 6, 6, 6)
        across.setSpacing(10)
        self._icon = Icon("info", "highlight")
        self.label = Label("")
        self._close = Button("", kind="link", picture="x", name=lambda: tr("Close the message"), act=self.clear)
        across.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(self.label, 1)
        across.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setVisible(False)

    def say(self, sentence: Say, tone: Tone = Tone.INFO) -> None:
        """Show and announce a sentence."""
        self.setProperty("tone", tone.value)
        self._icon.show_icon(_PICTURES.get(tone, "info"), theme.foreground(tone))
        self.label.say(sentence)
        repolish(self)
        self.setVisible(True)
        announce(self, said(sentence))

    @property
    def text(self) -> str:
        """The sentence shown; empty when there is none."""
        return "" if self.isHidden() else self.label.text()

    def clear(self) -> None:
        self.label.say("")
        self.setVisible(False)
