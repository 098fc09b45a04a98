"""One table for every list: columns are data, rows are frozen records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from valmentaja.ui import theme
from valmentaja.ui.icons import icon
from valmentaja.ui.speech import Say, said

R = TypeVar("R")
NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
Role = Qt.ItemDataRole


@dataclass(frozen=True, kw_only=True)
class Column(Generic[R]):
    """What a column shows of a record.

    `sort` gives the key to sort by (ISO dates, folded names; default: the text), `picture` an icon name, `token` its
    and the text's colour. Columns with the highest `priority` are hidden first when the room gets narrow.
    """

    title: Say
    text: Callable[[R], str]
    sort: Callable[[R], str | int] | None = None
    picture: Callable[[R], str] | None = None
    token: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None
    number: bool = False
    strong: bool = False
    width: int = 120
    stretch: bool = False
    priority: int = 0


class TableModel(QAbstractTableModel, Generic[R]):
    """Records in rows, `Column`s across; the record itself is given by `record(row)`."""

    def __init__(self, columns: Sequence[Column[R]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[R, ...] = ()

    def show_rows(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Other columns from now on, still without rows."""
        self.beginResetModel()
        self.columns, self._rows = tuple(columns), ()
        self.endResetModel()

    def record(self, row: int) -> R:
        return self._rows[row]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return said(column.title)
        if role == Role.TextAlignmentRole:
            return _alignment(column)
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return column.text(row)
        if role == SORT_ROLE:
            return column.sort(row) if column.sort else column.text(row)
        return self._look(column, row, role)

    def _look(self, column: Column[R], row: R, role: int) -> Any:
        if role == Role.TextAlignmentRole:
            return _alignment(column)
        token = column.token(row) if column.token else ""
        if role == Role.ForegroundRole and token:
            return theme.colour(token)
        if role == Role.DecorationRole and column.picture and column.picture(row):
            return icon(column.picture(row), token or "muted")
        if role == Role.ToolTipRole:
            return (column.tip or column.text)(row)
        return None


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class Table(QTableView, Generic[R]):
    """A flat table: Enter or double click opens a row, Tab leaves it, header sorts.

    `opened` carries the record. In a `whole` table no column gets narrower than its width; it scrolls sideways.
    """

    opened = Signal(object)
    picked = Signal(object)

    def __init__(self, columns: Sequence[Column[R]], name: Say, *, sortable: bool = True, whole: bool = False) -> None:
        super().__init__()
        self._name, self._whole = name, whole
        self.rows: TableModel[R] = TableModel(columns, self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSortRole(SORT_ROLE)
        self._proxy.setSourceModel(self.rows)
        self.setModel(self._proxy)
        self.setSortingEnabled(sortable)
        if sortable:
            self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._dress()
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self._pick(now))

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these records and stay on the same line where there is one."""
        line = self.currentIndex().row()
        self.rows.show_rows(rows)
        if rows:
            self.setCurrentIndex(self._proxy.index(min(max(line, 0), len(rows) - 1), 0))

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Other columns from now on; rows are given after them."""
        self.rows.show_columns(columns)
        self._fit(self.viewport().width())

    def current(self) -> R | None:
        index = self.currentIndex()
        return self.rows.record(self._proxy.mapToSource(index).row()) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(said(self._name))
            self.rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.rows.columnCount() - 1)
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit(self.viewport().width())
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(self.current())

    def _dress(self) -> None:
        self.setAccessibleName(said(self._name))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.doubleClicked.connect(lambda _index: self.opened.emit(self.current()))
        self._fit(self.width())

    def _fit(self, room: int) -> None:
        """Row height by the text; columns of low rank give way until the rest has its width."""
        self.verticalHeader().setDefaultSectionSize(theme.control_height() + 6)
        self.setIconSize(self.iconSize().scaled(theme.px(16), theme.px(16), Qt.AspectRatioMode.IgnoreAspectRatio))
        header = self.horizontalHeader()
        squeezed = self._whole and sum(theme.px(c.width) for c in self.rows.columns) > room
        for place, shown in enumerate(_kept(self.rows.columns, room)):
            column = self.rows.columns[place]
            self.setColumnHidden(place, not shown)
            mode = (
                QHeaderView.ResizeMode.Stretch
                if column.stretch and not squeezed
                else QHeaderView.ResizeMode.Interactive
            )
            header.setSectionResizeMode(place, mode)
            header.resizeSection(place, theme.px(column.width))


def _kept(columns: Sequence[Column[Any]], room: int) -> list[bool]:
    """Which columns fit `room` pixels: the most important first."""
    kept, used = [False] * len(columns), 0
    for place in sorted(range(len(columns)), key=lambda p: (columns[p].priority, p)):
        used += theme.px(columns[place].width)
        kept[place] = columns[place].priority == 0 or used <= room
    return kept
