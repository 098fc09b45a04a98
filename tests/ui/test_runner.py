"""The assessment's page: list and single questions, the note, what is still open, what a bad end leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError
from valmentaja.domain.assessment import NoValue
from valmentaja.ui.page import Place
from valmentaja.ui.pages.runner import RunnerPage
from valmentaja.ui.pages.today import TodayPage
from valmentaja.usecases import assessing, correcting, looking_over, unfinished
from valmentaja.usecases.session import Changes


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    made = Desk(qapp, tmp_path / "harjoitus", clock)
    yield made
    made.program.close()
    made.program.window.close()
    made.program.window.deleteLater()
    made.program.auto_lock.deleteLater()
    made.program.deleteLater()
    made.rest()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def opened(desk: Desk) -> RunnerPage:
    page = desk.show(Place(page="runner", key=assessing.begin(desk.session, desk.client).made))
    assert isinstance(page, RunnerPage)
    return page


def today(desk: Desk) -> TodayPage:
    page = desk.show(Place(page="today"))
    assert isinstance(page, TodayPage)
    return page


def test_the_list_shows_every_answer_of_the_section_and_is_remembered(desk: Desk) -> None:
    page = opened(desk)
    page.switch_list()
    QTest.keyClicks(page, "7X")
    lines = list(page.questions.lines.values())
    assert [line.answer.text() for line in lines] == ["7", "does not want to answer", "–"]
    assert [line.answer.isChecked() for line in lines] == [False, False, True]
    desk.show(Place(page="clients"))
    again = opened(desk)
    assert again.as_list
    again.switch_list()
    assert not opened(desk).as_list


def test_a_line_of_the_list_opens_its_question(desk: Desk) -> None:
    page = opened(desk)
    page.switch_list()
    name, last = list(page.questions.lines.items())[-1]
    QTest.mouseClick(last.answer, Qt.MouseButton.LeftButton)
    assert page.item == name
    QTest.keyClick(page, "4")
    assert page.runner.values[name].value == 4
    assert [line.number.text() for line in page.questions.lines.values()] == ["B1", "B2", "B3", "B4"]


def test_tab_leads_from_the_question_to_its_note(desk: Desk) -> None:
    page = opened(desk)
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert desk.app.focusWidget() is page.note


def test_a_note_that_cannot_be_stored_holds_its_question(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(desk)
    item = page.item

    def refused(*_given: object, **_named: object) -> Changes:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(assessing, "keep_note", refused)
        page.note.insertPlainText("Tärkeä huomio")
        page.move_by(1)
        assert page.item == item
        assert page.note.toPlainText() == "Tärkeä huomio"
    page.move_by(1)
    assert page.item != item
    assert page.runner.values[item].note == "Tärkeä huomio"
    assert page.note.toPlainText() == ""


def test_the_answer_of_last_time_is_hidden_until_it_is_asked_for(desk: Desk) -> None:
    first = opened(desk)
    QTest.keyClicks(first, "2")
    assert not first.show_earlier.isVisible()
    assessing.close(desk.session, first.place.key)
    page = opened(desk)
    assert page.place.key != first.place.key
    assert page.editor.earlier.text() == ""
    page.show_earlier.click()
    assert page.editor.earlier.text() == "Earlier answer 24 Nov 2026: 2"
    desk.show(Place(page="clients"))
    assert opened(desk).editor.earlier.text() == ""


def test_what_is_open_is_listed_with_links_and_no_key_answers_meanwhile(desk: Desk) -> None:
    page = opened(desk)
    QTest.keyClicks(page, "7NX")
    page.look_over()
    found = looking_over.look_over(desk.session, page.place.key)
    assert found.count == page.runner.total - 3
    QTest.keyClick(page, "5")
    assert page.runner.answered == 3
    wanted = found.open[-1].items[-1]
    page.check.wanted.emit(wanted)
    assert page.item == wanted
    assert not page.is_checking
    QTest.keyClick(page, "5")
    assert page.runner.values[wanted].value == 5


def test_a_proper_leave_or_lock_leaves_no_card(desk: Desk) -> None:
    opened(desk)
    assert unfinished.unfinished(desk.session) is not None
    assert today(desk).recovery is None
    opened(desk)
    desk.program.lock()
    desk.rest()
    assert isinstance(desk.unlock(), RunnerPage)
    assert today(desk).recovery is None


def test_a_bad_end_shows_where_it_was_until_that_is_refused(desk: Desk) -> None:
    page = opened(desk)
    key = page.place.key
    desk.show(Place(page="clients"))
    unfinished.keep(desk.session, key, page.runner.order[2])
    card = today(desk).recovery
    assert card is not None
    assert card.go_on.accessibleDescription().endswith(f"({desk.client}), question {page.runner.order[2]}")
    card.not_now.click()
    desk.rest()
    assert today(desk).recovery is None


def test_nothing_is_offered_of_an_assessment_that_is_closed_by_now(desk: Desk) -> None:
    made = assessing.begin(desk.session, desk.client).made
    item = assessing.runner(desk.session, made).order[0]
    unfinished.keep(desk.session, made, item)
    assessing.answer(desk.session, made, item, 4)
    found = unfinished.unfinished(desk.session)
    assert found is not None
    assert found.item == assessing.runner(desk.session, made).order[1]
    assessing.close(desk.session, made)
    assert unfinished.unfinished(desk.session) is None


def test_what_a_skip_rule_leaves_out_stays_until_it_is_confirmed(desk: Desk) -> None:
    made = assessing.begin(desk.session, desk.client, instrument="kunnonsyyni-1.0").made
    page = desk.show(Place(page="runner", key=made))
    assert isinstance(page, RunnerPage)
    (rule, *_rest) = page.runner.instrument.skips
    left_out = rule.items[0]
    assessing.answer(desk.session, made, left_out, 3)
    page.refresh()
    page.go_to(rule.when)
    QTest.keyClick(page, "E")  # does not concern
    assert left_out not in page.runner.order
    assert page.item not in rule.items
    page.look_over()
    assert [item.id for item, _held in looking_over.look_over(desk.session, made).dropped] == [left_out]
    page.check.let_go.emit()
    assert looking_over.look_over(desk.session, made).dropped == ()
    kept = correcting.history(desk.session, made, left_out)
    assert [given.answer.value for given in kept] == [NoValue.EI_KYSYTTY, 3]
    page.go_to(rule.when)
    QTest.keyClick(page, "5")
    assert left_out in page.runner.order
    assert left_out not in page.runner.met


def test_a_note_alone_answers_nothing_and_the_question_stays_open(desk: Desk) -> None:
    page = opened(desk)
    item = page.item
    page.note.insertPlainText("Kysytään ensi kerralla.")
    page.go_to(page.runner.order[5])
    assert page.runner.values[item].note == "Kysytään ensi kerralla."
    assert page.runner.answered == 0
    assert page.runner.resume_at == item
    assert item in looking_over.look_over(desk.session, page.place.key).open[0].items
    page.go_to(item)
    assert page.note.toPlainText() == "Kysytään ensi kerralla."
    assert not any(button.isChecked() for button in page.editor.no_values)
    QTest.keyClick(page, "N")
    assert page.runner.answered == 1
    assert page.runner.values[item].note == "Kysytään ensi kerralla."


def test_a_half_typed_correction_is_neither_left_nor_lost_in_a_lock(desk: Desk) -> None:
    page = opened(desk)
    QTest.keyClicks(page, "7")
    key, item = page.place.key, page.runner.order[0]
    assessing.close(desk.session, key)
    page = desk.show(Place(page="runner", key=key, part=item))
    assert isinstance(page, RunnerPage)
    page.old.begin(5)
    QTest.keyClicks(page.old.reason, "Luin rivin")
    assert desk.show(Place(page="clients")) is page
    assert page.message.text == "Choose the right answer, or leave it as it is."
    page.move_by(1)
    assert page.item == item
    desk.program.lock()
    desk.rest()
    again = desk.unlock()
    assert isinstance(again, RunnerPage)
    assert (again.item, again.old.is_correcting, again.old.reason.text()) == (item, True, "Luin rivin")
    again.old.choose(5)
    assert again.runner.values[item].value == 5
    assert desk.show(Place(page="clients")) is not again
