"""Large targets, nothing cut, every language, touch and keys: the client view at every text size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QScrollArea, QWidget
from room import Room, nodes

from valmentaja.domain.assessment import Entered, NoValue
from valmentaja.i18n import words
from valmentaja.store import assessments
from valmentaja.ui.client_view import texts
from valmentaja.ui.client_view.look import SIZES
from valmentaja.ui.client_view.window import ClientWindow
from valmentaja.usecases import assessing
from valmentaja.usecases.preferences import Preferences

LEAST = 44
OWN = [
    text
    for name in dir(texts)
    if name.isupper() and isinstance(text := getattr(texts, name), str) and text != texts.ENDS
]
"""All but `0 = …, 10 = …`, which has no word of its own."""


@pytest.fixture
def shown(room: Room) -> ClientWindow:
    window = room.begin()
    window.setFixedSize(1366, 768)
    return window


def pages(room: Room, window: ClientWindow) -> Iterator[QWidget]:
    """Each page as it is after layout; the question is the longest there is."""
    longest = max(range(len(window.view.questions)), key=lambda n: len(window.view.questions[n].text["fi"]))
    for turn in (
        lambda: window._turn_to(window.start),
        lambda: (window.go_to(longest), window.answer(NoValue.EI_KOSKE)),
        lambda: window._turn_to(window.end),
        window.ask_pin,
        window.door.show_key,
    ):
        turn()
        room.rest()
        yield window.page


def visible(window: ClientWindow, *kinds: type[QWidget]) -> list[QWidget]:
    return [w for kind in kinds for w in window.findChildren(kind) if w.isVisible()]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_targets_are_large_and_nothing_is_cut(room: Room, shown: ClientWindow, size: int, language: str) -> None:
    shown.speak(language)
    shown.size_chosen = size
    shown.resize_text(0)
    for page in pages(room, shown):
        assert list(faults(shown, page)) == []


def faults(window: ClientWindow, page: QWidget) -> Iterator[str]:
    buttons = visible(window, QAbstractButton)
    for target in (*buttons, *visible(window, QLineEdit)):
        if min(target.width(), target.height()) < LEAST:
            yield f"small: {target.accessibleName()} {target.size().toTuple()}"
    yield from (f"cut: {b.accessibleName()}" for b in buttons if b.minimumSizeHint().width() > b.width() + 1)
    labels = [label for label in visible(window, QLabel) if label.text()]
    yield from (f"cut: {one.text()}" for one in labels if one.heightForWidth(one.width()) > one.height() + 1)
    yield from (f"wide: {one.text()}" for one in labels if longest_word(one) > one.width())
    if isinstance(page, QScrollArea) and page.widget().width() > page.viewport().width():
        yield f"sideways: {page.widget().width()} of {page.viewport().width()}"


def longest_word(label: QLabel) -> int:
    return max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split())


def test_planted_faults_are_found(room: Room, shown: ClientWindow) -> None:
    shown.for_coach.setFixedSize(30, 60)
    shown.go_to(0)
    room.rest()
    found = " ".join(faults(shown, shown.page))
    assert "small: Valmentajalle" in found
    assert "cut: Valmentajalle" in found


def test_everything_that_takes_the_focus_has_a_name_and_none_is_a_mere_picture(room: Room, shown: ClientWindow) -> None:
    nameless = []
    for _page in pages(room, shown):
        for node in nodes(QAccessible.queryAccessibleInterface(shown)):
            state = node.state()
            if state.focusable and not state.invisible and not node.text(QAccessible.Text.Name).strip():
                nameless.append(str(node.object()))
    assert nameless == []


def test_the_window_speaks_the_language_chosen_in_it_while_the_coachs_speaks_its_own(
    room: Room, shown: ClientWindow
) -> None:
    shown.go_to(0)
    shown.languages["sv"].click()
    assert shown.forward.text() == "Nästa"
    assert shown.question.statement.text() == shown.view.questions[0].text["sv"]
    room.program.apply(Preferences(language="fi", theme="dark"))
    room.rest()
    assert shown.forward.text() == "Nästa"
    shown.languages["fi"].click()
    assert shown.forward.text() == "Seuraava"
    room.program.apply(Preferences(language="en"))


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("text", OWN)
def test_no_word_is_missing_in_a_language(language: str, text: str) -> None:
    assert words(language)._catalogue.gettext(text) != text


def test_the_instrument_is_whole_in_every_language_that_is_offered(shown: ClientWindow) -> None:
    view = shown.view
    for language in view.languages:
        asked = [view.stem, view.low, view.high, *(t for q in view.questions for t in (q.text, q.section))]
        assert all(text.get(language) for text in asked)


def test_a_finger_answers_and_so_do_mouse_and_keys(room: Room, shown: ClientWindow) -> None:
    shown.go_to(0)
    room.rest()
    finger, target = QTest.createTouchDevice(), shown.question.scale.buttons[8]
    at = target.mapTo(shown, target.rect().center())
    QTest.touchEvent(shown, finger).press(0, at, shown).commit()
    QTest.touchEvent(shown, finger).release(0, at, shown).commit()
    room.rest()
    assert value_of(room, shown, 0) == 8
    QTest.mouseClick(shown.question.scale.buttons[3], Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert value_of(room, shown, 0) == 3
    QTest.keyClick(shown, "t")
    assert value_of(room, shown, 0) == 10
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert shown.at == 1
    shown.question.no_values[NoValue.EI_HALUA].click()
    assert value_of(room, shown, 1) == NoValue.EI_HALUA
    QTest.keyClick(shown, Qt.Key.Key_Backspace)
    assert shown.at == 0


def value_of(room: Room, window: ClientWindow, at: int) -> object:
    """What the vault holds, which is also what is marked."""
    held = assessing.runner(room.session, room.assessment).values[window.view.questions[at].item]
    assert held.value == window.view.questions[at].value
    return held.value


def test_an_answer_is_kept_as_the_clients_own_entry(room: Room, shown: ClientWindow) -> None:
    shown.go_to(0)
    shown.answer(6)
    held = assessments.get(room.session.store, room.assessment)
    assert [(a.value, a.entered) for a in held.answers] == [(6, Entered.CLIENT)]


def test_arrow_keys_move_over_the_numbers_without_answering(room: Room, shown: ClientWindow) -> None:
    shown.go_to(0)
    shown.answer(4)
    for _ in range(3):
        QTest.keyClick(room.app.focusWidget() or shown, Qt.Key.Key_Right)
    held = assessments.get(room.session.store, room.assessment)
    assert [a.value for a in held.answers] == [4]


def test_questions_may_be_skipped_and_the_last_is_followed_by_thanks(room: Room, shown: ClientWindow) -> None:
    shown.start.button.click()
    for _ in shown.view.questions:
        shown.forward.click()
    assert shown.page is shown.end
    assert assessments.get(room.session.store, room.assessment).answers == ()
    shown.back.click()
    assert shown.at == len(shown.view.questions) - 1


def test_an_answer_that_cannot_be_stored_is_not_shown_as_stored(room: Room, shown: ClientWindow) -> None:
    shown.go_to(0)
    shown.answer(5)
    assessing.close(room.session, room.assessment)
    shown.answer(9)
    assert [b.isChecked() for b in shown.question.scale.buttons].index(True) == 5
    assert "ei voitu tallentaa" in shown.question.note.text()


def test_what_the_coach_writes_beside_is_shown_without_moving_the_client(room: Room, shown: ClientWindow) -> None:
    shown.go_to(2)
    item = shown.view.questions[2].item
    room.main.hub.changed.emit(assessing.answer(room.session, room.assessment, item, 9))
    assert shown.at == 2
    assert shown.question.scale.buttons[9].isChecked()
