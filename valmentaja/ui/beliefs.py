"""What a verifier may believe of the sealed plan, signature by signature, in words."""

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
from valmentaja.usecases.believing import Belief, Believed, State

CHIPS: dict[State, tuple[str, Say, Tone]] = {
    State.HOLDS: ("check", lambda: tr("holds"), Tone.OK),
    State.UNEXPLAINED: ("circle-question-mark", lambda: tr("could not be explained"), Tone.WARN),
    State.BROKEN: ("triangle-alert", lambda: tr("does not hold"), Tone.LATE),
}


class Beliefs(Card):
    """Checked in the worker, once for each stored document; hidden while nothing is sealed."""

    def __init__(self, page: Page, plan: str) -> None:
        super().__init__(lambda: tr("What a verifier may believe"))
        self.page, self.plan, self._checked = page, plan, ""
        self.rows, self.remarks = Rows(), Label("", "strong")
        self.add(self.remarks)
        self.add(self.rows)
        self.add(
            Label(
                lambda: tr(
                    "The times are what the signing computers said. The program opens no connection: "
                    "it adds no time stamp and asks nobody whether a certificate has been revoked."
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
        self.setVisible(bool(found.signatures or found.remarks))


def _row(belief: Belief) -> Row:
    when = "" if belief.at is None else day(belief.at.date(), screen_language())

    def said() -> str:
        return " ".join((when, *(tr(text, **dict(values)) for text, values in belief.sentences)))

    return Row(belief.signer or (lambda: tr("Unknown signer")), said, aside=(Chip(*CHIPS[belief.state]),))
