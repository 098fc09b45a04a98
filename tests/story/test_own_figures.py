"""With the keyboard alone from today to a figure of one's own, who is behind it, and that client's file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from handed import Handed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from valmentaja.ui.page import Place
from valmentaja.ui.pages.own import OwnPage
from valmentaja.usecases import logs
from valmentaja.usecases.own_figures import Topic
from valmentaja.usecases.session import Session

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


class Desk(Handed):
    @property
    def own(self) -> OwnPage:
        assert isinstance(self.page, OwnPage)
        return self.page


@pytest.fixture
def desk(training_session: Session, qapp: QApplication) -> Iterator[Desk]:
    shown = Desk(training_session, qapp)
    yield shown
    shown.put_away()


def open_own_figures(desk: Desk) -> None:
    desk.hand.press(KEY.Key_3, CONTROL)
    desk.rest()
    desk.tab_to("Own figures")
    desk.press(KEY.Key_Space)


def test_a_coach_goes_from_a_topic_to_its_people_and_to_one_of_them(desk: Desk, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    open_own_figures(desk)
    page = desk.own
    assert page.glance.table.rows.rowCount() == len(Topic)
    assert "Do not photograph this page or send pictures of it" in desk.texts()
    desk.tab_to("At a glance")
    desk.press(KEY.Key_Down, times=list(Topic).index(Topic.GAPS))
    assert page.part() == Topic.GAPS
    picture = page.course.picture.view.picture
    assert picture is not None
    line = page.glance.table.current()
    assert line is not None
    assert picture.table().rows[0][1] == str(line.now)
    assert len(picture.table().rows) == 12
    assert page.course.picture.table.rows.record(0) == picture.table().rows[0]
    figure = page.figures.table.current()
    assert figure is not None
    desk.tab_to("Figures of the month")
    desk.press(KEY.Key_Return)
    assert page.behind.table.rows.rowCount() == figure.count
    assert desk.app.focusWidget() is page.behind.table
    assert logs.entries(desk.session, limit=1)[0].entity_id.endswith(f" own {figure.id}")
    person = page.behind.table.current()
    assert person is not None
    desk.press(KEY.Key_Return)
    main = desk.program.main
    assert main is not None
    assert (main.place.page, main.place.key) == ("client", person.client)
    desk.press(KEY.Key_Escape)
    assert desk.own.behind.table.rows.rowCount() == 0, "no names come back by themselves"
    assert {path for path in tmp_path.rglob("*") if path.is_file()} - before == set()


def test_names_leave_the_screen_with_their_figure_and_twenty_four_months_can_be_seen(desk: Desk) -> None:
    page = desk.go(Place(page="own", part=Topic.CONTACTS))
    assert isinstance(page, OwnPage)
    assert page.glance.table.current() is not None
    assert page.part() == Topic.CONTACTS
    page.figures.who.click()
    assert page.behind.table.rows.rowCount() > 0
    page.length.set_value("24")
    page.length.chosen.emit("24")
    desk.rest()
    assert page.behind.table.rows.rowCount() == 0
    picture = page.course.picture.view.picture
    assert picture is not None
    assert len(picture.table().rows) == 24


def test_the_page_offers_no_way_to_a_file(desk: Desk) -> None:
    page = desk.go(Place(page="own"))
    words = [b.text() for b in page.findChildren(QPushButton) if b.isVisibleTo(page)]
    assert words == ["Month", "Who is behind this figure"]
