"""Who has signed a plan, and the form that writes down a signature given elsewhere: on paper, refused, not yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from valmentaja.base.errors import UserError
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.page import Page
from valmentaja.ui.widgets.buttons import link, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field
from valmentaja.ui.widgets.flow import stack
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import SIGNED
from valmentaja.usecases import scans, signing
from valmentaja.usecases.scans import Scan
from valmentaja.usecases.signing import SIGNED_HERE, PartyState

PAPER, REFUSED, PENDING = (str(s) for s in (SignatureState.PAPER, SignatureState.REFUSED, SignatureState.PENDING))


class Parties(Card):
    """One row for every party; the form opens below them for one party at a time."""

    def __init__(self, page: Page, hub: Hub, plan: str) -> None:
        super().__init__(lambda: tr("Who has signed"))
        self.page, self.hub, self.plan, self.party = page, hub, plan, ""
        self.rows, self.who, self.form = Rows(), Label("", "strong"), QWidget()
        self.state = Combo(
            [
                (PAPER, lambda: tr("Has signed on paper")),
                (REFUSED, lambda: tr("Does not want to sign")),
                (PENDING, lambda: tr("Not now")),
            ]
        )
        self.state.currentIndexChanged.connect(lambda _row: self._show_state())
        self.name, self.capacity, self.reason, self.file = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.day = DateEdit(year=page.session.today().year)
        self.save = secondary(lambda: tr("Save"), "check", act=self.store)
        self.add(self.rows)
        self.add(self.form)
        self.form.hide()

    def show_parties(self, parties: Sequence[PartyState]) -> None:
        self.rows.show_rows([self._row(shown) for shown in parties])

    def open_for(self, shown: PartyState) -> None:
        """The form with what is known of the party already."""
        if self.form.layout() is None:  # the page opens without this part's weight
            self._lay_out_form()
        known, self.party = shown.signature, shown.party.id
        self.who.say(lambda: shown.party.name.in_(screen_language()))
        self.state.set_value(PAPER if known is None or shown.state is SignatureState.PENDING else str(shown.state))
        self.name.setText("" if known is None else known.name)
        self.capacity.setText("" if known is None else known.capacity)
        self.reason.setText("" if known is None else known.reason)
        self.day.set_value(self.page.session.today() if known is None or known.on is None else known.on)
        self.file.clear()
        self._show_state()
        self.form.show()
        self.state.setFocus()

    def store(self) -> None:
        """Signature and scan are written down at once or not at all."""
        session = self.page.session
        try:
            signature, scan = self._signature(), self._scan()
        except UserError as error:
            self.page.show_error(error)
            return
        made = perform(
            self.page, self.hub, lambda: signing.record(session, signature, scan, language=screen_language())
        )
        if made is not None:
            self.close_form()
            if scan is not None:
                self.page.show_notice(lambda: tr("Written down. The scan is among the client's documents."))

    def close_form(self) -> None:
        self.form.hide()
        self.party = ""

    def _signature(self) -> Signature:
        state = SignatureState(self.state.value())
        return Signature(
            plan=self.plan,
            party=self.party,
            state=state,
            name=self.name.text().strip() if state is SignatureState.PAPER else "",
            capacity=self.capacity.text().strip() if state is SignatureState.PAPER else "",
            on=self.day.read() if state is SignatureState.PAPER else None,
            reason=self.reason.text().strip() if state is SignatureState.REFUSED else "",
        )

    def _scan(self) -> Scan | None:
        path = self.file.text().strip()
        return scans.read(Path(path).expanduser()) if path and self.state.value() == PAPER else None

    def _row(self, shown: PartyState) -> Row:
        picture, tone, words = SIGNED[shown.state]
        name = shown.party.name.in_(screen_language())
        aside: list[QWidget] = [Chip(picture, words, tone)]
        if shown.state not in SIGNED_HERE:
            write = link(lambda: tr("Write down"), "pen-line", act=lambda: self.open_for(shown))
            write.setAccessibleDescription(name)
            aside.append(write)
        return Row(name, _about(shown.signature), aside=aside)

    def _show_state(self) -> None:
        self.on_paper.setVisible(self.state.value() == PAPER)
        self.refused.setVisible(self.state.value() == REFUSED)

    def _browse(self) -> None:
        kinds = f"{tr('Scanned paper')} (*.pdf *.jpg *.jpeg *.png)"
        chosen, _kind = QFileDialog.getOpenFileName(self, tr("Scanned paper"), self.file.text(), kinds)
        if chosen:
            self.file.setText(chosen)

    def _paper_fields(self) -> QWidget:
        return stack(
            Field(lambda: tr("Name of the signer"), self.name),
            Field(lambda: tr("Capacity"), self.capacity, hint=lambda: tr("For example a coach or a service manager")),
            Field(lambda: tr("Day of signing"), self.day),
            Field(
                lambda: tr("Scanned paper"),
                self.file,
                hint=lambda: tr("PDF, JPEG or PNG, at most 20 MB. May be empty."),
            ),
            wrapping(secondary(lambda: tr("Browse …"), "folder-open", act=self._browse)),
        )

    def _lay_out_form(self) -> None:
        self.on_paper = self._paper_fields()
        self.refused = Field(lambda: tr("Why, in the person's own words"), self.reason)
        body = QVBoxLayout(self.form)
        body.setContentsMargins(0, 8, 0, 0)
        body.setSpacing(8)
        for part in (self.who, Field(lambda: tr("What happened"), self.state), self.on_paper, self.refused):
            body.addWidget(part)
        body.addWidget(wrapping(self.save, link(lambda: tr("Cancel"), act=self.close_form)))


def _about(signature: Signature | None) -> str:
    """Who signed in what capacity and when, or why not."""
    if signature is None:
        return ""
    when = "" if signature.on is None else day(signature.on, screen_language())
    return " · ".join(filter(None, (signature.name, signature.capacity, when, signature.reason)))
