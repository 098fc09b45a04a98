"""A measurement that is closed is shown to its client as results, and to nobody else's eyes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from room import MARKS, Room, spoken

from valmentaja.base.errors import UserError
from valmentaja.store import assessments
from valmentaja.ui.client_view.window import ClientWindow
from valmentaja.ui.page import Place
from valmentaja.usecases import assessing, caseload, client_view
from valmentaja.usecases.caseload import NewClient


def measure(room: Room, assessment: str, value: int) -> None:
    """Answer everything alike, but the first domain better, then close."""
    for number, item in enumerate(assessing.runner(room.session, assessment).order):
        assessing.answer(room.session, assessment, item, value + 2 if number < 3 else value)
    assessing.close(room.session, assessment)


@pytest.fixture
def shown(room: Room) -> ClientWindow:
    measure(room, room.assessment, 5)
    room.main.go(Place(page="client", key=room.client))
    window = room.begin()
    window.setFixedSize(1366, 768)
    room.rest()
    return window


def words_on(window: ClientWindow) -> list[str]:
    return [label.text() for label in window.results.findChildren(QLabel) if label.isVisible()]


def test_strengths_come_first_with_number_and_word(shown: ClientWindow) -> None:
    shown.speak("fi")
    told = words_on(shown)
    assert told[0] == "Missä olet nyt"
    assert told.index("Työkyky") + 1 == told.index("7,0/10 · Voimavara")
    assert (
        told.index("7,0/10 · Voimavara") < told.index("Mieli") < told.index("5,0/10 · Seurattava", told.index("Mieli"))
    )
    assert shown.view.notice["fi"] in told


def test_the_first_measurement_stands_beside_the_latest(room: Room) -> None:
    measure(room, room.assessment, 4)
    room.clock.moment += timedelta(days=90)
    second = assessing.begin(room.session, room.client).made
    measure(room, second, 6)
    room.main.go(Place(page="client", key=room.client))
    window = room.begin()
    window.speak("sv")
    assert "8,0 av 10 · Styrka · först 6,0" in words_on(window)


def test_what_has_too_few_answers_has_no_number(room: Room) -> None:
    assessing.answer(room.session, room.assessment, "A1", 3)
    assessing.close(room.session, room.assessment)
    room.main.go(Place(page="client", key=room.client))
    assert "liian vähän vastauksia numeroon" in words_on(room.begin())


def test_nothing_can_be_answered_there_and_the_way_out_is_the_same(room: Room, shown: ClientWindow) -> None:
    before = assessments.get(room.session.store, room.assessment).answers
    for key in (Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
        QTest.keyClick(shown, key)
    assert shown.page is shown.results
    assert assessments.get(room.session.store, room.assessment).answers == before
    assert not shown.forward.isVisible()
    shown.for_coach.click()
    shown.back.click()
    assert shown.page is shown.results
    assert not shown.close()
    assert shown.isVisible()


@pytest.mark.parametrize("size", [100, 175, 250])
def test_results_fit_at_every_text_size(room: Room, shown: ClientWindow, size: int) -> None:
    shown.size_chosen = size
    shown.resize_text(0)
    shown._turn_to(shown.results)
    room.rest()
    cut = [
        one.text() for one in shown.results.findChildren(QLabel) if one.heightForWidth(one.width()) > one.height() + 1
    ]
    assert cut == []
    assert shown.results.widget().width() <= shown.results.viewport().width()


def test_in_the_results_too_there_is_no_text_of_fifty_others(crowd: Room) -> None:
    measure(crowd, crowd.assessment, 6)
    crowd.main.go(Place(page="client", key=crowd.client))
    window = crowd.begin()
    texts = [text for language in window.view.languages for text in (window.speak(language), *spoken(window)) if text]
    assert len(texts) > 60
    assert not [text for text in texts if any(mark in text for mark in MARKS)]


def test_without_any_assessment_the_coach_is_told_what_to_do(room: Room) -> None:
    other = caseload.take_on(room.session, NewClient(family_name="Toinen", given_names="Eero")).made
    with pytest.raises(UserError, match="Begin one"):
        client_view.open_assessment(room.session, other)
