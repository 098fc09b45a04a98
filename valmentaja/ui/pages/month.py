"""Kuukausi in three steps: choose the month, look at exact and published figures side by side, write the package."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from valmentaja.base.errors import UserError
from valmentaja.definitions.indicators import RowKey
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import moment_of
from valmentaja.ui import tasks
from valmentaja.ui.hub import Hub
from valmentaja.ui.month.figures import Figures
from valmentaja.ui.month.leaving import WhatIsOdd, WhatLeaves
from valmentaja.ui.month.paper import MonthSummary
from valmentaja.ui.month.ratios import Ratios
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page, Place
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import month_words
from valmentaja.usecases import month_view, monthly
from valmentaja.usecases.month_view import OddRecord
from valmentaja.usecases.monthly import Correction, MonthPreview
from valmentaja.usecases.session import Area, Session

PERIOD, PREVIEW, WRITE = "period", "preview", "write"
STEPS = (PERIOD, PREVIEW, WRITE)


class MonthPage(Page):
    """The place's key is the month, its part the step. Only the preview looks at exact figures, and that is logged."""

    areas = frozenset({Area.CLIENT, Area.SERVICE, Area.MONTH, Area.SETTING})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        super().__init__(session, hub)
        self.place, self.step = place, place.part if place.part in STEPS else PERIOD
        self.preview: MonthPreview | None = None
        self.correcting = self._has_offers = False
        self.period = Combo([(m, partial(month_words, m)) for m in monthly.months(session)])
        self.period.set_value(place.key)
        self.period.chosen.connect(lambda _month: self._take(self.period.value(), PERIOD))
        self.state, self.offers = Label("", "muted"), Rows()
        self.leaves, self.odd = WhatLeaves(), WhatIsOdd(self._open)
        self.ratios, self.figures = Ratios(), Figures(self._names)
        self.summary = MonthSummary(self)
        self.say_title(self._heading, self._below_heading)
        self.reports = secondary(lambda: tr("Reports"), "chart-column", act=lambda: self.go.emit(Place(page="reports")))
        self.own = secondary(lambda: tr("Own figures"), "users", act=lambda: self.go.emit(Place(page="own")))
        self.before = secondary(lambda: tr("Back"), "chevron-left", act=self.step_back)
        self.again = secondary(lambda: tr("Write the same file again"), act=lambda: send(self, self._send))
        self.next = primary("", act=self.forward)
        for button in (self.own, self.reports, self.before, self.again, self.next):
            self.add_action(button)
        self._lay_out()

    def first_focus(self) -> QWidget:
        return self.period if self.step == PERIOD else self.next

    def chosen_key(self) -> str:
        return self.period.value()

    def part(self) -> str:
        return self.step

    def reload(self) -> None:
        try:
            self._read()
        except UserError as error:
            self.step, self.correcting, self.preview = PERIOD, False, None
            self.show_error(error)
        self._show_step()

    def forward(self) -> None:
        """To the preview, to writing, then write; from a month that is written back to the choice."""
        self.clear_message()
        if self._is_done():
            self._turn(-STEPS.index(WRITE))
        elif self.step == WRITE:
            send(self, self._send)
        else:
            self._turn(1)

    def step_back(self) -> bool:
        if self.step == PERIOD:
            return False
        self.clear_message()
        self._turn(-1)
        return True

    def correct(self, period: str) -> None:
        """Look at what the next revision of a month would be."""
        self.period.set_value(period)
        self._take(period, PREVIEW, correcting=True)

    def _take(self, period: str, step: str, *, correcting: bool = False) -> None:
        self.place, self.step, self.correcting = Place(page="month", key=period, part=step), step, correcting
        self.clear_message()
        self.refresh()

    def _turn(self, by: int) -> None:
        self.step = STEPS[STEPS.index(self.step) + by]
        self.correcting = self.correcting and self.step != PERIOD
        self.refresh()

    def _read(self) -> None:
        period = self.period.value()
        if self.step == PERIOD:
            self.preview = None
            search = monthly.correction_search(self.session)
            tasks.run(self, lambda: monthly.find_corrections(search), self._offer, self.show_error)
        elif self.step == PREVIEW or self.preview is None:
            look = monthly.preview_correction if self.correcting else monthly.preview
            self.preview = look(self.session, period)
            self.figures.show_preview(self.preview)
            self.ratios.show_preview(self.preview)
            self.odd.show_records(month_view.odd_records(self.session, period))
        if self.preview is not None:
            self.leaves.show_preview(self.preview)
        written = bool(monthly.sealed_at(self.session, period))
        self.summary.show_month(period, written=written and not self.correcting)
        self.state.say(self._state)

    def _is_done(self) -> bool:
        """Whether the last step has nothing more to write."""
        written = bool(monthly.sealed_at(self.session, self.period.value()))
        return self.step == WRITE and written and not self.correcting

    def _offer(self, found: tuple[Correction, ...]) -> None:
        self._has_offers = bool(found)
        self.offered.setVisible(self._has_offers and self.step == PERIOD)
        self.offers.show_rows([self._offer_row(c) for c in found])

    def _offer_row(self, offer: Correction) -> Row:
        button = secondary(lambda: tr("Show the correction"), act=lambda: self.correct(offer.period))
        button.setAccessibleName(tr("Show the correction") + " " + month_words(offer.period))
        below = trn("{n} row has changed", "{n} rows have changed", len(offer.changes))
        return Row(month_words(offer.period), below + " · " + tr("revision {n}", n=offer.revision), aside=(button,))

    def _send(self) -> None:
        period, again = self.period.value(), self.preview is not None and bool(self.preview.sealed_at)
        write = monthly.write_correction if self.correcting else monthly.write
        path = write(self.session, period)
        key = monthly.write_public_key(self.session)
        self.correcting, self.preview = False, None
        self.refresh()
        self.show_notice(lambda: _written(path, key, again=again), Tone.OK)

    def _state(self) -> str:
        sealed_at = monthly.sealed_at(self.session, self.period.value())
        if self.correcting:
            return tr("This correction replaces what went out before.")
        if not sealed_at:
            return tr("Not written yet.")
        said = tr(
            "Written {moment}. Writing it again gives the same file.", moment=moment_of(sealed_at, screen_language())
        )
        shown = self.preview
        if shown is None or not shown.changes:
            return said
        more = trn("{n} row reads otherwise now.", "{n} rows read otherwise now.", len(shown.changes))
        return " ".join(filter(None, (said, more, tr(shown.refusal) if shown.refusal else "")))

    def _names(self, key: RowKey) -> tuple[str, ...]:
        return month_view.behind(self.session, self.period.value(), key)

    def _open(self, record: OddRecord) -> None:
        self.go.emit(Place(page="client", key=record.client, part="services"))

    def _show_step(self) -> None:
        self.offered.setVisible(self.step == PERIOD and self._has_offers)
        self.choice.setVisible(self.step == PERIOD)
        self.leaves.setVisible(self.step != PERIOD)
        self.odd.setVisible(self.step == PREVIEW)
        for card in (self.ratios, self.figures):
            card.setVisible(self.step == PREVIEW)
        self.summary.setVisible(self.step == WRITE)
        self.summary.viewer.setVisible(self.step == WRITE and self.summary.viewer.isVisibleTo(self))
        self.before.setVisible(self.step != PERIOD)
        for button in (self.own, self.reports):
            button.setVisible(self.step == PERIOD)
        done = self._is_done()
        self.again.setVisible(done)
        self.next.set_picture("calendar" if done else "send" if self.step == WRITE else "chevron-right")
        self.next.say(self._next_words)
        self.say_title(self._heading, self._below_heading)

    def _heading(self) -> str:
        if self.step == PERIOD:
            return tr("Month")
        name = month_words(self.period.value())
        return name[:1].upper() + name[1:]

    def _below_heading(self) -> str:
        if self.step == PERIOD:
            return tr("Choose a month that is over.")
        if self.step == PREVIEW:
            return tr("What leaves is the right column; the exact figures stay here.")
        return tr("The exact figures stay here; only protected figures are written.")

    def _next_words(self) -> str:
        if self.step == PERIOD:
            return tr("Show the preview")
        if self.step == PREVIEW:
            return tr("Go on to writing")
        if self._is_done():
            return tr("Choose another month")
        return tr("Write the correction") if self.correcting else tr("Write the package")

    def _lay_out(self) -> None:
        chosen = Card()
        self.choice = Field(lambda: tr("Month"), self.period)
        chosen.add(self.choice)
        chosen.add(self.state)
        self.offered = Card(lambda: tr("Changed since they were written"))
        self.offered.add(Label(lambda: tr("Something was recorded later. Begin with the oldest month."), "muted"))
        self.offered.add(self.offers)
        above = Columns(least=900)
        above.add(self.leaves)
        above.add(self.odd)
        above.add(self.summary)
        for widget in (chosen, self.offered, above, self.summary.viewer, self.ratios, self.figures):
            self.body.addWidget(widget)
        self.body.addStretch(1)


def _written(path: Path, key: Path, *, again: bool) -> str:
    text = tr("Written: {file}. The centre needs this key once: {key}", file=str(path), key=str(key))
    return text + " " + tr("It is the same file as before.") if again else text
