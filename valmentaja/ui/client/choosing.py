"""Which instrument a new assessment begins with, and whether in full or short form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.definitions.instrument import Instrument
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import spoken
from valmentaja.usecases import instruments
from valmentaja.usecases.session import Session

Begin = Callable[[str, bool], None]
"""Called with the instrument's id and whether the short form is wanted."""


class Choosing(QWidget):
    """The first of those offered is chosen already, so one press begins the usual assessment."""

    def __init__(self, session: Session, begin: Begin) -> None:
        super().__init__()
        self._session, self._offered = session, {i.id: i for i in instruments.offered(session)}
        self.instrument, self.about = Combo(), Label("", "small")
        self.instrument.chosen.connect(lambda _id: self._show_chosen())
        self.begin = secondary(
            lambda: tr("Begin an assessment"), "clipboard-list", act=lambda: begin(self.instrument.value(), False)
        )
        self.quick = secondary(lambda: tr("Begin the short form"), act=lambda: begin(self.instrument.value(), True))
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addWidget(Field(lambda: tr("Instrument"), self.instrument))
        body.addWidget(self.about)
        body.addWidget(wrapping(self.begin, self.quick))

    def reload(self) -> None:
        self._offered = {i.id: i for i in instruments.offered(self._session)}
        self.instrument.offer([(i.id, partial(_name, i)) for i in self._offered.values()])
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self._offered[self.instrument.value()]
        self.about.setVisible(chosen.about is not None)
        if chosen.about is not None:
            self.about.say(spoken(chosen.about))
        self.quick.setVisible(chosen.has_quick_form)


def _name(instrument: Instrument) -> str:
    return f"{instrument.name.in_(screen_language())} {instrument.version}"
