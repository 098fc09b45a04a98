"""Further parties sign the sealed plan: here with a key of their own, or in their own tool and the file comes back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.plan import SignatureState
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import tasks
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.page import Page
from valmentaja.ui.signing_key import KeyChoice
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.progress import Busy
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import cosigning
from valmentaja.usecases.cosigning import SOMEBODY_ELSE, Further
from valmentaja.usecases.signing import PartyState

LARGEST = 50_000_000


class FurtherSignature(Card):
    """Shown when the plan is sealed. When all have signed, a file that somebody else signed can still be taken in."""

    def __init__(self, page: Page, hub: Hub, plan: str) -> None:
        super().__init__(lambda: tr("The next signature"))
        self.page, self.hub, self.plan, self._is_filled = page, hub, plan, False
        self.party, self.busy = Combo(), Busy()
        self.button = secondary(lambda: tr("Add the signature"), "signature", act=self.sign)
        self.back = secondary(lambda: tr("Take in a signed file …"), "import", act=self._choose)
        self.hide()

    @cached_property
    def key(self) -> KeyChoice:
        return KeyChoice(self.page, device=False)

    def show_parties(self, parties: Sequence[PartyState], *, is_sealed: bool) -> None:
        waiting = [p.party for p in parties if p.state is not SignatureState.ELECTRONIC]
        others: list[tuple[str, Say]] = [(p.id, p.name.in_(screen_language())) for p in reversed(waiting)]
        self.party.offer([*others, (SOMEBODY_ELSE, lambda: tr("Somebody else, not a party"))])
        if is_sealed and not self._is_filled:  # a page that is not sealed yet opens without this part's weight
            self._fill()
        if self._is_filled:
            for part in (self.key, self.button):
                part.setVisible(bool(waiting))
        self.setVisible(is_sealed)

    def _fill(self) -> None:
        self._is_filled = True
        self.add(Field(lambda: tr("Who signs"), self.party))
        self.add(self.key)
        self.add(self.button)
        self.add(Label(lambda: tr("If the file was signed in another program and came back:"), "small"))
        self.add(self.back)
        self.add(self.busy)

    def sign(self) -> None:
        """Open the key, sign in the worker, store here."""
        party = self.party.value()
        try:
            key = self.key.key()
            if key is None:
                raise UserError(N_("Choose a key file or a card."))
            job = cosigning.next_job(self.page.session, self.plan, party, key)
        except UserError as error:
            self.page.show_error(error)
            return
        self._wait(lambda: tr("Signing …"))
        tasks.run(self, lambda: cosigning.sign(job), lambda further: self._keep(further, party), self._failed)

    def take_in(self, path: Path) -> None:
        """Recognise and check the file in the worker; the chosen party is used only for an extra signature."""
        chosen = self.party.value()
        try:
            arrived = cosigning.take_in(self.page.session, self.plan, _content(path))
        except UserError as error:
            self.page.show_error(error)
            return
        self._wait(lambda: tr("Checking the file …"))
        tasks.run(self, lambda: cosigning.read(arrived), lambda further: self._file(further, chosen), self._failed)

    def _file(self, further: Further, chosen: str) -> None:
        self._keep(further, cosigning.party_of(self.page.session, further) or chosen)

    def _keep(self, further: Further, party: str) -> None:
        self._rest()
        behind = cosigning.is_behind(self.page.session, further)
        made = perform(self.page, self.hub, lambda: cosigning.keep(self.page.session, further, party))
        if made is not None:
            self.page.show_notice(lambda: _stored(further, behind=behind))

    def _failed(self, error: UserError) -> None:
        self._rest()
        self.page.show_error(error)

    def _wait(self, words: Say) -> None:
        for button in (self.button, self.back):
            button.setEnabled(False)
        self.busy.start(words)

    def _rest(self) -> None:
        for button in (self.button, self.back):
            button.setEnabled(True)
        self.busy.stop()

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, tr("Signed file"), "", "PDF (*.pdf)")
        if chosen:
            self.take_in(Path(chosen))


def _stored(further: Further, *, behind: bool) -> str:
    if further.new:
        said = tr("Signed by {signer} and stored as a new document.", signer=further.new[-1].signer)
    else:
        said = tr("Nobody has signed it anew, but proof was added to it. It is stored as a new document.")
    if not behind:
        return said
    return f"{said} {tr('It goes on from an earlier copy and lacks the signatures made since.')}"


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise UserError(N_("The file “{file}” cannot be read. Choose another copy of it."), file=str(path)) from error
