"""Lukitus: after how long the vault locks, and what else locks it."""

from __future__ import annotations

from valmentaja.domain.locking import MINUTES
from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.page import Page
from valmentaja.ui.speech import Say
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import settings

LOCKS: tuple[Say, ...] = (
    lambda: tr("Nobody has used the program for the time above. A minute before, it tells you; any key keeps it open."),
    lambda: tr("The computer locks its screen, or goes to sleep."),
    lambda: tr("You press Ctrl+L."),
    lambda: tr("Closing the lid does not lock by itself: you may be working on another screen."),
)


class LockTab(Tab):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.minutes = Combo([(str(n), f"{n} min") for n in MINUTES])
        self.minutes.setMaximumWidth(theme.px(160))
        self.minutes.chosen.connect(self._keep)
        when = Card(lambda: tr("In this vault"))
        when.add(Field(lambda: tr("Locks when idle for"), self.minutes))
        what = Card(lambda: tr("What locks the vault"))
        for sentence in LOCKS:
            what.add(Label(sentence))
        then = Card(lambda: tr("What happens then"))
        then.add(Label(lambda: tr("What you have typed is stored. Every window closes and the key leaves the memory.")))
        then.add(Label(lambda: tr("After unlocking you are where you were, with what you had begun to write.")))
        copied = Card(lambda: tr("Copied texts"))
        copied.add(Label(lambda: tr("What you copy leaves the clipboard after ten seconds, and when the vault locks.")))
        for card in (when, what, then, copied):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def reload(self) -> None:
        self.minutes.set_value(str(settings.lock_minutes(self.session)))

    def _keep(self, minutes: str) -> None:
        self.do(lambda: settings.set_lock_minutes(self.session, int(minutes)))
