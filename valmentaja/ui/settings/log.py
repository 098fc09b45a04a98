"""Loki: the whole vault's log, and whether it is whole."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import moment_of
from valmentaja.ui import tasks
from valmentaja.ui.log_table import LogView
from valmentaja.ui.page import Page
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.progress import Busy
from valmentaja.ui.widgets.rows import Point
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import logs
from valmentaja.usecases.logs import Break, LogCheck, Sentence


class LogTab(Tab):
    """Who did what and when in this vault; the check runs in the worker."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.view = LogView(page)
        self.code, self.busy, self.result = QLineEdit(), Busy(), Card()
        self.button = secondary(lambda: tr("Check the log"), "shield-check", act=self.check)
        self.code.returnPressed.connect(self.check)
        self._lay_out()

    def reload(self) -> None:
        self.view.reload()

    def check(self) -> None:
        """Read the log here, judge it in the worker."""
        try:
            job = logs.check_job(self.session)
        except UserError as error:
            self.page.show_error(error)
            return
        codes = (self.code.text(),) if self.code.text().strip() else ()
        self.button.setEnabled(False)
        self.busy.start(lambda: tr("Checking the log …"))
        tasks.run(self, lambda: logs.check(job, codes), self._checked, self._failed)

    def _checked(self, found: LogCheck) -> None:
        self._rest()
        self.code.clear()
        self.page.clear_message()
        self.result.clear()
        for point in points(found):
            self.result.add(point)
        self.result.show()
        self.view.reload()

    def _failed(self, error: UserError) -> None:
        self._rest()
        self.page.show_error(error)

    def _rest(self) -> None:
        self.busy.stop()
        self.button.setEnabled(True)

    def _lay_out(self) -> None:
        check = Card(lambda: tr("Is the log whole?"))
        check.add(
            Label(
                lambda: tr(
                    "The check finds entries that were changed, removed or added with another tool. "
                    "With the recovery code it also finds a log that was written anew."
                ),
                "muted",
            )
        )
        check.add(Field(lambda: tr("Recovery code, if you have it at hand"), self.code))
        for widget in (self.button, self.busy, self.result):
            check.add(widget)
        self.result.hide()
        entries = Card(lambda: tr("Log"))
        entries.add(self.view)
        for card in (check, entries):
            self.body.addWidget(card)
        self.body.addStretch(1)


def points(found: LogCheck) -> list[Point]:
    """The result in words: whole or broken where, what to ask about, what was not checked."""
    made = [_broken(each) for each in found.breaks] or [_whole(found)]
    made += [_foreign(at) for _seq, at in found.foreign]
    made += [_gone_on(at) for _seq, at in found.accepted]
    made += [_unchecked(each) for each in found.unchecked]
    return made


def _whole(found: LogCheck) -> Point:
    return Point(
        "circle-check",
        "ok",
        lambda: (
            tr("Nothing wrong was found.")
            + " "
            + trn("{n} entry", "{n} entries", found.entries)
            + ", "
            + f"{moment_of(found.first_at, screen_language())} – {moment_of(found.last_at, screen_language())}"
        ),
    )


def _broken(broken: Break) -> Point:
    def words() -> str:
        when = f"{moment_of(broken.at, screen_language())}: " if broken.at else ""
        return when + tr(broken.text, **dict(broken.values))

    return Point("circle-x", "late", words)


def _foreign(at: str) -> Point:
    when = moment_of(at, screen_language())
    return Point("triangle-alert", "warn", lambda: tr("{when}: rows were changed with another tool", when=when))


def _gone_on(at: str) -> Point:
    when = moment_of(at, screen_language())
    return Point("triangle-alert", "warn", lambda: tr("{when}: an older copy was gone on with", when=when))


def _unchecked(sentence: Sentence) -> Point:
    text, values = sentence
    return Point("info", "muted", lambda: tr(text, **dict(values)))
