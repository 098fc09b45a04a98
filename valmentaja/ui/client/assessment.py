"""Arviointi: the measurements, and the latest beside the first."""

from __future__ import annotations

from datetime import date

from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day, decimal
from valmentaja.ui.client.cases import CasesCard
from valmentaja.ui.client.choosing import Choosing
from valmentaja.ui.client.other_results import OtherResultsCard
from valmentaja.ui.client.way import WayCard
from valmentaja.ui.page import Page
from valmentaja.ui.paper.printing import print_form
from valmentaja.ui.paper.words import state as paper_state
from valmentaja.ui.speech import said
from valmentaja.ui.summary.compared import other_questions, stranger
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import BANDS
from valmentaja.usecases import assessing, summary
from valmentaja.usecases.assessing import DomainResult, Summary


def _score(result: DomainResult) -> str:
    return "–" if result.score is None else decimal(result.score, screen_language())


def _first(result: DomainResult) -> str:
    return "–" if result.first is None else decimal(result.first, screen_language())


def _change(result: DomainResult) -> str:
    if result.delta is None:
        return ""
    return ("+" if result.delta > 0 else "") + decimal(result.delta, screen_language())


def _unanswered(result: DomainResult) -> str:
    parts = (
        tr("{n} not wanted", n=result.refused) if result.refused else "",
        tr("{n} not concerned", n=result.not_concerned) if result.not_concerned else "",
        tr("{n} not asked", n=result.not_asked) if result.not_asked else "",
    )
    return ", ".join(part for part in parts if part)


COLUMNS: tuple[Column[DomainResult], ...] = (
    Column(
        title=lambda: tr("Domain"),
        text=lambda r: r.domain.name.in_(screen_language()),
        strong=True,
        width=220,
        stretch=True,
    ),
    Column(title=lambda: tr("Now"), text=_score, number=True, width=70),
    Column(title=lambda: tr("First"), text=_first, number=True, width=120),
    Column(
        title=lambda: tr("Change"),
        text=_change,
        number=True,
        picture=lambda r: ("arrow-up" if (r.delta or 0) > 0 else "arrow-down") if r.counts else "",
        width=90,
    ),
    Column(
        title=lambda: tr("In words"),
        text=lambda r: "" if r.band is None else said(BANDS[r.band][2]),
        picture=lambda r: "" if r.band is None else BANDS[r.band][0],
        width=140,
        priority=1,
    ),
    Column(title=lambda: tr("No number"), text=_unanswered, width=220, priority=2),
)


class AssessmentTab(Tab):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.cases = CasesCard(self)
        self.list, self.rows = Card(lambda: tr("Assessments")), Rows()
        self.list.add(self.rows)
        self.choosing = Choosing(self.session, self._begin)
        self.list.add(self.choosing)
        self.summary = Card(lambda: tr("Strengths first"))
        self.total = Label("", "muted")
        self.table = Table(COLUMNS, lambda: tr("Results by domain"), sortable=False)
        self.rule = Label("", "small")
        self.apart = Label("", "muted")
        for widget in (self.total, self.table, self.apart, self.rule):
            self.summary.add(widget)
        change = secondary(lambda: tr("Change in pictures"), "chart-column", act=lambda: self.go("change", self.client))
        self.summary.add(change)
        self.body.addWidget(self.cases)
        self.body.addWidget(self.list)
        self.way = WayCard(self)
        self.body.addWidget(self.way)
        self.body.addWidget(self.summary)
        self.others = OtherResultsCard(self)
        self.body.addWidget(self.others)
        self.body.addStretch(1)

    def reload(self) -> None:
        self.cases.reload()
        self.others.reload()
        held = assessing.assessments(self.session, self.client)
        self.rows.show_rows([self._row(a.id, a.closed) for a in reversed(held)])
        under_way = next((a for a in held if a.closed is None), None)
        self.choosing.setVisible(under_way is None)
        self.way.show_assessment(under_way)
        self.choosing.reload()
        latest = assessing.latest(self.session, self.client)
        self.summary.setVisible(latest is not None)
        if latest is not None:
            self._show(assessing.summary(self.session, latest.id))

    def _row(self, assessment: str, closed: date | None) -> Row:
        held = assessing.runner(self.session, assessment)
        language = screen_language()
        name = f"{held.instrument.name.in_(language)} {held.instrument.version}"
        counted = tr("{answered} of {total} questions answered", answered=held.answered, total=held.total)
        counted = f"{name} · {counted}"
        if closed is None:
            button = primary(lambda: tr("Continue"), "play", act=lambda: self.go("runner", assessment))
            form = secondary(lambda: tr("Print the form"), "printer", act=lambda: print_form(self.page, assessment))
            paper = secondary(lambda: tr("Enter from paper"), "pencil", act=lambda: self.go("paper", assessment))
            below = " · ".join(filter(None, (counted, paper_state(self.session, assessment))))
            return Row(lambda: tr("Not finished"), below, aside=[form, paper, button])
        button = secondary(lambda: tr("Open the answers"), act=lambda: self.go("runner", assessment))
        told = secondary(lambda: tr("Summary"), "file-text", act=lambda: self.go("summary", assessment))
        return Row(day(closed, language), counted, aside=[button, told])

    def _show(self, shown: Summary) -> None:
        self.table.show_rows(shown.results)
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * (len(shown.results) + 1) + 8)
        language = screen_language()
        total = "–" if shown.total is None else decimal(shown.total, language)
        change = "" if shown.total_change is None else decimal(shown.total_change, language)
        self.total.say(
            lambda: (
                tr("All together {total} / 100, change {change}", total=total, change=change)
                if change
                else tr("All together {total} / 100", total=total)
            )
        )
        self._show_apart(shown)
        self.rule.say(
            lambda: tr("An arrow marks a change of at least 1 point. This is a rule of thumb, not validated.")
        )

    def _show_apart(self, shown: Summary) -> None:
        """What cannot be compared is said: other questions in some domains, or in all of an earlier measurement."""
        apart = () if shown.comparison is None else shown.comparison.apart
        others = summary.others(self.session, shown.assessment)
        self.apart.setVisible(bool(apart or others))

        def told() -> str:
            lines = [other_questions(apart)] if apart else []
            return "\n".join((*lines, *(stranger(self.session, other) for other in others)))

        self.apart.say(told)

    def _begin(self, instrument: str, quick: bool) -> None:
        made = self.do(lambda: assessing.begin(self.session, self.client, instrument=instrument, quick=quick))
        if made is not None:
            self.go("runner", made.made)
