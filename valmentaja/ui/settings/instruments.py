"""Mittarit: which instruments this vault knows, and the municipality's own from a file."""

from __future__ import annotations

from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.page import Page
from valmentaja.ui.settings.file_line import FileLine
from valmentaja.ui.speech import said
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import ORIGINS
from valmentaja.usecases import instruments
from valmentaja.usecases.instruments import Listed


class InstrumentsTab(Tab):
    """A file is checked before anything is kept; what is kept never changes."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.rows, self.file = Rows(), FileLine(self.add_file)
        self.body.addWidget(self._listed())
        self.body.addWidget(self._adding())
        self.body.addStretch(1)

    def reload(self) -> None:
        self.rows.show_rows([_row(listed) for listed in instruments.listed(self.session)])

    def add_file(self) -> None:
        """Keep the instrument of the file, or say what is wrong with it and where."""
        path = self.file.path()
        if self.do(lambda: instruments.add_own(self.session, path)) is not None:
            self.file.clear()
            self.page.show_notice(lambda: tr("The instrument is here. New assessments can use it."))

    def _listed(self) -> Card:
        card = Card(lambda: tr("Instruments"))
        card.add(
            Label(
                lambda: tr("An assessment keeps the version it was begun with, even when a newer one comes."), "muted"
            )
        )
        card.add(self.rows)
        return card

    def _adding(self) -> Card:
        card = Card(lambda: tr("Your own instrument"))
        card.add(
            Label(
                lambda: tr(
                    "A municipality can write its own instrument as a text file. docs/instruments.md shows how."
                ),
                "muted",
            )
        )
        card.add(Field(lambda: tr("The instrument's file"), self.file.line, hint=lambda: tr("Ends with .toml.")))
        card.add(self.file.buttons(lambda: tr("Check and add")))
        return card


def _row(listed: Listed) -> Row:
    held, language = listed.instrument, screen_language()
    counted = trn("{n} question", "{n} questions", len(held.items))
    about = f"{counted} · {said(ORIGINS[listed.origin])}"
    aside = [] if listed.offered else [Chip("history", lambda: tr("replaced by a newer version"), Tone.NEUTRAL)]
    return Row(f"{held.name.in_(language)} {held.version}", about, aside=aside)
