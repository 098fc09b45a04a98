"""Opening the vault: one field, and a way in with the printed recovery code."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import tasks, theme
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import link, primary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.message import Message
from valmentaja.ui.widgets.progress import Busy
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import opening
from valmentaja.usecases.opening import Key
from valmentaja.usecases.training import WORDS, make_training_vault


class UnlockPage(QWidget):
    """`opened` carries the Session; `elsewhere` asks for the first run (another vault, a new one)."""

    opened = Signal(object)
    elsewhere = Signal()

    def __init__(self, folder: Path, *, training: bool = False) -> None:
        super().__init__()
        self.folder, self.training, self.with_code = folder, training, False
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.message, self.busy = Message(), Busy()
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.returnPressed.connect(self.unlock)
        self.field = Field(lambda: tr("Passphrase"), self.passphrase)
        self.button = primary(lambda: tr("Open"), "lock-open", act=self.unlock)
        self._lay_out()
        if training:
            self.passphrase.setText(WORDS)

    def unlock(self) -> None:
        """Derive the key in the worker, then open the database here."""
        if not self.passphrase.text():
            self.field.show_error(tr("Write the passphrase."))
            return
        self.field.show_error("")
        self.message.clear()
        self._work(True)
        folder, text, with_code = self.folder, self.passphrase.text(), self.with_code
        make = self.training and not opening.has_vault(folder)

        def derive() -> Key:
            if make:
                return make_training_vault(folder)
            return opening.key_from_code(folder, text) if with_code else opening.key_from_passphrase(folder, text)

        tasks.run(self, derive, self._derived, self._failed)

    def switch(self) -> None:
        """Between passphrase and recovery code."""
        self.with_code = not self.with_code
        self.passphrase.clear()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Normal if self.with_code else QLineEdit.EchoMode.Password)
        self.field.rename(lambda: tr("Recovery code") if self.with_code else tr("Passphrase"))
        self.other.say(lambda: tr("Use the passphrase") if self.with_code else tr("Use the recovery code"))
        self.passphrase.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        self.passphrase.setFocus()
        super().showEvent(event)

    def _derived(self, key: Key) -> None:
        try:
            session = opening.open_session(self.folder, key, actor="recovery" if self.with_code else "coach")
        except UserError as error:
            self._failed(error)
            return
        self.opened.emit(session)

    def _failed(self, error: UserError) -> None:
        self._work(False)
        self.message.say(lambda: words(screen_language()).error(error), Tone.LATE)
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    def _work(self, running: bool) -> None:
        self.button.setEnabled(not running)
        self.passphrase.setEnabled(not running)
        if running:
            self.busy.start(lambda: tr("Opening the vault …"))
        else:
            self.busy.stop()

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        card = Card(lambda: tr("Training vault") if self.training else tr("Open the vault"))
        card.setFixedWidth(min(theme.px(460), 1000))
        card.add(Label(str(self.folder), "small"))
        if self.training:
            card.add(Label(lambda: tr("Invented people only. The passphrase is already filled in."), "muted"))
        for widget in (self.message, self.field, self.busy, self.button):
            card.add(widget)
        self.other = link(lambda: tr("Use the recovery code"), act=self.switch)
        another = link(lambda: tr("Another vault, or a new one"), act=self.elsewhere.emit)
        for button in (self.other, another):
            card.add(button)
        down.addStretch(1)
        down.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        down.addStretch(2)
