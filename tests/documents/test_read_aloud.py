"""What a reader of the tags hears is what was written: every word, once, in order, wherever a page ends."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from reportlab.platypus import Spacer

from tests.documents.everything import Printer, source
from tests.documents.papers import LONG
from tests.documents.poppler import run, spoken
from valmentaja.documents.blocks import HEADINGS
from valmentaja.documents.metadata import About
from valmentaja.documents.story import BOTTOM, MARGIN, TOP, WIDTH, Story

ABOUT = About(title="Sivunvaihto", language="fi", created=datetime(2026, 11, 24, tzinfo=UTC))
PAGE = 842 - TOP - BOTTOM
Save = Callable[[bytes], Path]
NUMBERED = " ".join(f"{word}{n}" for n in range(4) for word in LONG.split())
"""No two of its words near each other are the same, so that a lost, repeated or joined one shows."""
WAYS: dict[str, Callable[[Story], None]] = {
    "paragraph": lambda story: story.paragraph(NUMBERED),
    "quote": lambda story: story.quote(NUMBERED),
    "list": lambda story: story.bullets((NUMBERED, "lyhyt")),
    "heading": lambda story: story.heading(2, NUMBERED, room=0),
    "facts": lambda story: story.facts((("Nimi", NUMBERED), ("Toinen", "lyhyt"))),
    "both cells": lambda story: story.facts(((NUMBERED, NUMBERED),)),
    "table": lambda story: story.table(("Sarake", "Toinen"), ((NUMBERED, "lyhyt"), ("a", NUMBERED)), (0.5, 0.5)),
}


@pytest.mark.slow
def test_every_paper_is_heard_word_by_word(printers: dict[str, Printer], saved: Save) -> None:
    count = 0
    for name, printed in printers.items():
        with source() as written:
            path = saved(printed())
        assert spoken(path) == written, name
        count += len(written)
    sys.stdout.write(f"\n{len(printers)} papers, {count} words heard as written\n")


@pytest.mark.parametrize("way", WAYS)
def test_a_page_may_end_at_any_height_of_a_text(saved: Save, way: str) -> None:
    """The step is smaller than half a line and shares no factor with one."""
    for room in range(0, 190, 5):
        path, written = _split_at(saved, WAYS[way], room)
        assert spoken(path) == written, f"{room} points were left on the page"
        assert _rightmost(path) <= MARGIN + WIDTH + 0.5, f"{room} points were left on the page"


def _split_at(saved: Save, write: Callable[[Story], None], room: int) -> tuple[Path, list[str]]:
    story = Story()
    with source() as written:
        story.heading(1, "Ylhäällä")
        story.flow.append(Spacer(1, PAGE - HEADINGS[1].leading - HEADINGS[1].after - room))
        write(story)
        story.paragraph("Alhaalla.")
        return saved(story.pdf(ABOUT, lambda _canvas, _page: None)), written


def _rightmost(path: Path) -> float:
    boxes = run("pdftotext", "-bbox", str(path), "-")
    return max(float(part.split('"')[0]) for part in boxes.split('xMax="')[1:])


def test_a_table_with_more_columns_than_widths_is_refused() -> None:
    with pytest.raises(ValueError, match="3 columns with 2 widths"):
        Story().table(("a", "b", "c"), (), (0.5, 0.5))


def test_a_heading_over_two_pages_keeps_its_bookmark(saved: Save) -> None:
    path, _ = _split_at(saved, WAYS["heading"], int(HEADINGS[2].leading * 2.5 + HEADINGS[2].before))
    assert b"/Outlines" in path.read_bytes()
