"""Below a question: who answered it when, and correcting an old answer with its reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from valmentaja.definitions.instrument import Instrument
from valmentaja.domain.assessment import Answer, Entered, Value
from valmentaja.domain.codes import Rater
from valmentaja.domain.table_words import CODES
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.hub import perform
from valmentaja.ui.page import Page
from valmentaja.ui.runner.editor import NO_VALUES, in_words
from valmentaja.ui.runner.moments import holding, on_day, saved
from valmentaja.ui.speech import Say, said
from valmentaja.ui.widgets.buttons import Button, link, secondary
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.ui.widgets.scale import Scale
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import spoken
from valmentaja.usecases import correcting
from valmentaja.usecases.correcting import Given
from valmentaja.usecases.session import Changes

RATERS: dict[Rater, Say] = {
    Rater.ASIAKAS: lambda: tr("the client's answer"),
    Rater.VALMENTAJA: lambda: tr("the coach's answer"),
}
ENTERED: dict[Entered, Say] = {
    Entered.COACH: lambda: tr("entered by the coach"),
    Entered.CLIENT: lambda: tr("entered by the client"),
    Entered.PAPER: lambda: tr("entered from paper"),
    Entered.IMPORT: lambda: tr("imported"),
}


class Reason(QLineEdit):
    """Enter is the reason's own: passed on, it would lead to the next question."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class OldAnswers(QWidget):
    """`began` says that a correction is being made in place of an answer, `ended` that it is over."""

    began = Signal()
    ended = Signal()

    def __init__(self, page: Page, assessment: str, instrument: Instrument) -> None:
        super().__init__()
        self._page, self._assessment, self._item = page, assessment, ""
        self._chosen: Value | None = None
        self._is_old = False
        self.fix = link(lambda: tr("Correct the answer"), "pen-line", act=self.begin)
        self.who = link(lambda: tr("Who and when"), "history", act=self._switch)
        self.now, self.reason, self.scale = Label("", "muted"), Reason(), _scale(instrument)
        self.no_values = [self._no_value(value, words) for _key, value, words in NO_VALUES]
        self.why = Field(lambda: tr("Why the answer is corrected"), self.reason, hint=self._hint)
        self.panel, self.history = self._panel(), Rows()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        for widget in (self.panel, wrapping(self.fix, self.who), self.history):
            down.addWidget(widget)
        self.panel.hide()
        self.history.hide()
        self.scale.chosen.connect(self.choose)
        self.reason.returnPressed.connect(self._store)

    @property
    def is_half_typed(self) -> bool:
        """A reason without its new answer would be lost on leaving."""
        return self.is_correcting and bool(self.reason.text().strip())

    @property
    def is_correcting(self) -> bool:
        return not self.panel.isHidden()

    def show_item(self, item: str, held: Answer | None, *, is_old: bool) -> None:
        """Of another question nothing is being corrected."""
        if item != self._item:
            self.end()
        self._item, self._is_old = item, is_old
        self.now.say(lambda: _now(held))
        self.fix.setVisible(is_old and not self.is_correcting)
        self.who.setVisible(held is not None)
        if not self.history.isHidden():
            self._tell()

    def begin(self, value: Value | None = None) -> None:
        """Ask for the reason; a value that was chosen before waits for it."""
        self.panel.show()
        self.fix.hide()
        self.why.show_error("")
        self._mark(value)
        self.began.emit()
        self.reason.setFocus()

    def choose(self, value: Value) -> None:
        """The new value, stored as soon as there is a reason."""
        self._mark(value)
        self._store()

    def end(self) -> None:
        if self.is_correcting:
            self.panel.hide()
            self.reason.clear()
            self.fix.setVisible(self._is_old)
            self.ended.emit()

    def _store(self) -> None:
        value, reason = self._chosen, self.reason.text()
        if not reason.strip():
            self.why.show_error(tr("Write why the answer is corrected. The old answer stays in its history."))
            self.reason.setFocus()
        elif value is not None:
            item = self._item

            def act() -> Changes:
                return correcting.correct(self._page.session, self._assessment, item, value, reason=reason)

            if perform(self._page, self._page.hub, act) is not None:
                self.end()

    def _mark(self, value: Value | None) -> None:
        self._chosen = value
        self.scale.show_value(value if isinstance(value, int) else None)
        for button, (_key, meant, _words) in zip(self.no_values, NO_VALUES, strict=True):
            button.setChecked(value == meant)

    def _hint(self) -> str:
        return tr("First why, then the right answer. The old answer stays in its history.")

    def _switch(self) -> None:
        self.history.setVisible(self.history.isHidden())
        self._tell()

    def _tell(self) -> None:
        """The newest first; what held before is said to be so."""
        met: set[Rater] = set()
        rows = []
        for given in correcting.history(self._page.session, self._assessment, self._item):
            rows.append(_row(given, holds=given.answer.rater not in met))
            met.add(given.answer.rater)
        self.history.show_rows(rows)

    def _panel(self) -> QWidget:
        panel = QWidget()
        down = QVBoxLayout(panel)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        cancel = secondary(lambda: tr("Leave it as it is"), act=self.end)
        for widget in (self.now, self.why, self.scale, wrapping(*self.no_values, cancel)):
            down.addWidget(widget)
        return panel

    def _no_value(self, value: Value, words: Say) -> Button:
        button = secondary(words, act=lambda: self.choose(value))
        button.setCheckable(True)
        return button


def _scale(instrument: Instrument) -> Scale:
    return Scale(spoken(instrument.low), spoken(instrument.high))


def _now(held: Answer | None) -> str:
    if held is None:
        return tr("No answer so far.")
    return tr("Now: {value}, {day}", value=in_words(held.value), day=day(held.date, screen_language()))


def _reason(answer: Answer) -> str:
    """As the coach wrote it; the program's own reasons are codes."""
    return tr(CODES[answer.reason]) if answer.reason in CODES else answer.reason


def _row(given: Given, *, holds: bool) -> Row:
    answer = given.answer
    told = [holding(holds), said(RATERS[answer.rater]), said(ENTERED[answer.entered]), saved(answer.at)]
    below = ", ".join(part for part in told if part)
    if answer.is_correction:
        below += "\n" + tr("Corrected: {reason}", reason=_reason(answer))
    return Row(on_day(answer.date, given.meeting_number), below, lead=in_words(answer.value if answer.is_met else None))
