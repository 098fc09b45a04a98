"""Paper forms in the real window, by keyboard only, with the keys counted as they arrive (product.md §5.1)."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.paper.forms import KEYS, a_form, entered, firsts, key_for, rows
from tests.story.hand import Hand
from valmentaja.app import Program, application
from valmentaja.ui import tasks
from valmentaja.ui.page import Place
from valmentaja.ui.pages.paper import PaperPage
from valmentaja.ui.paper.words import state
from valmentaja.usecases import assessing, paper_entry
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session

KEY = Qt.Key
ANSWERS, MOST_KEYS, MOST_SECONDS = 52, 60, 240


def tell(sentence: str) -> None:
    sys.stdout.write(f"\n{sentence}")


class Desk:
    """The program on a form, and a hand at the keyboard."""

    def __init__(self, session: Session, assessment: str, app: QApplication) -> None:
        application()
        self.app, self.session, self.assessment = app, session, assessment
        self.program = Program(app)
        self.program.apply(Preferences(language="en"))
        self.program.window.setFixedSize(1366, 768)
        self.program.window.show()
        self.program.window.activateWindow()
        self.program.open(session)
        self.hand = Hand(app)

    def open(self, part: str = "first") -> PaperPage:
        main = self.program.main
        assert main is not None
        main.go(Place(page="paper", key=self.assessment, part=part))
        self.app.processEvents()
        return self.page

    @property
    def page(self) -> PaperPage:
        main = self.program.main
        assert main is not None and isinstance(main.page, PaperPage)
        return main.page

    def type_rows(self, keys: list[str]) -> None:
        """One key a row, and the last character of each page's code when it is asked for."""
        for key in keys:
            if self.page.asked:
                self.hand.press(self.page.desk.sheets[self.page.asked - 1].code.check)
            self.hand.press(key)

    def close(self) -> None:
        self.app.removeEventFilter(self.hand)
        main = self.program.main
        if main is not None:
            main.leave()
        self.program.session = None
        self.program.close()
        self.program.window.close()
        self.program.window.deleteLater()
        self.program.deleteLater()
        for _ in range(3):
            tasks.worker().wait()
            self.app.processEvents()
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desk(session: Session, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(session, a_form(session), qapp)
    yield made
    made.close()


def test_52_answers_take_at_most_60_keys_from_the_opened_page_on(desk: Desk) -> None:
    page = desk.open()
    marked = [key_for(n) for n in range(len(rows(page.desk)))]
    desk.hand.actions, begun = 0, time.monotonic()
    desk.hand.press(KEY.Key_Return)
    desk.type_rows(marked[:ANSWERS])
    keys, seconds = desk.hand.actions, time.monotonic() - begun
    held = firsts(desk.session, desk.assessment)
    assert len(held) == ANSWERS
    desk.type_rows(marked[ANSWERS:])
    tell(f"{ANSWERS} answers: {keys} keys, {seconds:.1f} s in the program")
    tell(f"whole form, {len(marked)} rows on {len(page.desk.sheets)} pages: {desk.hand.actions} keys")
    assert keys <= MOST_KEYS
    # A hand that needs two seconds a key, and what the program takes of its own.
    assert seconds + keys * 2 <= MOST_SECONDS
    held = firsts(desk.session, desk.assessment)
    wanted = [KEYS[key] for key in marked]
    boxes = [row.item is not None for row in rows(page.desk)]
    assert [v for v, box in zip(held.values(), boxes, strict=True) if box] == [
        v for v, box in zip(wanted, boxes, strict=True) if box
    ]
    assert page.end_card.isVisible()


def test_the_whole_double_entry_goes_by_keyboard_and_finds_what_was_planted(desk: Desk) -> None:
    first = entered(desk.session, desk.assessment)
    page = desk.open("second")
    marked = [key_for(n) for n in range(len(first))]
    planted = {2: "1", 19: "0", 44: "9"}
    assert all(KEYS[key] != list(first.values())[n] for n, key in planted.items())
    desk.hand.actions = 0
    desk.type_rows([planted.get(n, key) for n, key in enumerate(marked)])
    keys = desk.hand.actions
    assert [line.row.id for line in page.differences.lines] == [list(first)[n] for n in planted]
    assert "First entry: 3" not in page.grid.accessibleName()
    for key in ("1", "2", "3", "5"):
        desk.hand.press(key)
    tell(f"second entry of {len(first)} rows: {keys} keys, 3 differences: {desk.hand.actions - keys} keys")
    tell(page.end_words.text())
    assert page.end_words.text() == "56 answers, 3 differences, settled."
    names = list(first)
    wanted = first | {names[19]: 0, names[44]: 5}
    assert firsts(desk.session, desk.assessment) == wanted


def test_another_pages_last_character_opens_nothing_and_the_whole_code_says_whose_it_is(desk: Desk) -> None:
    other = a_form(desk.session, "Toinen")
    page = desk.open()
    desk.hand.press(KEY.Key_Return)
    wrong = page.desk.sheets[1].code.check
    desk.hand.press(wrong)
    assert not page.grid_card.isVisible()
    assert f"does not end with {wrong}" in page.gate.field.error
    desk.hand.type(paper_entry.desk(desk.session, other).sheets[3].code.text)
    desk.hand.press(KEY.Key_Return)
    assert not page.grid_card.isVisible()
    assert "page 4 of another form: Testi Toinen" in page.gate.field.error
    desk.hand.press(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.hand.type(page.desk.sheets[1].code.text.lower())
    desk.hand.press(KEY.Key_Return)
    assert page.grid_card.isVisible()
    assert page.number == 2
    assert firsts(desk.session, desk.assessment) == {}


def test_after_a_slip_the_right_character_still_opens_the_page(desk: Desk) -> None:
    page = desk.open()
    desk.hand.press(KEY.Key_Return)
    desk.hand.press(page.desk.sheets[1].code.check)
    desk.hand.type(page.desk.sheets[0].code.check.lower())
    desk.hand.press(KEY.Key_Return)
    assert page.grid_card.isVisible()
    assert page.number == 1


def test_what_was_answered_without_paper_is_seen_before_it_is_entered_anew(desk: Desk) -> None:
    assessing.answer(desk.session, desk.assessment, "A1", 5)
    page = desk.open()
    desk.hand.press(KEY.Key_Return)
    desk.hand.press(page.desk.sheets[0].code.check)
    assert [row.value.text() for row in page.grid.rows[:2]] == ["answered now: 5", "·"]
    desk.hand.press("8")
    assert page.grid.rows[0].value.text() == "answered now: 5"
    assert page.message.text.startswith("Something else was answered here already.")
    desk.hand.press("3")
    assert page.grid.rows[0].value.text() == "answered now: 5"
    desk.hand.press("3")
    assert page.grid.rows[0].value.text() == "3"
    assert page.message.text == ""


def test_backspace_goes_back_and_the_answer_is_given_again(desk: Desk) -> None:
    page = desk.open()
    desk.hand.press(KEY.Key_Return)
    desk.type_rows(["7", "8"])
    desk.hand.press(KEY.Key_Backspace)
    desk.hand.press("3")
    for key in (KEY.Key_Up, KEY.Key_Up, KEY.Key_Down):
        desk.hand.press(key)
    assert page.grid.at == 1
    assert firsts(desk.session, desk.assessment) == {"A1": 7, "A2": 3}
    assert page.grid.accessibleName().endswith(": 3")


def test_the_second_entry_does_not_show_the_first(desk: Desk) -> None:
    entered(desk.session, desk.assessment)
    page = desk.open("second")
    desk.hand.press(page.desk.sheets[0].code.check)
    assert {row.value.text() for row in page.grid.rows} == {"·"}
    assert page.grid.accessibleName().endswith("nothing entered")


def test_what_was_begun_goes_on_at_its_page_and_row(desk: Desk) -> None:
    page = desk.open()
    desk.hand.press(KEY.Key_Return)
    desk.type_rows([key_for(n) for n in range(13)])
    page = desk.open()
    assert page.asked == 2
    desk.hand.press(page.desk.sheets[1].code.check)
    assert page.grid.lines[page.grid.at].row.id == rows(page.desk)[13].id


def test_a_second_entry_that_was_begun_goes_on_by_itself(desk: Desk) -> None:
    first = entered(desk.session, desk.assessment)
    for row, value in list(first.items())[:13]:
        paper_entry.enter_again(desk.session, desk.assessment, row, value)
    page = desk.open("")
    assert page.asked == 2
    desk.hand.press(page.desk.sheets[1].code.check)
    assert page.second
    assert page.grid.lines[page.grid.at].row.id == list(first)[13]


def test_a_day_that_is_none_stays_with_its_reason(desk: Desk) -> None:
    page = desk.open()
    for typed, reason in (("31.2.2026", "not a day"), ("1.1.2027", "after today"), ("1.1.2020", "printed on")):
        desk.hand.press(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
        desk.hand.type(typed)
        desk.hand.press(KEY.Key_Return)
        assert reason in page.day_field.error
        assert page.day_card.isVisible()


def test_a_form_is_printed_from_the_assessment_tab(desk: Desk) -> None:
    main = desk.program.main
    assert main is not None
    client = paper_entry.desk(desk.session, desk.assessment).client_id
    main.go(Place(page="client", key=client, part="assessment"))
    desk.app.processEvents()
    assert main.page is not None
    button = next(b for b in main.page.findChildren(QPushButton) if b.text() == "Print the form")
    button.click()
    desk.hand.until(lambda: "lomake_" in main.page.message.text if main.page else False)


def test_a_paper_with_a_code_and_no_name_is_found_with_ctrl_k(desk: Desk) -> None:
    a_form(desk.session, "Toinen")
    main = desk.program.main
    assert main is not None
    main.setFocus()
    desk.hand.press(KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.hand.type(paper_entry.desk(desk.session, desk.assessment).sheets[4].code.text.lower())
    desk.hand.press(KEY.Key_Return)
    assert desk.page.place.key == desk.assessment


def test_the_tab_says_how_far_the_paper_form_is(desk: Desk) -> None:
    first = entered(desk.session, desk.assessment)
    assert state(desk.session, desk.assessment) == "56 answers entered from paper."
    for row, value in first.items():
        paper_entry.enter_again(desk.session, desk.assessment, row, value)
    assert state(desk.session, desk.assessment) == "56 answers entered twice, no differences."
