"""Allekirjoitus: see the paper, sign it or say why not, seal it, hand it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLineEdit, QRadioButton, QWidget

from valmentaja.base.canonical import Json
from valmentaja.base.errors import UserError
from valmentaja.domain.plan import HAS_SIGNED, Signature, SignatureState
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import tasks
from valmentaja.ui.beliefs import Beliefs
from valmentaja.ui.further_signature import FurtherSignature
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page, Place
from valmentaja.ui.party_form import Parties
from valmentaja.ui.printing import ask_and_print
from valmentaja.ui.proof import Proof
from valmentaja.ui.signing_key import KeyChoice
from valmentaja.ui.speech import Say, said
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.ink import Ink
from valmentaja.ui.widgets.progress import Busy
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.widgets.viewer import Viewer
from valmentaja.ui.words import beside_finnish
from valmentaja.usecases import checking, cosigning, papers, planning, sending, signing
from valmentaja.usecases.checking import Verdict
from valmentaja.usecases.session import Area, Session
from valmentaja.usecases.signing import PartyState, Sealed

WAYS: tuple[tuple[SignatureState, Say], ...] = (
    (SignatureState.INK, lambda: tr("Signs here with a pen")),
    (SignatureState.TYPED, lambda: tr("Types the name")),
    (SignatureState.PAPER, lambda: tr("Has signed on paper")),
    (SignatureState.REFUSED, lambda: tr("Does not want to sign")),
    (SignatureState.PENDING, lambda: tr("Not now")),
)


class SigningPage(Page):
    """The preview is what is sealed; not signing is a normal state too."""

    areas = frozenset({Area.PLAN, Area.DOCUMENT})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        self.plan = planning.plan(session, place.key)
        super().__init__(session, hub, about=self.plan.client)
        self.place, self.document = place, ""
        self.viewer = Viewer(lambda: tr("The plan as it is printed"))
        self.language = Combo([("fi", "suomi"), ("sv", "svenska"), ("en", "English"), *beside_finnish()])
        self.language.set_value(screen_language())
        self.language.chosen.connect(lambda _language: self._draw())
        self.ways = {state: self._way(state, words) for state, words in WAYS}
        self.client = Card(lambda: tr("Client"))
        self.ink, self.reason, self.busy = Ink(), QLineEdit(), Busy()
        self.reason_field = Field(lambda: tr("Why, in the person's own words"), self.reason)
        self.name = QLineEdit()
        self.name_field = Field(lambda: tr("The person's name, typed by the person"), self.name)
        for field in (self.reason_field, self.name_field):
            field.hide()
        self.parties, self.key = Parties(self, hub, self.plan.id), KeyChoice(self)
        self.next = FurtherSignature(self, hub, self.plan.id)
        self.proof, self.beliefs = Proof(self, hub, self.plan.id), Beliefs(self, self.plan.id)
        self.button = primary(lambda: tr("Sign and seal"), "signature", act=self.seal)
        self.export = primary(lambda: tr("To the outbox"), "send", act=self._export)
        self.export.hide()
        self.shown, self.shown_document, self._was_painted = b"", "", False
        self.print = secondary(lambda: tr("Print"), "printer", act=lambda: ask_and_print(self, self._to_print))
        self.print.setEnabled(False)
        self._lay_out()
        self.ways[SignatureState.INK].setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once it can be seen, the paper is drawn: loading what draws it holds the interpreter, also in the worker."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._draw)

    def reload(self) -> None:
        parties = signing.parties(self.session, self.plan.id)
        self.parties.show_parties(parties)
        self.client.setVisible(not self._client_is_known(parties))
        self.next.show_parties(parties, is_sealed=cosigning.newest(self.session, self.plan.id) is not None)
        self.proof.reload()
        self.beliefs.reload()

    def draft(self) -> dict[str, Json]:
        """The ink too: nobody is asked to sign twice because the vault locked."""
        if self.document:
            return {}
        strokes: list[Json] = [[[x, y] for x, y in stroke] for stroke in self.ink.strokes]
        written = super().draft()
        if not strokes and not written:
            return {}
        chosen = next(state for state, button in self.ways.items() if button.isChecked())
        return {**written, "strokes": strokes, "way": chosen.value}

    def take_up(self, draft: Mapping[str, Json]) -> None:
        super().take_up(draft)
        self.ways[SignatureState(str(draft["way"]))].setChecked(True)
        self.ink.show_strokes(draft["strokes"])

    def seal(self) -> None:
        """Read everything here, draw and seal in the worker, store here."""
        try:
            given = () if self.client.isHidden() else (self._signature(),)
            if any(s.state is SignatureState.REFUSED and not s.reason for s in given):
                self.reason_field.show_error(
                    tr("Write the reason in the person's own words, or “does not want to say”.")
                )
                return
            key = self.key.key()
            job = signing.sign_job(self.session, self.plan.id, self.language.value(), given, key=key)
        except UserError as error:
            self.show_error(error)
            return
        self.button.setEnabled(False)
        self.busy.start(lambda: tr("Sealing the plan …"))
        tasks.run(self, lambda: signing.seal(job), self._sealed, self._failed)

    def _client_is_known(self, parties: Sequence[PartyState]) -> bool:
        """Signed or refused: sealing in one more language asks nothing again."""
        return any(p.party.id == signing.CLIENT and p.state is not SignatureState.PENDING for p in parties)

    def _signature(self) -> Signature:
        state = next(s for s, button in self.ways.items() if button.isChecked())
        return Signature(
            plan=self.plan.id,
            party=signing.CLIENT,
            state=state,
            on=self.session.today() if state in HAS_SIGNED else None,
            name=self.name.text().strip() if state is SignatureState.TYPED else "",
            reason=self.reason.text().strip() if state is SignatureState.REFUSED else "",
            ink=self.ink.strokes if state is SignatureState.INK else (),
        )

    def _sealed(self, sealed: Sealed) -> None:
        self.busy.stop()
        made = perform(self, self.hub, lambda: signing.keep(self.session, sealed))
        if made is None:
            self.button.setEnabled(True)
            return
        self.document = made.made
        pdf = papers.pages(self.session, self.document)
        self._show(pdf, self.document)
        self.button.hide()
        self.export.show()
        self.export.setFocus()
        tasks.run(self, lambda: checking.check("plan.pdf", pdf), self._checked, self._failed)

    def _checked(self, verdict: Verdict) -> None:
        said = " ".join(tr(text, **dict(values)) for text, values in verdict.sentences)
        self.show_notice(said, Tone.OK if verdict.sound else Tone.LATE)

    def _failed(self, error: UserError) -> None:
        self.busy.stop()
        self.button.setEnabled(True)
        self.show_error(error)

    def _export(self) -> None:
        send(self, self._send)

    def _send(self) -> None:
        path = sending.hand_over(self.session, self.document)
        self.show_notice(lambda: tr("Written: {file}", file=str(path)))

    def _show(self, pdf: bytes, document: str = "") -> None:
        self.shown, self.shown_document = pdf, document
        self.viewer.show_pdf(pdf)
        self.print.setEnabled(True)

    def _to_print(self) -> bytes:
        """What is on the screen: the sealed plan, or the plan to be signed with a pen."""
        if self.shown_document:
            return papers.printing(self.session, self.shown_document)
        signing.printing(self.session, self.plan.id)
        return self.shown

    def _draw(self) -> None:
        """The preview in the chosen language; slow, so in the worker, as is the loading of what draws it."""
        tasks.run(self, signing.get_ready, lambda _none: self._draw_now(), self.show_error)

    def _draw_now(self) -> None:
        try:
            paper = signing.preview(self.session, self.plan.id, self.language.value())
        except UserError as error:
            self.show_error(error)
            return
        tasks.run(self, lambda: signing.make(paper), self._show, self.show_error)

    def _way(self, state: SignatureState, words: Say) -> QRadioButton:
        button = QRadioButton(said(words))
        button.toggled.connect(lambda _on: self._chosen(state))
        return button

    def _chosen(self, state: SignatureState) -> None:
        if not self.ways[state].isChecked():
            return
        self.ink_box.setVisible(state is SignatureState.INK)
        self.reason_field.setVisible(state is SignatureState.REFUSED)
        self.name_field.setVisible(state is SignatureState.TYPED)
        self.reason_field.show_error("")

    def retranslate(self) -> None:
        for state, words in WAYS:
            self.ways[state].setText(said(words))

    def _lay_out(self) -> None:
        self.say_title(
            lambda: tr("Signing"), lambda: tr("Fingerprint {short}", short=(self.plan.fingerprint or "")[:8])
        )
        self.add_back(lambda: tr("Plan"), Place(page="plan", key=self.plan.id))
        self.add_action(self.print)
        self.add_action(self.button)
        self.add_action(self.export)
        client = self.client
        for button in self.ways.values():
            client.add(button)
        self.ink_box = self._ink_box()
        for widget in (self.ink_box, self.name_field, self.reason_field):
            client.add(widget)
        client.add(
            Label(
                lambda: tr(
                    "Ink or a typed name under the program's seal is an ordinary electronic signature, "
                    "neither advanced nor qualified."
                ),
                "small",
            )
        )
        seal = Card(lambda: tr("Seal"))
        seal.add(self.key)
        seal.add(self.busy)
        paper = Card(lambda: tr("Language of the paper"))
        paper.add(Field(lambda: tr("Language"), self.language))
        columns = Columns(least=1000)
        columns.add(self.viewer, 3)
        columns.add(stack(client, self.parties, seal, paper, self.next, self.beliefs, self.proof), 2)
        self.body.addWidget(columns)

    def _ink_box(self) -> QWidget:
        tools = wrapping(
            secondary(lambda: tr("Undo the stroke"), "undo-2", act=self.ink.undo),
            secondary(lambda: tr("Clear"), "eraser", act=self.ink.clear),
        )
        return stack(self.ink, tools)
