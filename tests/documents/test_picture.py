"""A picture on paper: a figure with its words, only embedded fonts, the table beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader

from tests.documents.poppler import run, spoken
from tests.pictures.charts import FIRST, LATEST, a_radar
from valmentaja.documents.metadata import About
from valmentaja.documents.story import Story
from valmentaja.domain.queue import QueueKind
from valmentaja.usecases import change_paper, logs, today
from valmentaja.usecases.session import Session

NOTE = "Ei tulosta: Halu ja usko."
Save = Callable[[bytes], Path]
ABOUT = About(title="Kuva", language="fi", created=datetime(2026, 11, 24, tzinfo=UTC))


def a_paper(*, table: bool = True) -> bytes:
    story = Story()
    story.heading(1, "Tulokset")
    story.picture(a_radar(LATEST, FIRST, notes=(NOTE,)), table=table)
    return story.pdf(ABOUT, lambda _canvas, _page: None)


def test_the_picture_is_a_figure_with_its_values_as_alternative_text() -> None:
    root = PdfFileReader(BytesIO(a_paper())).root["/StructTreeRoot"]["/K"]
    figures = [kid.get_object() for kid in root["/K"] if kid.get_object()["/S"] == "/Figure"]
    (figure,) = figures
    assert figure["/Alt"] == a_radar(LATEST, FIRST, notes=(NOTE,)).says()
    left, bottom, right, top = (float(edge) for edge in figure["/A"]["/BBox"])
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842


def test_no_font_is_left_outside_the_file(saved: Save) -> None:
    fonts = run("pdffonts", str(saved(a_paper()))).splitlines()[2:]
    assert fonts
    assert all("NotoSans" in line and " yes " in line for line in fonts)


def test_the_table_beside_says_every_value_and_the_notes_stand_under_it(saved: Save) -> None:
    words = " ".join(spoken(saved(a_paper())))
    for row in a_radar(LATEST, FIRST).table().rows:
        assert " ".join(row) in words
    assert NOTE in words


def test_the_table_can_stand_elsewhere(saved: Save) -> None:
    tree = run("pdfinfo", "-struct", str(saved(a_paper(table=False))))
    assert "Table" not in tree


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert a_paper() == a_paper()


def test_a_client_s_pictures_are_printed_as_the_screen_shows_them(training_session: Session, tmp_path: Path) -> None:
    client = next(e.client for e in today.queue(training_session) if e.kind == QueueKind.SIGNATURE)
    paper = change_paper.paper(training_session, client, keys=None, language="fi")
    assert [type(p).__name__ for p in paper.pictures] == ["Radar", "Trend", "Timeline"]
    path = change_paper.write_pdf(training_session, client, change_paper.print_pdf(paper), tmp_path)
    words = " ".join(spoken(path))
    for picture in paper.pictures:
        for row in picture.table().rows:
            assert " ".join(filter(None, row)) in words
    assert paper.client_name in words
    newest = logs.entries(training_session, limit=1)[0]
    assert (newest.action, newest.entity, newest.client) == ("export", "change", client)
