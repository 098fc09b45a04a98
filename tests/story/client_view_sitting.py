"""One sitting with the client view: `client_view_sitting.py first|second`; says what happened line by line."""

from __future__ import annotations

import json
import sys

from coach import WORDS
from hand import Hand
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from room import MARKS, spoken

from valmentaja.app import Program, application
from valmentaja.ui.client_view.window import ClientWindow
from valmentaja.ui.pages.client import ClientPage
from valmentaja.ui.pages.runner import RunnerPage
from valmentaja.usecases import assessing

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
PIN = "2468"


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Sitting:
    """The program unlocked by hand."""

    def __init__(self) -> None:
        self.app = application()
        self.hand = Hand(self.app)
        self.program = Program(self.app)
        self.program.show_gate()
        self.program.window.show()
        self.program.window.activateWindow()
        self.app.processEvents()
        self.hand.type(WORDS)
        self.hand.press(KEY.Key_Return)
        self.hand.until(lambda: self.program.main is not None)

    @property
    def page(self) -> QWidget:
        main = self.program.main
        if main is None or main.page is None:
            raise LookupError
        return main.page

    @property
    def window(self) -> ClientWindow:
        if self.program.presenter.window is None:
            raise LookupError
        return self.program.presenter.window

    def button(self, words: str) -> QPushButton:
        return next(
            b for b in self.page.findChildren(QPushButton) if b.text().startswith(words) and b.isVisibleTo(self.page)
        )

    def say_what_is_seen(self, name: str) -> None:
        """Which windows can be seen, and what of others is in the client's."""
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        seen = [type(w).__name__ for w in self.app.topLevelWidgets() if w.isVisible()]
        texts = [] if self.program.presenter.window is None else spoken(self.window)
        foreign = [text for text in texts if any(mark in text for mark in MARKS)]
        say(at=name, seen=seen, texts=len(texts), foreign=foreign)


def first(client: str) -> None:
    """Begin an assessment and the client view, answer by mouse and keys; then it waits to be killed."""
    sitting = Sitting()
    hand = sitting.hand
    hand.press(KEY.Key_F, CONTROL)
    hand.type(client)
    hand.press(KEY.Key_Return)
    hand.until(lambda: isinstance(sitting.page, ClientPage))
    hand.click(sitting.button("Begin an assessment"))
    hand.until(lambda: isinstance(sitting.page, RunnerPage))
    hand.press(KEY.Key_F8)
    asked = sitting.program.presenter.dialog
    asked.pin.setFocus()
    hand.type(PIN)
    asked.again.setFocus()
    hand.type(PIN)
    hand.click(asked.yes)
    hand.until(lambda: sitting.program.presenter.window is not None)
    sitting.say_what_is_seen("begun")
    window = sitting.window
    hand.click(window.start.button)
    hand.click(window.question.scale.buttons[7])
    hand.click(window.forward)
    window.activateWindow()
    window.question.first_focus().setFocus()
    hand.press("3")
    sitting.say_what_is_seen("answered")
    say(waiting=True)
    sys.exit(sitting.app.exec())


def second(client: str) -> None:
    """After the kill: still the client view, and three PINs that do not open it; then the right one."""
    sitting = Sitting()
    hand = sitting.hand
    sitting.say_what_is_seen("unlocked")
    window = sitting.window
    values = [q.value for q in window.view.questions]
    say(values=values[:2], resumes=window.view.resume_at)
    hand.click(window.for_coach)
    for number, pin in enumerate(("1111", "13579", "24680000"), start=1):
        hand.type(pin)
        hand.press(KEY.Key_Return)
        sitting.say_what_is_seen(f"wrong {number}")
    window.close()
    hand.press(KEY.Key_Escape)
    sitting.say_what_is_seen("closed")
    hand.until(window.door.pad.button.isEnabled)
    hand.type(PIN)
    hand.press(KEY.Key_Return)
    sitting.say_what_is_seen("right")
    session = sitting.program.session
    if session is None:
        raise LookupError
    held = assessing.assessments(session, client)[-1]
    say(kept=[(str(answer.value), answer.entered) for answer in held.answers])
    sitting.program.close()
    say(done=True)


if __name__ == "__main__":
    {"first": first, "second": second}[sys.argv[1]](sys.argv[2])
