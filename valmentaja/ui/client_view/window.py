"""The client's own window: one assessment or plan, in the client's language, and no way out but the PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from babel import Locale
from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QScreen
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from valmentaja.domain.assessment import Value
from valmentaja.domain.client_view import ClientView
from valmentaja.ui.client_view import texts
from valmentaja.ui.client_view.look import SIZES, dress
from valmentaja.ui.client_view.pages import EndPage, PinPage, QuestionPage, StartPage
from valmentaja.ui.client_view.pin import TryPin
from valmentaja.ui.client_view.plan import PlanPage
from valmentaja.ui.client_view.results import ResultsPage
from valmentaja.ui.client_view.sheet import Sheet
from valmentaja.ui.client_view.tongue import Tongue
from valmentaja.ui.speech import announce
from valmentaja.ui.widgets.buttons import Button, link, primary, secondary
from valmentaja.ui.widgets.flow import Flow
from valmentaja.ui.widgets.text import Label

Answer = Callable[[str, Value], ClientView | None]
"""Stores the value of an item and gives what is to be shown then; None when nothing was stored."""


PAGED: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


class ClientWindow(QWidget):
    """`left` when the PIN was right, `forgotten` with a passphrase in its place. Nothing else leads out."""

    left = Signal()
    forgotten = Signal(str)

    def __init__(self, view: ClientView, answer: Answer, try_pin: TryPin, *, over_all: bool) -> None:
        super().__init__(None, _flags(over_all=over_all))
        self.view, self._answer = view, answer
        self.at, self.size_chosen, self._free, self._typed = view.resume_at, SIZES[0], False, ""
        self.tongue = Tongue(view.language)
        self.setWindowTitle("Valmentaja")
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.start, self.question = StartPage(self.tongue), QuestionPage(self.tongue)
        self.end, self.door = EndPage(self.tongue), PinPage(self.tongue, try_pin)
        self.results, self.plan = ResultsPage(self.tongue), PlanPage(self.tongue)
        self.nothing, self.pages = QWidget(), QStackedWidget()
        self.back = secondary(self.tongue.say(texts.BACK), act=lambda: self.move_by(-1))
        self.forward = primary(self.tongue.say(texts.NEXT), act=lambda: self.move_by(1))
        self.for_coach = link(self.tongue.say(texts.FOR_COACH), act=self.ask_pin)
        self.languages = {code: self._language(code) for code in view.languages}
        self.smaller = Button("A−", name=self.tongue.say(texts.SMALLER), act=lambda: self.resize_text(-1))
        self.larger = Button("A+", name=self.tongue.say(texts.LARGER), act=lambda: self.resize_text(1))
        self.notice = Label(self.tongue.say(texts.LOCKS_SOON), "warn")
        self._connect()
        self._lay_out()
        self.speak(view.language)
        self.resize_text(0)
        self._turn_to(self.home)

    def show_view(self, view: ClientView) -> None:
        """Another state of the same plan or assessment: the coach may have written beside."""
        if view.plan is not None:
            self.view = view
            self._tell_all()
            return
        item, self.view = self.view.questions[self.at].item, view
        items = [question.item for question in view.questions]
        self.at = items.index(item) if item in items else min(self.at, len(items) - 1)
        self._tell_all()
        if items[self.at] == item:
            self.question.show_state(view, self.at)
        else:
            self.question.show_question(view, self.at)

    def show_on(self, screen: QScreen) -> None:
        """Fill a screen."""
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.activateWindow()

    def blank(self) -> None:
        """Nothing on it at once, and then not even the window."""
        self._turn_to(self.nothing)
        self.repaint()
        self.hide()

    def unblank(self) -> None:
        self._turn_to(self.home)

    def free(self) -> None:
        """From here on it may close."""
        self._free = True
        self.close()

    def warn(self, on: bool) -> None:
        """Say that it closes soon, or no longer."""
        if on and self.notice.isHidden():
            announce(self, self.notice.text())
        self.notice.setVisible(on)

    def answer(self, value: Value) -> None:
        """Store it before anything else is shown; the number marked is the one that was stored."""
        view = self._answer(self.view.questions[self.at].item, value)
        if view is not None:
            self.show_view(view)
            self.question.say(texts.SAVED)
        else:
            self.question.show_value(self.view.questions[self.at].value)
            self.question.say(texts.NOT_SAVED, "late")

    def move_by(self, by: int) -> None:
        """To the next question or the one before; the last is followed by the thanks."""
        if self.page is self.door:
            self._turn_to(self.home)
        elif self.page is self.end and by < 0:
            self.go_to(len(self.view.questions) - 1)
        elif self.page is self.question and self.at + by >= len(self.view.questions):
            self._turn_to(self.end)
        elif self.page is self.question and self.at + by < 0:
            self._turn_to(self.start)
        elif self.page is self.question:
            self.go_to(self.at + by)
        elif self.page is self.start and by > 0:
            self.go_to(self.at)

    def go_to(self, at: int) -> None:
        self.at, self._typed = at, ""
        self.question.show_question(self.view, at)
        self._turn_to(self.question)
        announce(self, self.question.statement.text())

    def ask_pin(self) -> None:
        self._turn_to(self.door)
        self.door.begin()

    def speak(self, language: str) -> None:
        """From now on in another language; scripts that run from the right turn the window round."""
        self.tongue.language = language
        for code, button in self.languages.items():
            button.setChecked(code == language)
        self.setLayoutDirection(QLocale(language).textDirection())
        QApplication.sendEvent(self, QEvent(QEvent.Type.LanguageChange))

    def resize_text(self, by: int) -> None:
        """A step smaller or larger, or none to take on other colours."""
        place = SIZES.index(self.size_chosen) + by
        self.size_chosen = SIZES[min(max(place, 0), len(SIZES) - 1)]
        dress(self, self.size_chosen)
        self.smaller.setEnabled(self.size_chosen > SIZES[0])
        self.larger.setEnabled(self.size_chosen < SIZES[-1])

    @property
    def home(self) -> QWidget:
        """Where it begins: the plan, the questions, or the results of a measurement that is closed."""
        if self.view.plan is not None:
            return self.plan
        return self.results if self.view.results else self.start

    @property
    def page(self) -> QWidget | None:
        return self.pages.currentWidget()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._free:
            event.accept()
        else:
            event.ignore()
            self.ask_pin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """0–9 and T answer, Enter goes on, Backspace back, Page up and down scroll, F8 asks for the PIN; no more."""
        if event.key() == Qt.Key.Key_F8:
            self.ask_pin()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace):
            self._move_by_key(-1 if event.key() == Qt.Key.Key_Backspace else 1)
        elif event.key() in PAGED and isinstance(self.page, Sheet):
            self.page.verticalScrollBar().triggerAction(PAGED[event.key()])
        elif self.page is self.question and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._answer_by_key(event.text())

    def _move_by_key(self, by: int) -> None:
        if self.page is not self.door:
            self.move_by(by)

    def _answer_by_key(self, text: str) -> None:
        value = 10 if text.lower() == "t" else int(text) if text.isascii() and text.isdecimal() else None
        # Nobody tells the client of T: who types 10 means 10.
        value = 10 if (self._typed, text) == ("1", "0") else value
        self._typed = text
        if value is not None:
            self.answer(value)
            self.question.first_focus().setFocus()

    def _turn_to(self, page: QWidget) -> None:
        self.back.setVisible(page in (self.question, self.end, self.door))
        self.back.say(self.tongue.say(texts.RETURN if page is self.door and self.home is self.start else texts.BACK))
        self.forward.setVisible(page is self.question)
        self.for_coach.setVisible(page not in (self.door, self.nothing))
        self.top.setVisible(page is not self.nothing)
        self.pages.setCurrentWidget(page)
        if isinstance(page, StartPage | QuestionPage | PinPage):
            page.first_focus().setFocus()
        elif page is self.end:
            self.for_coach.setFocus()
        elif page in (self.results, self.plan):
            self.larger.setFocus()

    def _tell_all(self) -> None:
        for page in (self.start, self.end, self.results, self.plan):
            page.show_view(self.view)

    def _connect(self) -> None:
        self.start.begun.connect(lambda: self.go_to(self.at))
        self.question.answered.connect(self.answer)
        self.door.pad.passed.connect(self.left)
        self.door.forgotten.connect(self.forgotten)
        self._tell_all()

    def _language(self, code: str) -> Button:
        """By its own name, as its speakers look for it."""
        own = Locale(code).get_display_name(code) or code
        button = Button(own.capitalize(), act=lambda: self.speak(code))
        button.setCheckable(True)
        return button

    def _lay_out(self) -> None:
        self.top = _bar(tuple(self.languages.values()), (self.smaller, self.larger))
        bottom = _bar((self.back, self.forward), (self.for_coach,))
        for page in (self.start, self.question, self.end, self.results, self.plan, self.door, self.nothing):
            self.pages.addWidget(page)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        for widget, stretch in ((self.top, 0), (self.notice, 0), (self.pages, 1), (bottom, 0)):
            down.addWidget(widget, stretch)
        self.notice.setContentsMargins(28, 8, 28, 8)
        self.notice.setVisible(False)


def _bar(left: Sequence[Button], right: Sequence[Button]) -> QFrame:
    """Buttons at both ends of a strip; the left ones wrap."""
    bar, wrapped = QFrame(), QWidget()
    bar.setProperty("surface", "bar")
    flow = Flow(wrapped, gap=12)
    for button in left:
        flow.addWidget(button)
    across = QHBoxLayout(bar)
    across.setContentsMargins(28, 10, 28, 10)
    across.setSpacing(12)
    across.addWidget(wrapped, 1)
    for button in right:
        across.addWidget(button)
    return bar


def _flags(*, over_all: bool) -> Qt.WindowType:
    flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint
    return flags | Qt.WindowType.WindowStaysOnTopHint if over_all else flags
