"""The page of pictures: what is chosen is shown, screen readers hear it, and the table beside says the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from reportlab.graphics.shapes import String

from tests.pictures.charts import FIRST, LATEST, a_radar
from valmentaja.app import application
from valmentaja.base.errors import UserError
from valmentaja.documents.drawing import drawing
from valmentaja.domain.queue import QueueKind
from valmentaja.ui import tasks, theme
from valmentaja.ui.hub import Hub
from valmentaja.ui.page import Place
from valmentaja.ui.pages.change import ChangePage
from valmentaja.ui.widgets.picture import PictureView, PictureWithTable
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.usecases import change_paper, comparing, today
from valmentaja.usecases.session import Session


@pytest.fixture
def page(training_session: Session, qapp: QApplication) -> Iterator[ChangePage]:
    application()
    agreed = next(e for e in today.queue(training_session) if e.kind == QueueKind.SIGNATURE)
    shown = ChangePage(training_session, Hub(), Place(page="change", key=agreed.client))
    shown.resize(1154, 900)
    shown.show()
    qapp.processEvents()
    yield shown
    shown.close()
    shown.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def cells(shown: PictureWithTable) -> list[tuple[str, ...]]:
    model = shown.table.model()
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_first_and_latest_are_ticked_and_shown(page: ChangePage) -> None:
    ticked = [key for key, box in page.boxes.items() if box.isChecked()]
    assert ticked == list(comparing.first_and_latest(comparing.choices(page.session, page.client)))
    assert len(ticked) == 2
    assert page.radar.table.model().columnCount() == 3


def test_unticking_takes_a_series_out_of_picture_and_table_at_once(page: ChangePage) -> None:
    last = list(page.boxes.values())[-1]
    last.setChecked(False)
    assert page.radar.table.model().columnCount() == 2
    picture = page.radar.view.picture
    assert picture is not None
    assert cells(page.radar) == list(picture.table().rows)
    assert list(page.boxes.values())[-1] is last, "the focus stays where it was"
    for box in page.boxes.values():
        box.setChecked(False)
    assert page.radar.isHidden()
    assert not page.radar_card.isHidden(), "the boxes stay, to tick them again"


@pytest.mark.parametrize("part", ["radar", "trend", "path"])
def test_the_table_beside_equals_the_picture(page: ChangePage, part: str) -> None:
    shown: PictureWithTable = getattr(page, part)
    picture = shown.view.picture
    assert picture is not None
    assert cells(shown) == list(picture.table().rows)
    assert cells(shown)


def test_a_screen_reader_meets_a_chart_with_its_values(qapp: QApplication) -> None:
    view = PictureView()
    view.show_picture(a_radar(LATEST, FIRST))
    met = QAccessible.queryAccessibleInterface(view)
    assert met.role() == QAccessible.Role.Chart
    assert met.text(QAccessible.Text.Name) == "Tulokset"
    assert "1.5.2026 asiakas: Työkyky 4,0, Halu ja usko –" in met.text(QAccessible.Text.Description)
    view.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_picture_is_painted_in_the_colours_of_its_series(qapp: QApplication) -> None:
    application()
    view = PictureView()
    view.show_picture(a_radar(LATEST, FIRST))
    view.resize(560, view.heightForWidth(560))
    image = view.grab().toImage()
    painted = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert {theme.colour("series0").name(), theme.colour("series1").name()} <= painted
    view.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.parametrize("whole", [True, False])
def test_a_whole_table_keeps_its_widths_and_scrolls_sideways(qapp: QApplication, *, whole: bool) -> None:
    columns = [Column[str](title="x", text=str, width=300, stretch=n == 0) for n in range(3)]
    table: Table[str] = Table(columns, "x", whole=whole)
    table.resize(640, 200)
    table.show()
    qapp.processEvents()
    assert (table.columnWidth(0) >= 300) is whole
    assert (table.horizontalScrollBar().maximum() > 0) is whole
    table.close()
    table.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_pictures_are_written_as_a_paper_where_it_was_asked(
    page: ChangePage, qapp: QApplication, tmp_path: Path
) -> None:
    page.write_pdf(tmp_path)
    for _ in range(3):
        tasks.worker().wait()
        qapp.processEvents()
    (written,) = tmp_path.glob(f"muutos_{page.client}_*.pdf")
    assert written.read_bytes().startswith(b"%PDF")
    assert str(written) in page.message.text


@pytest.mark.parametrize("part", ["radar", "trend", "path"])
def test_screen_and_paper_show_the_same_scene(page: ChangePage, part: str) -> None:
    view: PictureView = getattr(page, part).view
    screen, picture = view.scene(640), view.picture
    assert screen is not None and picture is not None
    paper = picture.scene(screen.width)
    assert screen == paper
    drawn = drawing(paper).contents
    assert len(drawn) == len(paper.shapes)
    # On paper a space after each text keeps two labels from being heard as one word.
    assert [shape.text for shape in drawn if isinstance(shape, String)] == [f"{text} " for text in paper.texts]


def test_what_cannot_be_printed_is_said_on_the_page(page: ChangePage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_more: object) -> None:
        raise UserError("There is no such assessment.")

    monkeypatch.setattr(change_paper, "paper", refuse)
    page.write_pdf()
    assert page.message.text == "There is no such assessment."
