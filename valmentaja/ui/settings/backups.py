"""Varmuuskopiot: where they go and how often, one now, the ones that are kept, and whether they can be restored."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr, trn, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import minute
from valmentaja.ui import tasks
from valmentaja.ui.backing import backing
from valmentaja.ui.page import Page
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Combo, Field, Line
from valmentaja.ui.widgets.message import Message
from valmentaja.ui.widgets.progress import Working
from valmentaja.ui.widgets.proof import ProofField
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import backing_up, restoring
from valmentaja.usecases.backing_up import KeptBackup, Steps
from valmentaja.usecases.restoring import Restored


class BackupsTab(Tab):
    """Making a backup goes on when the page is left; a rehearsal stops with it."""

    rehearsed_part = Signal(int, int)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.backing = backing(self.session, page.hub)
        self._stop = threading.Event()
        self.asked: KeptBackup | None = None
        self.folder = Line()
        self.folder.settled.connect(self._send_to)
        self.schedule = Combo(
            [
                ("daily", lambda: tr("Every day")),
                ("weekly", lambda: tr("Every week")),
                ("never", lambda: tr("Only when I ask")),
            ]
        )
        self.schedule.chosen.connect(lambda value: self.do(lambda: backing_up.set_schedule(self.session, value)))
        self.message = Message()
        self.make = primary(lambda: tr("Back up now"), "save", act=self.back_up)
        self.making = Working(self.backing.cancel)
        self.rows = Rows()
        self.none = Label(lambda: tr("There are no backups in this folder yet."), "muted")
        self.proof = ProofField(code_first=True)
        self.proof.edit.returnPressed.connect(self.rehearse)
        self.rehearsing = Working(self._stop_rehearsal)
        self.begin = secondary(lambda: tr("Rehearse"), "shield-check", act=self.rehearse)
        self.rehearsal = Card(lambda: tr("Can it be restored?"))
        self._lay_out()
        self.backing.progressed.connect(self.making.show_part)
        self.backing.ended.connect(self._ended)
        self.rehearsed_part.connect(self.rehearsing.show_part)

    def reload(self) -> None:
        chosen = backing_up.choice(self.session)
        self.folder.show_text(str(chosen.folder))
        self.schedule.set_value(chosen.schedule)
        kept = backing_up.kept(self.session)
        self.rows.show_rows([self._row(held) for held in kept])
        self.none.setVisible(not kept)
        self.none.say(self._nothing)
        state = backing_up.state(self.session)
        self.advice.setVisible(state.wants_rehearsal)
        self._show_making(self.backing.is_running)
        if self.backing.failure is not None:
            self._say(self.backing.failure)

    def leave(self) -> bool:
        self.folder.settle()
        self._stop.set()
        return True

    def back_up(self) -> None:
        self.message.clear()
        self._show_making(True)
        self.backing.start()

    def ask(self, held: KeptBackup) -> None:
        """Which proof, before the rehearsal of this backup."""
        self.asked = held
        self.about.say(lambda: tr("Backup of {when}", when=_when(held.at)))
        self.rehearsal.show()
        self.page.show_widget(self.rehearsal)
        self.proof.edit.setFocus()

    def rehearse(self) -> None:
        """Restore the chosen backup to a place that is emptied again, and count what is in it."""
        held, proof = self.asked, self.proof.proof()
        if held is None or proof is None:
            return
        self.message.clear()
        self._stop = threading.Event()
        steps = Steps(progress=self.rehearsed_part.emit, cancelled=self._stop.is_set)
        self.begin.setEnabled(False)
        self.rehearsing.start(lambda: tr("Restoring to a place of its own and counting …"))
        work = partial(restoring.rehearse, held.path, proof, steps=steps)
        tasks.run(self, work, self._rehearsed, self._not_rehearsed)

    def _rehearsed(self, done: Restored) -> None:
        self._end_rehearsal(sound=True)
        self.rehearsal.hide()
        clients, answers = done.counts["client"], done.counts["answer"]
        self.message.say(
            lambda: tr(
                "The backup opens and is whole: {clients} clients, {answers} answers.",
                clients=clients,
                answers=answers,
            ),
            Tone.OK,
        )

    def _not_rehearsed(self, error: UserError) -> None:
        self._end_rehearsal(sound=False if restoring.is_damage(error) else None)
        self._say(error)
        self.proof.edit.setFocus()

    def _end_rehearsal(self, *, sound: bool | None) -> None:
        self.rehearsing.stop()
        self.begin.setEnabled(True)
        held = self.asked
        if held is not None and sound is not None:
            self.do(lambda: backing_up.record_rehearsal(self.session, held.path, sound=sound))
        if sound:
            self.proof.edit.clear()

    def _stop_rehearsal(self) -> None:
        self._stop.set()

    def _ended(self, error: UserError | None) -> None:
        self._show_making(False)
        if error is None:
            self.message.say(lambda: tr("The backup is made and has been read back."), Tone.OK)
        else:
            self._say(error)

    def _say(self, error: UserError) -> None:
        self.message.say(lambda: words(screen_language()).error(error), Tone.LATE)

    def _show_making(self, running: bool) -> None:
        self.make.setEnabled(not running)
        if running:
            self.making.start(lambda: tr("Backing up. You can go on working."))
        else:
            self.making.stop()

    def _send_to(self, folder: str) -> None:
        self.do(lambda: backing_up.set_folder(self.session, Path(folder).expanduser()))

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder for backups"), self.folder.text())
        if chosen:
            self.do(lambda: backing_up.set_folder(self.session, Path(chosen)))

    def _row(self, held: KeptBackup) -> Row:
        button = secondary(lambda: tr("Rehearse …"), act=partial(self.ask, held))
        button.setAccessibleDescription(_when(held.at))
        return Row(lambda: _when(held.at), partial(self._described, held), aside=[*_result(held), button])

    def _described(self, held: KeptBackup) -> str:
        clients = trn("{n} client", "{n} clients", held.clients)
        return f"{_megabytes(held.size)} · {clients}"

    def _nothing(self) -> str:
        if backing_up.choice(self.session).is_there or backing_up.state(self.session).folder_is_there:
            return tr("There are no backups in this folder yet.")
        return tr("The folder is not there just now. Plug in the disk.")

    def _lay_out(self) -> None:
        where = Card(lambda: tr("Where and how often"))
        where.add(
            Label(
                lambda: tr(
                    "A backup is encrypted like the vault. Keep it on another disk than the vault. "
                    "The twelve newest are kept."
                ),
                "muted",
            )
        )
        where.add(Field(lambda: tr("Folder for backups"), self.folder))
        where.add(secondary(lambda: tr("Browse …"), "folder-open", act=self._browse))
        where.add(Field(lambda: tr("How often"), self.schedule))
        where.add(self.message)
        where.add(self.making)
        where.add(self.make)
        kept = Card(lambda: tr("Kept backups"))
        self.advice = Label(
            lambda: tr("No backup has been rehearsed for a month. A rehearsal shows that it can be restored.")
        )
        kept.add(self.advice)
        kept.add(self.none)
        kept.add(self.rows)
        self.about = Label("", "strong")
        for part in (self.about, self._why(), self.proof, self.rehearsing, self.begin):
            self.rehearsal.add(part)
        self.rehearsal.hide()
        for card in (where, kept, self.rehearsal):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _why(self) -> QWidget:
        return Label(
            lambda: tr(
                "The backup is restored to a place of its own, opened, counted and removed. The code on the printed "
                "sheet is the stronger proof: it works even when the passphrase is forgotten."
            ),
            "muted",
        )


def _result(held: KeptBackup) -> list[QWidget]:
    at = held.rehearsed
    if at is None:
        return []
    if held.sound:
        return [Chip("shield-check", lambda: tr("Rehearsed {when}", when=_when(at)), Tone.OK)]
    return [Chip("triangle-alert", lambda: tr("Not sound"), Tone.LATE)]


def _megabytes(size: int) -> str:
    """`0,4 Mt`, `12 Mt`."""
    tenths = max(1, round(size / 100_000))
    whole, rest = divmod(tenths, 10)
    mark = "." if screen_language() == "en" else ","
    return tr("{n} MB", n=str(whole) if whole >= 10 else f"{whole}{mark}{rest}")


def _when(stamp: str) -> str:
    return minute(stamp, screen_language())
