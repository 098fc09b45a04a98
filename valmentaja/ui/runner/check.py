"""Tarkista: what is still open, each with a link to it. Nothing here is an error; everything is stored as it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from valmentaja.definitions.instrument import Domain
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import theme
from valmentaja.ui.runner.editor import in_words
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.buttons import Button, link, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.rows import Point, wrapping
from valmentaja.ui.widgets.text import Label, hairline
from valmentaja.ui.words import spoken
from valmentaja.usecases.looking_over import LookOver, Open


class CheckCard(Card):
    """`wanted` carries the item to go to, `rating_wanted` the domain to rate.

    `let_go` confirms what a skip rule dropped, `left` asks for the questions again.
    """

    wanted = Signal(str)
    rating_wanted = Signal(str)
    let_go = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(lambda: tr("What is still open"))
        self.back = link(lambda: tr("Back to the questions"), "chevron-left", act=self.left.emit)
        self.set_aside(self.back)

    def show_found(self, found: LookOver) -> None:
        self.clear()
        if found.is_whole:
            self.add(Point("circle-check", "ok", lambda: tr("Every question has been gone through.")))
        if found.open:
            self._show_open(found)
        if found.differing:

            def words() -> str:
                return tr("Client and coach differ, and there is no reason yet.")

            self._show_domains(words, found.differing)
        if found.dropped:
            self._show_dropped(found)
        if found.unrated:
            self._show_domains(lambda: tr("The coach's own rating is not given. It may stay so."), found.unrated)
        self.add(hairline())
        self.add(Label(lambda: tr("Everything answered so far is saved. You can go on later."), "small"))

    def _show_open(self, found: LookOver) -> None:
        count = found.count

        def told() -> str:
            return trn("{n} question has no answer yet.", "{n} questions have no answer yet.", count)

        self.add(Point("circle", "muted", told))
        for part in found.open:
            name = Label(spoken(part.domain.name), "strong", wrap=False)
            name.setMinimumWidth(theme.px(220))
            self.add(wrapping(name, *(self._link(part, item) for item in part.items), gap=8))

    def _show_domains(self, words: Say, domains: Sequence[Domain]) -> None:
        self.add(hairline())
        self.add(Point("users", "muted", words))
        self.add(wrapping(*(self._rating(domain) for domain in domains), gap=8))

    def _show_dropped(self, found: LookOver) -> None:
        """Answers that count no more because of another answer; nothing goes before the coach says so."""
        self.add(hairline())
        self.add(Point("eye-off", "muted", lambda: tr("An earlier answer leaves these out. They count no more.")))
        for item, held in found.dropped:
            text = item.text.in_(screen_language())
            self.add(Label(f"{item.id}  {text}  {in_words(held.value)}", "small"))
        self.add(secondary(lambda: tr("Take them out of use"), act=self.let_go.emit))

    def _rating(self, domain: Domain) -> Button:
        return secondary(spoken(domain.name), act=lambda: self.rating_wanted.emit(domain.id))

    def _link(self, part: Open, item: str) -> Button:
        text = next(i.text for i in part.domain.items if i.id == item)
        button = secondary(item, act=lambda: self.wanted.emit(item))
        button.say(item, name=lambda: f"{item}: {text.in_(screen_language())}")
        button.setToolTip(text.in_(screen_language()))
        return button
