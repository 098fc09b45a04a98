"""Lukitus: after how long the vault locks, and what else locks it."""

from __future__ import annotations

from valmentaja.domain.locking import MINUTES
from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.page import Page
from valmentaja.ui.speech import Say
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.secret import pin_line
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import client_view, settings

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
        for card in (when, what, then, copied, self._pin_card()):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def reload(self) -> None:
        self.minutes.set_value(str(settings.lock_minutes(self.session)))

    def keep_pin(self) -> None:
        """Another PIN from now on; the two must be the same."""
        if self.pin.text() != self.again.text():
            self.second.show_error(tr("The two PINs differ. Write the same one twice."))
            return
        self.second.show_error("")
        if self.do(lambda: client_view.set_pin(self.session, self.pin.text())) is not None:
            self.page.show_notice(lambda: tr("The new PIN leads out of the client view from now on."))
            self.pin.clear()
            self.again.clear()

    def _pin_card(self) -> Card:
        self.pin, self.again = pin_line(), pin_line()
        self.second = Field(lambda: tr("The PIN again"), self.again)
        card = Card(lambda: tr("PIN of the client view"))
        card.add(Field(lambda: tr("New PIN, 4–8 digits"), self.pin))
        card.add(self.second)
        card.add(wrapping(secondary(lambda: tr("Take the new PIN"), act=self.keep_pin)))
        return card

    def _keep(self, minutes: str) -> None:
        self.do(lambda: settings.set_lock_minutes(self.session, int(minutes)))
