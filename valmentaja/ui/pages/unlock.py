"""Opening the vault: one field, and a way in with the printed recovery code that leads to a new passphrase."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from valmentaja.base.errors import DamagedError, StorageError, UserError
from valmentaja.i18n import tr, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import tasks
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import link, primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.message import Message
from valmentaja.ui.widgets.middle import middle
from valmentaja.ui.widgets.progress import Busy
from valmentaja.ui.widgets.secret import CodeEntry, NewPassphrase, Secret
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import keys, opening, salvaging
from valmentaja.usecases.keys import Prepared
from valmentaja.usecases.opening import Key
from valmentaja.usecases.salvaging import Rescue
from valmentaja.usecases.training import WORDS, make_training_vault

FREE_TRIES, LONGEST_WAIT = 3, 30
"""After so many wrong passphrases each waits twice as long, in seconds; nothing is ever wiped."""


def wait_after(wrong: int) -> int:
    """Seconds before the next try."""
    return 0 if wrong < FREE_TRIES else min(2 ** (wrong - FREE_TRIES + 1), LONGEST_WAIT)


class UnlockPage(QWidget):
    """`opened` carries the Session; `elsewhere` asks for the first run, `restore_wanted` for a backup."""

    opened = Signal(object)
    elsewhere = Signal()
    restore_wanted = Signal(object)

    def __init__(self, folder: Path, *, training: bool = False) -> None:
        super().__init__()
        self.folder, self.training, self.with_code = folder, training, False
        self.wrong = 0
        self.key: Key | None = None
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.message, self.busy = Message(), Busy()
        self.secret = Secret(lambda: tr("Passphrase"))
        self.secret.entered.connect(self.unlock)
        self.code, self.new = CodeEntry(), NewPassphrase()
        self.code.entered.connect(self.unlock)
        self.new.entered.connect(self.renew)
        self.passphrase, self.field = self.secret.edit, self.secret.field
        self.button = primary(lambda: tr("Open"), "lock-open", act=self.unlock)
        self.keep = primary(lambda: tr("Take the new passphrase and open"), "lock-open", act=self.renew)
        self.skip = link(lambda: tr("Open without a new passphrase"), act=self.go_on)
        middle(self, [self._card()], width=460)
        if training:
            self.passphrase.setText(WORDS)

    def unlock(self) -> None:
        """Derive the key in the worker, then open the database here."""
        if not self.button.isEnabled() or not self._is_filled():
            return
        self.message.clear()
        self._work(True)
        folder, with_code = self.folder, self.with_code
        text = self.code.code() if with_code else self.passphrase.text()
        make = self.training and not opening.has_vault(folder)

        def derive() -> Key:
            if make:
                return make_training_vault(folder)
            way = opening.key_from_code if with_code else opening.key_from_passphrase
            return opening.brought_up_to_date(folder, way(folder, text))

        tasks.run(self, derive, self._coded if with_code else self._derived, self._failed)

    def switch(self) -> None:
        """Between passphrase and recovery code."""
        self.with_code = not self.with_code
        self.passphrase.clear()
        self.message.clear()
        self.secret.setVisible(not self.with_code)
        self.code.setVisible(self.with_code)
        self.other.say(lambda: tr("Use the passphrase") if self.with_code else tr("Use the recovery code"))
        (self.code if self.with_code else self.secret).setFocus()

    def renew(self) -> None:
        """Put the new passphrase in place of the lost one, then open."""
        chosen = self.new.passphrase()
        if chosen is None or self.key is None:
            return
        self.message.clear()
        self._work(True)
        folder, key = self.folder, self.key.copy()
        tasks.run(self, lambda: keys.prepare_passphrase(folder, key, chosen), self._renewed, self._failed)

    def go_on(self) -> None:
        """Into the vault by the code; the passphrase stays what it was."""
        if self.key is not None:
            self._open(self.key, "recovery", None)

    def offer_salvage(self, error: DamagedError) -> None:
        """Say what is damaged, and that what can be read can be saved."""
        self.salvage.show()
        self._failed(error)

    def ask_where(self) -> None:
        """The folder that the saved vault goes into."""
        if not self._is_filled():
            return
        chosen = QFileDialog.getExistingDirectory(self, tr("An empty folder for the saved vault"))
        if chosen:
            self.save_what_is_left(Path(chosen))

    def save_what_is_left(self, target: Path) -> None:
        """In the worker, from the damaged vault into `target`; then that one is asked to be opened."""
        self.message.clear()
        self._work(True)
        folder, with_code = self.folder, self.with_code
        text = self.code.code() if with_code else self.passphrase.text()

        def rescue() -> Rescue:
            key = opening.key_from_code(folder, text) if with_code else opening.key_from_passphrase(folder, text)
            return salvaging.rescue(folder, target, key)

        tasks.run(self, rescue, self._saved, self._failed)

    def showEvent(self, event: QShowEvent) -> None:
        self.secret.setFocus()
        super().showEvent(event)

    def _is_filled(self) -> bool:
        if self.with_code:
            return self.code.is_sound()
        self.field.show_error("" if self.passphrase.text() else tr("Write the passphrase."))
        return bool(self.passphrase.text())

    def _derived(self, key: Key) -> None:
        self._open(key, "coach", None)

    def _coded(self, key: Key) -> None:
        """The code was right: ask for a new passphrase before the vault is shown."""
        self._work(False)
        self.key = key
        for widget in (self.code, self.button, self.other, self.another):
            widget.setVisible(False)
        for asked in (self.after, self.new, self.keep, self.skip):
            asked.setVisible(True)
        self.new.setFocus()

    def _renewed(self, prepared: Prepared) -> None:
        if self.key is not None:
            self._open(self.key, "recovery", prepared)

    def _open(self, key: Key, actor: str, prepared: Prepared | None) -> None:
        try:
            session = opening.open_session(self.folder, key.copy(), actor=actor)
        except DamagedError as error:
            self.offer_salvage(error)
            return
        except UserError as error:
            self._failed(error)
            return
        try:
            if prepared is not None:
                keys.commit(session, prepared)
        except UserError as error:
            opening.close(session)
            self._failed(error)
            return
        key.wipe()
        self.opened.emit(session)

    def say(self, error: UserError) -> None:
        self.message.say(lambda: words(screen_language()).error(error), Tone.LATE)

    def _saved(self, made: Rescue) -> None:
        self._work(False)
        self.folder = made.folder
        self.place.say(str(made.folder))
        self.salvage.hide()
        rows, lost = made.rows, made.lost
        self.message.say(
            lambda: tr(
                "{rows} rows were saved, {lost} were lost. Open the saved vault with the same passphrase.",
                rows=rows,
                lost=lost,
            ),
            Tone.WARN if lost else Tone.OK,
        )

    def _failed(self, error: UserError) -> None:
        self._work(False)
        self.salvage.setVisible(self.salvage.isVisible() or isinstance(error, DamagedError))
        self.say(error)
        self.passphrase.selectAll()
        if self.key is not None:
            self.new.setFocus()
            return
        (self.code if self.with_code else self.secret).setFocus()
        if not isinstance(error, StorageError):
            self._slow_down()

    def _slow_down(self) -> None:
        self.wrong += 1
        wait = wait_after(self.wrong)
        if wait:
            self.button.setEnabled(False)
            self.waiting.say(lambda: tr("Wait {n} seconds before the next try. Nothing is deleted.", n=wait))
            self.waiting.setVisible(True)
            QTimer.singleShot(wait * 1000, self, self._try_again)

    def _try_again(self) -> None:
        self.waiting.setVisible(False)
        self.button.setEnabled(True)

    def _work(self, running: bool) -> None:
        for widget in (self.button, self.secret, self.code, self.new, self.keep, self.skip):
            widget.setEnabled(not running)
        if running:
            self.busy.start(lambda: tr("Opening the vault …"))
        else:
            self.busy.stop()

    def _card(self) -> Card:
        card = Card(lambda: tr("Training vault") if self.training else tr("Open the vault"))
        self.place = Label(str(self.folder), "small")
        card.add(self.place)
        if self.training:
            card.add(Label(lambda: tr("Invented people only. The passphrase is already filled in."), "muted"))
        self.after = Label(lambda: tr("The code is right. Choose a new passphrase: the lost one then opens no more."))
        self.waiting = Label("", "warn")
        self.other = link(lambda: tr("Use the recovery code"), act=self.switch)
        self.another = link(lambda: tr("Another vault, or a new one"), act=self.elsewhere.emit)
        self.salvage = secondary(lambda: tr("Save what can be read …"), "save", act=self.ask_where)
        above = (self.message, self.after, self.secret, self.code, self.new, self.busy, self.waiting)
        self.restore = link(lambda: tr("Restore from a backup"), act=lambda: self.restore_wanted.emit(self.folder))
        for widget in (*above, self.button, self.salvage, self.keep, self.skip, self.other, self.another, self.restore):
            card.add(widget)
        self.restore.setVisible(not self.training)
        for widget in (self.after, self.code, self.new, self.waiting, self.salvage, self.keep, self.skip):
            widget.setVisible(False)
        return card
