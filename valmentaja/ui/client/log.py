"""Loki: who did what and when in this client's file."""

from __future__ import annotations

from valmentaja.i18n import tr
from valmentaja.ui.log_table import LogView
from valmentaja.ui.page import Page
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.card import Card


class LogTab(Tab):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        card = Card(lambda: tr("Log"))
        self.view = LogView(page, client=self.client)
        card.add(self.view)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def reload(self) -> None:
        self.view.reload()
