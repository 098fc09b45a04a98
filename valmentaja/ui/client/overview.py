"""Yhteenveto: what was agreed, what comes next, what has changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from valmentaja.definitions.municipalities import municipalities
from valmentaja.domain.client import Meeting
from valmentaja.domain.codes import ExitReason, MeetingMode
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.client.care import CareCard
from valmentaja.ui.client.facts import FactsCard
from valmentaja.ui.client.follow_up import FollowUpCard
from valmentaja.ui.page import Page
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import link, primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import Pairs, Point
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import EXIT_REASONS
from valmentaja.usecases import assessing, caseload, meetings, overview
from valmentaja.usecases.overview import Overview


class OverviewTab(Tab):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.last, self.next = Card(lambda: tr("Last time")), Card(lambda: tr("Next"))
        self.work, self.facts = Card(lambda: tr("Assessment and plan")), Card(lambda: tr("Facts"))
        year = self.session.today().year
        self.book_day, self.book_time = DateEdit(year=year), QLineEdit()
        self.end_day, self.reason = DateEdit(year=year), Combo(EXIT_REASONS)
        left, right = Columns(), Columns()
        left.add(self.last)
        left.add(self.next)
        right.add(self.work)
        right.add(self.facts)
        self.follow_up, self.care, self.details = FollowUpCard(self), CareCard(self), FactsCard(self)
        self.booking, self.ending = self._booking(), self._ending()
        pictures = link(
            lambda: tr("Change and path in pictures"), "chart-column", act=lambda: self.go("change", self.client)
        )
        self.body.addWidget(pictures, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.follow_up, left, right, self.booking, self.care, self.details, self.ending):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def reload(self) -> None:
        shown = overview.overview(self.session, self.client)
        for card in (self.last, self.next, self.work, self.facts):
            card.clear()
        self._show_meetings(shown.last_meeting, shown.next_meeting)
        self._show_work(shown)
        self._show_facts(shown)
        self.care.reload()
        for card in (self.booking, self.ending):
            card.setVisible(self.care.is_here)
        self.follow_up.reload(is_here=self.care.is_here)
        self.details.reload()

    def leave(self) -> bool:
        self.care.settle()
        self.details.settle()
        return True

    def _show_meetings(self, last: Meeting | None, coming: Meeting | None) -> None:
        language = screen_language()
        if last is None:
            self.last.add(Label(lambda: tr("No meeting yet."), "muted"))
        else:
            self.last.add(Label(day(last.date, language), "strong"))
            self.last.add(Label(last.agreed or tr("Nothing was written down."), "" if last.agreed else "muted"))
        if coming is None:
            self.next.add(Label(lambda: tr("No meeting is booked."), "muted"))
        else:
            self.next.add(Label(f"{day(coming.date, language)}  {coming.planned_time}  {coming.place}", "strong"))

    def _show_work(self, shown: Overview) -> None:
        case = shown.open_case
        if case is not None:
            self.work.add(Label(case.question, "strong"))
            self.work.add(secondary(lambda: tr("Open the assessment case"), act=lambda: self.go("case", case.id)))
        under_way = shown.open_assessment
        if under_way is not None:
            at = tr("{answered} of {total} questions answered", answered=under_way.answered, total=under_way.total)
            self.work.add(Label(at))
            self.work.add(
                primary(lambda: tr("Continue the assessment"), "play", act=lambda: self.go("runner", under_way.id))
            )
        else:
            begin = secondary(lambda: tr("Begin an assessment"), "clipboard-list", act=self._begin)
            self.work.add(begin)
            begin.setVisible(self.care.is_here)
        if shown.plan is None:
            self.work.add(Label(lambda: tr("No plan yet."), "muted"))
            return
        plan = shown.plan
        self.work.add(
            Label(tr("Plan: {done} of {n} steps under way or done", done=shown.steps_done, n=len(plan.steps)))
        )
        for step in plan.steps:
            if step.done is None and step.what:
                due = (
                    tr("{what} by {day}", what=step.what, day=day(step.by, screen_language())) if step.by else step.what
                )
                late = step.is_late(shown.today)
                self.work.add(Point("clock-alert" if late else "circle", "late" if late else "muted", due))
        self.work.add(link(lambda: tr("Open the plan"), "route", act=lambda: self.go("plan", plan.id)))

    def _show_facts(self, shown: Overview) -> None:
        client, language = shown.client, screen_language()
        facts = Pairs()
        facts.add(lambda: tr("Client since"), day(client.intake_date, language))
        facts.add(lambda: tr("Personal identity code"), client.hetu or "–")
        facts.add(lambda: tr("Phone"), client.phone or "–")
        home = municipalities().get(client.municipality)
        facts.add(lambda: tr("Municipality"), "–" if home is None else home.name_in(language))
        facts.add(lambda: tr("Benefit days"), str(shown.benefit_days))
        if client.exit_date is not None:
            facts.add(lambda: tr("Client until"), day(client.exit_date, language))
        self.facts.add(facts)

    def _begin(self) -> None:
        made = self.do(lambda: assessing.begin(self.session, self.client))
        if made is not None:
            self.go("runner", made.made)

    def _booking(self) -> Card:
        card = Card(lambda: tr("Book the next meeting"))
        row = Columns(least=600)
        row.add(Field(lambda: tr("Day of the meeting"), self.book_day))
        row.add(Field(lambda: tr("Time"), self.book_time, hint=lambda: tr("Such as 9.30")))
        card.add(row)
        card.add(secondary(lambda: tr("Book"), "calendar-plus", act=self._book))
        return card

    def _book(self) -> None:
        on = self.book_day.value()
        if on is None:
            self.book_day.setFocus()
            return
        at = self.book_time.text()
        booked = self.do(lambda: meetings.book(self.session, self.client, on=on, at=at, mode=MeetingMode.KAYNTI))
        if booked is not None:
            self.book_day.clear()
            self.book_time.clear()

    def _ending(self) -> Card:
        card = Card(lambda: tr("End the work together"))
        card.add(Label(lambda: tr("A start of work counts only if the last day is not before it."), "muted"))
        row = Columns(least=600)
        row.add(Field(lambda: tr("Last day"), self.end_day))
        row.add(Field(lambda: tr("Why the work ended"), self.reason))
        card.add(row)
        card.add(secondary(lambda: tr("End"), "log-out", act=self._end))
        return card

    def _end(self) -> None:
        on = self.end_day.value()
        if on is None:
            self.end_day.setFocus()
            return
        reason = ExitReason(self.reason.value())
        self.do(lambda: caseload.end_work(self.session, self.client, on=on, reason=reason))
