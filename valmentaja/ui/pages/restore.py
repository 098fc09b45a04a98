"""Restoring a vault from a backup, before any vault is open: on this computer or on a new one."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr, trn, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import minute
from valmentaja.ui import tasks, theme
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import link, primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.message import Message
from valmentaja.ui.widgets.progress import Working
from valmentaja.ui.widgets.proof import ProofField
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import opening, places, restoring
from valmentaja.usecases.restoring import Restored, Steps


class RestorePage(QWidget):
    """`restored` carries the folder of the vault, `back` asks for what was shown before."""

    restored = Signal(object)
    back = Signal()
    _part = Signal(int, int)

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stop = threading.Event()
        self.message = Message()
        self.backup = QLineEdit()
        self.backup.editingFinished.connect(self._look)
        self.folder = QLineEdit(str(folder or places.default_vault()))
        self.folder.textChanged.connect(self._ask_to_replace)
        self.replace = QLineEdit()
        self.replace_field = Field(
            self._replace_words,
            self.replace,
            hint=lambda: tr("There is a vault in this folder. It is moved aside, not removed."),
        )
        self.proof = ProofField()
        self.working = Working(self.cancel)
        self._part.connect(self.working.show_part)
        self.found = Label("", "muted")
        self.button = primary(lambda: tr("Restore"), "archive", act=self.restore)
        self._lay_out()
        self._ask_to_replace()

    def restore(self) -> None:
        """Check what is written, then restore in the worker."""
        self.message.clear()
        proof, path = self.proof.proof(), Path(self.backup.text().strip()).expanduser()
        self.backup_field.show_error("" if self.backup.text().strip() else tr("Choose the backup file."))
        if proof is None or self.backup_field.error or not self._may_replace():
            return
        folder = Path(self.folder.text().strip()).expanduser()
        self._stop = threading.Event()
        steps = Steps(progress=self._part.emit, cancelled=self._stop.is_set)
        replacing = self._has_vault()
        self._work(True)
        work = partial(restoring.restore, path, folder, proof, replacing=replacing, steps=steps)
        tasks.run(self, work, self._done, self._failed)

    def cancel(self) -> None:
        self._stop.set()

    def showEvent(self, event: QShowEvent) -> None:
        self.backup.setFocus()
        super().showEvent(event)

    def _done(self, made: Restored) -> None:
        self._work(False)
        self.form.hide()
        self.result.show()
        self.made = made
        self.told.say(partial(_told, made))
        self.open.setFocus()

    def _failed(self, error: UserError) -> None:
        self._work(False)
        self.message.say(lambda: words(screen_language()).error(error), Tone.LATE)

    def _work(self, running: bool) -> None:
        self.button.setEnabled(not running)
        if running:
            self.working.start(lambda: tr("Restoring and checking …"))
        else:
            self.working.stop()

    def _look(self) -> None:
        """What the chosen file says it holds."""
        text = self.backup.text().strip()
        if not text:
            return
        try:
            held = restoring.contents(Path(text).expanduser())
        except UserError as error:
            self.found.say("")
            self.backup_field.show_error(words(screen_language()).error(error))
            return
        self.backup_field.show_error("")
        self.found.say(lambda: _found(held))

    def _choose_backup(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, tr("Backup file"), self.backup.text(), "valmentaja-varmuuskopio (*.zip)"
        )
        if chosen:
            self.backup.setText(chosen)
            self._look()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder of the vault"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _ask_to_replace(self) -> None:
        self.replace_field.setVisible(self._has_vault())
        self.replace_field.rename(self._replace_words)
        self.replace.clear()

    def _has_vault(self) -> bool:
        return opening.has_vault(Path(self.folder.text().strip()).expanduser())

    def _may_replace(self) -> bool:
        name = Path(self.folder.text().strip()).name
        if not self._has_vault() or self.replace.text().strip() == name:
            self.replace_field.show_error("")
            return True
        self.replace_field.show_error(tr("Write {name} here to put the backup in place of this vault.", name=name))
        self.replace.setFocus()
        return False

    def _replace_words(self) -> str:
        return tr("Write {name} to confirm", name=Path(self.folder.text().strip()).name)

    def _lay_out(self) -> None:
        self.form, self.result = self._form(), self._result()
        inner = QWidget()
        inner.setProperty("surface", "window")
        down = QVBoxLayout(inner)
        down.addStretch(1)
        for widget in (self.message, self.form, self.result):
            widget.setFixedWidth(min(theme.px(520), 1200))
            down.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        down.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _form(self) -> Card:
        card = Card(lambda: tr("Restore from a backup"))
        card.add(Label(lambda: tr("Nothing is put in place before the whole backup has been checked."), "muted"))
        self.backup_field = Field(lambda: tr("Backup file"), self.backup)
        card.add(self.backup_field)
        card.add(self.found)
        card.add(secondary(lambda: tr("Browse …"), "folder-open", act=self._choose_backup))
        card.add(Field(lambda: tr("Folder of the vault"), self.folder))
        card.add(secondary(lambda: tr("Choose the folder …"), "folder-open", act=self._choose_folder))
        for widget in (self.replace_field, self.proof, self.working, self.button):
            card.add(widget)
        card.add(link(lambda: tr("Back"), "arrow-left", act=self._leave))
        return card

    def _leave(self) -> None:
        self._stop.set()
        self.back.emit()

    def _result(self) -> Card:
        card = Card(lambda: tr("The vault is restored"))
        self.told = Label("")
        self.open = primary(lambda: tr("Open the vault"), "lock-open", act=lambda: self.restored.emit(self.made.folder))
        card.add(self.told)
        card.add(self.open)
        card.hide()
        return card


def _found(held: restoring.Contents) -> str:
    clients = trn("{n} client", "{n} clients", held.clients)
    return f"{tr('Backup of {when}', when=minute(held.created, screen_language()))} · {clients}"


def _told(made: Restored) -> str:
    clients = trn("{n} client", "{n} clients", made.counts["client"])
    when = minute(made.created, screen_language())
    text = tr("As it was {when}: {clients}. What was written after that is not in it.", when=when, clients=clients)
    if made.aside is None:
        return text
    return f"{text} {tr('The vault that was there is now in {folder}.', folder=str(made.aside))}"
