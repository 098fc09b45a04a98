"""What is concluded on each domain, beside the score it has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from valmentaja.domain.case import conclusion_of
from valmentaja.domain.rating import Aspect, Ratings
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day, decimal
from valmentaja.ui.case.part import CasePart
from valmentaja.ui.page import Page, Place
from valmentaja.ui.widgets.buttons import link, secondary
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Notes
from valmentaja.ui.widgets.flow import stack
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import BANDS
from valmentaja.usecases import assessing, cases, conclusions, instruments, rating
from valmentaja.usecases.assessing import DomainResult
from valmentaja.usecases.cases import CaseOverview


class ConclusionsCard(CasePart):
    """The strongest domain first; the editors are made anew only when a score or the measurement changes."""

    def __init__(self, page: Page, case: str) -> None:
        super().__init__(page, case, lambda: tr("Conclusion on each domain"))
        self.texts: dict[str, Notes] = {}
        self.measured = Label("", "muted")
        self.summary = link(lambda: tr("Summary"), "file-text", act=self._show_summary)
        self.latest = self.instrument = ""
        self.begin = secondary(lambda: tr("Begin an assessment"), "clipboard-list", act=self._begin)
        self.domains, self.apart = Rows(), Rows()
        for widget in (self.measured, wrapping(self.begin, self.summary), self.domains, self.apart):
            self.add(widget)
        self._shape: tuple[object, ...] = ()

    def show_case(self, shown: CaseOverview) -> None:
        latest = shown.measured[-1] if shown.measured else None
        self.begin.setVisible(shown.is_writable)
        self.latest = "" if latest is None else latest.id
        self.summary.setVisible(latest is not None and latest.closed is not None)
        if latest is None or latest.closed is not None:
            self.begin.say(lambda: tr("Begin an assessment"))
        else:
            self.begin.say(lambda: tr("Continue the assessment"))
        if latest is None:
            self.measured.say(lambda: tr("Nothing has been measured in this case yet."))
        else:
            self.measured.say(lambda: tr("Measured {day}", day=day(latest.closed or latest.opened, screen_language())))
        self.instrument = "" if latest is None else latest.instrument
        measured_with = None if latest is None else instruments.get(self.session, latest.instrument)
        results = () if latest is None else assessing.summary(self.session, latest.id).results
        rated = Ratings.of(()) if latest is None else rating.ratings(self.session, latest.id)
        told = {r.domain.id: _rated(r.domain.id, rated) for r in results}
        shape = (screen_language(), self.instrument, *((r.domain.id, r.score, told[r.domain.id]) for r in results))
        if shape != self._shape:
            self._shape = shape
            self._rebuild(results, told)
        for domain, notes in self.texts.items():
            notes.show_text(shown.conclusions.get(conclusion_of(self.instrument, domain), ""))
            notes.setReadOnly(not shown.is_writable)
        left = conclusions.apart(self.session, shown.conclusions, measured_with)
        self.apart.setVisible(bool(left))
        self.apart.show_rows([Row(one.text, partial(one.label, screen_language())) for one in left])

    def _rebuild(self, results: tuple[DomainResult, ...], told: Mapping[str, str]) -> None:
        self.settle()
        self.texts = {}
        self.domains.show_rows([self._domain(result, told[result.domain.id]) for result in results])

    def _domain(self, result: DomainResult, told: str) -> QWidget:
        name = result.domain.name.in_(screen_language())
        notes = Notes(lines=2)
        notes.setAccessibleName(name)
        notes.settled.connect(partial(self._keep, self.instrument, result.domain.id))
        self.texts[result.domain.id] = notes
        score = tr("no score") if result.score is None else f"{decimal(result.score, screen_language())} / 10"
        aside: list[QWidget] = [Label(score, "strong", wrap=False)]
        if result.band is not None:
            picture, tone, words = BANDS[result.band]
            aside.append(Chip(picture, words, tone))
        return stack(Row(name, told, aside=aside), notes, gap=0)

    def _keep(self, instrument: str, domain: str, text: str) -> None:
        self.do(lambda: cases.conclude(self.session, self.case, domain, text, instrument=instrument))

    def _show_summary(self) -> None:
        self.page.go.emit(Place(page="summary", key=self.latest))

    def _begin(self) -> None:
        client = self.page.about or ""
        made = self.do(lambda: assessing.begin(self.session, client))
        if made is not None:
            self.page.go.emit(Place(page="runner", key=made.made))


def _rated(domain: str, rated: Ratings) -> str:
    """What client and coach say of the whole domain, and what they agreed."""
    importance, coach, agreed = (
        rated.number(domain, aspect) for aspect in (Aspect.IMPORTANCE, Aspect.COACH, Aspect.AGREED)
    )
    parts = (
        "" if importance is None else tr("important to the client {n}/10", n=importance),
        "" if coach is None else tr("the coach's view {n}/10", n=coach),
        "" if agreed is None else tr("agreed {n}/10", n=agreed),
        rated.reason(domain, Aspect.AGREED),
    )
    return " · ".join(part for part in parts if part)
