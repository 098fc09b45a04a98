"""Seuranta: after the exit, when the client is asked how it went, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from valmentaja.domain.codes import LabourStatus, MeetingMode
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.speech import said
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import link, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import CONTACT_MODES, STATUSES, Choices
from valmentaja.usecases import following_up
from valmentaja.usecases.following_up import NOT_REACHED, REFUSED, Contact, FollowUps, Scheduled, Stage
from valmentaja.usecases.session import Changes

OUTCOMES: Choices = (
    ("", lambda: tr("Choose …")),
    *STATUSES,
    (NOT_REACHED, lambda: tr("Not reached")),
    (REFUSED, lambda: tr("Does not want to be asked")),
)


class FollowUpCard(Card):
    """Shown of a former client only; a no of the client's ends the asking until it is taken back."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("Follow-up after the work together"))
        self.tab = tab
        self.now, self.schedule, self.contacts = Rows(), Rows(), Rows()
        self.others, self.heading = Label("", "strong"), Label(lambda: tr("Contacts since"), "strong")
        self.refusal = Label("", "strong")
        self.again = secondary(lambda: tr("May be asked after all"), "undo-2", act=self._ask_again)
        self.outcome, self.mode = Combo(OUTCOMES), Combo(CONTACT_MODES)
        self.day, self.note = DateEdit(year=tab.session.today().year), QLineEdit()
        self.day.textChanged.connect(lambda _text: self._say_window())
        self.counts = Label("", "muted")
        self._held: tuple[Scheduled, ...] = ()
        self.no_more = QCheckBox()
        self.button = secondary(lambda: tr("Write down the follow-up"), "plus", act=self.record)
        self.asking = self._form()
        self._lay_out()

    def reload(self, *, is_here: bool) -> None:
        """`is_here` is False of a client who was handed over: then nothing can be written."""
        held = following_up.of_client(self.tab.session, self.tab.client)
        self.setVisible(held.is_needed)
        self._held = held.scheduled
        self._show_schedule(held)
        self._say_window()
        self.no_more.setText(tr("Does not want to be asked again"))
        self.contacts.show_rows([self._contact(one, is_here=is_here) for one in held.contacts])
        self.heading.setVisible(bool(held.contacts))
        self.asking.setVisible(is_here and held.refusal is None)
        self.button.setVisible(is_here and held.refusal is None)
        self.refusal.setVisible(held.refusal is not None)
        self.again.setVisible(is_here and held.refusal is not None)
        if held.refusal is not None:
            on = day(held.refusal.on, screen_language())
            self.refusal.say(lambda: tr("The client said {day} that they do not want to be asked.", day=on))

    def record(self) -> None:
        session, client = self.tab.session, self.tab.client
        on, scheduled = self.day.value() or session.today(), self._held
        outcome, mode, note = self.outcome.value(), MeetingMode(self.mode.value()), self.note.text()
        made = self.tab.do(
            lambda: following_up.record(
                session,
                client,
                outcome=outcome,
                mode=mode,
                on=self.day.read(),
                note=note,
                no_more=self.no_more.isChecked(),
            )
        )
        if made is not None:
            self._empty()
            back = partial(following_up.take_back, session, int(made.made))
            counts = window_words(scheduled, on) if outcome in set(LabourStatus) else ""
            self._offer_undo(" ".join(filter(None, (tr("The follow-up was written down."), counts))), back)

    def _say_window(self) -> None:
        """Before it is written down: which day it will count for, or that it counts for none."""
        on = self.day.value() or self.tab.session.today()
        self.counts.setVisible(self.day.is_valid)
        self.counts.say(lambda: window_words(self._held, on))

    def _empty(self) -> None:
        self.outcome.set_value("")
        self.no_more.setChecked(False)
        self.day.clear()
        self.note.clear()

    def _offer_undo(self, words: str, back: Callable[[], Changes]) -> None:
        hub = self.tab.page.hub
        self.tab.page.undo_offered.emit(words, lambda: hub.changed.emit(back()))

    def _take_back(self, contact: Contact) -> None:
        session = self.tab.session
        if self.tab.do(lambda: following_up.take_back(session, contact.meeting.id)) is not None:
            self._offer_undo(tr("The follow-up was taken back."), partial(following_up.restore, session, contact))

    def _ask_again(self) -> None:
        self.tab.do(lambda: following_up.ask_again(self.tab.session, self.tab.client))

    def _show_schedule(self, held: FollowUps) -> None:
        """What can be asked now stands above the fields, the other days below them."""
        today = self.tab.session.today()
        due = [one for one in held.scheduled if one.stage(today) is Stage.DUE]
        others = [one for one in held.scheduled if one not in due]
        for rows, shown in ((self.now, due), (self.schedule, others)):
            rows.show_rows([self._scheduled(one, held) for one in shown])
            rows.setVisible(bool(shown))
        self.others.say(lambda: tr("Other days") if due else tr("Days"))
        self.others.setVisible(bool(others))

    def _scheduled(self, one: Scheduled, held: FollowUps) -> Row:
        today, on = self.tab.session.today(), day(one.on, screen_language())
        stage, aside = one.stage(today), list[QWidget]()
        if stage is Stage.DUE and held.refusal is None:
            aside.append(Chip("hourglass", lambda: tr("To be asked now"), Tone.WARN))
        if stage is Stage.LEARNT:
            aside.append(Chip("check", lambda: tr("Known"), Tone.OK))
        title = tr("{n} months from the intake: {day}", n=one.months, day=on)
        return Row(title, _below(one, stage, refused=held.refusal is not None), aside=aside)

    def _contact(self, contact: Contact, *, is_here: bool) -> Row:
        held, language = contact.meeting, screen_language()
        how = said(dict(CONTACT_MODES)[held.mode])
        back = link(lambda: tr("Take back"), "undo-2", act=partial(self._take_back, contact))
        back.setAccessibleDescription(day(held.date, language))
        below = " · ".join(filter(None, (how, held.notes)))
        can_be_taken_back = is_here and contact.is_written
        return Row(f"{day(held.date, language)}  {_came_of(contact)}", below, aside=[back] if can_be_taken_back else ())

    def _form(self) -> QWidget:
        first, second = Columns(least=640), Columns(least=640)
        first.add(Field(lambda: tr("What was learnt"), self.outcome))
        first.add(Field(lambda: tr("How"), self.mode))
        second.add(Field(lambda: tr("Day of the contact"), self.day, hint=lambda: tr("Empty = today")))
        second.add(Field(lambda: tr("Note"), self.note))
        return stack(first, second, self.counts, self.no_more, gap=12)

    def _lay_out(self) -> None:
        self.add(Label(lambda: tr("Asked at most 31 days before or after the day, it counts for that day."), "muted"))
        asked = (self.now, self.refusal, self.again, self.asking, self.button)
        for widget in (*asked, self.others, self.schedule, self.heading, self.contacts):
            self.add(widget)


def window_words(scheduled: tuple[Scheduled, ...], on: date) -> str:
    """What a contact of that day counts for."""
    found = following_up.counts_for(scheduled, on)
    if found is None:
        return tr("{day} is not near any day of asking: it counts for none of them.", day=day(on, screen_language()))
    learnt = found.learnt
    if learnt is not None and abs(learnt.date - found.on) < abs(on - found.on):
        nearer = day(learnt.date, screen_language())
        return tr("What was learnt {day} is nearer: that counts for {n} months.", day=nearer, n=found.months)
    return tr("Counts for {n} months from the intake.", n=found.months)


def _below(one: Scheduled, stage: Stage, *, refused: bool) -> str:
    language = screen_language()
    if one.learnt is not None:
        return f"{_status(one.learnt.status)}, {day(one.learnt.date, language)}"
    if stage is Stage.PASSED:
        return tr("Nothing was learnt in time.")
    if refused:
        return tr("Is not asked.")
    if stage is Stage.AHEAD:
        return tr("Can be asked from {day} on.", day=day(one.opens, language))
    tried = ", ".join(day(meeting.date, language) for meeting in reversed(one.tries))
    until = tr("Can be asked until {day}.", day=day(one.closes, language))
    return f"{until} {tr('Not reached: {days}.', days=tried)}" if tried else until


def _came_of(contact: Contact) -> str:
    if not contact.meeting.attended:
        return tr("Not reached")
    told = None if contact.status is None else _status(contact.status)
    no = tr("Does not want to be asked") if contact.refused else None
    return ", ".join(filter(None, (told, no))) or tr("Reached")


def _status(status: LabourStatus) -> str:
    return said(dict(STATUSES)[status])
