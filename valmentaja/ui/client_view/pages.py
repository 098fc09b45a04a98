"""The pages of the client view: a calm beginning, one question at a time, a thank-you."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from valmentaja.base.errors import Value as TextValue
from valmentaja.domain.assessment import NoValue, Value
from valmentaja.domain.client_view import ClientView, in_language
from valmentaja.ui.client_view import texts
from valmentaja.ui.client_view.pin import KeyEntry, PinPad, TryPin
from valmentaja.ui.client_view.scale import TouchScale
from valmentaja.ui.client_view.sheet import Sheet
from valmentaja.ui.client_view.tongue import Tongue
from valmentaja.ui.icons import Icon
from valmentaja.ui.speech import announce
from valmentaja.ui.widgets.buttons import Button, link, primary, secondary
from valmentaja.ui.widgets.progress import Progress
from valmentaja.ui.widgets.text import Label


class StartPage(Sheet):
    """Why we ask, and that one may skip."""

    begun = Signal()

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self.button = primary(tongue.say(texts.BEGIN), act=self.begun.emit)
        self.body.addStretch(1)
        self.body.addWidget(Label(tongue.say(texts.WELCOME), "question"))
        for sentence in (texts.WHY, texts.MAY_SKIP, texts.HOW):
            self.body.addWidget(Label(tongue.say(sentence)))
        self.add_row(self.button)
        self.body.addStretch(2)

    def first_focus(self) -> QWidget:
        return self.button

    def show_view(self, view: ClientView) -> None:
        self.button.say(self._tongue.say(texts.GO_ON if view.answered else texts.BEGIN))


class QuestionPage(Sheet):
    """`answered` carries the value; the page itself keeps nothing."""

    answered = Signal(object)

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self.where, self.stem, self.statement = Label("", "muted"), Label("", "muted"), Label("", "question")
        self.progress = Progress(tongue.say(texts.PROGRESS))
        self.scale = TouchScale(tongue)
        self.scale.chosen.connect(self.answered.emit)
        self.no_values = {
            NoValue.EI_HALUA: self._no_value(NoValue.EI_HALUA, texts.NOT_WANTED),
            NoValue.EI_KOSKE: self._no_value(NoValue.EI_KOSKE, texts.NOT_MINE),
        }
        self.note, self.mark = Label("", "ok"), Icon("circle-check", "ok", 24)
        for widget in (self.where, self.progress, self.stem, self.statement, self.scale):
            self.body.addWidget(widget)
        self.add_row(*self.no_values.values())
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(self.mark)
        across.addWidget(self.note, 1)
        self.body.addLayout(across)
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        return next((b for b in self.scale.buttons if b.isChecked()), self.scale.buttons[0])

    def show_question(self, view: ClientView, at: int) -> None:
        """One question and the answer it has."""
        tongue, asked = self._tongue, view.questions[at]
        self.stem.say(tongue.content(view.stem))
        self.statement.say(tongue.content(asked.text))
        self.scale.setAccessibleName(in_language(asked.text, tongue.language))
        self.scale.name_ends(view.low, view.high)
        self.show_state(view, at)
        self.say("")
        self.verticalScrollBar().setValue(0)

    def show_state(self, view: ClientView, at: int) -> None:
        """The same question: its answer, and how many there are now, for an answer may take others out."""
        tongue, asked, total = self._tongue, view.questions[at], len(view.questions)

        def where() -> str:
            counted = tongue.say(texts.WHERE, n=at + 1, total=total)()
            return f"{counted} · {in_language(asked.section, tongue.language)}"

        self.where.say(where)
        self.progress.show_part(at + 1, total)
        self.show_value(asked.value)

    def show_value(self, value: Value | None) -> None:
        self.scale.show_value(None if isinstance(value, NoValue) else value)
        for meant, button in self.no_values.items():
            button.setChecked(value == meant)

    def say(self, text: str, role: str = "ok", /, **values: TextValue) -> None:
        """A line under the answers: saved, or not saved."""
        self.note.set_role(role)
        self.note.say(self._tongue.say(text, **values))
        self.mark.show_icon("circle-check" if role == "ok" else "circle-x", role)
        self.mark.setVisible(bool(text))
        if text:
            announce(self.note, self.note.text())

    def _no_value(self, value: NoValue, words: str) -> Button:
        button = secondary(self._tongue.say(words), act=lambda: self.answered.emit(value))
        button.setCheckable(True)
        return button


class EndPage(Sheet):
    """Thanks, and the computer goes back."""

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self.thanks, self.counted = Label(tongue.say(texts.THANKS), "question"), Label("")
        self.body.addStretch(1)
        self.body.addWidget(self.thanks)
        self.body.addWidget(Label(tongue.say(texts.GIVE_BACK)))
        self.body.addWidget(self.counted)
        self.body.addStretch(2)

    def show_view(self, view: ClientView) -> None:
        self.counted.say(self._tongue.say(texts.ANSWERED, n=view.answered, total=len(view.questions)))


class PinPage(Sheet):
    """The door back to the coach's window; `forgotten` carries the vault's passphrase in place of the PIN."""

    forgotten = Signal(str)

    def __init__(self, tongue: Tongue, try_pin: TryPin) -> None:
        super().__init__()
        self.pad = PinPad(tongue, try_pin)
        self.pad.setProperty("surface", "door")
        self.link = link(tongue.say(texts.FORGOTTEN), act=self.show_key)
        self.key = KeyEntry(tongue)
        self.key.setProperty("surface", "door")
        self.key.entered.connect(self.forgotten)
        self.asked = Label(tongue.say(texts.ASK_PIN), "strong")
        self.body.addWidget(self.asked)
        self.body.addWidget(self.pad)
        self.add_row(self.link)
        self.body.addWidget(self.key)
        self.body.addStretch(1)
        self.key.hide()

    def first_focus(self) -> QWidget:
        return self.pad.edit

    def begin(self) -> None:
        """Ask for the PIN again."""
        self.key.clear()
        self._show(key=False)
        self.pad.begin()

    def show_key(self) -> None:
        """Ask for the passphrase in place of the PIN."""
        self._show(key=True)
        self.key.edit.setFocus()
        self.verticalScrollBar().setValue(0)

    def _show(self, *, key: bool) -> None:
        for widget in (self.asked, self.pad, self.link):
            widget.setVisible(not key)
        self.key.setVisible(key)
