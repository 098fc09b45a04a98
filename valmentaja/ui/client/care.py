"""Vastuuvalmentaja ja sijainen: who answers for the client, and the way to hand the client over."""

from __future__ import annotations

from valmentaja.i18n import tr
from valmentaja.ui.page import Place
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import link
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Field, Line
from valmentaja.ui.widgets.flow import Columns
from valmentaja.usecases import handing


class CareCard(Card):
    """Names as they are typed; a client who was handed over is shown and not edited."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("Who answers for the client"))
        self.tab = tab
        self.owner, self.substitute = Line(), Line()
        row = Columns(least=640)
        row.add(Field(lambda: tr("Responsible coach"), self.owner))
        row.add(Field(lambda: tr("Substitute"), self.substitute))
        self.add(row)
        for line in (self.owner, self.substitute):
            line.settled.connect(lambda _text: self._keep())
        self.give = link(lambda: tr("Hand the client over …"), "send", act=self._give)
        self.add(self.give)

    def reload(self) -> None:
        held = handing.care(self.tab.session, self.tab.client)
        self.owner.show_text(held.owner)
        self.substitute.show_text(held.substitute)
        here = self.is_here
        for line in (self.owner, self.substitute):
            line.setReadOnly(not here)
        self.give.setVisible(here)

    @property
    def is_here(self) -> bool:
        """False for a client who was handed over."""
        return handing.care(self.tab.session, self.tab.client).handed_over is None

    def settle(self) -> None:
        self.owner.settle()
        self.substitute.settle()

    def _keep(self) -> None:
        session, client = self.tab.session, self.tab.client
        owner, substitute = self.owner.text(), self.substitute.text()
        self.tab.do(lambda: handing.keep_care(session, client, owner=owner, substitute=substitute))

    def _give(self) -> None:
        self.tab.page.go.emit(Place(page="settings", key=self.tab.client, part="handover"))
