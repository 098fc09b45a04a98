"""The one field that takes the passphrase or the printed code, and says which of them it is asking for."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from valmentaja.i18n import tr
from valmentaja.ui.widgets.buttons import link
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.secret import hide
from valmentaja.usecases.restoring import Proof


class ProofField(QWidget):
    """`code_first` starts with the recovery code, the stronger proof: nobody remembers it by heart."""

    def __init__(self, *, code_first: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_code = not code_first
        self.edit = QLineEdit()
        self.field = Field(self._asked, self.edit)
        self.other = link(self._offered, act=self.switch)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        down.addWidget(self.field)
        down.addWidget(self.other)
        self.switch()

    def switch(self) -> None:
        """Ask for the other one."""
        self.is_code = not self.is_code
        self.edit.clear()
        hide(self.edit, shown=self.is_code)
        self.field.rename(self._asked)
        self.other.say(self._offered)
        self.edit.setFocus()

    def proof(self) -> Proof | None:
        """What was written; None with an error at the field when it is empty."""
        text = self.edit.text().strip() if self.is_code else self.edit.text()
        missing = tr("Write the recovery code.") if self.is_code else tr("Write the passphrase.")
        self.field.show_error("" if text else missing)
        return Proof(text=text, is_code=self.is_code) if text else None

    def _asked(self) -> str:
        return tr("Recovery code") if self.is_code else tr("Passphrase of that time")

    def _offered(self) -> str:
        return tr("Use the passphrase") if self.is_code else tr("Use the recovery code")
