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
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.flow import stack
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
        referred = notices.referred(plan)
        self.step = Combo([(step.id, f"{step.provider}: {step.what}") for step in referred])
        self.referral = stack(
            Field(lambda: tr("To whom is the client referred?"), self.step),
            wrapping(secondary(lambda: tr("Onward referral"), "external-link", act=lambda: self._make("referral"))),
            gap=8,
        )
        self.referral.setVisible(bool(referred))
        self.add(self.referral)
        self.setVisible(any(not part.isHidden() for part in (self.steward, self.record, self.referral)))

    def _make(self, which: str) -> None:
        page, plan = self.page, self.plan
        try:
            if which == "referral":
                paper = notices.referral(page.session, plan.id, self.step.value(), screen_language())
            else:
                paper = notices.PAPERS[which](page.session, plan.id, screen_language())
        except UserError as error:
            page.show_error(error)
            return

        def keep(pdf: bytes) -> None:
            made = perform(page, page.hub, lambda: notices.keep(page.session, plan.client, plan.id, paper, pdf))
            if made is not None:
                page.show_notice(lambda: tr("The paper is among the documents."))

        tasks.run(self, lambda: notices.make(paper), keep, page.show_error)
