"""The client sees the plan grow while it is made, in plain words, and nothing of anybody else."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from room import MARKS, Room, spoken

from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Decision, Responsible
from valmentaja.ui.client_view.window import ClientWindow
from valmentaja.ui.page import Place
from valmentaja.ui.pages.plan import PlanPage
from valmentaja.usecases import client_view, planning


@pytest.fixture
def plan(room: Room) -> str:
    made = planning.draft(room.session, room.client, PlanKind.VALMENNUS).made
    goal = planning.add_goal(room.session, made, words="Saan aamut kuntoon", why="Jaksan").made
    planning.add_step(
        room.session,
        made,
        goal,
        what="Soitan verstaalle",
        responsible=Responsible.CLIENT,
        by=date(2027, 1, 12),
        decision=Decision.YES,
    )
    room.main.go(Place(page="plan", key=made))
    return made


@pytest.fixture
def shown(room: Room, plan: str) -> ClientWindow:
    assert plan
    window = room.begin()
    window.setFixedSize(1366, 768)
    window.speak("en")
    room.rest()
    return window


def words_on(window: ClientWindow) -> list[str]:
    return [label.text() for label in window.plan.findChildren(QLabel) if label.isVisible()]


def test_the_plan_is_there_in_plain_words(shown: ClientWindow) -> None:
    told = words_on(shown)
    assert told[:2] == ["Coaching plan", "We are making this plan together. You can change it."]
    assert "“Saan aamut kuntoon”" in told
    assert "Why it matters: Jaksan" in told
    assert "• Soitan verstaalle (you, by 12 Jan 2027) You said yes." in told
    shown.speak("fi")
    assert any(text.endswith("Sanoit kyllä.") for text in words_on(shown))


def test_what_the_coach_writes_is_there_at_once(room: Room, shown: ClientWindow) -> None:
    page = room.main.page
    assert isinstance(page, PlanPage)
    page.goals[0].words.setText("Pääsen töihin")
    page.goals[0].words.setModified(True)
    page.leave()
    room.rest()
    assert "“Pääsen töihin”" in words_on(shown)
    page.goals[0]._new_step()
    room.rest()
    assert not any(text.strip() == "•" for text in words_on(shown))


def test_nothing_can_be_done_in_it_and_the_pin_leads_out(room: Room, plan: str, shown: ClientWindow) -> None:
    before = planning.plan(room.session, plan)
    for key in (Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Escape, Qt.Key.Key_Delete):
        QTest.keyClick(shown, key)
    assert shown.page is shown.plan
    assert planning.plan(room.session, plan) == before
    room.type_pin("2468")
    assert client_view.under_way(room.session) == ""


def test_after_a_restart_it_is_on_again(room: Room, plan: str, shown: ClientWindow) -> None:
    assert shown.page is shown.plan
    assert client_view.under_way(room.session) == plan
    room.program.lock()
    room.rest()
    room.enter()
    assert room.window.page is room.window.plan


def test_there_is_no_text_of_fifty_others(crowd: Room) -> None:
    made = planning.draft(crowd.session, crowd.client, PlanKind.VALMENNUS).made
    planning.add_goal(crowd.session, made, words="Oma tavoite")
    crowd.main.go(Place(page="plan", key=made))
    window = crowd.begin()
    texts = [text for language in window.view.languages for text in (window.speak(language), *spoken(window)) if text]
    assert any("Oma tavoite" in text for text in texts)
    assert not [text for text in texts if any(mark in text for mark in MARKS)]
