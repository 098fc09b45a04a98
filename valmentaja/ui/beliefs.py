"""What a verifier may believe of the sealed plan, signature by signature, in words."""

from __future__ import annotations

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui import tasks
from valmentaja.ui.page import Page
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.usecases import believing, cosigning
from valmentaja.usecases.believing import Belief


class Beliefs(Card):
    """Checked in the worker, once for each stored document; hidden while nothing is sealed."""

    def __init__(self, page: Page, plan: str) -> None:
        super().__init__(lambda: tr("What a verifier may believe"))
        self.page, self.plan, self._checked = page, plan, ""
        self.rows = Rows()
        self.add(self.rows)
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

    def _show(self, found: tuple[Belief, ...]) -> None:
        self.rows.show_rows([_row(belief) for belief in found])
        self.setVisible(bool(found))


def _row(belief: Belief) -> Row:
    when = "" if belief.at is None else day(belief.at.date(), screen_language())
    chip = (
        Chip("check", lambda: tr("holds"), Tone.OK)
        if belief.holds
        else Chip("triangle-alert", lambda: tr("does not hold"), Tone.LATE)
    )

    def said() -> str:
        return " ".join((when, *(tr(text, **dict(values)) for text, values in belief.sentences)))

    return Row(belief.signer or (lambda: tr("Unknown signer")), said, aside=(chip,))
