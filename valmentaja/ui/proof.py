"""Proof for later on the signing page: a request for a time stamp as a file, and what came back as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr
from valmentaja.ui import tasks
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.progress import Busy
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import cosigning, proof
from valmentaja.usecases.cosigning import Further
from valmentaja.usecases.proof import Asked


class Proof(Card):
    """Shown when the plan is sealed; the coach carries the files to and from a computer with a network."""

    def __init__(self, page: Page, hub: Hub, plan: str) -> None:
        super().__init__(lambda: tr("Proof for later"))
        self.page, self.hub, self.plan, self._is_filled = page, hub, plan, False
        self.ask = secondary(lambda: tr("Save a request for a time stamp"), "hourglass", act=self.save_request)
        self.back = secondary(lambda: tr("Add what came back …"), "import", act=self._choose)
        self.busy = Busy()
        self.hide()

    def reload(self) -> None:
        is_sealed = cosigning.newest(self.page.session, self.plan) is not None
        if is_sealed and not self._is_filled:  # a page that is not sealed yet opens without this part's weight
            self._fill()
        self.setVisible(is_sealed)

    def _fill(self) -> None:
        self._is_filled = True
        self.add(
            Label(
                lambda: tr(
                    "A time stamp shows that the plan was signed before a certain moment. Save the request, take it to "
                    "a time stamp service on a computer with a network, and bring the answer back. The request tells "
                    "nothing of the plan."
                )
            )
        )
        self.add(self.ask)
        self.add(
            Label(
                lambda: tr(
                    "You can add the answer (.tsr), and what issuers say of certificates: answers (.ocsp), lists of "
                    "revoked ones (.crl) and the issuers' own certificates (.cer, .crt, .pem)."
                ),
                "small",
            )
        )
        self.add(self.back)
        self.add(self.busy)

    def save_request(self) -> None:
        """Made in the worker, written here."""
        try:
            asked = proof.ask(self.page.session, self.plan)
        except UserError as error:
            self.page.show_error(error)
            return
        self._wait(lambda: tr("Making the request …"))
        tasks.run(self, lambda: proof.make(asked), lambda request: self._write(asked, request), self._failed)

    def add_files(self, files: Sequence[Path]) -> None:
        """Recognised, added and checked in the worker, stored here."""
        try:
            back = proof.take_in(self.page.session, self.plan, files)
        except UserError as error:
            self.page.show_error(error)
            return
        self._wait(lambda: tr("Checking the files …"))
        tasks.run(self, lambda: proof.read(back), self._keep, self._failed)

    def _write(self, asked: Asked, request: bytes) -> None:
        self._rest()
        send(self.page, lambda: self._written(asked, request))

    def _written(self, asked: Asked, request: bytes) -> None:
        path = proof.write(self.page.session, asked, request)
        self.page.show_notice(lambda: tr("Written: {file}", file=str(path)))

    def _keep(self, further: Further) -> None:
        self._rest()
        made = perform(self.page, self.hub, lambda: cosigning.keep(self.page.session, further, ""))
        if made is not None:
            self.page.show_notice(lambda: tr("Added, checked and stored as a new document."))

    def _failed(self, error: UserError) -> None:
        self._rest()
        self.page.show_error(error)

    def _wait(self, words: Say) -> None:
        for button in (self.ask, self.back):
            button.setEnabled(False)
        self.busy.start(words)

    def _rest(self) -> None:
        for button in (self.ask, self.back):
            button.setEnabled(True)
        self.busy.stop()

    def _choose(self) -> None:
        kinds = " ".join(f"*.{ending}" for ending in proof.ENDINGS)
        chosen, _kind = QFileDialog.getOpenFileNames(self, tr("Files that came back"), "", f"({kinds})")
        if chosen:
            self.add_files([Path(each) for each in chosen])
