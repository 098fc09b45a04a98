"""Layouts that give way at large text: chips and buttons wrap, columns become one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget

from valmentaja.ui import theme


class Flow(QLayout):
    """Left to right, on to the next line when the width is used up."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def invalidate(self) -> None:
        """Something in it has changed: heights are counted again when they are next asked for."""
        self._heights.clear()
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        taken = self._items.pop(index) if 0 <= index < len(self._items) else None
        self.invalidate()
        return taken

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Asked many times for one picture."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._place(area, move=True)

    def sizeHint(self) -> QSize:
        shown = [i.sizeHint() for i in self._items if not i.isEmpty()]
        width = sum(s.width() for s in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((s.height() for s in shown), default=0))

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._items:
            least = least.expandedTo(item.minimumSize())
        return least

    def _place(self, area: QRect, *, move: bool) -> int:
        x, y, line = area.x(), area.y(), 0
        for item in (i for i in self._items if not i.isEmpty()):
            size = item.sizeHint()
            width = min(size.width(), max(area.width(), item.minimumSize().width()))
            height = item.heightForWidth(width) if item.hasHeightForWidth() else size.height()
            if x > area.x() and x + width > area.right() + 1:
                x, y, line = area.x(), y + line + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
            x, line = x + width + self._gap, max(line, height)
        return y + line - area.y()


class Columns(QWidget):
    """Widgets side by side while each has room, else one below the other.

    `least` is the width in pixels at 100 % text from which columns stand side by side.
    """

    def __init__(self, *, least: int = 820, gap: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self._shares: list[int] = []
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(gap)

    def add(self, widget: QWidget, stretch: int = 1) -> None:
        self._shares.append(stretch)
        self._layout.addWidget(widget, stretch)

    def set_least(self, least: int) -> None:
        """Another width from which columns stand side by side."""
        self._least = least
        self._settle(self.width())

    def minimumSizeHint(self) -> QSize:
        widths = (self._part(i).minimumSizeHint().width() for i in range(self._layout.count()))
        return QSize(max(widths, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle(event.size().width())
        super().resizeEvent(event)

    def _settle(self, width: int) -> None:
        side = QBoxLayout.Direction.LeftToRight
        below = QBoxLayout.Direction.TopToBottom
        wanted = side if width >= theme.px(self._least) else below
        if wanted != self._layout.direction():
            self._layout.setDirection(wanted)
            # Shares are of the width; one below the other, each takes the height it needs.
            for place, share in enumerate(self._shares):
                self._layout.setStretch(place, share if wanted == side else 0)
            self.updateGeometry()

    def _part(self, index: int) -> QWidget:
        item = self._layout.itemAt(index)
        widget = item.widget() if item is not None else None
        return widget if widget is not None else self


def stack(*widgets: QWidget, gap: int = 16) -> QWidget:
    """Widgets one below the other with free space at the end; for a column of cards."""
    column = QWidget()
    layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return column
