"""While the vault gets new keys: what runs, and that the old vault stays until it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import tasks
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import primary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.message import Message
from valmentaja.ui.widgets.middle import middle
from valmentaja.ui.widgets.progress import Busy
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import keys, opening
from valmentaja.usecases.keys import Rotation


class RotatingPage(QWidget):
    """`opened` carries the Session after it; `refused` the folder when nothing was changed."""

    opened = Signal(object)
    refused = Signal(object)

    def __init__(self, plan: Rotation, *, training: bool) -> None:
        super().__init__()
        self.plan, self.training = plan, training
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.message, self.busy = Message(), Busy()
        self.on = primary(lambda: tr("Open the vault"), "lock-open", act=lambda: self.refused.emit(plan.folder))
        card = Card(lambda: tr("New keys for everything"))
        card.add(Label(lambda: tr("The old file stays until the new one is whole and on the disk."), "muted"))
        for widget in (self.message, self.busy, self.on):
            card.add(widget)
        self.on.setVisible(False)
        middle(self, [card], width=460)

    def start(self) -> None:
        self.busy.start(lambda: tr("Writing the vault anew …"))
        plan, key = self.plan, self.plan.new.copy()

        def work() -> opening.Key:
            try:
                keys.rotate(plan)
            except UserError:
                key.wipe()
                raise
            return key

        tasks.run(self, work, self._done, self._failed)

    def _done(self, key: opening.Key) -> None:
        try:
            self.opened.emit(opening.open_session(self.plan.folder, key))
        except UserError as error:
            self._failed(error)

    def _failed(self, error: UserError) -> None:
        self.busy.stop()
        self.message.say(lambda: words(screen_language()).error(error), Tone.LATE)
        self.on.setVisible(True)
        self.on.setFocus()
