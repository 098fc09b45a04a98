"""What a plan is signed with: the vault's own seal, a key file, or a card. Passphrase and PIN are kept nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from valmentaja.base.errors import N_, UserError
from valmentaja.i18n import tr
from valmentaja.ui import tasks
from valmentaja.ui.page import Page
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.flow import stack
from valmentaja.ui.widgets.rows import tab_after, wrapping
from valmentaja.ui.widgets.secret import hide
from valmentaja.usecases import signing_keys

if TYPE_CHECKING:
    from valmentaja.usecases.signing_keys import CardCertificate, Signer

DEVICE, FILE, CARD = "device", "file", "card"


class KeyChoice(QWidget):
    """`key` is None for the vault's own seal; `device=False` offers only the keys of another party."""

    def __init__(self, page: Page, *, device: bool = True) -> None:
        super().__init__()
        self.page = page
        own = [(DEVICE, lambda: tr("The program's own seal"))] if device else []
        self.kind = Combo([*own, (FILE, lambda: tr("Key file")), (CARD, lambda: tr("Card"))])
        self.kind.currentIndexChanged.connect(lambda _row: self._show_kind())
        self.file, self.passphrase, self.pin = QLineEdit(), QLineEdit(), QLineEdit()
        for secret in (self.passphrase, self.pin):
            hide(secret)
        self.certificate = Combo()
        self.look = secondary(lambda: tr("Look for the card"), "search", act=self._look)
        self._found: dict[str, CardCertificate] = {}
        self._boxes: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Field(lambda: tr("Signed with"), self.kind))
        self._show_kind()

    def key(self) -> Signer | None:
        """It opens in the worker. UserError when nothing is chosen; the secret is cleared from the screen."""
        if self.kind.value() == FILE:
            return signing_keys.key_file(Path(self.file.text().strip()).expanduser(), _taken(self.passphrase))
        if self.kind.value() == CARD:
            return self._card_key()
        return None

    def _card_key(self) -> Signer:
        chosen = self._found.get(self.certificate.value())
        if chosen is None:
            raise UserError(N_("Put the card in the reader, look for it, and choose the certificate."))
        return signing_keys.card_key(self._module(), chosen, _taken(self.pin))

    def _module(self) -> str:
        return signing_keys.card_module(self.page.session)

    def _look(self) -> None:
        module = self._module()
        tasks.run(self, lambda: signing_keys.cards(module), self._show_cards, self.page.show_error)

    def _show_cards(self, found: tuple[CardCertificate, ...]) -> None:
        self._found = {f"{c.serial.hex()} {c.key.hex()}": c for c in found}
        self.certificate.offer([(place, f"{c.name} ({c.token})") for place, c in self._found.items()])

    def _browse(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, tr("Key file"), self.file.text(), "PKCS #12 (*.p12 *.pfx)")
        if chosen:
            self.file.setText(chosen)

    def _show_kind(self) -> None:
        """What only one kind asks for is made when it is first chosen; the page opens without its weight."""
        chosen = self.kind.value()
        makers = {FILE: self._file_box, CARD: self._card_box}
        layout = self.layout()
        if chosen in makers and chosen not in self._boxes and layout is not None:
            self._boxes[chosen] = makers[chosen]()
            layout.addWidget(self._boxes[chosen])
            tab_after(self.kind, self._boxes[chosen])
        for kind, box in self._boxes.items():
            box.setVisible(kind == chosen)

    def _file_box(self) -> QWidget:
        return stack(
            Field(lambda: tr("Key file (.p12 or .pfx)"), self.file),
            wrapping(secondary(lambda: tr("Browse …"), "folder-open", act=self._browse)),
            Field(lambda: tr("Passphrase of the key file"), self.passphrase),
        )

    def _card_box(self) -> QWidget:
        return stack(
            wrapping(self.look),
            Field(lambda: tr("Certificate"), self.certificate),
            Field(
                lambda: tr("PIN for signing"),
                self.pin,
                hint=lambda: tr("A wrong PIN is not tried again. The card locks after a few wrong ones."),
            ),
        )


def _taken(secret: QLineEdit) -> str:
    text = secret.text()
    secret.clear()
    return text
