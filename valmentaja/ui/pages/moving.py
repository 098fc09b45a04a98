"""The caseload tables in and out: a dry run first, then all or nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from valmentaja.base.errors import UserError
from valmentaja.domain.caseload import Problem
from valmentaja.i18n import tr, trn, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import theme
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page, Place
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.flow import Flow
from valmentaja.ui.widgets.rows import Pairs
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import moving
from valmentaja.usecases.moving import Trial
from valmentaja.usecases.session import Session

PROBLEMS: tuple[Column[Problem], ...] = (
    Column(title=lambda: tr("File"), text=lambda p: p.file, width=150),
    Column(title=lambda: tr("Line"), text=lambda p: str(p.line or ""), sort=lambda p: p.line, number=True, width=70),
    Column(title=lambda: tr("Column"), text=lambda p: p.column, width=130, priority=1),
    Column(title=lambda: tr("Reason"), text=lambda p: p.reason(words(screen_language())), width=200, stretch=True),
)


class MovingPage(Page):
    """Choose a folder, see what would happen, then let it happen."""

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        super().__init__(session, hub)
        self.place = place
        self.trial: Trial | None = None
        self.folder, self.target = QLineEdit(), QLineEdit()
        self.folder.returnPressed.connect(self.try_out)
        self.counts = Pairs(width=160)
        self.absent = Label("", "muted")
        self.problems = Table(PROBLEMS, lambda: tr("Rows with a problem"))
        self.bring = primary(lambda: tr("Import"), "import", act=lambda: self.bring_in(skip_bad=False))
        self.skip = secondary(lambda: tr("Import without these rows"), act=lambda: self.bring_in(skip_bad=True))
        self.result = Card(lambda: tr("What would happen"))
        self._lay_out()

    def first_focus(self) -> QWidget:
        return self.folder

    def try_out(self) -> None:
        """The dry run; nothing is written."""
        self.clear_message()
        try:
            self.trial = moving.dry_run(self.session, Path(self.folder.text().strip()).expanduser())
        except UserError as error:
            self.result.hide()
            self.show_error(error)
            return
        self._show(self.trial)

    def bring_in(self, *, skip_bad: bool) -> None:
        trial = self.trial
        if trial is None:
            return
        if perform(self, self.hub, lambda: moving.bring_in(self.session, trial, skip_bad=skip_bad)) is not None:
            self.result.hide()
            self.trial = None
            self.show_notice(lambda: tr("Imported."))

    def take_out(self) -> None:
        """Unencrypted tables, so the coach is told."""
        self.clear_message()
        send(self, self._send)

    def _send(self) -> None:
        written = moving.take_out(self.session, Path(self.target.text().strip()).expanduser())
        folder = str(written[0].parent)
        self.show_notice(lambda: tr("Exported to {folder}. These files are not encrypted.", folder=folder), Tone.WARN)

    def _show(self, trial: Trial) -> None:
        self.counts.clear()
        for table, total, new in trial.counts:
            self.counts.add(f"{table}.csv", self._said(total, new))
        missing = ", ".join(trial.absent)
        self.absent.say(lambda: tr("Not there: {files}", files=missing) if missing else "")
        self.problems.show_rows(trial.problems)
        bad = bool(trial.problems)
        self.problems.setVisible(bad)
        self.skip.setVisible(bad)
        self.bring.setEnabled(not bad and not trial.changes_nothing)
        self.result.show()
        if bad:
            n = len(trial.problems)
            self.show_notice(
                lambda: trn(
                    "{n} row has a problem. Nothing was imported.", "{n} rows have a problem. Nothing was imported.", n
                ),
                Tone.LATE,
            )
            self.skip.setFocus()
        elif trial.changes_nothing:
            self.show_notice(lambda: tr("Everything in the folder is in the vault already."), Tone.INFO)
        else:
            self.bring.setFocus()

    def _said(self, total: int, new: int) -> str:
        return tr("{total} rows, {new} new or changed", total=total, new=new)

    def _lay_out(self) -> None:
        self.say_title(lambda: tr("Import and export"))
        self.add_back(lambda: tr("Clients"), Place(page="clients"))
        come = Card(lambda: tr("Import"))
        come.add(Label(lambda: tr("A folder with clients.csv and the other tables, UTF-8 with commas."), "muted"))
        come.add(Field(lambda: tr("Folder"), self.folder))
        come.add(self._buttons(self.folder, secondary(lambda: tr("Check"), "list-checks", act=self.try_out)))
        self.problems.setMinimumHeight(theme.px(220))
        below = QWidget()
        flow = Flow(below, gap=12)
        flow.addWidget(self.bring)
        flow.addWidget(self.skip)
        for widget in (self.counts, self.absent, self.problems, below):
            self.result.add(widget)
        self.result.hide()
        leave = Card(lambda: tr("Export"))
        leave.add(Label(lambda: tr("All nine tables. The files are not encrypted."), "muted"))
        leave.add(Field(lambda: tr("Export to the folder"), self.target))
        leave.add(self._buttons(self.target, secondary(lambda: tr("Export"), "upload", act=self.take_out)))
        for card in (come, self.result, leave):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _buttons(self, edit: QLineEdit, act: QWidget) -> QWidget:
        box = QWidget()
        flow = Flow(box, gap=12)
        flow.addWidget(act)
        flow.addWidget(secondary(lambda: tr("Browse …"), "folder-open", act=lambda: self._browse(edit)))
        return box

    def _browse(self, edit: QLineEdit) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder"), edit.text())
        if chosen:
            edit.setText(chosen)
