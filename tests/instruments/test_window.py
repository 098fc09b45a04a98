"""Through the window: a new version arrives in the middle, and the open assessment stays on its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from sitting import Sitting
from versions import own

from valmentaja.base.clock import FixedClock
from valmentaja.ui.client.assessment import AssessmentTab
from valmentaja.ui.page import Place
from valmentaja.ui.pages.runner import RunnerPage
from valmentaja.ui.settings.instruments import InstrumentsTab
from valmentaja.usecases import assessing, caseload
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

KEY = Qt.Key


class Coach(Sitting):
    """A coach at the window, who sees texts and presses buttons."""

    def __init__(self, session: Session, app: QApplication) -> None:
        super().__init__(app, session)
        self.client = caseload.take_on(session, NewClient(family_name="Kokeilija", given_names="Testi")).made

    def press(self, words: str) -> None:
        buttons = [b for b in self.page.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(self.page)]
        QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
        self.rest()

    def sees(self, words: str) -> bool:
        labels = [w.text() for w in self.page.findChildren(QLabel) if w.isVisibleTo(self.page)]
        return any(words in text for text in labels)

    def assessment_tab(self) -> AssessmentTab:
        self.go(Place(page="client", key=self.client, part="assessment"))
        found = self.page.findChild(AssessmentTab)
        assert isinstance(found, AssessmentTab)
        return found

    def choose(self, instrument: str) -> None:
        combo = self.assessment_tab().choosing.instrument
        combo.set_value(instrument)
        combo.chosen.emit(combo.value())
        self.rest()

    def add_file(self, path: Path) -> None:
        self.go(Place(page="settings", part="instruments"))
        found = self.page.findChild(InstrumentsTab)
        assert isinstance(found, InstrumentsTab)
        found.file.line.setText(str(path))
        QTest.keyClick(found.file.line, KEY.Key_Return)
        self.rest()

    def runner(self) -> RunnerPage:
        assert isinstance(self.page, RunnerPage)
        return self.page

    def answer(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.runner(), key)
            self.rest()


@pytest.fixture
def coach(session: Session, qapp: QApplication) -> Iterator[Coach]:
    sitting = Coach(session, qapp)
    yield sitting
    sitting.put_away()


def test_a_new_version_in_the_middle_leaves_the_open_assessment_as_it_was(coach: Coach, tmp_path: Path) -> None:
    coach.add_file(own(tmp_path))
    assert coach.sees("The instrument is here.")
    assert coach.sees("Own 1.0")
    coach.choose("own-1.0")
    coach.press("Begin an assessment")
    coach.answer(KEY.Key_3)
    assert coach.sees("I rake.")

    coach.add_file(own(tmp_path, "1.1", ("I rake.", "I rake the leaves."), follows="own-1.0"))
    assert coach.sees("Own 1.1")
    assert coach.sees("replaced by a newer version")
    coach.assessment_tab()
    assert coach.sees("Own 1.0 · 1 of 5 questions answered")
    coach.press("Continue")
    assert coach.runner().item == "P2"
    assert coach.sees("I rake.")
    assert not coach.sees("I rake the leaves.")
    coach.answer(KEY.Key_3, KEY.Key_3, KEY.Key_3, KEY.Key_3)
    coach.runner().close_assessment()
    coach.rest()

    offered = [coach.assessment_tab().choosing.instrument.itemData(n) for n in range(4)]
    assert offered == ["suunta-1.0", "kunnonsyyni-1.0", "startti-1.0", "own-1.1"]
    coach.choose("own-1.1")
    coach.press("Begin an assessment")
    coach.answer(KEY.Key_7)
    assert coach.sees("I rake the leaves.")
    versions = sorted(a.instrument for a in assessing.assessments(coach.session, coach.client))
    assert versions == ["own-1.0", "own-1.1"]


def test_a_broken_file_is_told_on_the_page_and_nothing_is_kept(coach: Coach, tmp_path: Path) -> None:
    coach.add_file(own(tmp_path, "1.0", ("scale = [0, 10]", "scale = [1, 5]")))

    assert coach.sees("own-1.0.toml: “scale” must be [0, 10]; this program scores no other scale.")
    assert not coach.sees("Own 1.0")


def test_the_short_form_is_offered_only_where_there_is_one(coach: Coach) -> None:
    tab = coach.assessment_tab()
    assert not tab.choosing.quick.isHidden()
    coach.choose("startti-1.0")
    assert coach.assessment_tab() is not None
    coach.choose("kunnonsyyni-1.0")
    found = coach.page.findChild(AssessmentTab)
    assert isinstance(found, AssessmentTab)
    assert found.choosing.quick.isHidden()
    assert coach.sees("17 sentences")


def test_what_cannot_be_compared_is_listed_on_the_page(coach: Coach, clock: FixedClock, tmp_path: Path) -> None:
    coach.add_file(own(tmp_path))
    for version, value in (("1.0", KEY.Key_2), ("1.1", KEY.Key_5)):
        if version == "1.1":
            changed = ('id = "Q2"\nearlier = "Q2"', 'id = "Q2"')
            coach.add_file(own(tmp_path, "1.1", changed, follows="own-1.0"))
        coach.choose(f"own-{version}")
        coach.press("Begin an assessment")
        coach.answer(*[value] * 5)
        coach.runner().close_assessment()
        clock.moment += timedelta(days=180)
        coach.rest()
    coach.assessment_tab()

    assert coach.sees("Not compared, other questions were asked the first time: Porch")


def test_a_measurement_of_which_nothing_can_be_compared_is_named_on_the_tab(coach: Coach, tmp_path: Path) -> None:
    coach.add_file(own(tmp_path))
    for instrument in ("suunta-1.0", "own-1.0"):
        coach.choose(instrument)
        coach.press("Begin an assessment")
        coach.answer(*[KEY.Key_5] * 5)
        coach.runner().close_assessment()
        coach.rest()
    coach.assessment_tab()

    assert coach.sees("Not compared: Direction map")


def test_a_result_from_elsewhere_is_written_down_saved_and_marked_on_the_page(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "tulos.pdf").write_bytes(b"%PDF keksitty")
    card = coach.assessment_tab().others
    assert not card.form.isVisible()
    coach.press("Record a result")
    assert coach.app.focusWidget() is card.instrument
    coach.press("Add the result")
    assert coach.sees("Write which meter it was")
    for editor, text in (
        (card.instrument, "Kykyviisari"),
        (card.domain, "Mind"),
        (card.score, "6,5"),
        (card.scale, "0–10"),
        (card.day, "1.10.2026"),
        (card.file, str(tmp_path / "tulos.pdf")),
    ):
        editor.setText(text)
    coach.press("Add the result")
    assert coach.sees("Kykyviisari · Mind · 6,5 (scale 0–10)")
    assert coach.sees(" · recorded by Veera Valmentaja")
    assert card.instrument.text() == ""
    assert not card.form.isVisible()

    coach.press("Save the file")
    assert coach.sees("tulos.pdf")
    coach.press("Mark as not valid")
    assert coach.app.focusWidget() is card.reason
    QTest.keyClicks(card.reason, "Another person's")
    QTest.keyClick(card.reason, KEY.Key_Return)
    coach.rest()
    assert coach.sees("not valid: Another person's")
    assert not card.void_part.isVisible()
    assert coach.sees("Kykyviisari · Mind · 6,5 (scale 0–10)")
