"""Paperilta: a form's pages one after the other, one key an answer; the same again finds slips."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.base.errors import UserError
from valmentaja.domain.assessment import Value
from valmentaja.domain.paper_check import Sheet, replaces
from valmentaja.i18n import tr, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.page import Page, Place
from valmentaja.ui.paper.differences import Differences
from valmentaja.ui.paper.gate import Gate
from valmentaja.ui.paper.grid import Grid
from valmentaja.ui.paper.words import entered, so_far, summary
from valmentaja.ui.widgets.buttons import Button, primary, secondary
from valmentaja.ui.widgets.card import Card, empty
from valmentaja.ui.widgets.fields import DateEdit, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import assessing, paper_entry
from valmentaja.usecases.paper_entry import Desk
from valmentaja.usecases.session import Area, Session

FIRST, SECOND = "first", "second"


class PaperPage(Page):
    """A place's part says which entry it is. First the day, then for each page its code and its rows."""

    areas = frozenset({Area.ASSESSMENT})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        assessing.opened(session, place.key)
        self.desk = paper_entry.desk(session, place.key)
        super().__init__(session, hub, about=self.desk.client_id)
        self.place, self.second = place, _is_second(self.desk, place.part)
        self.on: date | None = self.desk.filled_on
        self._doubted: tuple[str, Value] | None = None
        """What was keyed where something else stands; the same key again takes it."""
        self.asked = self.number = 0
        """The page whose code is asked for, and the page whose rows are shown; 0 for none."""
        self.gate, self.grid, self.differences = Gate(), Grid(), Differences()
        self.day = DateEdit(year=session.today().year)
        self.day_field = Field(
            lambda: tr("When was the form filled in?"),
            self.day,
            hint=lambda: tr("The day on the first page. Enter goes on."),
        )
        self.where, self.tally, self.end_words = Label("", "muted"), Label("", "strong"), Label("", "question")
        self.again = primary(lambda: tr("Enter again and check"), "list-checks", act=self.begin_second)
        self.leave_button = secondary(lambda: tr("To the assessment"), act=self._leave)
        self.first_button = primary(lambda: tr("Enter the form"), "play", act=self.begin_first)
        self.pages, self.stages, self.target = QVBoxLayout(), list[QWidget](), QWidget()
        self._lay_out()
        self._connect()
        self.go_on()

    def reload(self) -> None:
        self.desk = paper_entry.desk(self.session, self.place.key, self.desk.form)
        self._show_pages()
        if self.number:
            self.grid.show_values(self._sheet(self.number))

    def part(self) -> str:
        return SECOND if self.second else FIRST

    def first_focus(self) -> QWidget:
        return self.target

    def begin_first(self) -> None:
        self._begin(second=False)

    def begin_second(self) -> None:
        self._begin(second=True)

    def go_on(self) -> None:
        """To what comes next: the day, a page's code, the differences, or the end."""
        self.asked = self.number = 0
        sheet = self.desk.next_sheet(second=self.second)
        if sheet is not None and self.second and not sheet.is_done(second=False):
            self._show(self.unready, self.first_button)
        elif sheet is not None and self.on is None:
            self.day.set_value(self.session.today())
            self._show(self.day_card, self.day)
            self.day.selectAll()
        elif sheet is not None:
            self.ask_for(sheet.number)
        elif self.second and self.desk.differing:
            self.differences.show_lines(self.desk.differing)
            self._show(self.differ_card, self.differences)
        else:
            self._end()

    def ask_for(self, number: int) -> None:
        """Ask for one page's last character."""
        self.asked, self.number = number, 0
        self.gate.show_sheet(self._sheet(number))
        self._show(self.gate, self.gate.catcher)

    def open_page(self, number: int) -> None:
        """Show a page's rows."""
        self.clear_message()
        self.asked, self.number = 0, number
        sheet = self._sheet(number)
        self.where.say(lambda: tr("Page {n} · {code}", n=number, code=sheet.code.text))
        self.grid.show_sheet(sheet, second=self.second)
        self._show(self.grid_card, self.grid)

    def _begin(self, *, second: bool) -> None:
        self.second = second
        self._say_title()
        self.go_on()

    def _enter(self, row: str, value: Value) -> None:
        """On the disk first; then the mark goes on."""
        key, on = self.place.key, self.on or self.session.today()
        if self.second:
            done = perform(self, self.hub, lambda: paper_entry.enter_again(self.session, key, row, value))
        else:
            asked, doubtful = self._doubted == (row, value), replaces(self.desk.line(row), value)
            self._doubted = (row, value) if doubtful else None
            enter = partial(paper_entry.enter, self.session, key, row, value, on=on, instead=asked)
            done = perform(self, self.hub, enter)
        if done is not None:
            self.clear_message()
            self.grid.accept()

    def _settle(self, row: str, value: Value) -> None:
        made = perform(self, self.hub, lambda: paper_entry.settle(self.session, self.place.key, row, value))
        if made is not None:
            self.go_on()

    def _tell_day(self) -> None:
        chosen = self.day.value()
        if chosen is None:
            self.day_field.show_error(tr("This is not a day. Write it like 24.11.2026."))
            return
        try:
            paper_entry.require_possible(self.session, self.place.key, chosen)
        except UserError as error:
            self.day_field.show_error(words(screen_language()).error(error))
            return
        self.day_field.show_error("")
        self.on = chosen
        self._say_title()
        self.go_on()

    def _wrong_sign(self, sign: str) -> None:
        name, n = self.desk.client_name, self.asked
        said = tr("This is not page {n} of {name}: that code does not end with {sign}.", n=n, name=name, sign=sign)
        self.gate.refuse(f"{said} {tr('Write the whole code to see whose page it is.')}")

    def _written(self, typed: str) -> None:
        """A page by its whole code; it may be of another kind of form that was printed for this assessment."""
        try:
            found = paper_entry.find_page(self.session, self.place.key, typed)
        except UserError as error:
            self.gate.refuse(words(screen_language()).error(error))
            return
        self.desk = paper_entry.desk(self.session, self.place.key, found.form)
        self.open_page(found.number)

    def _end(self) -> None:
        counted = self.desk.tally
        self.again.setVisible(not self.second)
        self.end_words.say(lambda: summary(counted) if self.second else entered(counted))
        self._show(self.end_card, self.leave_button if self.second else self.again)

    def _leave(self) -> None:
        self.go.emit(Place(page="client", key=self.desk.client_id, part="assessment"))

    def _sheet(self, number: int) -> Sheet:
        return self.desk.sheets[number - 1]

    def _show(self, stage: QWidget, target: QWidget) -> None:
        """One stage at a time, with the focus where the keys go."""
        for each in self.stages:
            each.setVisible(each is stage)
        self.target = target
        self._show_pages()
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_pages(self) -> None:
        empty(self.pages)
        for sheet in self.desk.sheets:
            done = sheet.is_done(second=self.second)
            counted = f"{sheet.entered(second=self.second)}/{len(sheet.lines)}"
            row = Button(partial(_page_words, sheet.number, counted), kind="row", picture="check" if done else "circle")
            row.setCheckable(True)
            row.setChecked(sheet.number in (self.asked, self.number))
            row.clicked.connect(lambda _on=False, n=sheet.number: self.ask_for(n))
            self.pages.addWidget(row)
        counted_all = self.desk.tally
        self.tally.say(lambda: so_far(counted_all, second=self.second))

    def _say_title(self) -> None:
        on = self.on
        self.say_title(
            lambda: tr("From paper, second entry") if self.second else tr("From paper"),
            lambda: (
                tr("{name} · filled in on {day}", name=self.desk.client_name, day=day(on, screen_language()))
                if on is not None
                else self.desk.client_name
            ),
        )

    def _connect(self) -> None:
        self.gate.opened.connect(lambda: self.open_page(self.asked))
        self.gate.refused.connect(self._wrong_sign)
        self.gate.written.connect(self._written)
        self.grid.chosen.connect(self._enter)
        self.grid.finished.connect(self.go_on)
        self.grid.moved.connect(self.show_widget)
        self.differences.settled.connect(self._settle)
        self.day.returnPressed.connect(self._tell_day)

    def _lay_out(self) -> None:
        self._say_title()
        back = Place(page="client", key=self.desk.client_id, part="assessment")
        self.add_action(secondary(lambda: tr("Continue another time"), "pause", act=lambda: self.go.emit(back)))
        self.day_card = _card(self.day_field, primary(lambda: tr("Next"), "chevron-right", act=self._tell_day))
        keys = Label(lambda: tr("Keys: 0–9, T = 10, X, E, N. Backspace and arrows move."), "small")
        meaning = Label(lambda: tr("X does not want to answer, E does not concern, N left empty."), "small")
        self.grid_card = _card(self.where, self.grid, keys, meaning)
        self.differ_card = _card(Label(lambda: tr("These entries differ"), "heading"), self.differences)
        self.end_card = _card(self.end_words, wrapping(self.again, self.leave_button))
        unready = Label(lambda: tr("The form has not been entered whole. Enter it once first."), "question")
        self.unready = _card(unready, self.first_button)
        self.stages = [self.day_card, self.gate, self.grid_card, self.differ_card, self.end_card, self.unready]
        side = Card(lambda: tr("Pages"))
        side.body.addLayout(self.pages)
        side.add(self.tally)
        stage = QWidget()
        down = QVBoxLayout(stage)
        down.setContentsMargins(0, 0, 0, 0)
        for each in self.stages:
            each.hide()
            down.addWidget(each)
        down.addStretch(1)
        columns = Columns(least=860)
        columns.add(stage, 3)
        columns.add(side, 1)
        self.body.addWidget(columns)
        self.body.addStretch(1)


def _is_second(desk: Desk, part: str) -> bool:
    """As the place says; where it says nothing, a second entry that was begun goes on."""
    begun = desk.next_sheet(second=False) is None and desk.tally.second > 0
    return part == SECOND or (not part and begun)


def _card(*widgets: QWidget) -> Card:
    card = Card()
    for widget in widgets:
        card.add(widget)
    return card


def _page_words(number: int, counted: str) -> str:
    return f"{tr('Page {n}', n=number)}  {counted}"
