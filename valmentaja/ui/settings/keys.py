"""Avaimet: who can open this vault, a new passphrase, a new recovery code, new keys for everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import tasks
from valmentaja.ui.page import Page
from valmentaja.ui.speech import Say
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import Button, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.progress import Busy
from valmentaja.ui.widgets.rows import Pairs
from valmentaja.ui.widgets.secret import NewPassphrase, Secret
from valmentaja.ui.widgets.text import Label, selectable
from valmentaja.usecases import keys, opening, recovery_sheet
from valmentaja.usecases.keys import Prepared


class KeysTab(Tab):
    """Every change asks for the passphrase: an open window alone changes no key."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.openers, self.busy = Pairs(), Busy()
        self.old = Secret(lambda: tr("Your passphrase now"))
        self.new = NewPassphrase()
        self.change = secondary(lambda: tr("Change the passphrase"), "key-round", act=self.change_passphrase)
        self.new.entered.connect(self.change_passphrase)
        self.for_code = Secret(lambda: tr("Your passphrase"))
        self.make_code = secondary(lambda: tr("Make a new recovery code"), "file-text", act=self.renew_code)
        self.code_text = selectable("", "code")
        self.save = secondary(lambda: tr("Save the sheet as PDF"), "download", act=self.save_sheet)
        self.for_rotation = Secret(lambda: tr("Your passphrase now"), about=_everything)
        self.rotated = NewPassphrase(about=_everything)
        self.keep = QCheckBox()
        self.keep.toggled.connect(lambda on: self.rotated.setVisible(not on))
        self.renew = secondary(lambda: tr("Close, make new keys, open again"), "refresh-cw", act=self.rotate)
        self._code = ""
        self._lay_out()

    def reload(self) -> None:
        held = keys.openers(self.session.folder)
        self.keep.setText(tr("Keep the passphrase: it has not leaked"))
        self.openers.clear()
        self.openers.add(lambda: tr("Passphrase"), lambda: tr("You"))
        if held.recovery:
            self.openers.add(lambda: tr("Recovery code"), lambda: tr("Whoever holds the printed sheet"))
        if held.organisation:
            self.openers.add(
                lambda: tr("Organisation key"),
                lambda: tr("Your employer can open this vault (key {key}).", key=held.organisation),
            )
        else:
            self.openers.add(lambda: tr("Organisation key"), lambda: tr("None: your employer cannot open this vault."))

    def change_passphrase(self) -> None:
        new = self.new.passphrase()
        if new is None:
            return
        folder, old = self.session.folder, self.old.text()
        self._prepare(
            lambda: keys.prepare_passphrase(folder, opening.key_from_passphrase(folder, old), new), self._changed
        )

    def renew_code(self) -> None:
        folder, words = self.session.folder, self.for_code.text()
        self._prepare(lambda: keys.prepare_code(folder, opening.key_from_passphrase(folder, words)), self._renewed)

    def rotate(self) -> None:
        """The slow half first, with the vault open; then the window closes it, and opens it again."""
        new = None if self.keep.isChecked() else self.rotated.passphrase()
        if new is None and not self.keep.isChecked():
            return
        folder, words = self.session.folder, self.for_rotation.text()
        self._work(lambda: tr("Making the keys …"))
        tasks.run(
            self,
            lambda: keys.prepare_rotation(folder, words, new_passphrase=new),
            self.page.hub.rotation.emit,
            self._failed,
        )

    def save_sheet(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder for the recovery sheet"))
        if chosen:
            self.save_sheet_to(Path(chosen))

    def save_sheet_to(self, target: Path) -> None:
        session, code, language = self.session, self._code, screen_language()
        try:
            pdf = recovery_sheet.make(session.folder, session.unit.code, code, language, clock=session.clock)
            path = recovery_sheet.save(session.folder, target, pdf)
        except UserError as error:
            self.page.show_error(error)
            return
        self.page.show_notice(lambda: tr("Saved: {file}. Print it, then delete the file.", file=str(path)))

    def leave(self) -> bool:
        """Nothing secret stays in a field that nobody looks at."""
        for part in (self.old, self.for_code, self.for_rotation):
            part.edit.clear()
        for new in (self.new, self.rotated):
            new.clear()
        return True

    def _prepare(self, work: Callable[[], Prepared], done: Callable[[Prepared], None]) -> None:
        self._work(lambda: tr("Making the keys …"))
        tasks.run(self, work, done, self._failed)

    def _changed(self, prepared: Prepared) -> None:
        self._rest()
        if self.do(lambda: keys.commit(self.session, prepared)) is None:
            return
        self.leave()
        self.page.show_notice(
            lambda: tr("The passphrase was changed. Old backups open with the old passphrase."), Tone.OK
        )

    def _renewed(self, prepared: Prepared) -> None:
        self._rest()
        if self.do(lambda: keys.commit(self.session, prepared)) is None:
            return
        self.leave()
        self._code = prepared.recovery_code
        self.code_text.say(prepared.recovery_code)
        for widget in (self.code_text, self.save):
            widget.setVisible(True)
        self.page.show_notice(
            lambda: tr("The new code is below. It is shown only now. The old code opens only old backups."), Tone.OK
        )

    def _failed(self, error: UserError) -> None:
        self._rest()
        self.page.show_error(error)

    def _buttons(self) -> tuple[Button, ...]:
        return (self.change, self.make_code, self.renew)

    def _work(self, words: Say) -> None:
        self.page.clear_message()
        self.busy.start(words)
        for button in self._buttons():
            button.setEnabled(False)

    def _rest(self) -> None:
        self.busy.stop()
        for button in self._buttons():
            button.setEnabled(True)

    def _lay_out(self) -> None:
        who = Card(lambda: tr("Who can open this vault"))
        who.add(self.openers)
        words = Card(lambda: tr("Passphrase"))
        words.add(Label(lambda: tr("Old backups open with the old passphrase, also after it was changed."), "muted"))
        _fill(words, self.old, self.new, self.change)
        code = Card(lambda: tr("Recovery code"))
        code.add(Label(lambda: tr("Make a new one if the sheet is lost or somebody has seen it."), "muted"))
        _fill(code, self.for_code, self.make_code, self.code_text, self.save)
        self.code_text.setVisible(False)
        self.save.setVisible(False)
        everything = Card(_everything)
        everything.add(Label(_when_to_rotate, "muted"))
        _fill(everything, self.for_rotation, self.keep, self.rotated, self.renew)
        for part in (who, self.busy, words, code, everything):
            self.body.addWidget(part)
        self.body.addStretch(1)


def _fill(card: Card, *widgets: QWidget) -> None:
    for widget in widgets:
        card.add(widget)


def _everything() -> str:
    return tr("New keys for everything")


def _when_to_rotate() -> str:
    return tr(
        "For when the passphrase has leaked, or to wipe what was erased also from unused space. The whole vault is "
        "written anew under new keys. The recovery code stays the same. Old backups open with the old passphrase: "
        "delete those that others can reach."
    )
