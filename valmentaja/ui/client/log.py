"""Loki: who did what and when in this client's file."""

from __future__ import annotations

from datetime import datetime

from valmentaja.base.clock import HELSINKI
from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.page import Page
from valmentaja.ui.speech import Say, said
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.usecases import logs
from valmentaja.usecases.logs import LogRow

ACTIONS: dict[str, Say] = {
    "take on": lambda: tr("taken on"),
    "edit": lambda: tr("changed"),
    "import": lambda: tr("imported"),
    "open": lambda: tr("opened"),
    "record": lambda: tr("recorded"),
    "book": lambda: tr("booked"),
    "start": lambda: tr("started"),
    "note": lambda: tr("noted"),
    "end": lambda: tr("ended"),
    "answer": lambda: tr("answered"),
    "close": lambda: tr("closed"),
    "draft": lambda: tr("begun"),
    "add": lambda: tr("added"),
    "remove": lambda: tr("removed"),
    "order": lambda: tr("moved"),
    "freeze": lambda: tr("frozen"),
    "sign": lambda: tr("signed by the client"),
    "review": lambda: tr("reviewed"),
    "mark": lambda: tr("marked"),
    "signature ink": lambda: tr("signed with a pen"),
    "signature paper": lambda: tr("signed on paper"),
    "signature refused": lambda: tr("does not want to sign"),
    "signature pending": lambda: tr("waiting"),
    "store": lambda: tr("stored"),
    "show": lambda: tr("shown"),
    "export": lambda: tr("exported"),
    "find": lambda: tr("shown among what was found"),
}
ENTITIES: dict[str, Say] = {
    "client": lambda: tr("client's file"),
    "labour_status": lambda: tr("situation"),
    "benefit_reading": lambda: tr("benefit days"),
    "service_period": lambda: tr("service"),
    "meeting": lambda: tr("meeting"),
    "assessment": lambda: tr("assessment"),
    "plan": lambda: tr("plan"),
    "plan_field": lambda: tr("text of the plan"),
    "plan_goal": lambda: tr("goal"),
    "plan_step": lambda: tr("step"),
    "signature": lambda: tr("signature"),
    "document": lambda: tr("document"),
    "search_text": lambda: tr("words of a note"),
}


def _when(row: LogRow) -> str:
    return datetime.fromisoformat(row.at).astimezone(HELSINKI).strftime("%d.%m.%Y %H.%M.%S")


COLUMNS: tuple[Column[LogRow], ...] = (
    Column(title=lambda: tr("When"), text=_when, sort=lambda r: r.seq, width=170),
    Column(title=lambda: tr("What was done"), text=lambda r: said(ACTIONS.get(r.action, r.action)), width=220),
    Column(
        title=lambda: tr("To what"),
        text=lambda r: said(ENTITIES.get(r.entity, r.entity)),
        tip=lambda r: r.entity_id,
        width=240,
        stretch=True,
    ),
    Column(title=lambda: tr("Rows"), text=lambda r: str(r.rows), number=True, width=70, priority=1),
)


class LogTab(Tab):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        card = Card(lambda: tr("Log"))
        self.table = Table(COLUMNS, lambda: tr("Log"), sortable=False)
        self.table.setMinimumHeight(theme.px(360))
        card.add(self.table)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def reload(self) -> None:
        self.table.show_rows(logs.entries(self.session, client_id=self.client))
