"""Tarkista: what is still open, each with a link to it. Nothing here is an error; everything is stored as it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import theme
from valmentaja.ui.widgets.buttons import Button, link, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.rows import Point, wrapping
from valmentaja.ui.widgets.text import Label, hairline
from valmentaja.usecases.looking_over import LookOver, Open


class CheckCard(Card):
    """`wanted` carries the item to go to, `left` asks for the questions again."""

    wanted = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(lambda: tr("What is still open"))
        self.back = link(lambda: tr("Back to the questions"), "chevron-left", act=self.left.emit)
        self.set_aside(self.back)

    def show_found(self, found: LookOver) -> None:
        self.clear()
        if found.is_whole:
            self.add(Point("circle-check", "ok", lambda: tr("Every question has been gone through.")))
        else:
            count = found.count
            told = lambda: trn("{n} question has no answer yet.", "{n} questions have no answer yet.", count)  # noqa: E731
            self.add(Point("circle", "muted", told))
        for part in found.open:
            self.add(hairline())
            self.add(self._part(part))
        self.add(Label(lambda: tr("Everything answered so far is saved. You can go on later."), "small"))

    def _part(self, part: Open) -> QWidget:
        name = Label(lambda: part.domain.name.in_(screen_language()), "strong", wrap=False)
        name.setMinimumWidth(theme.px(220))
        return wrapping(name, *(self._link(part, item) for item in part.items), gap=12)

    def _link(self, part: Open, item: str) -> Button:
        text = next(i.text for i in part.domain.items if i.id == item)
        button = secondary(item, act=lambda: self.wanted.emit(item))
        button.say(item, name=lambda: f"{item}: {text.in_(screen_language())}")
        button.setToolTip(text.in_(screen_language()))
        return button
