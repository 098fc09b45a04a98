"""The first run: a new vault, a vault that is already there, or the training vault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from valmentaja.base.errors import N_, UserError
from valmentaja.i18n import tr, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import tasks
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import link, primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.message import Message
from valmentaja.ui.widgets.middle import middle
from valmentaja.ui.widgets.progress import Busy
from valmentaja.ui.widgets.secret import NewPassphrase
from valmentaja.ui.widgets.text import Label, selectable
from valmentaja.usecases import keys, opening, places, recovery_sheet
from valmentaja.usecases.opening import NewVault
from valmentaja.usecases.session import Unit

NOTED = N_("I have written it down or printed it")


class FirstRunPage(QWidget):
    """`opened` carries the Session of the new or chosen vault."""

    opened = Signal(object)
    training_wanted = Signal()
    vault_chosen = Signal(object)
    language_chosen = Signal(str)
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.message, self.busy = Message(), Busy()
        self.made: NewVault | None = None
        self.folder = QLineEdit(str(places.default_vault()))
        self.unit, self.municipality, self.coach = QLineEdit(), QLineEdit(), QLineEdit()
        self.new = NewPassphrase()
        self.passphrase, self.again = self.new.first.edit, self.new.again.edit
        self.new.entered.connect(self.make_vault)
        self.language = Combo([("fi", "suomi"), ("sv", "svenska"), ("en", "English")])
        self.language.set_value(screen_language())
        self.language.chosen.connect(self.language_chosen)
        self.fields = self._fields()
        self.button = primary(lambda: tr("Make the vault"), "lock", act=self.make_vault)
        self.form, self.code = self._form(), self._code()
        middle(self, [self.message, self.form, self.code], width=520)

    def make_vault(self) -> None:
        """Check what is written, then make the vault in the worker."""
        self.message.clear()
        unit = self._unit()
        if unit is None or self.new.passphrase() is None:
            return
        folder, passphrase = Path(self.folder.text()).expanduser(), self.passphrase.text()
        self.busy.start(lambda: tr("Making the keys and the database …"))
        self.button.setEnabled(False)
        tasks.run(self, lambda: opening.create(folder, passphrase, unit=unit), self._created, self._failed)

    def _unit(self) -> Unit | None:
        """Whose vault it is, never guessed: what is missing or wrong is said under its field."""
        code, municipality = self.unit.text().strip(), self.municipality.text().strip()
        checks = {
            "unit": lambda: opening.check_unit_code(code),
            "municipality": lambda: opening.check_municipality(municipality),
        }
        wrong = [name for name, check in checks.items() if not self._is_right(name, check)]
        if wrong:
            self.fields[wrong[0]].editor.setFocus()
            return None
        return Unit(code=code, municipality=municipality, coach=self.coach.text().strip())

    def _is_right(self, name: str, check: Callable[[], None]) -> bool:
        try:
            check()
        except UserError as error:
            self.fields[name].show_error(words(screen_language()).error(error))
            return False
        self.fields[name].show_error("")
        return True

    def open_made(self) -> None:
        """Into the new vault, once the code has been written down."""
        if self.made is not None:
            self.opened.emit(opening.open_session(Path(self.folder.text()).expanduser(), self.made.key))

    def choose(self) -> None:
        """A vault that is already on this computer or on a stick."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder of the vault"), self.folder.text())
        if chosen and opening.has_vault(Path(chosen)):
            self.vault_chosen.emit(Path(chosen))
        elif chosen:
            self.message.say(lambda: tr("There is no vault in {folder}.", folder=chosen), Tone.LATE)

    def save_sheet(self) -> None:
        """The code on paper, into a folder that is chosen."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder for the recovery sheet"))
        if chosen and self.made is not None:
            self.save_sheet_to(Path(chosen), self.made.recovery_code)

    def save_sheet_to(self, target: Path, code: str) -> None:
        folder = Path(self.folder.text()).expanduser()
        try:
            pdf = recovery_sheet.make(folder, self.unit.text().strip(), code, screen_language())
            path = recovery_sheet.save(folder, target, pdf)
        except UserError as error:
            self._failed(error)
            return
        self.saved.say(lambda: tr("Saved: {file}. Print it, then delete the file.", file=str(path)))
        self.saved.setVisible(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.noted.setText(tr(NOTED))
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self.unit.setFocus()
        super().showEvent(event)

    def _created(self, made: NewVault) -> None:
        self.busy.stop()
        self.made = made
        self.code_text.say(made.recovery_code)
        self.form.hide()
        self.code.show()
        self.noted.setFocus()

    def _noted(self, on: bool) -> None:
        self.enter.setEnabled(on)
        if on:
            self.enter.setFocus()

    def _failed(self, error: UserError) -> None:
        self.busy.stop()
        self.button.setEnabled(True)
        self.message.say(lambda: words(screen_language()).error(error), Tone.LATE)

    def _fields(self) -> dict[str, Field]:
        return {
            "language": Field(lambda: tr("Language"), self.language),
            "folder": Field(lambda: tr("Folder of the vault"), self.folder),
            "unit": Field(lambda: tr("Unit code"), self.unit, hint=lambda: tr("2–12 capital letters or digits")),
            "municipality": Field(
                lambda: tr("Municipality number"), self.municipality, hint=lambda: tr("Three digits, such as 405")
            ),
            "coach": Field(lambda: tr("Your name"), self.coach, hint=lambda: tr("Printed on plans")),
        }

    def _form(self) -> Card:
        card = Card(lambda: tr("A new vault"))
        card.add(Label(lambda: tr("Everything stays on this computer, encrypted. No network is used."), "muted"))
        for field in self.fields.values():
            card.add(field)
        card.add(self.new)
        if keys.employer_will_open():
            card.add(Label(lambda: tr("Your employer can open this vault.")))
        card.add(self.busy)
        card.add(self.button)
        card.add(link(lambda: tr("Open a vault that is already there"), "folder-open", act=self.choose))
        card.add(link(lambda: tr("Restore from a backup"), "archive", act=self.restore_wanted.emit))
        card.add(link(lambda: tr("Look around with invented people first"), act=self.training_wanted.emit))
        return card

    def _code(self) -> Card:
        card = Card(lambda: tr("Your recovery code"))
        card.add(Label(lambda: tr("If the passphrase is lost, only this code opens the vault. It is shown once.")))
        self.code_text = selectable("", "code")
        card.add(self.code_text)
        card.add(secondary(lambda: tr("Save the sheet as PDF"), "download", act=self.save_sheet))
        self.saved = Label("", "small")
        self.saved.setVisible(False)
        card.add(self.saved)
        self.noted = QCheckBox(tr(NOTED))
        self.enter = secondary(lambda: tr("Open the vault"), "lock-open", act=self.open_made)
        self.enter.setEnabled(False)
        self.noted.toggled.connect(self._noted)
        card.add(self.noted)
        card.add(self.enter)
        card.hide()
        return card
