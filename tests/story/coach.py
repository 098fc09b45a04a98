"""One sitting of the story in the real window: `coach.py first|second VAULT SAMPLE`; says what it did line by line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hand import Hand
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from valmentaja.app import Program, application
from valmentaja.ui.pages.client import ClientPage
from valmentaja.ui.pages.first_run import FirstRunPage
from valmentaja.ui.pages.moving import MovingPage
from valmentaja.ui.pages.plan import PlanPage
from valmentaja.ui.pages.runner import RunnerPage
from valmentaja.ui.pages.signing import SigningPage
from valmentaja.ui.pages.unlock import UnlockPage

KEY, CONTROL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WORDS = "neljä tavallista sanaa"
CLIENT = "U101-001"
ANSWERS = "7483T6N5X9E2"


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Sitting:
    """The program, the hand, and how many actions each flow took."""

    def __init__(self) -> None:
        self.app = application()
        self.hand = Hand(self.app)
        self.program = Program(self.app)
        self.program.show_gate()
        self.program.window.show()
        self.program.window.activateWindow()
        self.app.processEvents()

    def flow(self, name: str) -> None:
        """The actions since the flow before belong to this one."""
        say(flow=name, actions=self.hand.actions)
        self.hand.actions = 0

    @property
    def page(self) -> QWidget:
        main = self.program.main
        return self.program.window.currentWidget() if main is None or main.page is None else main.page

    def button(self, words: str) -> QPushButton:
        found = [b for b in self.page.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(self.page)]
        return found[0]

    def wait_for(self, kind: type[QWidget]) -> None:
        self.hand.until(lambda: isinstance(self.page, kind))

    def find_client(self) -> None:
        self.hand.press(KEY.Key_F, CONTROL)
        self.hand.type(CLIENT)
        self.hand.press(KEY.Key_Return)
        self.wait_for(ClientPage)


def first(vault: Path, sample: Path) -> None:
    """First run, import, client, meeting 1 with half an assessment; then it waits to be killed."""
    sitting = Sitting()
    hand = sitting.hand
    make_vault(sitting, vault)
    hand.press(KEY.Key_2, CONTROL)
    hand.click(sitting.button("Import and export"))
    sitting.wait_for(MovingPage)
    hand.type(str(sample))
    hand.press(KEY.Key_Return)
    hand.press(KEY.Key_Space)
    sitting.flow("import")
    sitting.find_client()
    sitting.flow("any list to any client")
    hand.click(sitting.button("Start the meeting"))
    hand.click(sitting.button("Begin an assessment"))
    sitting.wait_for(RunnerPage)
    sitting.flow("start the meeting and the assessment")
    for key in ANSWERS:
        hand.press(key)
    sitting.flow(f"{len(ANSWERS)} answers")
    page = sitting.page
    say(answered=page.runner.answered if isinstance(page, RunnerPage) else 0, at=getattr(page, "item", ""))
    sys.exit(sitting.app.exec())


def make_vault(sitting: Sitting, vault: Path) -> None:
    hand, page = sitting.hand, sitting.page
    if not isinstance(page, FirstRunPage):
        raise TypeError
    page.folder.setText(str(vault))
    for place, text in enumerate(("U101", "405", "Veera Valmentaja", WORDS, WORDS)):
        if place:
            hand.press(KEY.Key_Tab)
        hand.type(text)
    hand.press(KEY.Key_Return)
    hand.until(page.code.isVisible)
    hand.press(KEY.Key_Space)
    hand.press(KEY.Key_Space)
    hand.until(lambda: sitting.program.main is not None)
    sitting.flow("first run to an open vault")


def second(_vault: Path, _sample: Path) -> None:
    """After the kill: resume in meeting 2, plan, freeze, sign, export, month."""
    sitting = Sitting()
    hand = sitting.hand
    if not isinstance(sitting.page, UnlockPage):
        raise TypeError
    hand.type(WORDS)
    hand.press(KEY.Key_Return)
    hand.until(lambda: sitting.program.main is not None)
    sitting.find_client()
    hand.click(sitting.button("End the meeting"))
    hand.click(sitting.button("Start the meeting"))
    sitting.flow("unlock, find the client, meeting 2")
    resume(sitting)
    make_plan(sitting)
    sign(sitting)
    hand.press(KEY.Key_3, CONTROL)
    for step in ("Show the preview", "Go on to writing", "Write the package"):
        hand.click(sitting.button(step))
    sitting.flow("month export")
    sitting.program.close()
    say(done=True)


def resume(sitting: Sitting) -> None:
    hand = sitting.hand
    hand.click(sitting.button("Continue the assessment"))
    sitting.wait_for(RunnerPage)
    page = sitting.page
    if not isinstance(page, RunnerPage):
        raise TypeError
    say(resumed=page.item, answered=page.runner.answered)
    sitting.flow("interrupt and resume")
    left = page.runner.total - page.runner.answered
    for n in range(left):
        hand.press("4637"[n % 4])
    say(answered=page.runner.answered, total=page.runner.total)
    hand.actions = 0
    hand.press(KEY.Key_Space)
    sitting.wait_for(ClientPage)
    sitting.flow("close the assessment")


def make_plan(sitting: Sitting) -> None:
    """Two goals from findings, one step each, then frozen."""
    hand = sitting.hand
    hand.press(KEY.Key_3, ALT)
    hand.click(sitting.button("Begin the plan"))
    sitting.wait_for(PlanPage)
    sitting.flow("begin the plan")
    for words, step in (("Aamut kuntoon", "Herään 7.30"), ("Takaisin puutöihin", "Käyn verstaalla")):
        hand.click(sitting.button("Goal from this"))
        hand.type(words)
        sitting.flow("a goal")
        hand.click(last_button(sitting, "Add a step"))
        hand.type(step)
        hand.press(KEY.Key_Tab)
        hand.press(KEY.Key_Tab)
        hand.type("31.12.2099")
        sitting.flow("a step")
    hand.click(sitting.button("Freeze the plan"))
    hand.press(KEY.Key_Space)
    hand.until(lambda: isinstance(sitting.page, PlanPage) and sitting.page.plan.is_frozen)
    sitting.flow("freeze")


def last_button(sitting: Sitting, words: str) -> QPushButton:
    return [b for b in sitting.page.findChildren(QPushButton) if b.text() == words and b.isVisible()][-1]


def sign(sitting: Sitting) -> None:
    hand = sitting.hand
    hand.press(KEY.Key_Space)
    sitting.wait_for(SigningPage)
    page = sitting.page
    if not isinstance(page, SigningPage):
        raise TypeError
    hand.until(lambda: page.viewer.page_count)
    hand.actions = 0
    hand.draw(page.ink)
    hand.click(page.button)
    hand.until(page.export.isVisible)
    hand.until(lambda: page.message.text)
    say(checked=page.message.text)
    hand.press(KEY.Key_Space)
    sitting.flow("sign and hand over")


if __name__ == "__main__":
    {"first": first, "second": second}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
