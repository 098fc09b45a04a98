"""What every page of the client view is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScroller, QVBoxLayout, QWidget

from valmentaja.ui.widgets.buttons import Button
from valmentaja.ui.widgets.flow import Flow


class Sheet(QScrollArea):
    """A page that scrolls under a finger; what is on it stays in the middle of a wide screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        content, column = QWidget(), QWidget()
        content.setProperty("surface", "window")
        column.setProperty("surface", "column")
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(28, 24, 28, 16)
        self.body.setSpacing(16)
        across = QHBoxLayout(content)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(column, 1000)
        across.addStretch(1)
        self.setWidget(content)

    def first_focus(self) -> QWidget:
        return self

    def add_row(self, *buttons: Button) -> None:
        """Buttons side by side while there is room."""
        row = QWidget()
        flow = Flow(row, gap=12)
        for button in buttons:
            flow.addWidget(button)
        self.body.addWidget(row)
