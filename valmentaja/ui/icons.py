"""Lucide icons from resources/icons, tinted by token when painted."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from valmentaja.base.paths import RESOURCES
from valmentaja.ui import theme

FOLDER = RESOURCES / "icons"


def file_for(name: str, colour: str) -> str:
    """The path of a ready-tinted mark for the style sheet, which cannot tint by itself."""
    return (FOLDER / "marks" / f"{name}-{colour.removeprefix('#')}.svg").as_posix()


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0, *, room: int = 0) -> QPixmap:
    """The icon `name` in `#rrggbb`, `size` device-independent pixels square, with `room` beside it."""
    image = QPixmap(round((size + room) * ratio), round(size * ratio))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _renderer(name, colour).render(painter, QRectF(0, 0, image.height(), image.height()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def icon(name: str, token: str = "text", *, room: int = 0) -> QIcon:
    """The icon in a token's colour of now, with `room` beside it for words; ask again when the theme changes."""
    found = QIcon()
    colour = getattr(theme.tokens(), token)
    for ratio in (1.0, 2.0):
        found.addPixmap(pixmap(name, colour, icon_size(), ratio, room=room))
    return found


def icon_size() -> int:
    """18 px at 100 % text."""
    return theme.px(18)


class Icon(QWidget):
    """An icon of its own, beside a word that says the same; hidden from screen readers."""

    def __init__(self, name: str, token: str = "muted", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._token, self._size = name, token, size
        self._fit()

    def show_icon(self, name: str, token: str) -> None:
        self._name, self._token = name, token
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = theme.px(self._size)
        renderer = _renderer(self._name, getattr(theme.tokens(), self._token))
        renderer.render(painter, QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side))
        painter.end()

    def _fit(self) -> None:
        side = theme.px(self._size)
        self.setFixedSize(QSize(side, side))


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawing.encode()))
