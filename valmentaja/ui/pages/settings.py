"""Asetukset: one tab a subject; every change works at once."""

from __future__ import annotations

from valmentaja.i18n import tr
from valmentaja.ui.hub import Hub
from valmentaja.ui.page import Page, Place
from valmentaja.ui.settings.backups import BackupsTab
from valmentaja.ui.settings.general import GeneralTab
from valmentaja.ui.settings.handover import HandoverTab
from valmentaja.ui.settings.instruments import InstrumentsTab
from valmentaja.ui.settings.keys import KeysTab
from valmentaja.ui.settings.lock import LockTab
from valmentaja.ui.settings.log import LogTab
from valmentaja.ui.settings.retention import RetentionTab
from valmentaja.ui.settings.rules import RulesTab
from valmentaja.ui.tab import TabKind, Tabs
from valmentaja.usecases.session import Session

TABS: tuple[TabKind, ...] = (
    ("general", GeneralTab, lambda: tr("General")),
    ("backups", BackupsTab, lambda: tr("Backups")),
    ("lock", LockTab, lambda: tr("Locking")),
    ("keys", KeysTab, lambda: tr("Keys")),
    ("log", LogTab, lambda: tr("Log")),
    ("retention", RetentionTab, lambda: tr("Retention")),
    ("handover", HandoverTab, lambda: tr("Handover")),
    ("instruments", InstrumentsTab, lambda: tr("Instruments")),
    ("rules", RulesTab, lambda: tr("Rules")),
)


class SettingsPage(Page):
    """`place.part` names the tab that is shown first."""

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        super().__init__(session, hub)
        self.place = place
        self.say_title(lambda: tr("Settings"))
        self.tabs = Tabs(self, TABS, part=place.part, name=lambda: tr("Parts of the settings"))
        self.body.addWidget(self.tabs)
        self.body.addStretch(1)

    def reload(self) -> None:
        self.tabs.reload()

    def retranslate(self) -> None:
        self.tabs.retranslate()

    def part(self) -> str:
        return self.tabs.part

    def leave(self) -> bool:
        return self.tabs.leave()
