"""What is concluded on each domain, beside the score it has."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day, decimal
from valmentaja.ui.case.part import CasePart
from valmentaja.ui.page import Page, Place
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Field, Notes
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.rows import Rows, wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import BANDS
from valmentaja.usecases import assessing, cases
from valmentaja.usecases.assessing import DomainResult
from valmentaja.usecases.cases import CaseOverview


class ConclusionsCard(CasePart):
    """The strongest domain first; the editors are made anew only when a score or the measurement changes."""

    def __init__(self, page: Page, case: str) -> None:
        super().__init__(page, case, lambda: tr("Conclusion on each domain"))
        self.texts: dict[str, Notes] = {}
        self.measured = Label("", "muted")
        self.begin = secondary(lambda: tr("Begin an assessment"), "clipboard-list", act=self._begin)
        self.domains = Rows()
        for widget in (self.measured, self.begin, self.domains):
            self.add(widget)
        self._shape: tuple[object, ...] = ()

    def show_case(self, shown: CaseOverview) -> None:
        latest = shown.measured[-1] if shown.measured else None
        self.begin.setVisible(shown.case.closed is None and all(a.closed is not None for a in shown.measured))
        if latest is None:
            self.measured.say(lambda: tr("Nothing has been measured in this case yet."))
        else:
            self.measured.say(lambda: tr("Measured {day}", day=day(latest.closed or latest.opened, screen_language())))
        results = () if latest is None else assessing.summary(self.session, latest.id).results
        shape = (screen_language(), *((r.domain.id, r.score) for r in results))
        if shape != self._shape:
            self._shape = shape
            self._rebuild(results)
        for domain, notes in self.texts.items():
            notes.show_text(shown.conclusions.get(domain, ""))
            notes.setReadOnly(shown.case.closed is not None)

    def _rebuild(self, results: tuple[DomainResult, ...]) -> None:
        self.settle()
        self.texts = {}
        self.domains.show_rows([self._domain(result) for result in results])

    def _domain(self, result: DomainResult) -> QWidget:
        name = result.domain.name.in_(screen_language())
        notes = Notes(lines=2)
        notes.settled.connect(partial(self._keep, result.domain.id))
        self.texts[result.domain.id] = notes
        score = tr("no score") if result.score is None else f"{decimal(result.score, screen_language())} / 10"
        told: list[QWidget] = [Label(score, "strong", wrap=False)]
        if result.band is not None:
            picture, tone, words = BANDS[result.band]
            told.append(Chip(picture, words, tone))
        row = Columns(least=520)
        row.add(Field(name, notes), 3)
        row.add(stack(wrapping(*told), gap=4), 1)
        return row

    def _keep(self, domain: str, text: str) -> None:
        self.do(lambda: cases.conclude(self.session, self.case, domain, text))

    def _begin(self) -> None:
        client = self.page.about or ""
        made = self.do(lambda: assessing.begin(self.session, client))
        if made is not None:
            self.page.go.emit(Place(page="runner", key=made.made))
