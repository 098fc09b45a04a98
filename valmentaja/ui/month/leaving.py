"""What leaves with a month and what never does, what is odd in the records, and what a figure gives away."""

from __future__ import annotations

from collections.abc import Callable

from valmentaja.base.errors import N_
from valmentaja.i18n import tr, trn
from valmentaja.indicators.oddities import Oddity
from valmentaja.ui import theme
from valmentaja.ui.speech import Say, said
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.rows import Pairs
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import month_view
from valmentaja.usecases.month_view import OddRecord
from valmentaja.usecases.monthly import MonthPreview

NO_PICTURES = N_("Do not photograph this page or send pictures of it: they would show the exact figures.")
"""On every page that shows exact figures."""
ODDITIES: dict[Oddity, Say] = {
    Oddity.NO_STATUS: lambda: tr("No labour status: counted as unemployed."),
    Oddity.NO_READING: lambda: tr("No reading of benefit days: counted from 0."),
    Oddity.OPEN_SERVICE: lambda: tr("The work has ended, but a service is open."),
    Oddity.LONG_KUNTOUTTAVA: lambda: tr("Rehabilitative work activity for over 24 months."),
}


class WhatLeaves(Card):
    """The file as it would go out."""

    def __init__(self) -> None:
        super().__init__(lambda: tr("What leaves"))
        self.facts, self.guess = Pairs(), Label("")
        self.preview: MonthPreview | None = None
        self.add(self.facts)
        self.add(Label(lambda: tr("Never: names, identity codes, client numbers, exact figures, who is behind them.")))
        self.add(Label(lambda: tr(NO_PICTURES), "warn"))
        self.add(secondary(lambda: tr("What could somebody guess?"), "shield-check", act=self.test))
        self.add(self.guess)

    def show_preview(self, preview: MonthPreview) -> None:
        self.preview = preview
        self.guess.say("")
        self.facts.clear()
        self.facts.add(lambda: tr("File"), preview.file_name)
        self.facts.add(lambda: tr("Contents"), lambda: trn("{n} row", "{n} rows", len(preview.rows)))
        self.facts.add(lambda: tr("Size"), lambda: tr("{n} bytes", n=preview.size))
        self.facts.add(lambda: tr("Key of the unit"), preview.key_id)

    def test(self) -> None:
        self.guess.say(self._words)

    def _words(self) -> str:
        found = None if self.preview is None else month_view.surest_guess(self.preview.rows)
        if found is None:
            return tr("The file has no figures to guess from.")
        return tr(
            "Who sees one figure and knows nothing else guesses best at {published}: the true figure is {count} "
            "with {percent} %. Who knows the other clients may guess better.",
            published=found.published,
            count=found.count,
            percent=round(found.sure * 100),
        )


class WhatIsOdd(Card):
    """It may be true, or something has not been written down; a row opens the client."""

    def __init__(self, opened: Callable[[OddRecord], None]) -> None:
        super().__init__(lambda: tr("Odd in the records"))
        self.state = Label("", "muted")
        columns = (
            Column[OddRecord](title=lambda: tr("Client"), text=lambda r: r.name, strong=True, width=170),
            Column[OddRecord](
                title=lambda: tr("What to look at"),
                text=lambda r: said(ODDITIES[r.oddity]),
                width=240,
                stretch=True,
            ),
        )
        self.table: Table[OddRecord] = Table(columns, lambda: tr("Odd in the records"))
        self.table.setMinimumHeight(theme.px(160))
        self.table.opened.connect(opened)
        self.add(self.state)
        self.add(self.table)

    def show_records(self, records: tuple[OddRecord, ...]) -> None:
        self.table.show_rows(records)
        self.table.setVisible(bool(records))
        self.state.say((lambda: tr("Enter opens the client.")) if records else (lambda: tr("Nothing odd was found.")))
