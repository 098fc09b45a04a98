"""Siirtoyhteenveto: what to type into the national system, each piece to be copied by itself, and when it was typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QWidget

from valmentaja.base.errors import UserError
from valmentaja.domain.plan import Plan
from valmentaja.domain.ura import Line, News, Summary
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui import tasks
from valmentaja.ui.clipboard import KEPT_MS, concealed
from valmentaja.ui.page import Page
from valmentaja.ui.speech import Say
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import Button, link, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.empty import EmptyState
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import ura
from valmentaja.usecases.ura import Told

MANY_COPIES = 640
"""The room a row needs for its words beside its buttons."""


class UraTab(Tab):
    """What is recorded as typed is what stands here. It is put together when it is looked at, and anew when it differs:
    a row has many buttons, and the other tabs should not wait for them."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.shown: Summary | None = None
        self._built: tuple[Summary, str] | None = None
        self.state, self.older = Label("", "strong"), Label("", "muted")
        self.rows, self.gone, self.lacking = Rows(), Rows(), Label("", "muted")
        self.days = Label("", "muted")
        self.nothing = EmptyState(
            lambda: tr("Nothing to type yet"),
            lambda: tr("What is recorded and agreed of the client comes here."),
            picture="list-checks",
        )
        self.on = DateEdit(year=self.session.today().year)
        self.entered = secondary(lambda: tr("Everything has been typed"), "check", act=self._record)
        self.back = link(lambda: tr("Take back the latest"), "undo-2", act=self._take_back)
        self.language = Combo((("fi", "suomi"), ("sv", "svenska"), ("en", "English")))
        self.language.set_value(screen_language())
        self.paper = secondary(lambda: tr("Make the paper"), "file-text", act=self._make)
        self._lay_out()

    def reload(self) -> None:
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        self._read()
        super().showEvent(event)

    def _read(self) -> None:
        shown = self.shown = ura.summary(self.session, self.client)
        if self._built != (shown, screen_language()):
            self._built = (shown, screen_language())
            self._build(shown, screen_language())

    def _build(self, shown: Summary, language: str) -> None:
        self.state.say(lambda: _state(shown))
        self.rows.show_rows([*(self._row(line) for line in shown.lines), *(self._text(p) for p in shown.plans)])
        self.nothing.setVisible(not shown.lines)
        self.entered.setEnabled(bool(shown.lines) or bool(shown.gone))
        self.older.setVisible(shown.older > 0)
        self.older.say(lambda: trn("{n} older thing is not offered.", "{n} older things are not offered.", shown.older))
        self.gone_card.setVisible(bool(shown.gone))
        self.gone.show_rows([Row(told) for told in ura.gone(shown, language)])
        self.lacking.say(lambda: "\n".join(tr(text) for text in shown.lacking))
        typed = ", ".join(day(e.on, language) for e in ura.entered(self.session, self.client))
        self.days.setVisible(bool(typed))
        self.back.setVisible(bool(typed))
        self.days.say(lambda: tr("Entered: {days}", days=typed))

    def _row(self, line: Line) -> QWidget:
        said = ura.told(line, screen_language())
        copies = [self._copy(said.code, f"{said.where} {said.code} {said.official}")] if said.code else []
        copies += [self._copy(code, f"{said.where} {code} {name}") for code, name in said.also]
        copies += [self._copy(typed, f"{said.where} {in_words}") for in_words, typed in said.days]
        if not said.code:
            copies.insert(0, self._copy(said.official, f"{said.where} {said.official}", lambda: tr("Name")))
        aside = [*_news(said), *copies]
        return Row(said.official, _below(said), lead=said.code or "–", aside=aside, least=MANY_COPIES)

    def _text(self, plan: Plan) -> QWidget:
        text = ura.plan_text(plan)
        name = ura.plan_name(plan, screen_language())
        title = partial(tr, "What was agreed: {plan}", plan=name)
        if not text:
            return Row(title, lambda: tr("The text of this plan is not in this program."))
        copy = secondary(lambda: tr("Copy the text"), "copy", act=lambda: self._put(text, name))
        copy.setAccessibleDescription(name)
        return Row(title, text, aside=[copy])

    def _copy(self, value: str, what: str, words: Say = "") -> Button:
        """A button that says what it copies; `words` where that is too long for a button."""
        made = Button(
            words or value,
            kind="secondary",
            picture="copy",
            name=lambda: tr("Copy: {what}", what=what),
            act=lambda: self._put(value, value),
        )
        made.setToolTip(tr("Copy: {what}", what=what))
        return made

    def _put(self, value: str, what: str) -> None:
        QGuiApplication.clipboard().setMimeData(concealed(value))
        seconds = KEPT_MS // 1000
        self.page.show_notice(
            lambda: tr("Copied: {what}. It leaves the clipboard in {n} seconds.", what=what, n=seconds)
        )

    def _record(self) -> None:
        seen = self.shown
        if seen is None:
            return
        done = self.do(lambda: ura.record(self.session, self.client, seen, on=self.on.read()))
        if done is not None:
            self.on.clear()
            self.page.undo_offered.emit(
                tr("Recorded. What changes from now on is pointed out here."), partial(self._void, done.made)
            )

    def _take_back(self) -> None:
        """What was recorded by mistake, however long ago."""
        last = None if self.shown is None else self.shown.last
        if last is not None:
            self._void(last.id)

    def _void(self, entry: str) -> None:
        if self.do(lambda: ura.take_back(self.session, self.client, entry)) is not None:
            self.page.show_notice(lambda: tr("Taken back. It does not count as typed."))

    def _make(self) -> None:
        """Read here, draw in the worker; the paper is printed from among the documents."""
        try:
            ready = ura.paper(self.session, self.client, self.language.value())
        except UserError as error:
            self.page.show_error(error)
            return

        def keep(pdf: bytes) -> None:
            if self.do(lambda: ura.keep(self.session, self.client, ready, pdf)) is not None:
                self.page.show_notice(lambda: tr("The summary is among the documents."))

        tasks.run(self, lambda: ura.make(ready), keep, self.page.show_error)

    def _lay_out(self) -> None:
        typed = Card(lambda: tr("For the national system (URA)"))
        typed.add(
            Label(
                lambda: tr(
                    "Only what is confirmed, in the codes of the national system. Nothing is sent: copy each piece "
                    "and type it there, then record the day here."
                ),
                "muted",
            )
        )
        source = Label(lambda: ura.source(screen_language()), "small")
        for widget in (self.state, self.rows, self.nothing, self.older, source):
            typed.add(widget)
        self.gone_card = Card(lambda: tr("Entered earlier, holds no more"))
        self.gone_card.add(self.gone)
        left = Card(lambda: tr("Left out"))
        left.add(self.lacking)
        self.body.addWidget(typed)
        for card in (self.gone_card, self._recording(), left):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _recording(self) -> Card:
        made, fields = Card(lambda: tr("When it has been typed")), Columns(least=560)
        fields.add(Field(lambda: tr("Entered on"), self.on, hint=lambda: tr("Empty = today")), 1)
        fields.add(Field(lambda: tr("Language of the paper"), self.language), 1)
        for widget in (self.days, self.back, fields, wrapping(self.entered, self.paper, gap=12)):
            made.add(widget)
        return made


def _state(shown: Summary) -> str:
    if shown.last is None:
        return tr("Not entered yet.")
    on = day(shown.last.on, screen_language())
    if not shown.waits:
        return tr("Entered {day}. Nothing has changed since.", day=on)
    changed = len(shown.gone) + sum(line.news is not News.SAME for line in shown.lines)
    return tr("Entered {day}.", day=on) + " " + trn("{n} change since.", "{n} changes since.", changed)


def _below(said: Told) -> str:
    """Where it is typed, the name in the screen's language, the days and whatever else is known."""
    days = [in_words for in_words, _typed in said.days]
    name = said.name if said.name != said.official else ""
    also = tr("or {codes}", codes=", ".join(f"{code} {name}" for code, name in said.also)) if said.also else ""
    was = tr("was: {before}", before=said.before) if said.before else ""
    return " · ".join(filter(None, (said.where, name, *days, said.more, also, was)))


def _news(said: Told) -> list[QWidget]:
    if said.news is News.NEW:
        return [Chip("plus", lambda: tr("new"), Tone.WARN)]
    if said.news is News.CHANGED:
        return [Chip("refresh-cw", lambda: tr("has changed"), Tone.WARN)]
    return []
