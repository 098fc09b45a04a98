"""How the open assessment is answered, and in which language; changed at any time before it is closed."""

from __future__ import annotations

from functools import partial

from valmentaja.definitions.languages import languages
from valmentaja.domain.assessment import Assessment, Mode
from valmentaja.domain.table_words import CODES
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.usecases import answering_way

COMMON = ("fi", "sv", "en", "se", "et", "ru", "uk", "ar", "so", "fa", "ckb", "ku", "ti", "vi", "th", "tr")
"""Languages most spoken by clients in Finland come first; the others by name."""


class WayCard(Card):
    """Hidden while no assessment is open."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("How it is answered"))
        self._tab, self._assessment = tab, ""
        self.mode = Combo([(mode, partial(_mode_words, mode)) for mode in Mode])
        self.language = Combo()
        for combo in (self.mode, self.language):
            combo.chosen.connect(lambda _value: self._keep())
        side_by_side = Columns(least=560)
        side_by_side.add(Field(lambda: tr("The client answers"), self.mode), 1)
        side_by_side.add(Field(lambda: tr("Language of the answers"), self.language), 1)
        self.add(side_by_side)

    def show_assessment(self, held: Assessment | None) -> None:
        self.setVisible(held is not None)
        self._assessment = "" if held is None else held.id
        if held is not None:
            self.language.offer(_offered())
            self.mode.set_value(held.mode)
            self.language.set_value(held.language)

    def _keep(self) -> None:
        mode, language = Mode(self.mode.value()), self.language.value()
        keep = partial(answering_way.set_way, self._tab.session, self._assessment, mode=mode, language=language)
        self._tab.do(keep)


def _mode_words(mode: Mode) -> str:
    return tr(CODES[mode])


def _offered() -> list[tuple[str, str]]:
    names = languages(screen_language())
    rest = sorted((code for code in names if code not in COMMON), key=lambda code: names[code])
    known = [(code, names[code]) for code in (*COMMON, *rest) if code in names]
    return [("", tr("the client's own language")), *known]
