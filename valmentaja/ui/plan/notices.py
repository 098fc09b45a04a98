"""The short papers of an agreed plan, made among the client's documents."""

from __future__ import annotations

from valmentaja.base.errors import UserError
from valmentaja.domain.plan import Plan
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import tasks
from valmentaja.ui.hub import perform
from valmentaja.ui.page import Page
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import notices, reviewing


class NoticesCard(Card):
    """Shown only when there is something to tell."""

    def __init__(self, page: Page, plan: Plan) -> None:
        super().__init__(lambda: tr("Papers of this plan"))
        self.page, self.plan = page, plan
        self.steward = secondary(
            lambda: tr("Notice to the shop steward"), "file-text", act=lambda: self._make("steward")
        )
        self.record = secondary(lambda: tr("Record of the review"), "list-checks", act=lambda: self._make("review"))
        self.steward.setVisible(notices.has_work_activity(plan))
        self.record.setVisible(bool(reviewing.reviews_of(page.session, plan.id)))
        self.add(Label(lambda: tr("They are kept among the client's documents, to print or to send."), "muted"))
        self.add(wrapping(self.steward, self.record, gap=12))
        self.setVisible(not self.steward.isHidden() or not self.record.isHidden())

    def _make(self, which: str) -> None:
        page, plan = self.page, self.plan
        try:
            paper = notices.PAPERS[which](page.session, plan.id, screen_language())
        except UserError as error:
            page.show_error(error)
            return

        def keep(pdf: bytes) -> None:
            made = perform(page, page.hub, lambda: notices.keep(page.session, plan.client, plan.id, paper, pdf))
            if made is not None:
                page.show_notice(lambda: tr("The paper is among the documents."))

        tasks.run(self, lambda: notices.make(paper), keep, page.show_error)
