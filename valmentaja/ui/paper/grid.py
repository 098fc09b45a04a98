"""A page's rows: one key an answer, and the mark goes on by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from valmentaja.domain.assessment import Value
from valmentaja.domain.paper_check import Line, Sheet
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import theme
from valmentaja.ui.paper.keys import value_of, value_words
from valmentaja.ui.speech import announce
from valmentaja.ui.widgets.card import empty
from valmentaja.ui.widgets.text import Label, repolish

POINTER = "▸"
BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Up, Qt.Key.Key_Left)
ON = (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def row_words(line: Line) -> str:
    """What a row asks, as on the paper."""
    language = screen_language()
    if line.row.item is None:
        return tr("{domain}: how important", domain=line.row.domain.name.in_(language))
    return f"{line.row.item.id}  {line.row.item.text.in_(language)}"


def entered_words(line: Line, *, second: bool) -> str:
    """What was entered; before the first entry, what was answered without paper."""
    if not second and line.now is not None:
        return tr("answered now: {value}", value=value_words(line.now))
    return value_words(line.second if second else line.first)


class GridLine(QFrame):
    """One row: a pointer when its turn is, what is asked, what was entered."""

    clicked = Signal()

    def __init__(self, line: Line, *, second: bool) -> None:
        super().__init__()
        self.setProperty("surface", "line")
        across = QHBoxLayout(self)
        across.setContentsMargins(8, 5, 12, 5)
        across.setSpacing(8)
        self.pointer, self.value = Label("", "strong", wrap=False), Label("", "strong", wrap=False)
        self.pointer.setFixedWidth(theme.px(16))
        self.value.setMinimumWidth(theme.px(160))
        across.addWidget(self.pointer)
        across.addWidget(Label(lambda: row_words(line), "muted" if line.row.item is None else ""), 1)
        across.addWidget(self.value)
        self.show_line(line, second=second)

    def show_line(self, line: Line, *, second: bool) -> None:
        self.value.say(lambda: entered_words(line, second=second) or "·")

    def mark(self, *, current: bool) -> None:
        self.setProperty("current", "true" if current else "")
        self.pointer.say(POINTER if current else "")
        repolish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()
        super().mousePressEvent(event)


class Grid(QFrame):
    """`chosen` carries a row's id and its value; `moved` the row that is to be seen; `finished` after the last one."""

    chosen = Signal(str, object)
    moved = Signal(QWidget)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "keys")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lines: tuple[Line, ...] = ()
        self.rows: list[GridLine] = []
        self.at, self._second, self._sheet = 0, False, 0
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(6, 6, 6, 6)
        self._down.setSpacing(1)

    def show_sheet(self, sheet: Sheet, *, second: bool) -> None:
        """Begin with the first row that has nothing; on a page that is whole, with the first."""
        self.lines, self._second, self._sheet = sheet.lines, second, sheet.number
        empty(self._down)
        self.rows = [GridLine(line, second=second) for line in sheet.lines]
        for n, row in enumerate(self.rows):
            row.clicked.connect(lambda n=n: self.move_to(n))
            self._down.addWidget(row)
        self.move_to(next((n for n, line in enumerate(self.lines) if not line.has(second=second)), 0))

    def show_values(self, sheet: Sheet) -> None:
        """What is stored now, the mark where it is."""
        self.lines = sheet.lines
        for row, line in zip(self.rows, self.lines, strict=True):
            row.show_line(line, second=self._second)
        self._tell()

    def move_to(self, place: int) -> None:
        """To a row; beyond the last one the page is finished."""
        if place >= len(self.lines):
            self.finished.emit()
            return
        self.at = max(place, 0)
        for n, row in enumerate(self.rows):
            row.mark(current=n == self.at)
        self._tell()
        self.moved.emit(self.rows[self.at])
        announce(self, self.accessibleName())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        value = value_of(event)
        if value is not None:
            self._choose(value)
        elif event.key() in BACK:
            self.move_to(self.at - 1)
        elif event.key() in ON:
            self.move_to(self.at + 1)
        else:
            super().keyPressEvent(event)

    def _choose(self, value: Value) -> None:
        """The page stores it and says with `accept` that the mark may go on."""
        self.chosen.emit(self.lines[self.at].row.id, value)

    def accept(self) -> None:
        self.move_to(self.at + 1)

    def _tell(self) -> None:
        """A screen reader hears the row and what stands there."""
        line = self.lines[self.at]
        held = entered_words(line, second=self._second) or tr("nothing entered")
        self.setAccessibleName(tr("Page {n}, {row}: {value}", n=self._sheet, row=row_words(line), value=held))
