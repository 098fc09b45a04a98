"""What a case still lacks, how it ends, and how it goes on after all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit

from valmentaja.definitions.clarifications import clarification_name
from valmentaja.domain.case import ENDING, Ending, Lacking
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.case.part import CasePart
from valmentaja.ui.case.words import ENDINGS
from valmentaja.ui.page import Page, Place
from valmentaja.ui.speech import said
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import Button, link, primary, secondary
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Combo, Field, Notes
from valmentaja.ui.widgets.flow import stack
from valmentaja.ui.widgets.rows import Rows, wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import cases
from valmentaja.usecases.cases import CaseOverview


class LackingCard(CasePart):
    """A link for each thing that is missing before the case can end as finished."""

    def __init__(self, page: Page, case: str, lead: Callable[[Lacking], None]) -> None:
        super().__init__(page, case, lambda: tr("Still missing"))
        self.lead, self.rows = lead, Rows()
        self.add(self.rows)

    def show_case(self, shown: CaseOverview) -> None:
        self.setVisible(shown.is_writable)
        found = [self._link(one, shown) for one in shown.lacking]
        done = Chip("check", lambda: tr("Nothing. The assessment can be ended."), Tone.OK)
        self.rows.show_rows(found or [done])

    def _link(self, one: Lacking, shown: CaseOverview) -> Button:
        return link(lambda: _words(one, shown), "arrow-right", act=lambda: self.lead(one))


class EndingCard(CasePart):
    """The outcome is stored as it is typed; the button ends the case, a reason opens it again."""

    def __init__(self, page: Page, case: str) -> None:
        super().__init__(page, case, lambda: tr("End of the assessment"))
        self.ending, self.outcome, self.told = Combo(ENDINGS), Notes(lines=3), Label("", "muted")
        self.ending.chosen.connect(lambda value: self.do(lambda: cases.write(self.session, case, ENDING, value)))
        self.outcome.settled.connect(lambda text: self.do(lambda: cases.write_outcome(self.session, case, text)))
        self.button = primary(lambda: tr("End the assessment"), "flag", act=self.end)
        self.reason = QLineEdit()
        self.again = secondary(lambda: tr("Go on with the assessment"), "undo-2", act=self.reopen)
        self.plan = primary(lambda: tr("Create a plan"), "route", act=self.begin_plan)
        self.outcome_field = Field(lambda: tr("What came of it"), self.outcome)
        self.form = stack(Field(lambda: tr("How it ends"), self.ending), gap=8)
        self.reopening = stack(
            Field(lambda: tr("Why the assessment goes on"), self.reason), wrapping(self.again), gap=8
        )
        for widget in (self.told, self.form, self.outcome_field, self.button, self.plan, self.reopening):
            self.add(widget)

    def show_case(self, shown: CaseOverview) -> None:
        is_open = shown.is_writable
        self.outcome.show_text(shown.case.outcome)
        self.outcome.setReadOnly(not is_open)
        self.ending.set_value(shown.ending or Ending.PLAN)
        for widget in (self.form, self.button):
            widget.setVisible(is_open)
        self.reopening.setVisible(shown.is_here and not is_open)
        self.plan.setVisible(shown.is_here and not is_open and shown.ending is Ending.PLAN)
        told = _told(shown)
        self.told.setVisible(bool(told))
        self.told.say(lambda: _told(shown))

    def end(self) -> None:
        self.settle()
        ending, outcome = Ending(self.ending.value()), self.outcome.toPlainText()
        if self.do(lambda: cases.end(self.session, self.case, ending=ending, outcome=outcome)) is not None:
            (self.plan if ending is Ending.PLAN else self.reason).setFocus()

    def begin_plan(self) -> None:
        made = self.do(lambda: cases.begin_plan(self.session, self.case))
        if made is not None:
            self.page.go.emit(Place(page="plan", key=made.made))

    def reopen(self) -> None:
        reason = self.reason.text()
        if self.do(lambda: cases.reopen(self.session, self.case, reason=reason)) is not None:
            self.reason.clear()
            self.outcome.setFocus()


def _words(lacking: Lacking, shown: CaseOverview) -> str:
    """The sentence, with the name of the heading or of the clarification in it."""
    kinds = {c.id: clarification_name(c.kind).in_(screen_language()) for c in shown.clarifications}
    about = kinds.get(lacking.about, "")
    return tr(lacking.text, what=about, heading="" if about or not lacking.about else tr(lacking.about))


def _told(shown: CaseOverview) -> str:
    """How it ended, or when it had ended before and why it goes on."""
    language = screen_language()
    if shown.case.closed is not None:
        how = "" if shown.ending is None else said(dict(ENDINGS)[shown.ending])
        return tr("Ended {day}: {how}", day=day(shown.case.closed, language), how=how)
    return "\n".join(
        tr("Had ended {day}, goes on: {reason}", day=day(date.fromisoformat(c.before), language), reason=c.reason)
        for c in shown.reopened
    )
