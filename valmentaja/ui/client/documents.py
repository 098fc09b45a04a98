"""Asiakirjat: what is stored, checked again on opening, and written to the outbox."""

from __future__ import annotations

from datetime import datetime

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui import tasks
from valmentaja.ui.client.presentation import PresentationCard
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page
from valmentaja.ui.printing import ask_and_print
from valmentaja.ui.speech import said
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.empty import EmptyState
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.ui.widgets.viewer import Viewer
from valmentaja.ui.words import language_names
from valmentaja.usecases import checking, papers, sending, signing
from valmentaja.usecases.checking import Verdict
from valmentaja.usecases.papers import DocumentRow

SIGNED = "plan"
"""The kind of document that carries signatures; any other is checked against what was stored and that is all."""

SCAN = "scan"


class DocumentsTab(Tab):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.card, self.rows = Card(lambda: tr("Documents")), Rows()
        self.card.add(self.rows)
        self.nothing = EmptyState(
            lambda: tr("No documents yet"),
            lambda: tr("Signed plans and saved summaries are kept here."),
            picture="file-text",
        )
        self.to = Combo([(r.id, r.name) for r in sending.recipients()])
        self.to_field = Field(lambda: tr("Recipient of encrypted papers"), self.to)
        self.to_field.setVisible(bool(sending.recipients()))
        self.card.add(self.to_field)
        self.viewer = Viewer(lambda: tr("Pages of the document"))
        self.viewer.hide()
        self.out = secondary(lambda: tr("Sent papers"), "send", act=lambda: self.go("outbox", self.client))
        self.presentation = PresentationCard(self)
        for widget in (self.card, self.nothing, wrapping(self.out), self.viewer, self.presentation):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def reload(self) -> None:
        held = papers.documents(self.session, self.client)
        self.card.setVisible(bool(held))
        self.presentation.reload()
        self.nothing.setVisible(not held)
        self.rows.show_rows([self._row(document) for document in held])

    def _row(self, document: DocumentRow) -> Row:
        made = day(datetime.fromisoformat(document.created).date(), screen_language())
        aside = [
            secondary(lambda: tr("Show and check"), "eye", act=lambda: self.show_document(document)),
            secondary(lambda: tr("Print"), "printer", act=lambda: self._print(document)),
            secondary(lambda: tr("To the outbox"), "send", act=lambda: self._export(document)),
        ]
        if sending.recipients():
            sealed = secondary(lambda: tr("Send encrypted"), "lock", act=lambda: self._send_to(document))
            sealed.setAccessibleDescription(document.title)
            aside.append(sealed)
        language = said(language_names(document.language))
        below = f"{made} · {language} · {document.size // 1024} kB"
        return Row(document.title, "\n".join(filter(None, (below, self._unsigned(document)))), aside=aside)

    def _unsigned(self, document: DocumentRow) -> str:
        """Said before it is sent: it may go out, but whoever sends it should know."""
        if document.kind != SIGNED or document.plan is None:
            return ""
        lacking = signing.waiting(self.session, document.plan)
        who = ", ".join(party.name.in_(screen_language()) for party in lacking)
        return tr("Before you send it: nothing is written down of the signature of {who}.", who=who) if who else ""

    def _print(self, document: DocumentRow) -> None:
        ask_and_print(self.page, lambda: papers.printing(self.session, document.id))

    def show_document(self, document: DocumentRow) -> None:
        """The look is logged, then the stored bytes are checked again and drawn."""
        try:
            pdf = papers.pages(self.session, document.id)
        except UserError as error:
            self.page.show_error(error)
            return
        self.viewer.show()
        self.viewer.show_pdf(pdf)
        if document.kind == SCAN:
            self.page.show_notice(lambda: tr("This is the scanned paper as it was attached."), Tone.INFO)
            return
        if document.kind != SIGNED:
            self.page.show_notice(lambda: tr("This is the paper as it was saved. It has no signatures."), Tone.INFO)
            return
        name = document.file_name
        tasks.run(self, lambda: checking.check(name, pdf), self._checked, self.page.show_error)

    def _checked(self, verdict: Verdict) -> None:
        said = " ".join(tr(text, **dict(values)) for text, values in verdict.sentences)
        self.page.show_notice(said, Tone.OK if verdict.sound else Tone.LATE)

    def _export(self, document: DocumentRow) -> None:
        send(self.page, lambda: self._send(document))

    def _send_to(self, document: DocumentRow) -> None:
        def write() -> None:
            path = sending.send(self.session, document.id, self.to.value())
            self.page.show_notice(lambda: tr("Written: {file}", file=str(path)))

        send(self.page, write)

    def _send(self, document: DocumentRow) -> None:
        path = sending.hand_over(self.session, document.id)
        self.page.show_notice(lambda: tr("Written: {file}", file=str(path)))
