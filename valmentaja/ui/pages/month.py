"""Kuukausi: choose the month, see exact and protected figures side by side, write the package."""

from __future__ import annotations

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.indicators.month import PublishedRow
from valmentaja.ui import theme
from valmentaja.ui.hub import Hub
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page, Place
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import monthly
from valmentaja.usecases.monthly import MonthPreview
from valmentaja.usecases.session import Area, Session


class MonthPage(Page):
    """Nothing is suppressed silently: each row says why the two figures differ."""

    areas = frozenset({Area.CLIENT, Area.SERVICE, Area.MONTH})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        super().__init__(session, hub)
        self.place = place
        self.preview: MonthPreview | None = None
        self.period = Combo([(m, m) for m in monthly.months(session)])
        self.period.chosen.connect(lambda _month: self.refresh())
        self.state = Label("", "muted")
        self.table: Table[PublishedRow] = Table(self._columns(), lambda: tr("Figures of the month"))
        self.table.setMinimumHeight(theme.px(340))
        self.say_title(lambda: tr("Month"), lambda: tr("What leaves is the right column; the exact figures stay here."))
        self.add_action(
            secondary(lambda: tr("Reports"), "chart-column", act=lambda: self.go.emit(Place(page="reports")))
        )
        self.add_action(primary(lambda: tr("Write the package"), "send", act=self.write))
        card = Card()
        card.add(Field(lambda: tr("Month"), self.period))
        card.add(self.state)
        card.add(self.table)
        card.add(
            Label(
                lambda: tr("A published figure differs from the exact one by at most 8. 1 and 2 never appear."), "muted"
            )
        )
        self.body.addWidget(card)
        self.body.addStretch(1)

    def first_focus(self) -> Combo:
        return self.period

    def reload(self) -> None:
        try:
            self.preview = monthly.preview(self.session, self.period.value())
        except UserError as error:
            self.show_error(error)
            return
        self.table.show_rows(self.preview.rows)
        self.state.say(self._state)

    def write(self) -> None:
        """Seal and write; a sealed month is written again as it is."""
        send(self, self._send)

    def _send(self) -> None:
        path = monthly.write(self.session, self.period.value())
        key = monthly.write_public_key(self.session)
        self.refresh()
        text = tr("Written: {file}. The centre needs this key once: {key}", file=str(path), key=str(key))
        self.show_notice(text, Tone.OK)

    def _state(self) -> str:
        shown = self.preview
        if shown is None:
            return ""
        if not shown.sealed_at:
            return tr("Not sealed yet. File: {file}", file=shown.file_name)
        if shown.changes:
            return tr("Sealed. {n} exact figures have changed since; the file stays the same.", n=len(shown.changes))
        return tr("Sealed. Writing it again gives the same file.")

    def _columns(self) -> tuple[Column[PublishedRow], ...]:
        return (
            Column(title=lambda: tr("Figure"), text=self._title, width=300, stretch=True),
            Column(
                title=lambda: tr("Exact"), text=lambda r: str(r.exact), sort=lambda r: r.exact, number=True, width=90
            ),
            Column(
                title=lambda: tr("Published"),
                text=lambda r: "–" if r.published is None else str(r.published),
                sort=lambda r: -1 if r.published is None else r.published,
                number=True,
                strong=True,
                width=110,
            ),
            Column(title=lambda: tr("Why"), text=lambda r: tr(r.reason), width=310, priority=1),
        )

    def _title(self, row: PublishedRow) -> str:
        if self.preview is None:
            return row.key.indicator
        return f"{row.key.indicator}  {self.preview.definitions.title(row.key).in_(screen_language())}"
