"""What stands where a list has nothing: a title, one line and one button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.ui.icons import Icon
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.buttons import Button
from valmentaja.ui.widgets.text import Label


class EmptyState(QWidget):
    def __init__(
        self,
        title: Say,
        line: Say = "",
        *,
        picture: str = "",
        button: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        down = QVBoxLayout(self)
        down.setContentsMargins(16, 28, 16, 28)
        down.setSpacing(8)
        down.addStretch(1)
        if picture:
            down.addWidget(Icon(picture, "muted", 32), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title, self.line = Label(title, "heading"), Label(line, "muted")
        for label in (self.title, self.line):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            down.addWidget(label)
        self.line.setVisible(bool(line))
        if button is not None:
            down.addSpacing(8)
            down.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        down.addStretch(2)
