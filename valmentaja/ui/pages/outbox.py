"""Lähtevät: what went out, to whom, when, and what has been picked up."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui import theme
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.page import Page, Place
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import caseload, sending
from valmentaja.usecases.sending import Sent
from valmentaja.usecases.session import Area, Session

FETCHED = N_("The file leaves the outbox when it is fetched. Only a receipt says that it arrived.")


class OutboxPage(Page):
    """Of one client, or of everybody; nothing here is ever written over or taken away."""

    areas = frozenset({Area.DOCUMENT})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        super().__init__(session, hub, about=place.key)
        self.place = place
        self.table: Table[Sent] = Table(_columns(), lambda: tr("Sent papers"))
        self.table.setMinimumHeight(theme.px(340))
        self.add_action(secondary(lambda: tr("Take in a receipt …"), "import", act=self._choose))
        if place.key:
            self.add_back(lambda: tr("Client"), Place(page="client", key=place.key, part="documents"))
        card = Card()
        card.add(Label(lambda: tr(FETCHED), "muted"))
        card.add(self.table)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def reload(self) -> None:
        name = caseload.client(self.session, self.place.key).name if self.place.key else ""
        self.say_title(lambda: tr("Sent papers"), name)
        self.table.show_rows(sending.sent(self.session, self.place.key or None))

    def take_in(self, path: Path) -> None:
        """A receipt that came back."""
        if perform(self, self.hub, lambda: sending.take_receipt(self.session, path)) is not None:
            self.show_notice(lambda: tr("The receipt was kept."))

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, tr("Receipt"), "", "JSON (*.json)")
        if chosen:
            self.take_in(Path(chosen))


def _columns() -> tuple[Column[Sent], ...]:
    return (
        Column(title=lambda: tr("Sent"), text=lambda s: _day(s.sending.at), sort=lambda s: s.sending.at, width=110),
        Column(title=lambda: tr("Paper"), text=lambda s: s.title, width=260, stretch=True),
        Column(title=lambda: tr("To whom"), text=lambda s: s.to or tr("The client"), width=170),
        Column(title=lambda: tr("File"), text=lambda s: s.sending.file_name, width=240, priority=1),
        Column(title=lambda: tr("Picked up"), text=_state, width=150),
    )


def _state(row: Sent) -> str:
    if row.sending.picked_up is not None:
        return tr("receipt {day}", day=_day(row.sending.picked_up))
    return tr("in the outbox") if row.there else tr("no longer in the outbox")


def _day(stamp: str) -> str:
    return day(datetime.fromisoformat(stamp).astimezone(HELSINKI).date(), screen_language())
