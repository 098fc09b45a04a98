"""Loki: who did what and when in this client's file."""

from __future__ import annotations

from datetime import datetime

from valmentaja.base.clock import HELSINKI
from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.client.tab import Tab
from valmentaja.ui.page import Page
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.usecases import logs
from valmentaja.usecases.logs import LogRow


def _when(row: LogRow) -> str:
    return datetime.fromisoformat(row.at).astimezone(HELSINKI).strftime("%d.%m.%Y %H.%M.%S")


COLUMNS: tuple[Column[LogRow], ...] = (
    Column(title=lambda: tr("When"), text=_when, sort=lambda r: r.seq, width=170),
    Column(title=lambda: tr("What was done"), text=lambda r: r.action, width=150),
    Column(title=lambda: tr("To what"), text=lambda r: f"{r.entity} {r.entity_id}", width=240, stretch=True),
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
