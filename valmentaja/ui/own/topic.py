"""One topic of the own figures: how it went, its figures in the month, and who is behind the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal

from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.own.words import ABOUT, TOPICS, figure_words
from valmentaja.ui.speech import said
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.picture import PictureWithTable
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import own_pictures
from valmentaja.usecases.own_figures import Behind, Detail, Figure

FEWEST_ROWS = 6
"""A longer table is scrolled within itself, so that the page stays short."""


class CourseCard(Card):
    """The topic over months."""

    def __init__(self) -> None:
        super().__init__("")
        self.about = Label("", "muted")
        self.picture = PictureWithTable(side_by_side=False, most_rows=FEWEST_ROWS)
        self.add(self.about)
        self.add(self.picture)

    def show_detail(self, held: Detail) -> None:
        self.title.say(TOPICS[held.topic])
        self.title.show()
        self.about.say(ABOUT[held.topic])
        self.picture.show_picture(own_pictures.over_months(held, said(TOPICS[held.topic]), screen_language()))


class SpreadCard(Card):
    """The people of the month spread over what they can be; not every topic has such a picture."""

    def __init__(self) -> None:
        super().__init__(lambda: tr("Spread"))
        self.picture = PictureWithTable()
        self.add(self.picture)

    def show_detail(self, held: Detail) -> None:
        title = tr("Spread") + ": " + said(TOPICS[held.topic])
        picture = own_pictures.spread(held, title, screen_language())
        self.setVisible(picture is not None)
        if picture is not None:
            self.picture.show_picture(picture)


class FiguresCard(Card):
    """The figures that count somebody; Enter or the button asks who."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(lambda: tr("Figures of the month"))
        self.table: Table[Figure] = Table(_figure_columns(), lambda: tr("Figures of the month"), sortable=False)
        self.table.opened.connect(self.asked)
        self.without = Label("", "small")
        self.who = secondary(lambda: tr("Who is behind this figure"), "users", act=self._ask)
        for widget in (self.table, self.without, self.who):
            self.add(widget)

    def show_detail(self, held: Detail) -> None:
        shown = [figure for figure in held.figures if figure.people]
        empty = len(held.figures) - len(shown)
        self.table.show_rows(shown)
        self.table.setVisible(bool(shown))
        self.who.setVisible(bool(shown))
        _heighten(self.table, len(shown))
        self.without.say(lambda: trn("{n} figure has nobody.", "{n} figures have nobody.", empty) if empty else "")
        self.without.setVisible(bool(empty))

    def _ask(self) -> None:
        figure = self.table.current()
        if figure is not None:
            self.asked.emit(figure)


class BehindCard(Card):
    """Those whom a figure counts; Enter opens the client."""

    def __init__(self) -> None:
        super().__init__(lambda: tr("Who is behind it"))
        self.figure = Label("", "strong")
        self.hint = Label("", "muted")
        self.table: Table[Behind] = Table(_behind_columns(), lambda: tr("Who is behind it"))
        for widget in (self.figure, self.hint, self.table):
            self.add(widget)
        self.forget()

    def forget(self) -> None:
        """No names stay on the screen when another figure is looked at."""
        self.table.show_rows(())
        self.table.hide()
        self.figure.hide()
        self.hint.say(lambda: tr("Choose a figure and press Enter. The look is written in the log."))

    def show_people(self, figure: Figure, people: Sequence[Behind]) -> None:
        self.figure.say(lambda: figure_words(figure))
        self.figure.show()
        self.hint.say(lambda: tr("Enter opens the client.") if people else tr("Nobody is behind this figure now."))
        self.table.show_rows(people)
        self.table.setVisible(bool(people))
        _heighten(self.table, len(people))
        if people:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _heighten(table: Table[Any], rows: int) -> None:
    table.setMinimumHeight(table.verticalHeader().defaultSectionSize() * (min(rows, FEWEST_ROWS) + 1) + 8)


def _figure_columns() -> tuple[Column[Figure], ...]:
    return (
        Column(title=lambda: tr("Figure"), text=figure_words, stretch=True, width=260),
        Column(title=lambda: tr("People"), text=lambda f: str(f.count), number=True, strong=True, width=90),
    )


def _behind_columns() -> tuple[Column[Behind], ...]:
    return (
        Column(title=lambda: tr("Client"), text=lambda b: b.name, strong=True, stretch=True, width=200),
        Column(title=lambda: tr("Number"), text=lambda b: b.client, width=110, priority=1),
    )
