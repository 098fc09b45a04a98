"""What became of one goal or step: a choice, and under it only what that choice asks for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from valmentaja.domain.review import ASKS_FOR_NEXT, DATED, ReviewLine, Verdict
from valmentaja.i18n import tr
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import VERDICTS, Choices


class VerdictForm(QWidget):
    """`told` is called when another verdict is chosen."""

    def __init__(
        self, about: str, what: Say, below: Say, offered: tuple[Verdict, ...], *, year: int, told: Callable[[], object]
    ) -> None:
        super().__init__()
        self.about, self._own, self._told = about, Verdict.KEPT, told
        self.choice, self.why, self.day = Combo(), QLineEdit(), DateEdit(year=year)
        self.choice.offer(_choices(offered))
        self._why = Field(lambda: tr("Why"), self.why, about=what)
        self._day = Field(self._which_day, self.day, about=what)
        self._more = Columns(least=620)
        self._more.add(self._day, 1)
        self._more.add(self._why, 4)
        top = Columns(least=620)
        top.add(stack(Label(what, "strong"), *([Label(below, "small")] if below else []), gap=2), 3)
        top.add(Field(lambda: tr("What became of it"), self.choice, about=what), 2)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addWidget(top)
        down.addWidget(self._more)
        self._fit()
        self.choice.chosen.connect(lambda _value: self._choose())

    @property
    def verdict(self) -> Verdict:
        return Verdict(self.choice.value())

    def offer(self, verdicts: tuple[Verdict, ...]) -> None:
        """Only these can be said now; what was chosen here comes back when it can be said again."""
        self.choice.offer(_choices(verdicts))
        self.choice.set_value(self._own)
        self._fit()

    def choose(self, verdict: Verdict) -> None:
        self.choice.set_value(verdict)
        self._choose()

    def line(self, why: str = "") -> ReviewLine:
        """As it stands; `why` is said when nothing is written here. UserError when the day cannot be read."""
        verdict = self.verdict
        return ReviewLine(
            about=self.about,
            verdict=verdict,
            why=self.why.text().strip() or why if verdict in ASKS_FOR_NEXT else "",
            new_date=self.day.read() if verdict in DATED else None,
        )

    def _choose(self) -> None:
        self._own = self.verdict
        self._fit()
        self._told()

    def _fit(self) -> None:
        self._day.setVisible(self.verdict in DATED)
        self._day.rename(self._which_day)
        self._why.setVisible(self.verdict in ASKS_FOR_NEXT)
        self._more.setVisible(self.verdict in DATED | ASKS_FOR_NEXT)

    def _which_day(self) -> str:
        return tr("Day it was done") if self.verdict is Verdict.DONE else tr("New day")


def _choices(verdicts: tuple[Verdict, ...]) -> Choices:
    return tuple((verdict, VERDICTS[verdict]) for verdict in verdicts)
