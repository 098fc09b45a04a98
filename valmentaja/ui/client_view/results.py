"""The client's own results: strengths first, each as a bar, a number and a word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.domain.client_view import ClientView, Result, in_language
from valmentaja.i18n.formats import decimal
from valmentaja.ui.client_view import texts
from valmentaja.ui.client_view.sheet import Sheet
from valmentaja.ui.client_view.tongue import Tongue
from valmentaja.ui.widgets.card import empty
from valmentaja.ui.widgets.progress import Progress
from valmentaja.ui.widgets.text import Label

PARTS = 100
"""The bar is drawn in hundredths of the scale; the number beside it is exact."""


class ResultsPage(Sheet):
    """Shown for a measurement that is closed; nothing on it can be changed."""

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self.title = Label(tongue.say(texts.YOUR_RESULTS), "question")
        self.rows = QVBoxLayout()
        self.rows.setSpacing(20)
        self.notice = Label("", "muted")
        for widget in (self.title, Label(tongue.say(texts.STRONGEST), "muted")):
            self.body.addWidget(widget)
        self.body.addLayout(self.rows)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)

    def show_view(self, view: ClientView) -> None:
        empty(self.rows)
        for result in view.results:
            self.rows.addWidget(self._row(result))
        self.notice.say(self._tongue.content(view.notice))

    def _row(self, result: Result) -> QWidget:
        row = QWidget()
        down = QVBoxLayout(row)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        down.addWidget(Label(self._tongue.content(result.name), "strong"))
        if result.score is not None:
            bar = Progress(self._tongue.content(result.name))
            bar.show_part(int(result.score * PARTS), 10 * PARTS)
            bar.setAccessibleDescription("")
            down.addWidget(bar)
        down.addWidget(Label(self._told(result), "muted"))
        return row

    def _told(self, result: Result) -> Callable[[], str]:
        """`7,3 of 10 · Strength · at first 5`."""
        tongue = self._tongue

        def told() -> str:
            language = tongue.language
            if result.score is None:
                return tongue.say(texts.NO_SCORE)()
            parts = [tongue.say(texts.SCORE, score=decimal(result.score, language))()]
            parts += [in_language(result.part, language)] if result.part else []
            if result.earlier is not None and result.earlier != result.score:
                parts.append(tongue.say(texts.EARLIER, score=decimal(result.earlier, language))())
            return " · ".join(parts)

        return told
