"""What a verifier may believe of the sealed plan, in words: each signature and time stamp, and issuers' words."""

from __future__ import annotations

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui import tasks
from valmentaja.ui.page import Page
from valmentaja.ui.speech import Say
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import believing, cosigning
from valmentaja.usecases.believing import Belief, Believed, State, Word

CHIPS: dict[State, tuple[str, Say, Tone]] = {
    State.HOLDS: ("check", lambda: tr("holds"), Tone.OK),
    State.UNEXPLAINED: ("circle-question-mark", lambda: tr("could not be explained"), Tone.WARN),
    State.BROKEN: ("triangle-alert", lambda: tr("does not hold"), Tone.LATE),
    State.DOUBTED: ("triangle-alert", lambda: tr("do not rely on it"), Tone.WARN),
    State.NOT_REVOKED: ("info", lambda: tr("not revoked"), Tone.NEUTRAL),
    State.REVOKED: ("triangle-alert", lambda: tr("revoked"), Tone.LATE),
    State.NOT_KNOWN: ("circle-question-mark", lambda: tr("not known"), Tone.WARN),
}


class Beliefs(Card):
    """Checked in the worker, once for each stored document; hidden while nothing is sealed."""

    def __init__(self, page: Page, plan: str) -> None:
        super().__init__(lambda: tr("What a verifier may believe"))
        self.page, self.plan, self._checked = page, plan, ""
        self.rows, self.remarks = Rows(), Label("", "strong")
        self.words, self.about = Rows(), Label(lambda: tr("What issuers said of the certificates"), "strong")
        for part in (self.remarks, self.rows, self.about, self.words):
            self.add(part)
        self.add(
            Label(
                lambda: tr(
                    "The time of a signature is what the signing computer said. The program opens no connection: "
                    "time stamps and what issuers say of certificates come from files."
                ),
                "small",
            )
        )
        self.hide()

    def reload(self) -> None:
        document = cosigning.newest(self.page.session, self.plan)
        if document is None or document.id == self._checked:
            return
        self._checked = document.id
        try:
            held = believing.newest(self.page.session, self.plan)
        except UserError as error:
            self.page.show_error(error)
            return
        if held is not None:
            tasks.run(self, lambda: believing.believed(held), self._show, self.page.show_error)

    def _show(self, found: Believed) -> None:
        self.remarks.say(lambda: " ".join(tr(remark) for remark in found.remarks))
        self.remarks.setVisible(bool(found.remarks))
        self.rows.show_rows([_row(belief) for belief in found.signatures])
        self.words.show_rows([_said(word) for word in found.words])
        for part in (self.about, self.words):
            part.setVisible(bool(found.words))
        self.setVisible(bool(found.signatures or found.remarks))


def _row(belief: Belief) -> Row:
    when = "" if belief.at is None or belief.stamp else day(belief.at.date(), screen_language())

    def said() -> str:
        return " ".join((when, *(tr(text, **dict(values)) for text, values in belief.sentences))).strip()

    return Row(lambda: _title(belief), said, aside=(Chip(*CHIPS[belief.state]),))


def _title(belief: Belief) -> str:
    if belief.stamp:
        return tr("Time stamp: {service}", service=belief.signer or tr("unknown service"))
    return belief.signer or tr("Unknown signer")


def _said(word: Word) -> Row:
    text, values = word.sentence
    return Row(word.name, lambda: tr(text, **dict(values)), aside=(Chip(*CHIPS[word.state]),))
