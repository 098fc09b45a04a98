"""Yleiset: language, look and text size of this computer, and where this vault's finished files go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from valmentaja.i18n import tr
from valmentaja.ui.page import Page
from valmentaja.ui.settings.figures import FiguresCard
from valmentaja.ui.settings.translations import TranslationsCard
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field, Line
from valmentaja.ui.widgets.rows import Pairs
from valmentaja.usecases import preferences, settings, signing_keys
from valmentaja.usecases.preferences import TEXT_SIZES


class GeneralTab(Tab):
    """What is chosen for this computer, and what for this vault."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        now = preferences.preferences()
        self.language = Combo([("fi", "suomi"), ("sv", "svenska"), ("en", "English")])
        self.theme = Combo(
            [
                ("auto", lambda: tr("As on the computer")),
                ("light", lambda: tr("Light")),
                ("dark", lambda: tr("Dark")),
                ("contrast", lambda: tr("High contrast")),
            ]
        )
        self.text_size = Combo([(str(size), f"{size} %") for size in TEXT_SIZES])
        for combo, value in ((self.language, now.language), (self.theme, now.theme), (self.text_size, now.text_size)):
            combo.set_value(str(value))
            combo.chosen.connect(lambda _value: self._prefer())
        self.outbox = Line()
        self.outbox.settled.connect(self._send_to)
        self.cards = Line()
        self.cards.settled.connect(lambda path: self.do(lambda: signing_keys.set_card_module(self.session, path)))
        self.unit, self.translations, self.figures = Pairs(), TranslationsCard(self), FiguresCard(self)
        self._lay_out()

    def reload(self) -> None:
        held = settings.vault_settings(self.session)
        self.outbox.show_text(str(held.outbox))
        self.cards.show_text(signing_keys.card_module(self.session))
        self.translations.reload()
        self.figures.reload()
        self.unit.clear()
        self.unit.add(lambda: tr("Unit"), held.unit.code)
        self.unit.add(lambda: tr("Municipality"), held.unit.municipality)
        self.unit.add(lambda: tr("Coach"), held.unit.coach)
        self.unit.add(lambda: tr("Vault"), str(self.session.folder))

    def leave(self) -> bool:
        self.outbox.settle()
        self.cards.settle()
        return True

    def _prefer(self) -> None:
        chosen = replace(
            preferences.preferences(),
            language=self.language.value(),
            theme=self.theme.value(),
            text_size=int(self.text_size.value()),
        )
        preferences.keep_preferences(chosen)
        self.page.hub.preferred.emit(chosen)

    def _send_to(self, folder: str) -> None:
        self.do(lambda: settings.set_outbox(self.session, Path(folder).expanduser()))

    def _lay_out(self) -> None:
        look = Card(lambda: tr("On this computer"))
        look.add(Field(lambda: tr("Language"), self.language))
        look.add(Field(lambda: tr("Colours"), self.theme))
        look.add(Field(lambda: tr("Text size"), self.text_size))
        vault = Card(lambda: tr("In this vault"))
        vault.add(
            Field(
                lambda: tr("Outbox"), self.outbox, hint=lambda: tr("Signed plans and month packages are written here.")
            )
        )
        vault.add(
            Field(
                lambda: tr("Card program"),
                self.cards,
                hint=lambda: tr("For signing with a card: the card maker's PKCS #11 file. Empty when no card is used."),
            )
        )
        vault.add(self.unit)
        self.body.addWidget(look)
        self.body.addWidget(vault)
        self.body.addWidget(self.figures)
        self.body.addWidget(self.translations)
        self.body.addStretch(1)
