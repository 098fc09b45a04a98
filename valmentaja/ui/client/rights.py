"""Tietosuoja: how long the file is kept, the client's own records, corrections, erasure."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui import tasks
from valmentaja.ui.client.corrections import CorrectionsCard, NotesCard
from valmentaja.ui.client.erasing import EraseDialog
from valmentaja.ui.page import Page, Place
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import Button, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.rows import Pairs
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import caseload, erasing, own_records, retention
from valmentaja.usecases.own_records import Package

LANGUAGES = (("fi", "suomi"), ("sv", "svenska"), ("en", "English"))


class RightsTab(Tab):
    """The retention clock first, then what the client may ask for, then what cannot be undone."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.clock, self.why = Pairs(width=200), QLineEdit()
        self.hold_field = Field(
            lambda: tr("Why the file is kept longer"), self.why, hint=lambda: tr("For example a pending appeal")
        )
        self.hold = secondary(lambda: tr("Keep longer"), "pause", act=self._hold)
        self.lift = secondary(lambda: tr("Lift the hold"), "play", act=self._lift)
        self.language = Combo(LANGUAGES)
        self.language.set_value(caseload.client(self.session, self.client).language or screen_language())
        self.package = secondary(lambda: tr("Make the package"), "archive", act=self.make_package)
        self.erase = Button(lambda: tr("Erase the file…"), kind="danger", picture="eraser", act=self.ask_erase)
        self.corrections, self.notes = CorrectionsCard(self), NotesCard(self)
        self.asked: EraseDialog | None = None
        self._lay_out()

    def reload(self) -> None:
        kept, language = retention.of_client(self.session, self.client), screen_language()
        reason = retention.hold_reason(self.session, self.client)
        rule = retention.rule(self.session)
        self.clock.clear()
        if kept is None:
            self.clock.add(lambda: tr("Kept until at most"), lambda: tr("Counted from the last day of the work"))
        else:
            self.clock.add(lambda: tr("Last day of the work"), day(kept.closed, language))
            self.clock.add(lambda: tr("Kept until at most"), day(kept.full, language))
        self.clock.add(lambda: tr("Basis"), f"{rule.text.in_(language)} {rule.source}")
        if reason:
            self.clock.add(lambda: tr("Kept longer because"), reason)
        for widget, shown in ((self.hold_field, not reason), (self.hold, not reason), (self.lift, bool(reason))):
            widget.setVisible(shown)
        self.erase.setEnabled(not reason)
        self.corrections.reload()
        self.notes.reload()

    def make_package(self) -> None:
        """Read here, draw in the worker, write to the outbox."""
        try:
            package = own_records.gather(self.session, self.client, self.language.value())
        except UserError as error:
            self.page.show_error(error)
            return
        self.package.setEnabled(False)
        done = partial(self._deliver, package)
        tasks.run(self, lambda: own_records.make(package), done, self._refused)

    def ask_erase(self) -> None:
        self.asked = EraseDialog(self, self._erase)
        self.asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.asked.open()

    def _deliver(self, package: Package, held: bytes) -> None:
        self.package.setEnabled(True)
        try:
            path = own_records.deliver(self.session, package, held)
        except UserError as error:
            self.page.show_error(error)
            return
        text = tr("Written: {file}", file=str(path))
        hidden = tr(
            "Other people were hidden in {n} places. Read the package before you hand it over.", n=package.masks
        )
        self.page.show_notice(f"{text}. {hidden}")

    def _refused(self, error: UserError) -> None:
        self.package.setEnabled(True)
        self.page.show_error(error)

    def _hold(self) -> None:
        if self.do(lambda: retention.hold(self.session, self.client, self.why.text())) is not None:
            self.why.clear()

    def _lift(self) -> None:
        self.do(lambda: retention.lift(self.session, self.client))

    def _erase(self, reason: str, confirmed: str) -> None:
        """The page goes before it could read the client again."""
        try:
            made = erasing.erase(self.session, self.client, reason=reason, confirmed=confirmed)
        except UserError as error:
            self.page.show_error(error)
            return
        try:
            pdf, _data = erasing.receipt_files(self.session, made.made, screen_language())
            said = tr("The file was erased. Receipt: {file}", file=str(pdf))
        except UserError:
            said = tr("The file was erased. The receipt could not be written: make it in Settings, Retention.")
        hub = self.page.hub
        self.page.undo_offered.emit(said, None)
        self.page.go.emit(Place(page="clients"))
        hub.changed.emit(made)

    def _lay_out(self) -> None:
        kept = Card(lambda: tr("How long the file is kept"))
        for widget in (self.clock, self.hold_field, self.hold, self.lift):
            kept.add(widget)
        own = Card(lambda: tr("The client's own records"))
        own.add(
            Label(
                lambda: tr(
                    "Everything the program holds of the client, as PDF and as data, with the signed documents. "
                    "Other people's names are hidden. The package is not encrypted."
                ),
                "muted",
            )
        )
        own.add(Field(lambda: tr("Language of the package"), self.language))
        own.add(self.package)
        gone = Card(lambda: tr("Erasure"))
        gone.add(
            Label(lambda: tr("All the client's data go from the program. A receipt without a name remains."), "muted")
        )
        gone.add(self.erase)
        for card in (kept, own, self.corrections, self.notes, gone):
            self.body.addWidget(card)
        self.body.addStretch(1)
