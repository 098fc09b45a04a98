"""A handle that moves what it belongs to among its like; the same moves exist as buttons and as Alt with an arrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.widgets.buttons import Button

Parts = Callable[[], Sequence[QWidget]]
"""The widgets, one below the other, among which this one can be put."""


class DragHandle(Button):
    """`move` is told how many places down (or, below zero, up) the part was let go; a line shows where meanwhile."""

    def __init__(self, parts: Parts, own: QWidget, move: Callable[[int], object]) -> None:
        super().__init__("", kind="icon", picture="grip-vertical", name=lambda: tr("Drag to another place"))
        self._parts, self._own, self._move = parts, own, move
        self._pressed: QPoint | None = None
        self._line: QFrame | None = None
        # What it does, the keys and the buttons beside it do: one stop less for who tabs.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.SizeVerCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.globalPosition().toPoint()
        if self._pressed is not None and (here - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._show_line(self._gap(here))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._pressed = self._line is not None, None
        self._hide_line()
        if dragged:
            own = list(self._parts()).index(self._own)
            gap = self._gap(event.globalPosition().toPoint())
            by = gap - own if gap <= own else gap - own - 1
            if by:
                self._move(by)

    def _gap(self, at: QPoint) -> int:
        """Before which part; as many as there are means after the last."""
        middles = [part.mapToGlobal(part.rect().center()).y() for part in self._parts()]
        return sum(middle < at.y() for middle in middles)

    def _show_line(self, gap: int) -> None:
        parts, page = list(self._parts()), self._own.parentWidget()
        if page is None:
            return
        if self._line is None:
            self._line = QFrame(page)
            self._line.setProperty("surface", "dropline")
        part = parts[min(gap, len(parts) - 1)]
        edge = part.rect().topLeft() if gap < len(parts) else part.rect().bottomLeft()
        place = part.mapTo(page, edge)
        self._line.setGeometry(place.x(), max(place.y() - theme.px(4), 0), part.width(), theme.px(3))
        self._line.show()
        self._line.raise_()

    def _hide_line(self) -> None:
        if self._line is not None:
            self._line.hide()
            self._line.deleteLater()
            self._line = None
