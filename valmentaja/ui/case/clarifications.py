"""Clarifications beside a case: ordered, awaited, received with their source, or not needed any more."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from valmentaja.definitions.clarifications import clarification_kinds, clarification_name
from valmentaja.domain.case import Clarification, ClarificationState
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.case.part import CasePart
from valmentaja.ui.case.words import STATES
from valmentaja.ui.page import Page
from valmentaja.ui.widgets.buttons import Button, link, secondary
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field, Paragraph
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.ui.widgets.text import Label, hairline
from valmentaja.ui.words import spoken
from valmentaja.usecases import case_parts
from valmentaja.usecases.cases import CaseOverview


class ClarificationsCard(CasePart):
    """One form orders; the other, shown for the one that was chosen, takes the result or calls it off."""

    def __init__(self, page: Page, case: str) -> None:
        super().__init__(page, case, lambda: tr("Clarifications"))
        year = self.session.today().year
        self.rows = Rows()
        self.kind = Combo([(k.id, spoken(k.name)) for k in clarification_kinds().values()])
        self.what, self.source, self.expected = QLineEdit(), QLineEdit(), DateEdit(year=year)
        self.order_button = secondary(lambda: tr("Order it"), "send", act=lambda: self.order(is_ordered=True))
        self.chosen: Clarification | None = None
        self.chosen_name = Label("", "strong")
        self.result, self.given_by, self.came = Paragraph(), QLineEdit(), DateEdit(year=year)
        self.later = DateEdit(year=year)
        self.receive_button = secondary(lambda: tr("Save the result"), "check", act=self.receive)
        self._lay_out()

    def show_case(self, shown: CaseOverview) -> None:
        is_open = shown.is_writable
        # What was chosen has come, or was called off, or was corrected: its form is done.
        if self.chosen is not None and self.chosen not in shown.clarifications:
            self.chosen = None
            self._fill(None)
        self.order_form.setVisible(is_open and self.chosen is None)
        self.result_form.setVisible(is_open and self.chosen is not None)
        self.rows.setVisible(bool(shown.clarifications))
        self.rows.show_rows([self._row(c, c.state(shown.today), is_open) for c in shown.clarifications])

    def order(self, *, is_ordered: bool) -> None:
        """Order what is in the fields, or only note that it is needed."""
        told = {"kind": self.kind.value(), "what": self.what.text(), "source": self.source.text()}
        expected = self.expected.value()
        act = partial(case_parts.order, self.session, self.case, expected=expected, is_ordered=is_ordered, **told)
        if self.submit(act) is not None:
            for editor in (self.what, self.source):
                editor.clear()
            self.propose()
            self.kind.setFocus()

    def propose(self) -> None:
        """The day until which one usually waits for this kind."""
        known = clarification_kinds()[self.kind.value()]
        self.expected.set_value(self.session.today() + timedelta(days=known.days))

    def receive(self) -> None:
        """The result, or a received one as it should have been."""
        held = self.chosen
        if held is None:
            return
        result, source, on = self.result.text(), self.given_by.text(), self.came.value()
        if held.received is not None:
            if self.submit(lambda: case_parts.correct(self.session, held.id, result=result, source=source)) is not None:
                self.choose(None)
            return
        self.submit(lambda: case_parts.receive(self.session, held.id, result=result, source=source, on=on))

    def cancel(self) -> None:
        held, reason = self.chosen, self.result.text()
        if held is not None:
            self.do(lambda: case_parts.cancel(self.session, held.id, reason=reason))

    def wait(self) -> None:
        """It was asked for, and comes later than was agreed."""
        held, until = self.chosen, self.later.value()
        if held is not None and self.submit(lambda: case_parts.wait_until(self.session, held.id, until)) is not None:
            self.choose(None)

    def choose(self, held: Clarification | None) -> None:
        """Show the form for one that has not come yet, or the form for a new one."""
        self.chosen = held
        came = None if held is None else held.received
        self._fill(held)
        self.came.setEnabled(came is None)
        self.receive_button.say(lambda: tr("Save the result") if came is None else tr("Save the correction"))
        self.asked.rename(lambda: tr("What it says, or why it is not needed") if came is None else tr("What it says"))
        for widget in (self.off, self.line, self.waiting):
            widget.setVisible(came is None)
        self.chosen_name.say("" if held is None else clarification_name(held.kind).in_(screen_language()))
        self.order_form.setVisible(held is None)
        self.result_form.setVisible(held is not None)
        (self.kind if held is None else self.result).setFocus()

    def _fill(self, held: Clarification | None) -> None:
        """The form as it stands before anything is typed."""
        came = None if held is None else held.received
        self.result.setPlainText("" if held is None or came is None else held.result)
        self.came.set_value(came)
        self.later.set_value(None)
        self.given_by.setText("" if held is None else held.source)

    def take_up(self, key: str) -> bool:
        """Show the form for the result of this one; False for one that is not ordered yet."""
        held = case_parts.clarification(self.session, key)
        if held.ordered is None:
            return False
        self.choose(held)
        return True

    def _row(self, held: Clarification, state: ClarificationState, is_open: bool) -> QWidget:
        picture, tone, words = STATES[state]
        name = clarification_name(held.kind).in_(screen_language())
        aside: list[QWidget] = [Chip(picture, words, tone)]
        if is_open and held.cancelled is None:
            aside.append(self._button(held, state))
            aside[-1].setAccessibleDescription(name)
        return Row(f"{name}: {held.what}" if held.what else name, lambda: _told(held), aside=aside)

    def _button(self, held: Clarification, state: ClarificationState) -> Button:
        if state is ClarificationState.NEEDED:
            act = partial(case_parts.order_now, self.session, held.id)
            return link(lambda: tr("Ordered today"), "send", act=lambda: self.do(act))
        if state is ClarificationState.RECEIVED:
            return link(lambda: tr("Correct"), "pencil", act=lambda: self.choose(held))
        return link(lambda: tr("It has come"), "arrow-right", act=lambda: self.choose(held))

    def _lay_out(self) -> None:
        first, second = Columns(least=300), Columns(least=300)
        self.kind.chosen.connect(lambda _kind: self.propose())
        self.propose()
        first.add(Field(lambda: tr("Kind"), self.kind))
        first.add(Field(lambda: tr("Awaited by"), self.expected))
        second.add(Field(lambda: tr("What is asked"), self.what))
        second.add(Field(lambda: tr("From whom"), self.source))
        note = link(lambda: tr("Only note that it is needed"), act=lambda: self.order(is_ordered=False))
        self.order_form = stack(first, second, wrapping(self.order_button, note), gap=8)
        come = Columns(least=300)
        come.add(Field(lambda: tr("Who gave it"), self.given_by))
        come.add(Field(lambda: tr("Day it came"), self.came, hint=lambda: tr("Empty = today")))
        later = Field(lambda: tr("Another day it is awaited by"), self.later)
        waits = link(lambda: tr("Wait until that day"), "hourglass", act=self.wait)
        self.off = link(lambda: tr("Not needed any more"), "circle-slash", act=self.cancel)
        back = link(lambda: tr("Close"), "x", act=lambda: self.choose(None))
        self.line, self.waiting = hairline(), stack(later, wrapping(waits), gap=8)
        self.asked = Field(lambda: tr("What it says, or why it is not needed"), self.result)
        self.result_form = stack(
            self.chosen_name,
            self.asked,
            come,
            wrapping(self.receive_button, self.off, back),
            self.line,
            self.waiting,
            gap=8,
        )
        for widget in (self.rows, self.order_form, self.result_form):
            self.add(widget)
        self.result_form.setVisible(False)


def _told(held: Clarification) -> str:
    """From whom and when, and what it said."""
    language = screen_language()
    if held.cancelled is not None:
        return f"{day(held.cancelled, language)} · {held.result}"
    if held.received is not None:
        came = tr("came {day}", day=day(held.received, language))
        return f"{held.source} · {came} · {held.result}"
    ordered = "" if held.ordered is None else tr("ordered {day}", day=day(held.ordered, language))
    expected = "" if held.expected is None else tr("awaited by {day}", day=day(held.expected, language))
    return " · ".join(part for part in (held.source, ordered, expected) if part)
