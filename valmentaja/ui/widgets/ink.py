"""A place to sign with pen, finger or mouse; what was drawn is kept as strokes in 1/100 mm."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from valmentaja.i18n import tr
from valmentaja.ui import theme

WIDTH, HEIGHT = 600, 180
PER_PIXEL = 10
"""600 px are 60 mm on paper."""

Strokes = tuple[tuple[tuple[int, int], ...], ...]


class Ink(QWidget):
    """`changed` after every stroke; `strokes` in 1/100 mm from the top left corner."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[QPointF]] = []
        self._drawing = self._by_pen = False
        self.setMinimumHeight(HEIGHT)
        self.setMaximumWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Box for the signature"))
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr("Box for the signature"))
        super().changeEvent(event)

    @property
    def strokes(self) -> Strokes:
        """Without the dots that a slip of the hand leaves."""
        drawn = [[(round(p.x() * PER_PIXEL), round(p.y() * PER_PIXEL)) for p in s] for s in self._strokes]
        return tuple(tuple(stroke) for stroke in drawn if len(stroke) > 1)

    def show_strokes(self, strokes: object) -> None:
        """Strokes as `strokes` gave them, also after a way through JSON."""
        given = strokes if isinstance(strokes, list | tuple) else ()
        self._strokes = [[QPointF(x / PER_PIXEL, y / PER_PIXEL) for x, y in stroke] for stroke in given]
        self._show()

    def undo(self) -> None:
        """Take back the last stroke."""
        if self._strokes:
            self._strokes.pop()
            self._show()

    def clear(self) -> None:
        self._strokes.clear()
        self._show()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen goes before the mouse that follows it."""
        self._by_pen = event.type() != QEvent.Type.TabletRelease
        self._draw(event.type(), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from_mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._from_mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from_mouse(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour("base"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        line = round(self.height() * 0.75)
        painter.drawLine(20, line, self.width() - 20, line)
        painter.setPen(QPen(theme.colour("text"), 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for stroke in self._strokes:
            painter.drawPolyline(stroke)

    def _from_mouse(self, event: QMouseEvent) -> None:
        if not self._by_pen:
            self._draw(event.type(), event.position())

    def _draw(self, kind: QEvent.Type, at: QPointF) -> None:
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.TabletPress):
            self._drawing = True
            self._strokes.append([at])
        elif self._drawing:
            self._strokes[-1].append(QPointF(min(max(at.x(), 0), self.width()), min(max(at.y(), 0), self.height())))
            if kind in (QEvent.Type.MouseButtonRelease, QEvent.Type.TabletRelease):
                self._drawing = False
                self.changed.emit()
        self.update()

    def _show(self) -> None:
        self.update()
        self.changed.emit()
