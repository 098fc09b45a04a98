"""Whose word the paper has for its translations: languages beside Finnish, and who has read them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QLineEdit

from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import language_names
from valmentaja.usecases import translating
from valmentaja.usecases.translating import Translation


class TranslationsCard(Card):
    """`tab` shows it and writes for it."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("Translations on plans"))
        self.tab = tab
        self.rows, self.name = Rows(), QLineEdit()
        self.language = Combo([(each, language_names(each)) for each in translating.CATALOGUES])
        self.name.returnPressed.connect(self.confirm)
        self.add(
            Label(
                lambda: tr(
                    "A plan can have the client's language beside Finnish. The paper says “translation not checked” "
                    "until someone who knows the language has read these texts. If a text changes, it says so again."
                ),
                "muted",
            )
        )
        self.add(self.rows)
        self.add(Field(lambda: tr("Language that was read"), self.language))
        self.add(Field(lambda: tr("Who has read it"), self.name))
        self.add(wrapping(secondary(lambda: tr("The translation is right"), "check", act=self.confirm)))

    def reload(self) -> None:
        self.rows.show_rows([_row(each) for each in translating.translations_of(self.tab.session)])

    def confirm(self) -> None:
        language, name = self.language.value(), self.name.text()
        if self.tab.do(lambda: translating.confirm(self.tab.session, language, name)) is not None:
            self.name.clear()


def _row(each: Translation) -> Row:
    name = language_names(each.language)
    if each.confirmed is None:
        return Row(name, aside=[Chip("circle", lambda: tr("not checked"), Tone.NEUTRAL)])
    when = day(datetime.fromisoformat(each.confirmed.at).date(), screen_language())
    return Row(name, f"{each.confirmed.name} · {when}", aside=[Chip("check", lambda: tr("checked"), Tone.OK)])
