"""The meetings a case is planned over: planned, booked, held."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from valmentaja.domain.case import CaseMeeting
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.case.part import CasePart
from valmentaja.ui.page import Page
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import link, secondary
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import DateEdit, Field
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.usecases import case_parts
from valmentaja.usecases.cases import CaseOverview, PlannedMeeting


class MeetingsCard(CasePart):
    """`correcting` is the planned meeting whose purpose and day stand in the fields; None adds another."""

    def __init__(self, page: Page, case: str) -> None:
        super().__init__(page, case, lambda: tr("Meetings"))
        self.rows, self.purpose, self.time = Rows(), QLineEdit(), QLineEdit()
        self.day = DateEdit(year=self.session.today().year)
        self.correcting: CaseMeeting | None = None
        self.button = secondary(lambda: tr("Plan the meeting"), "plus", act=self.keep)
        when = Columns(least=300)
        when.add(Field(lambda: tr("Day of the meeting"), self.day))
        when.add(Field(lambda: tr("Time"), self.time, hint=lambda: tr("With a time it is booked, too.")))
        self.form = stack(
            Field(lambda: tr("What the meeting is for"), self.purpose), when, wrapping(self.button), gap=8
        )
        self.add(self.rows)
        self.add(self.form)

    def show_case(self, shown: CaseOverview) -> None:
        is_open = shown.is_writable
        self.form.setVisible(is_open)
        self.rows.setVisible(bool(shown.meetings))
        self.rows.show_rows([self._row(m, n, shown, is_open) for n, m in enumerate(shown.meetings, start=1)])

    def keep(self) -> None:
        """Store what is in the fields, then be ready for the next."""
        told = self.correcting
        purpose, on, at = self.purpose.text(), self.day.value(), self.time.text()
        if told is None:
            act = partial(case_parts.plan_meeting, self.session, self.case, purpose=purpose, on=on, at=at)
        else:
            act = partial(case_parts.edit_meeting, self.session, self.case, told.id, purpose=purpose, on=on, at=at)
        if self.submit(act) is not None:
            self.take(None)
            self.purpose.setFocus()

    def _row(self, held: PlannedMeeting, number: int, shown: CaseOverview, is_open: bool) -> Row:
        plan = held.plan
        aside: list[QWidget] = [_chip(held, shown)]
        if is_open:
            change = link(lambda: tr("Edit"), "pencil", act=lambda: self.take(plan))
            remove = link(lambda: tr("Remove"), "trash-2", act=lambda: self._remove(plan))
            for button in (change, remove):
                button.setAccessibleDescription(plan.purpose)
            aside += [change, remove]
        return Row(plan.purpose, lambda: _when(held), lead=f"{number}.", aside=aside)

    def take(self, plan: CaseMeeting | None) -> None:
        """Into the fields to be changed; None empties them for the next."""
        self.correcting = plan
        self.purpose.setText("" if plan is None else plan.purpose)
        self.day.set_value(None if plan is None else plan.date)
        self.time.clear()
        self.button.say(lambda: tr("Plan the meeting") if self.correcting is None else tr("Save the change"))
        if plan is not None:
            self.purpose.setFocus()

    def _remove(self, plan: CaseMeeting) -> None:
        """Gone at once, with a way back instead of a question."""
        self.take(None)
        if self.do(lambda: case_parts.remove_meeting(self.session, self.case, plan.id)) is not None:
            put_back = partial(case_parts.restore_meeting, self.session, self.case, plan)
            self.page.undo_offered.emit(tr("The meeting was taken out of the plan."), lambda: self.do(put_back))


def _when(held: PlannedMeeting) -> str:
    on = held.plan.date if held.meeting is None else held.meeting.date
    if on is None:
        return tr("The day is open")
    time = "" if held.meeting is None else held.meeting.planned_time
    return " ".join(part for part in (day(on, screen_language()), time) if part)


def _chip(held: PlannedMeeting, shown: CaseOverview) -> Chip:
    if held.is_held:
        return Chip("check", lambda: tr("held"), Tone.OK)
    if held.meeting is not None:
        return Chip("calendar", lambda: tr("booked"), Tone.INFO)
    if held.plan.date is not None and held.plan.date < shown.today:
        return Chip("clock-alert", lambda: tr("not held"), Tone.WARN)
    return Chip("circle-dot", lambda: tr("planned"), Tone.NEUTRAL)
