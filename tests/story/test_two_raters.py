"""Client and coach see a section differently, and an old answer is corrected: in the real window, by key and mouse."""

from __future__ import annotations

import sys
from datetime import timedelta
from fractions import Fraction

import pytest
from desk import Desk
from hand import Hand
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from valmentaja.base.clock import FixedClock
from valmentaja.domain.rating import Aspect
from valmentaja.ui.page import Place
from valmentaja.ui.pages.runner import RunnerPage
from valmentaja.ui.widgets.buttons import Button
from valmentaja.usecases import assessing, correcting, logs, looking_over, meetings, rating, two_raters

KEY = Qt.Key
TARGETS = {"rate a section": 6, "correct an old answer": 2}
"""product.md §5.1 for the correction; a key to come to the ratings and one for each of the five."""


@pytest.fixture
def hand(desk: Desk) -> Hand:
    return Hand(desk.app)


def opened(desk: Desk, assessment: str) -> RunnerPage:
    page = desk.show(Place(page="runner", key=assessment))
    assert isinstance(page, RunnerPage)
    return page


def told(flow: str, hand: Hand) -> None:
    """The count beside its target, which may not be missed."""
    sys.stdout.write(f"{flow:<40} {hand.actions:>3} actions   target ≤ {TARGETS[flow]}\n")
    assert hand.actions <= TARGETS[flow]


def texts_in(history: QWidget) -> list[str]:
    return [label.text() for label in history.findChildren(QLabel) if label.isVisibleTo(history) and label.text()]


def test_two_raters_that_differ_are_both_kept_with_their_reason(desk: Desk, hand: Hand) -> None:
    meetings.start(desk.session, desk.client)
    made = assessing.begin(desk.session, desk.client).made
    page = opened(desk, made)
    for key in "789":
        hand.press(key)
    hand.press(KEY.Key_Left)
    assert page.item == "A3"
    assert page.raters.isVisible()
    hand.actions = 0
    for key in "v91427":
        hand.press(key)
    told("rate a section", hand)
    assert page.raters.asked.isVisible()
    assert [d.id for d in looking_over.look_over(desk.session, made).differing] == ["A"]
    assert desk.app.focusWidget() is page.raters.reason
    hand.type("Asiakas ajattelee osa-aikatyötä, valmentaja kokoaikaista.")
    hand.press(KEY.Key_Return)
    assert page.item == "B1"
    found = next(r for r in two_raters.two_raters(desk.session, made) if r.domain.id == "A")
    assert (found.client, found.importance, found.wish) == (Fraction(8), 9, True)
    assert (found.coach, found.worry, found.agreed) == (4, 2, 7)
    assert found.reason == "Asiakas ajattelee osa-aikatyötä, valmentaja kokoaikaista."
    assert found.differs
    assert looking_over.look_over(desk.session, made).differing == ()


def test_a_rating_that_was_changed_is_still_found_with_its_meeting(desk: Desk, hand: Hand, clock: FixedClock) -> None:
    first = meetings.start(desk.session, desk.client).made
    made = assessing.begin(desk.session, desk.client).made
    rating.rate(desk.session, made, "A", Aspect.COACH, "4")
    meetings.end(desk.session, int(first))
    clock.moment += timedelta(days=7)
    meetings.start(desk.session, desk.client)
    page = opened(desk, made)
    page.rate()
    hand.click(page.raters.rows[Aspect.COACH].buttons[6])
    hand.click(page.raters.rows[Aspect.COACH].buttons[6])
    hand.click(page.raters.who)
    assert texts_in(page.raters.history) == [
        *("6", "Coach's own rating", "1 Dec 2026, meeting 2, holds now, saved 1 Dec 2026 10:00"),
        *("4", "Coach's own rating", "24 Nov 2026, meeting 1, held before, saved 24 Nov 2026 10:00"),
    ]
    assert page.raters.rows[Aspect.COACH].buttons[6].isChecked()


def test_a_letter_typed_in_the_ratings_answers_no_question(desk: Desk, hand: Hand) -> None:
    made = assessing.begin(desk.session, desk.client).made
    page = opened(desk, made)
    hand.press("v")
    for key in "nxe":
        hand.press(key)
    assert page.runner.values == {}
    hand.press(KEY.Key_Right)
    assert two_raters.two_raters(desk.session, made)[0].importance is None
    hand.press("t")
    hand.press(KEY.Key_Backtab)
    hand.press(KEY.Key_Left)
    hand.press(KEY.Key_Left)
    found = two_raters.two_raters(desk.session, made)[0]
    assert found.importance == 8
    hand.press(KEY.Key_Backspace)
    assert two_raters.two_raters(desk.session, made)[0].importance is None


def test_an_answer_of_last_month_is_corrected_in_two_clicks_and_a_reason(
    desk: Desk, hand: Hand, clock: FixedClock
) -> None:
    held_then = meetings.start(desk.session, desk.client).made
    made = assessing.begin(desk.session, desk.client).made
    assessing.answer(desk.session, made, "A1", 7, note="Näin hän sanoi.")
    assessing.close(desk.session, made)
    meetings.end(desk.session, int(held_then))
    clock.moment += timedelta(days=30)
    desk.show(Place(page="client", key=desk.client, part="assessment"))
    (way,) = [b for b in desk.page.findChildren(Button) if b.text() == "Open the answers" and b.isVisible()]
    hand.click(way)
    page = desk.page
    assert isinstance(page, RunnerPage)
    page.go_to("A1")
    hand.actions = 0
    hand.click(page.old.fix)
    hand.type("Väärä rivi paperilta.")
    hand.click(page.old.scale.buttons[4])
    told("correct an old answer", hand)
    held = assessing.runner(desk.session, made)
    assert held.closed
    assert (held.values["A1"].value, held.values["A1"].note) == (4, "Näin hän sanoi.")
    new, old = correcting.history(desk.session, made, "A1")
    assert (old.answer.value, old.meeting_number, old.answer.reason) == (7, 1, "")
    assert (new.answer.value, new.answer.reason) == (4, "Väärä rivi paperilta.")
    assert (new.answer.date - old.answer.date).days == 30
    hand.click(page.old.who)
    shown = texts_in(page.old.history)
    assert shown.index("4") < shown.index("7")
    assert any("Corrected: Väärä rivi paperilta." in text for text in shown)
    assert any("24 Nov 2026, meeting 1" in text for text in shown)
    assert logs.first_break(desk.session) is None


def test_a_key_on_an_answer_of_an_earlier_meeting_asks_why_first(desk: Desk, hand: Hand, clock: FixedClock) -> None:
    first = meetings.start(desk.session, desk.client).made
    made = assessing.begin(desk.session, desk.client).made
    assessing.answer(desk.session, made, "A1", 7)
    meetings.end(desk.session, int(first))
    clock.moment += timedelta(days=7)
    meetings.start(desk.session, desk.client)
    page = opened(desk, made)
    page.go_to("A1")
    hand.press("7")
    assert page.item == "A2"
    hand.press(KEY.Key_Left)
    hand.press("5")
    assert page.old.is_correcting
    assert page.runner.values["A1"].value == 7
    page.old.end()
    assert page.editor.scale.buttons[7].isChecked()
    hand.click(page.editor.scale.buttons[5])
    hand.press(KEY.Key_Return)
    assert page.old.why.error
    hand.type("Asiakas muisti väärin.")
    hand.press(KEY.Key_Return)
    assert not page.old.is_correcting
    assert page.item == "A1"
    assert [g.answer.value for g in correcting.history(desk.session, made, "A1")] == [5, 7]
    assert page.editor.scale.buttons[5].isChecked()
    hand.press(KEY.Key_Right)
    hand.press("3")
    assert page.runner.values["A2"].value == 3
