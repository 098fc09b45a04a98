"""Which optional figures of the month this unit collects."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox

from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import settings


class FiguresCard(Card):
    """What is not collected goes out empty and marked so; the other figures always go out."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("Figures of the month this unit collects"))
        self._tab = tab
        self.boxes = {indicator.id: QCheckBox() for indicator in settings.optional_indicators()}
        for id_, box in self.boxes.items():
            box.toggled.connect(lambda on, id_=id_: self._collect(id_, on))
            self.add(box)
        self.add(Label(lambda: tr("What is not collected goes out empty. The other figures always go out."), "small"))

    def reload(self) -> None:
        off = settings.indicators_off(self._tab.session)
        for indicator in settings.optional_indicators():
            box = self.boxes[indicator.id]
            with QSignalBlocker(box):
                box.setChecked(indicator.id not in off)
            box.setText(f"{indicator.id}  {indicator.title.in_(screen_language())}")

    def _collect(self, indicator: str, collected: bool) -> None:
        self._tab.do(lambda: settings.collect(self._tab.session, indicator, collected=collected))
