"""A card: one subject on a page, with a title and at most one link beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.text import Label


class Card(QFrame):
    """Title above a body; add content with `add` or through `body`."""

    def __init__(self, title: Say = "", *, aside: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.setSpacing(12)
        self.title = Label(title, "heading")
        self._head = QHBoxLayout()
        self._head.addWidget(self.title, 1)
        outer.addLayout(self._head)
        self.title.setVisible(bool(title))
        if aside is not None:
            self.set_aside(aside)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body)
        outer.addStretch(0)

    def set_aside(self, widget: QWidget) -> None:
        """Put one more widget at the right end of the title."""
        self._head.addWidget(widget)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Below what is there; a button keeps its own width."""
        if isinstance(widget, QPushButton):
            self.body.addWidget(widget, stretch, Qt.AlignmentFlag.AlignLeft)
        else:
            self.body.addWidget(widget, stretch)

    def clear(self) -> None:
        """Take everything out of the body."""
        empty(self.body)


def empty(layout: QLayout) -> None:
    """Remove and delete all that is in `layout`, nested layouts too."""
    while (item := layout.takeAt(0)) is not None:
        widget, nested = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif nested is not None:
            empty(nested)
