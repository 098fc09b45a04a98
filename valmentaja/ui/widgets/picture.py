"""A picture on the screen: the scene that paper shows, in the colours and the text size in use, its table beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAccessibleWidget, QSizePolicy, QVBoxLayout, QWidget

from valmentaja.i18n import tr
from valmentaja.pictures.picture import Picture, PictureTable
from valmentaja.pictures.scene import Area, Line, Mark, Point, Scene, Side, Writing, corners
from valmentaja.ui import theme
from valmentaja.ui.widgets.card import empty
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label

POINT = 96 / 72
"""Pixels in a point of the scene, at 100 % text."""
LEAST = 320
"""Pixels at 100 % text in which the smallest picture can be read."""
BESIDE, NAME, CELL, LETTER = 440, 210, 150, 8
"""Room of a picture beside its table; of the table's widest column, of each other, of a letter in a head."""
COUNT = 90
"""Room of a column of counts."""
NEVER = 100_000
MOST_ROWS = 12
"""Of a longer table the rest is scrolled to."""
Cells = tuple[str, ...]


class PictureView(QWidget):
    """Paints a picture as wide as there is room; its words are its name and description for screen readers."""

    def __init__(self, *, widest: int = 640, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _speak_of_charts()
        self.picture: Picture | None = None
        self.spoken: QAccessibleInterface | None = None
        self._widest = widest
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_picture(self, picture: Picture) -> None:
        self.picture = picture
        self.setAccessibleName(picture.title)
        self.setAccessibleDescription(picture.says())
        self.updateGeometry()
        self.update()

    def scene(self, width: int) -> Scene | None:
        """What is painted when the widget is so many pixels wide."""
        if self.picture is None:
            return None
        return self.picture.scene(min(width, theme.px(self._widest)) / _scale())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        scene = self.scene(width)
        return 0 if scene is None else round(scene.height * _scale()) + 1

    def sizeHint(self) -> QSize:
        width = theme.px(self._widest)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(LEAST), theme.px(120))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scene = self.scene(self.width())
        if scene is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(scene, painter, self.font())


def paint(scene: Scene, painter: QPainter, font: QFont) -> None:
    """The whole scene, in the colours in use now."""
    for shape in scene.shapes:
        if isinstance(shape, Writing):
            _write(shape, painter, font)
        elif isinstance(shape, Line):
            _draw(shape, painter)
        else:
            _fill(shape, painter)


def _scale() -> float:
    """Pixels in a point of the scene, at the text size in use."""
    return POINT * theme.scale()


def _place(point: Point) -> QPointF:
    return QPointF(point[0] * _scale(), point[1] * _scale())


def _draw(line: Line, painter: QPainter) -> None:
    pen = QPen(theme.colour(line.ink), line.width * _scale())
    if line.dash:
        # Qt counts dashes in widths of the pen.
        pen.setDashPattern([part / line.width for part in line.dash])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    points = (*line.points, line.points[0]) if line.closed else line.points
    painter.drawPolyline(QPolygonF([_place(p) for p in points]))


def _fill(shape: Area | Mark, painter: QPainter) -> None:
    """Marks have a thin edge in the colour of the surface, so that those that touch can be told apart."""
    points = shape.points if isinstance(shape, Area) else corners(shape)
    edge = QPen(theme.colour("base"), 0.6 * _scale()) if isinstance(shape, Mark) else QPen(Qt.PenStyle.NoPen)
    painter.setPen(edge)
    painter.setBrush(theme.colour(shape.ink))
    painter.drawPolygon(QPolygonF([_place(p) for p in points]))


def _write(writing: Writing, painter: QPainter, font: QFont) -> None:
    own = QFont(font)
    own.setPointSizeF(writing.size * theme.scale())
    own.setWeight(QFont.Weight.DemiBold if writing.strong else QFont.Weight.Normal)
    painter.setFont(own)
    painter.setPen(theme.colour(writing.ink))
    width = painter.fontMetrics().horizontalAdvance(writing.text)
    left = {Side.START: 0.0, Side.MIDDLE: width / 2, Side.END: float(width)}[writing.side]
    painter.drawText(_place(writing.at) - QPointF(left, 0), writing.text)


class PictureWithTable(QWidget):
    """A picture, its notes under it or above, and a table beside it that says the same."""

    def __init__(
        self, *, widest: int = 640, side_by_side: bool = True, notes_first: bool = False, most_rows: int = MOST_ROWS
    ) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self.view = PictureView(widest=widest)
        self.notes, self._notes = QWidget(), QVBoxLayout()
        self.notes.setLayout(self._notes)
        self._notes.setContentsMargins(0, 0, 0, 0)
        self.table: Table[Cells] = Table((), lambda: tr("The picture as a table"), sortable=False, whole=True)
        self._side_by_side, self._most_rows = side_by_side, most_rows
        self._columns = Columns(least=NEVER)
        self._columns.add(self.view)
        self._columns.add(self.table)
        parts = (self.notes, self._columns) if notes_first else (self._columns, self.notes)
        for part in parts:
            outer.addWidget(part)

    def show_picture(self, picture: Picture) -> None:
        self.view.show_picture(picture)
        self._fill_table(picture)
        empty(self._notes)
        for note in picture.notes:
            self._notes.addWidget(Label(note, "small"))
        self.notes.setVisible(bool(picture.notes))

    def _fill_table(self, picture: Picture) -> None:
        told = picture.table()
        cell = COUNT if told.numbers else CELL
        self._columns.set_least(BESIDE + NAME + cell * (len(told.head) - 1) if self._side_by_side else NEVER)
        longest = [max(map(len, cells)) for cells in zip(told.head, *told.rows, strict=True)]
        columns = enumerate(zip(told.head, longest, strict=True))
        self.table.show_columns([_column(told, n, name, most) for n, (name, most) in columns])
        self.table.show_rows(told.rows)
        shown = min(len(told.rows), self._most_rows) + 1
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * shown + 8)


def _column(told: PictureTable, place: int, name: str, longest: int) -> Column[Cells]:
    """Names of counts may be short: their column is as wide as its words."""
    wide = place == told.wide
    words = LETTER * (longest + 2)
    least = min(NAME, words) if told.numbers and wide else NAME if wide else COUNT if told.numbers else CELL
    return Column(
        title=name,
        text=partial(_cell, place),
        strong=place == 0,
        number=told.numbers and not wide,
        stretch=wide,
        width=least if wide else max(least, words),
    )


def _cell(place: int, row: Cells) -> str:
    return row[place]


class _Charts:
    """Whether Qt has been told of our charts: once is enough for the process."""

    known = False


def _speak_of_charts() -> None:
    """A painted widget is nothing to a screen reader until its role is told: here it becomes a chart."""
    if not _Charts.known:
        _Charts.known = True
        QAccessible.installFactory(_spoken)


def _spoken(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, PictureView):
        return None
    # Qt takes the interface but PySide would let go of it: the widget keeps it.
    thing.spoken = QAccessibleWidget(thing, QAccessible.Role.Chart)
    return thing.spoken
