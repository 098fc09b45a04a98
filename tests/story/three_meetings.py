"""One sitting of an assessment over three meetings: `three_meetings.py PART`; says what it did line by line.

The sittings of the meetings end by being killed; the fourth closes the assessment.
"""

from __future__ import annotations

import sys

from coach import CONTROL, KEY, WORDS, Sitting, say

from valmentaja.ui.pages.client import ClientPage
from valmentaja.ui.pages.runner import RunnerPage
from valmentaja.ui.pages.today import TodayPage
from valmentaja.usecases import assessing

FIRST = "7483T6N5X9E2"
SECOND = "463702851T4637028"


def unlocked() -> Sitting:
    sitting = Sitting()
    sitting.hand.type(WORDS)
    sitting.hand.press(KEY.Key_Return)
    sitting.hand.until(lambda: sitting.program.main is not None)
    sitting.app.processEvents()
    sitting.hand.actions = 0
    return sitting


def runner(sitting: Sitting) -> RunnerPage:
    sitting.wait_for(RunnerPage)
    page = sitting.page
    if not isinstance(page, RunnerPage):
        raise TypeError
    return page


def new_meeting(sitting: Sitting) -> None:
    sitting.find_client()
    sitting.hand.click(sitting.button("End the meeting"))
    sitting.hand.click(sitting.button("Start the meeting"))
    sitting.hand.actions = 0
    sitting.hand.click(sitting.button("Continue the assessment"))
    runner(sitting)
    sitting.flow("interrupt and resume")


def tell_card(sitting: Sitting) -> None:
    sitting.app.processEvents()
    page = sitting.page
    card = page.recovery if isinstance(page, TodayPage) else None
    say(card="" if card is None else card.go_on.accessibleDescription())


def answer(sitting: Sitting, keys: str) -> None:
    for key in keys:
        sitting.hand.press(key)
    sitting.flow(f"{len(keys)} answers")


def tell_and_wait(sitting: Sitting) -> None:
    page = runner(sitting)
    given = {item: str(held.value) for item, held in page.runner.values.items()}
    say(given=given, list=page.as_list, at=page.item)
    sys.exit(sitting.app.exec())


def first() -> None:
    """Meeting 1: twelve answers, one question a screen."""
    sitting = unlocked()
    tell_card(sitting)
    sitting.find_client()
    sitting.hand.click(sitting.button("Start the meeting"))
    sitting.hand.click(sitting.button("Begin an assessment"))
    runner(sitting)
    sitting.hand.actions = 0
    answer(sitting, FIRST)
    tell_and_wait(sitting)


def second() -> None:
    """Meeting 2: the card is refused, the questions stand in a list."""
    sitting = unlocked()
    tell_card(sitting)
    sitting.hand.click(sitting.button("Not now"))
    tell_card(sitting)
    new_meeting(sitting)
    say(resumed=runner(sitting).item)
    sitting.hand.click(sitting.button("As a list"))
    sitting.hand.actions = 0
    answer(sitting, SECOND)
    tell_and_wait(sitting)


def third() -> None:
    """Meeting 3: the card leads back; at the end an earlier question is open, with a note."""
    sitting = unlocked()
    tell_card(sitting)
    sitting.hand.click(sitting.button("Continue"))
    say(resumed=runner(sitting).item)
    sitting.flow("resume from the card")
    new_meeting(sitting)
    answer(sitting, "55")
    for _ in range(4):
        sitting.hand.press(KEY.Key_Left)
    sitting.hand.press(KEY.Key_Tab)
    sitting.hand.type("Puhuttiin tästä pitkään.")
    sitting.hand.until(lambda: not runner(sitting).note.is_unstored)
    tell_and_wait(sitting)


def fourth() -> None:
    """The rest, what is still open looked over, then closed."""
    sitting = unlocked()
    hand = sitting.hand
    tell_card(sitting)
    hand.click(sitting.button("Continue"))
    page = runner(sitting)
    say(resumed=page.item, note=page.note.toPlainText())
    hand.click(sitting.button("Check"))
    wanted = page.runner.resume_at or ""
    hand.click(sitting.button(wanted))
    say(led=page.item, wanted=wanted)
    while page.runner.answered < page.runner.total:
        hand.press("6")
    hand.click(sitting.button("Check"))
    say(whole=[label.text() for label in page.check.findChildren(type(page.title))][1])
    hand.click(sitting.button("Close the assessment"))
    sitting.wait_for(ClientPage)
    hand.press(KEY.Key_1, CONTROL)
    tell_card(sitting)
    session = sitting.program.session
    if session is not None:
        (held,) = assessing.assessments(session, "U101-001")
        say(closed=held.closed is not None)
    sitting.program.close()
    say(done=True)


if __name__ == "__main__":
    {"first": first, "second": second, "third": third, "fourth": fourth}[sys.argv[1]]()
