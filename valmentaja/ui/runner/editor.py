"""What answers one question: the scale, the three ways to give no number, a note, the earlier answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.definitions.instrument import Instrument
from valmentaja.domain.assessment import Answer, NoValue, Value
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.speech import Say, said
from valmentaja.ui.widgets.buttons import Button, secondary
from valmentaja.ui.widgets.fields import Field, Notes
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.scale import Scale
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import spoken

NO_VALUES: tuple[tuple[str, NoValue, Say], ...] = (
    ("N", NoValue.EI_KYSYTTY, lambda: tr("Not asked (N)")),
    ("X", NoValue.EI_HALUA, lambda: tr("Does not want to answer (X)")),
    ("E", NoValue.EI_KOSKE, lambda: tr("Does not concern me (E)")),
)
SHORT: dict[NoValue, Say] = {
    NoValue.EI_KYSYTTY: lambda: tr("not asked"),
    NoValue.EI_HALUA: lambda: tr("does not want to answer"),
    NoValue.EI_KOSKE: lambda: tr("does not concern"),
}


def in_words(value: Value | None) -> str:
    """An answer as it is read: a number, why there is none, or a dash for what has not been met."""
    if value is None:
        return "–"
    return said(SHORT[value]) if isinstance(value, NoValue) else str(value)


class AnswerEditor(QWidget):
    """`chosen` carries a `Value`; the note is stored by whoever listens to `note.settled`."""

    chosen = Signal(object)

    def __init__(self, instrument: Instrument) -> None:
        super().__init__()
        self.scale = Scale(spoken(instrument.low), spoken(instrument.high))
        self.scale.chosen.connect(self.chosen.emit)
        self.no_values = [self._no_value(value, words) for _key, value, words in NO_VALUES]
        self.note, self.earlier = Notes(lines=2), Label("", "muted")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        for widget in (self.scale, wrapping(*self.no_values), self.earlier, Field(lambda: tr("Note (Tab)"), self.note)):
            down.addWidget(widget)
        self.earlier.setVisible(False)

    def show_answer(self, held: Answer | None) -> None:
        value = held.value if held is not None and held.is_met else None
        self.scale.show_value(value if isinstance(value, int) else None)
        for button, (_key, meant, _words) in zip(self.no_values, NO_VALUES, strict=True):
            button.setChecked(value == meant)
        self.note.show_text("" if held is None else held.note)

    def show_earlier(self, held: Answer | None, *, wanted: bool) -> None:
        """What was answered in the measurement before; only when it is asked for, or it would lead the answer."""
        self.earlier.setVisible(wanted)
        if not wanted:
            self.earlier.say("")
        elif held is None:
            self.earlier.say(lambda: tr("There is no earlier answer to this question."))
        else:
            self.earlier.say(
                lambda: tr(
                    "Earlier answer {day}: {value}",
                    day=day(held.date, screen_language()),
                    value=in_words(held.value),
                )
            )

    def _no_value(self, value: NoValue, words: Say) -> Button:
        button = secondary(words, act=lambda: self.chosen.emit(value))
        button.setCheckable(True)
        return button
