"""Arvioinnin yhteenveto: strengths first, domains by need, what has no answer and why, what is awaited."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.base.errors import N_
from valmentaja.domain import summary as rules
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day, decimal
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.page import Page, Place
from valmentaja.ui.summary.compared import other_questions, stranger
from valmentaja.ui.summary.domains import WITHOUT, DomainRow, asked, changed, unanswered
from valmentaja.ui.summary.printing import PrintCard
from valmentaja.ui.widgets.buttons import link, primary, secondary
from valmentaja.ui.widgets.card import Card, empty
from valmentaja.ui.widgets.empty import EmptyState
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.rows import Point, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import assessing, cases, summary
from valmentaja.usecases.session import Area, Session
from valmentaja.usecases.summary import Summary

NEED_RULE = N_("Need = (10 − client’s score) × importance / 10. Where importance is not known, the lowest comes first.")
RULE_OF_THUMB = N_(
    "A change of at least 1 point counts as change. This is our own rule of thumb and has not been validated."
)


class SummaryPage(Page):
    """One assessment; while it is open the page says how much is left and nothing else."""

    areas = frozenset({Area.ASSESSMENT})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        assessing.opened(session, place.key)
        self.shown = summary.of_assessment(session, place.key)
        super().__init__(session, hub, about=self.shown.client.id)
        self.place = place
        self.strong, self.needed = Card(lambda: tr("Strengths")), Card(lambda: tr("Domains by need"))
        self.change, self.without = Card(lambda: tr("Change")), Card(lambda: tr("Questions without an answer"))
        self.asked = Card(lambda: tr("Open clarifications"))
        self.tying = Card(lambda: tr("Assessment case"))
        self.printing = PrintCard(self, place.key, self.shown.client.language)
        self.plan = primary(lambda: tr("Create a plan"), "route", act=self._plan)
        self.tying.add(Label(lambda: tr("Belongs to no assessment case, so the paper tells only what was measured.")))
        self.tie = secondary(lambda: tr("Make it part of the open case"), "link", act=self._tie)
        self.tying.add(self.tie)
        self.start = QVBoxLayout()
        self._lay_out()

    def reload(self) -> None:
        self.shown = shown = summary.of_assessment(self.session, self.place.key)
        self.say_title(shown.client.name, lambda: _about(shown))
        empty(self.start)
        for widget in (self.columns, self.plan):
            widget.setVisible(not shown.is_open)
        if shown.is_open:
            self.start.addWidget(self._not_ready(shown))
            return
        self._show_domains(shown)
        self._show_change(shown)
        self._show_without(shown)
        self._show_clarifications(shown)
        self.tying.setVisible(cases.case_to_tie(self.session, shown.assessment) is not None)

    def _not_ready(self, shown: Summary) -> EmptyState:
        runner = Place(page="runner", key=shown.assessment.id)
        button = primary(lambda: tr("Continue the assessment"), "play", act=lambda: self.go.emit(runner))
        return EmptyState(
            lambda: trn("Assessment not finished: {n} question", "Assessment not finished: {n} questions", shown.left),
            lambda: tr("The summary is here when the assessment is finished."),
            picture="clipboard-list",
            button=button,
        )

    def _show_domains(self, shown: Summary) -> None:
        needed = (*rules.needs(shown.views), *rules.unknown(shown.views))
        for card, seen, nothing in (
            (self.strong, rules.strengths(shown.views), lambda: tr("No domain is in the highest band.")),
            (self.needed, needed, lambda: tr("No such domain.")),
        ):
            card.clear()
            rows = Rows()
            rows.show_rows([DomainRow(view) for view in seen])
            card.add(rows if seen else Label(nothing, "muted"))
        self.needed.add(Label(lambda: tr(NEED_RULE), "small"))

    def _show_change(self, shown: Summary) -> None:
        self.change.clear()
        self.change.setVisible(shown.first is not None or bool(shown.others))
        found = rules.changed(shown.views)
        for view in found:
            up = (view.delta or 0) > 0
            self.change.add(Point("arrow-up" if up else "arrow-down", "ok" if up else "warn", partial(changed, view)))
        if shown.first is not None and not found:
            self.change.add(Label(lambda: tr("No change of 1 point or more."), "muted"))
        if shown.apart:
            self.change.add(Label(partial(other_questions, shown.apart), "small"))
        self.change.add(Label(lambda: tr(RULE_OF_THUMB), "small"))
        for other in shown.others:
            self.change.add(Label(partial(stranger, self.session, other), "small"))
        pictures = Place(page="change", key=shown.client.id)
        self.change.add(
            link(lambda: tr("Change and path in pictures"), "chart-column", act=partial(self.go.emit, pictures))
        )

    def _show_without(self, shown: Summary) -> None:
        self.without.clear()
        self.without.setVisible(any(view.without for view in shown.views))
        for why, (picture, words) in WITHOUT.items():
            lines = unanswered(shown.views, why)
            if lines:
                self.without.add(Point(picture, "muted", words, "strong"))
                for line in lines:
                    self.without.add(Label(line))

    def _show_clarifications(self, shown: Summary) -> None:
        found = summary.case_of(self.session, shown.assessment)
        waiting = () if found is None else found.open_clarifications
        self.asked.clear()
        self.asked.setVisible(bool(waiting))
        for each in waiting:
            self.asked.add(Point("hourglass", "warn", partial(asked, each)))
        if found is not None:
            place = Place(page="case", key=found.case.id)
            self.asked.add(
                link(lambda: tr("Open the assessment case"), "arrow-right", act=partial(self.go.emit, place))
            )

    def _plan(self) -> None:
        made = perform(self, self.hub, lambda: summary.begin_plan(self.session, self.shown.assessment.id))
        if made is not None:
            self.go.emit(Place(page="plan", key=made.made))

    def _tie(self) -> None:
        perform(self, self.hub, lambda: cases.tie(self.session, self.shown.assessment.id))

    def first_focus(self) -> QWidget | None:
        return None if self.shown.is_open else self.plan

    def _lay_out(self) -> None:
        client = self.shown.client.id
        self.add_back(lambda: tr("Client"), Place(page="client", key=client, part="assessment"))
        self.add_action(self.plan)
        self.columns = Columns(least=1000)
        self.columns.add(stack(self.strong, self.needed), 3)
        self.columns.add(stack(self.printing, self.change, self.without, self.asked, self.tying), 2)
        self.body.addLayout(self.start)
        self.body.addWidget(self.columns)
        self.body.addWidget(self.printing.viewer)
        self.body.addStretch(1)


def _about(shown: Summary) -> str:
    language, held = screen_language(), shown.assessment
    parts = [shown.instrument.name.in_(language)]
    if held.closed is not None:
        parts.append(tr("finished {day}", day=day(held.closed, language)))
    if shown.total is not None and not shown.is_open:
        parts.append(tr("All together {total} / 100", total=decimal(shown.total, language)))
    return " · ".join(parts)
