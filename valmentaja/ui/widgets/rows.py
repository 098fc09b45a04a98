"""Rows with hairlines between them: a lead, a title, a line under it, chips and one button."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from valmentaja.ui import theme
from valmentaja.ui.icons import Icon
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.card import empty
from valmentaja.ui.widgets.flow import Columns, Flow
from valmentaja.ui.widgets.text import Label, hairline


class Row(QWidget):
    """One line of a list; what is given is shown, the rest takes no room.

    `lead` is a short strong text before the title (a time), `aside` are chips and buttons at the right end; where the
    row is narrower than `least` they go below.
    """

    def __init__(
        self,
        title: Say,
        below: Say = "",
        *,
        lead: Say = "",
        aside: Sequence[QWidget] = (),
        least: int = 520,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 8)
        line = Columns(least=least, gap=12)
        outer.addWidget(line)
        line.add(_words(title, below, lead), 1)
        if aside:
            line.add(_end(aside), 0)


def _words(title: Say, below: Say, lead: Say) -> QWidget:
    box = QWidget()
    across = QHBoxLayout(box)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(12)
    if lead:
        first = Label(lead, "strong", wrap=False)
        first.setMinimumWidth(theme.px(46))
        across.addWidget(first)
    down = QVBoxLayout()
    down.setSpacing(0)
    down.addStretch(1)
    down.addWidget(Label(title, "strong"))
    if below:
        down.addWidget(Label(below, "small"))
    down.addStretch(1)
    across.addLayout(down, 1)
    return box


def _end(aside: Sequence[QWidget]) -> QWidget:
    box = QWidget()
    across = QHBoxLayout(box)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(12)
    across.addStretch(1)
    for widget in aside:
        across.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return box


class Rows(QWidget):
    """Rows one below the other with hairlines between."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        # Never shown, so Tab passes it by; it only keeps the place where the rows come in.
        self._place = QWidget(self)
        self._place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._place.hide()

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Put these rows in place of the ones there."""
        empty(self._layout)
        for number, row in enumerate(rows):
            if number:
                self._layout.addWidget(hairline())
            self._layout.addWidget(row)
        tab_after(self._place, *rows)


def tab_after(place: QWidget, *later: QWidget) -> None:
    """Tab goes from `place` through these, where they stand: Qt puts what is made later behind everything else."""
    inside = [w for each in later for w in (each, *each.findChildren(QWidget)) if _takes_focus(w, place.window())]
    for first, then in pairwise((place, *inside)):
        QWidget.setTabOrder(first, then)


def _takes_focus(widget: QWidget, window: QWidget) -> bool:
    """What a combo box drops down is a window of its own."""
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.window() is window


class Point(QWidget):
    """An icon and a sentence: a step done, a thing missing."""

    def __init__(self, picture: str, token: str, words: Say, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 2, 0, 2)
        across.setSpacing(10)
        across.addWidget(Icon(picture, token), 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Label(words, role), 1)


class Pairs(QWidget):
    """Names and their values, two columns of text: `add("Born", "1.4.1984")`."""

    def __init__(self, *, width: int = 140, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def add(self, name: Say, value: Say) -> None:
        line = Columns(least=300, gap=12)
        key = Label(name, "muted")
        key.setMinimumWidth(theme.px(self._width))
        line.add(key, 0)
        line.add(Label(value), 1)
        self._layout.addWidget(line)

    def clear(self) -> None:
        empty(self._layout)


def wrapping(*widgets: QWidget, gap: int = 8) -> QWidget:
    """Chips or buttons that flow on to the next line when there is no room."""
    box = QWidget()
    flow = Flow(box, gap=gap)
    for widget in widgets:
        flow.addWidget(widget)
    return box
