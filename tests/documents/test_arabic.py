"""Arabic on paper: set as Qt sets it, read as it was written, refused where it cannot be right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.documents.everything import Printer, source
from tests.documents.papers import ARABIC, a_paper_of, a_template
from tests.documents.poppler import run, spoken
from valmentaja.base.errors import UserError
from valmentaja.documents import fonts
from valmentaja.documents.metadata import About
from valmentaja.documents.plan_pdf import render
from valmentaja.documents.story import MARGIN, WIDTH, Story
from valmentaja.shaping import arabic, lines

ABOUT = About(title="Koe", language="fi", created=datetime(2026, 11, 24, tzinfo=UTC))
TEXTS = {
    "Arabic": ARABIC,
    "ligatures and marks": "لا إله، السَّلامُ عليكم، مُحَمَّد، الإسلام، لأجل",
    "Persian": "می‌خواهم در تاریخ ۲۴٫۱۱٫۲۰۲۶ کار پیدا کنم؛ چه گزینه‌هایی هست؟",
    "Sorani": "من دەمەوێت کارێک بدۆزمەوە لە Tuusula",
    "Finnish around Arabic": "Hän sanoi: السلام عليكم ورحمة الله ja jatkoi suomeksi (A–Ö, 100 %).",
    "two lines": "السطر الأول\nالسطر الثاني 12:30",
    "long": " ".join([ARABIC] * 30),
}


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_heard_as_it_was_written(name: str, saved: Callable[[bytes], Path]) -> None:
    story = Story()
    with source() as written:
        story.heading(1, "Otsikko")
        story.paragraph(TEXTS[name])
        story.quote(TEXTS[name])
        story.bullets((TEXTS[name],))
        story.facts(((TEXTS[name][:40], TEXTS[name]),))
    path = saved(story.pdf(ABOUT, lambda _canvas, _page: None))
    assert spoken(path) == written
    boxes = run("pdftotext", "-bbox", str(path), "-")
    assert max(float(part.split('"')[0]) for part in boxes.split('xMax="')[1:]) <= MARGIN + WIDTH + 0.5
    assert "/ActualText" not in path.read_bytes().decode("latin-1")


def test_letters_run_from_the_right_and_numbers_from_the_left() -> None:
    (line,) = lines("أ 12", size=10, width=200, bold=False)
    alef, _space, one, two, _end = line
    assert (alef.text, one.text, two.text) == ("أ", "1", "2")
    assert one.x < two.x < alef.x and alef.x > 180


def test_a_font_that_is_not_bundled_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arabic, "_bundled", dict)
    with pytest.raises(UserError, match="cannot be printed"):
        lines("سلام", size=10, width=200, bold=False)


@pytest.mark.parametrize(("character", "name"), [("😀", "GRINNING FACE"), ("漢", "CJK UNIFIED IDEOGRAPH-6F22")])
@pytest.mark.parametrize("beside", ["", "ar", "ru"])
def test_a_character_without_a_glyph_is_named_and_nothing_is_made(character: str, name: str, beside: str) -> None:
    with pytest.raises(UserError, match="cannot be printed") as refused:
        render(a_paper_of(a_template(), f"سلام {character}", beside=beside))
    assert (refused.value.values["character"], refused.value.values["name"]) == (character, name)


@pytest.mark.slow
def test_every_kind_of_paper_asks_for_the_glyph_of_every_text(
    printers: dict[str, Printer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No paper is made when the bundled fonts lack the letters of its longest word."""
    known = fonts.characters
    for printed in printers.values():
        with source() as written:
            printed()
        gone = set(max(written, key=len))
        with monkeypatch.context() as patch:
            patch.setattr(fonts, "characters", lambda font, gone=gone: known(font) - gone)
            with pytest.raises(UserError, match="cannot be printed"):
                printed()
