"""Esittelykortti: first the client's yes or no, then the texts, then the page."""

from __future__ import annotations

from functools import partial

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.presentation import FIELDS
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui import tasks
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import DateEdit, Field, Notes
from valmentaja.ui.widgets.flow import stack
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import presentation


class PresentationCard(Card):
    """Without a consent in force the texts can be written and nothing can be made of them."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("Presentation card"))
        self.tab = tab
        self.state = Label("", "strong")
        self.until = DateEdit(year=tab.session.today().year)
        self.yes = secondary(lambda: tr("The client agrees"), "check", act=lambda: self._ask(given=True))
        self.no = secondary(lambda: tr("The client does not agree"), "circle-slash", act=lambda: self._ask(given=False))
        self.back = secondary(lambda: tr("The consent is taken back"), "undo-2", act=self._withdraw)
        self.make = secondary(lambda: tr("Make the card"), "file-text", act=self._make)
        self.texts = {field: Notes(lines=2) for field in FIELDS}
        for field, notes in self.texts.items():
            notes.settled.connect(partial(self._keep, field))
        self._lay_out()

    def reload(self) -> None:
        held = presentation.card(self.tab.session, self.tab.client)
        for field, notes in self.texts.items():
            notes.show_text(held.fields.get(field, ""))
        self.make.setEnabled(held.in_force)
        self.back.setVisible(held.in_force)
        self.state.say(lambda: _told(held))

    def _ask(self, *, given: bool) -> None:
        session, client = self.tab.session, self.tab.client
        asked = self.tab.do(lambda: presentation.ask(session, client, given=given, expires=self.until.read()))
        if asked is not None:
            self.until.clear()

    def _withdraw(self) -> None:
        self.tab.do(lambda: presentation.withdraw(self.tab.session, self.tab.client))

    def _keep(self, field: str, text: str) -> None:
        self.tab.do(lambda: presentation.keep_field(self.tab.session, self.tab.client, field, text))

    def _make(self) -> None:
        for notes in self.texts.values():
            notes.settle()
        session, client = self.tab.session, self.tab.client
        try:
            ready = presentation.paper(session, client, screen_language())
        except UserError as error:
            self.tab.page.show_error(error)
            return

        def keep(pdf: bytes) -> None:
            if self.tab.do(lambda: presentation.keep(session, client, ready, pdf)) is not None:
                self.tab.page.show_notice(lambda: tr("The card is among the documents."))

        tasks.run(self, lambda: presentation.make(ready), keep, self.tab.page.show_error)

    def _lay_out(self) -> None:
        about = N_("For an employer, only with the client's consent: 380/2023 118 § (check Finlex). Nothing of health.")
        self.add(Label(lambda: tr(about), "muted"))
        self.add(self.state)
        ending = Field(lambda: tr("Consent until"), self.until, hint=lambda: tr("At most 6 months"))
        self.add(ending)
        self.add(wrapping(self.yes, self.no, self.back, gap=12))
        fields = [Field(partial(tr, label), self.texts[field]) for field, label in FIELDS.items()]
        self.add(stack(*fields, gap=8))
        self.add(self.make)


def _told(held: presentation.Card) -> str:
    consent, language = held.consent, screen_language()
    if consent is None:
        return tr("The client has not been asked yet.")
    if not consent.given:
        return tr("The client did not agree {day}.", day=day(consent.on, language))
    if consent.withdrawn is not None:
        return tr("The consent was taken back {day}.", day=day(consent.withdrawn, language))
    until = day(consent.expires, language)
    return (
        tr("The client agrees until {day}.", day=until) if held.in_force else tr("The consent ended {day}.", day=until)
    )
