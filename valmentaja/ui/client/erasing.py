"""The question before an erasure: nothing goes before the client's number has been typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from valmentaja.i18n import tr
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import Button, secondary
from valmentaja.ui.widgets.dialogs import Dialog
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.rows import Point
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import erasing, retention


class EraseDialog(Dialog):
    """Says what goes and what stays behind; the button works once the number stands in its field."""

    def __init__(self, tab: Tab, then: Callable[[str, str], object]) -> None:
        super().__init__(lambda: tr("Erase the client's file"), tab)
        self._client, self._then = tab.client, then
        self.reason, self.number = QLineEdit(), QLineEdit()
        self.body.addWidget(
            Label(lambda: tr("Everything on client {id} is erased. It cannot be undone.", id=self._client))
        )
        left = erasing.left_outside(tab.session, tab.client)
        if left:
            files = ", ".join(left)
            sentence = tr("These files in the outbox stay. Delete them yourself: {files}", files=files)
            self.body.addWidget(Point("triangle-alert", Tone.WARN.value, sentence))
        self.body.addWidget(
            Field(
                lambda: tr("Why the file is erased"),
                self.reason,
                hint=lambda: tr("Stays on the receipt: write no names."),
            )
        )
        self.body.addWidget(Field(lambda: tr("Type the client's number {id}", id=self._client), self.number))
        self.erase = Button(lambda: tr("Erase for good"), kind="danger", picture="eraser", act=self._done)
        self.erase.setEnabled(False)
        self.number.textChanged.connect(lambda text: self.erase.setEnabled(text.strip() == self._client))
        self.add_button(secondary(lambda: tr("Cancel"), act=self.reject))
        self.add_button(self.erase)
        kept = retention.of_client(tab.session, tab.client)
        if kept is not None and kept.is_due(tab.session.today()):
            self.reason.setText(tr("Retention time is full"))
            self.number.setFocus()

    def _done(self) -> None:
        self.accept()
        self._then(self.reason.text(), self.number.text())
