"""After a bad end: which assessment was open, and a choice to go on or not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import minute
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.rows import Row
from valmentaja.usecases.unfinished import Unfinished


class RecoveryCard(Card):
    """Names the client and the question, so that it is clear what comes back; both answers are one press."""

    chosen = Signal(object)
    refused = Signal()

    def __init__(self, found: Unfinished) -> None:
        super().__init__(lambda: tr("Left unfinished"))
        self.go_on = primary(lambda: tr("Continue"), "play", act=lambda: self.chosen.emit(found))
        self.not_now = secondary(lambda: tr("Not now"), act=self.refused.emit)
        for button in (self.go_on, self.not_now):
            button.setAccessibleDescription(_named(found))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add(Row(lambda: _named(found), lambda: _told(found), aside=[self.not_now, self.go_on]))


def _named(found: Unfinished) -> str:
    return tr("{name} ({id}), question {item}", name=found.client_name, id=found.client_id, item=found.item)


def _told(found: Unfinished) -> str:
    """No answer was lost: every one is stored before the next question."""
    if not found.saved:
        return tr("The program did not end as it should. Nothing had been answered yet.")
    when = minute(found.saved, screen_language())
    return tr("The program did not end as it should. The last answer was saved {when}.", when=when)
