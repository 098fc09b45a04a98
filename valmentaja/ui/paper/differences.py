"""Where two entries differ: side by side, settled one by one with one key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from valmentaja.domain.paper_check import Line
from valmentaja.i18n import tr
from valmentaja.ui.paper.grid import row_words
from valmentaja.ui.paper.keys import value_of, value_words
from valmentaja.ui.speech import announce
from valmentaja.ui.widgets.buttons import Button, secondary
from valmentaja.ui.widgets.card import empty
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.ui.widgets.text import Label

FIRST, SECOND, PAPER = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3


class Differences(QFrame):
    """`settled` carries a row's id and the value that holds."""

    settled = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "keys")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lines: tuple[Line, ...] = ()
        self.from_paper = False
        self.question, self.both, self.hint = Label("", "question"), Label("", "strong"), Label("", "muted")
        self.rest = Rows()
        self._buttons = QVBoxLayout()
        down = QVBoxLayout(self)
        down.setContentsMargins(16, 16, 16, 16)
        down.setSpacing(10)
        for label in (self.question, self.both):
            down.addWidget(label)
        down.addLayout(self._buttons)
        down.addWidget(self.hint)
        down.addWidget(self.rest)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """The first of them is decided now; the others wait below."""
        self.lines, self.from_paper = lines, False
        if lines:
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        value = value_of(event)
        if self.from_paper and value is not None:
            self.settled.emit(self.lines[0].row.id, value)
        elif self.from_paper and event.key() == Qt.Key.Key_Backspace:
            self.show_lines(self.lines)
        elif not self.from_paper and event.key() in (FIRST, SECOND, PAPER):
            self._decide(event.key())
        else:
            super().keyPressEvent(event)

    def _decide(self, key: int) -> None:
        line = self.lines[0]
        if key == PAPER:
            self.from_paper = True
            self._show()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.settled.emit(line.row.id, line.first if key == FIRST else line.second)

    def _show(self) -> None:
        line = self.lines[0]
        self.question.say(lambda: row_words(line))
        self.both.say(lambda: _both(line))
        self.hint.say(self._hint)
        empty(self._buttons)
        if not self.from_paper:
            self._buttons.addWidget(wrapping(*self._choices(line)))
        self.rest.show_rows([_row(line) for line in self.lines[1:]])
        self.setAccessibleName(f"{row_words(line)}. {_both(line)}. {self._hint()}")
        announce(self, self.accessibleName())

    def _choices(self, line: Line) -> tuple[Button, ...]:
        first, second = value_words(line.first), value_words(line.second)
        return (
            secondary(lambda: tr("1 · First: {value}", value=first), act=lambda: self._decide(FIRST)),
            secondary(lambda: tr("2 · Second: {value}", value=second), act=lambda: self._decide(SECOND)),
            secondary(lambda: tr("3 · Look at the paper"), "eye", act=lambda: self._decide(PAPER)),
        )

    def _hint(self) -> str:
        if self.from_paper:
            return tr("Press what stands on the paper: 0–9, T = 10, X, E, N. Backspace goes back.")
        return tr("Keys: 1 the first entry, 2 the second entry, 3 look at the paper.")


def _row(line: Line) -> Row:
    return Row(lambda: row_words(line), lambda: _both(line))


def _both(line: Line) -> str:
    return tr(
        "First entry: {first} · second entry: {second}", first=value_words(line.first), second=value_words(line.second)
    )
