"""Labels that keep their words through a change of language."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from valmentaja.ui.speech import Say, said

READING_WIDTH = 72
"""Characters in a line of reading text."""


class Label(QLabel):
    """Plain text in a role: title, heading, question, strong, muted, small, ok, warn, late, code; wraps by default."""

    def __init__(self, words: Say = "", role: str = "", *, wrap: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Say = words
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setText(said(words))

    def say(self, words: Say) -> None:
        """Show other words from now on."""
        self._words = words
        self.setText(said(words))

    def set_role(self, role: str) -> None:
        self.setProperty("role", role)
        repolish(self)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setText(said(self._words))
        super().changeEvent(event)


def selectable(words: Say, role: str = "") -> Label:
    """A label whose text can be marked and copied with mouse and keyboard."""
    label = Label(words, role)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def hairline() -> QFrame:
    """One pixel between two rows."""
    line = QFrame()
    line.setProperty("surface", "hairline")
    line.setFixedHeight(1)
    return line


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
