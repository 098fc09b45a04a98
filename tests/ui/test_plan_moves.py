"""Goals and steps are put in order by keys, by buttons and by dragging, and what is typed is not lost on the way."""

from __future__ import annotations

from datetime import date

import pytest
from hand import Hand
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from test_pages import Window, window

from valmentaja.domain.plan import Decision, Plan, Responsible
from valmentaja.ui.pages.plan import PlanPage
from valmentaja.ui.widgets.drag import DragHandle
from valmentaja.usecases import planning

__all__ = ["window"]


@pytest.fixture
def page(window: Window) -> PlanPage:
    shown = window.show("plan")
    assert isinstance(shown, PlanPage)
    for goal in planning.plan(window.session, shown.plan.id).goals:
        planning.remove_goal(window.session, shown.plan.id, goal.id)
    for words in ("Aamut", "Raha", "Työ"):
        goal = planning.add_goal(window.session, shown.plan.id, words=words).made
        for what in ("eka", "toka", "kolmas"):
            planning.add_step(window.session, shown.plan.id, goal, what=f"{words} {what}")
    shown.refresh()
    window.rest()
    return shown


def held(page: PlanPage) -> Plan:
    return planning.plan(page.session, page.plan.id)


def goals(page: PlanPage) -> list[str]:
    return [goal.words for goal in held(page).goals]


def steps(page: PlanPage, place: int) -> list[str]:
    plan = held(page)
    return [step.what.split()[1] for step in plan.steps_of(plan.goals[place].id)]


def test_keys_move_a_goal_and_the_focus_stays_with_it(window: Window, page: PlanPage) -> None:
    page.goals[0].words.setFocus()
    QTest.keyClick(page.goals[0].words, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    window.rest()
    assert goals(page) == ["Raha", "Aamut", "Työ"]
    assert page.goals[1].words.hasFocus()
    QTest.keyClick(page.goals[1].words, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    window.rest()
    assert goals(page) == ["Aamut", "Raha", "Työ"]


def test_keys_in_a_step_move_the_step_and_not_its_goal(window: Window, page: PlanPage) -> None:
    row = page.goals[1].rows[2]
    row.what.setFocus()
    QTest.keyClick(row.what, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    window.rest()
    assert goals(page) == ["Aamut", "Raha", "Työ"]
    assert steps(page, 1) == ["eka", "kolmas", "toka"]
    assert steps(page, 0) == ["eka", "toka", "kolmas"]


def test_what_is_being_typed_moves_with_its_goal(window: Window, page: PlanPage) -> None:
    words = page.goals[0].words
    words.setFocus()
    QTest.keyClicks(words, "!")
    QTest.keyClick(words, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    window.rest()
    assert goals(page) == ["Raha", "Aamut!", "Työ"]


def drag(window: Window, handle: DragHandle, to: QPoint) -> None:
    """Press, move in steps, let go at a point of the screen."""
    start = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    end = handle.mapFromGlobal(to)
    for part in (0.4, 0.8, 1.0):
        QTest.mouseMove(handle, start + (end - start) * part)
        window.rest()
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=end)
    window.rest()


def handle_of(part: object) -> DragHandle:
    assert hasattr(part, "findChildren")
    own = [h for h in part.findChildren(DragHandle) if h._own is part]
    assert len(own) == 1
    return own[0]


@pytest.mark.parametrize(
    ("moving", "target", "after"),
    [(0, 2, ["Raha", "Työ", "Aamut"]), (2, 0, ["Työ", "Aamut", "Raha"]), (1, 1, ["Aamut", "Raha", "Työ"])],
)
def test_a_goal_is_dragged_where_the_line_is(
    window: Window, page: PlanPage, moving: int, target: int, after: list[str]
) -> None:
    card = page.goals[target]
    down = {0: 2, 2: card.height() - 2, 1: card.height() // 2}[target]
    drag(window, handle_of(page.goals[moving]), card.mapToGlobal(QPoint(20, down)))
    assert goals(page) == after


def test_a_step_is_dragged_within_its_goal(window: Window, page: PlanPage) -> None:
    row = page.goals[0].rows[0]
    drag(window, handle_of(page.goals[0].rows[2]), row.mapToGlobal(QPoint(20, 1)))
    assert steps(page, 0) == ["kolmas", "eka", "toka"]


def test_a_click_on_the_handle_moves_nothing(window: Window, page: PlanPage) -> None:
    Hand(window.app).click(handle_of(page.goals[0]))
    assert goals(page) == ["Aamut", "Raha", "Työ"]


def test_all_that_is_said_of_a_step_is_stored(window: Window, page: PlanPage) -> None:
    row = page.goals[0].rows[0]
    row.opener.click()
    row.service.setCurrentIndex(row.service.findData("TYOPAJA"))
    row.service.activated.emit(row.service.currentIndex())
    for combo, value in ((row.decision, "LATER"), (row.order, "1"), (row.proposed, "COACH"), (row.who, "TOGETHER")):
        combo.set_value(value)
        combo.activated.emit(combo.currentIndex())
    for edit, day in ((row.by, "31.1.2027"), (row.start, "4.1.2027")):
        edit.setFocus()
        QTest.keyClicks(edit, day)
        QTest.keyClick(edit, Qt.Key.Key_Tab)
    window.rest()
    step = held(page).steps_of(held(page).goals[0].id)[0]
    assert (step.service, step.parallel, step.decision) == ("TYOPAJA", True, Decision.LATER)
    assert (step.proposed_by, step.responsible) == (Responsible.COACH, Responsible.TOGETHER)
    assert (step.planned_start, step.by) == (date(2027, 1, 4), date(2027, 1, 31))
