"""What the coach's window says while the client view is on, on another screen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.icons import Icon
from valmentaja.ui.speech import announce
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label, repolish


class ClientStrip(QFrame):
    """Hidden while there is no client view; `again` asks for a screen, `end` for the way out."""

    again = Signal()
    end = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "message")
        across = QHBoxLayout(self)
        across.setContentsMargins(28, 6, 28, 6)
        across.setSpacing(12)
        self._icon, self.label = Icon("monitor", "highlight"), Label("", "strong")
        self.show_again = secondary(lambda: tr("Show it again"), act=self.again.emit)
        self.button = secondary(lambda: tr("End the client view"), act=self.end.emit)
        line = Columns(least=520, gap=12)
        line.add(self.label, 1)
        line.add(wrapping(self.show_again, self.button), 0)
        across.addWidget(self._icon)
        across.addWidget(line, 1)
        self.hide()

    def tell_on(self, screen: str) -> None:
        """The client view is on that screen."""
        self._tell(Tone.INFO, "monitor")
        self.label.say(lambda: tr("The client view is on, on screen {name}.", name=screen))
        self.show_again.hide()
        self.show()

    def tell_gone(self) -> None:
        """Its screen went away: it is blank."""
        self._tell(Tone.WARN, "triangle-alert")
        self.label.say(lambda: tr("The client's screen went away. The client view is blank until you show it again."))
        self.show_again.show()
        self.show()
        announce(self, self.label.text())

    def _tell(self, tone: Tone, picture: str) -> None:
        self.setProperty("tone", tone.value)
        self._icon.show_icon(picture, theme.foreground(tone))
        repolish(self)
