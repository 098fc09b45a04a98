"""A report of figures on paper: chapters of words, pictures and tables, in reading order."""

from __future__ import annotations

from datetime import datetime

from valmentaja.base.canonical import fingerprint
from valmentaja.documents import blocks
from valmentaja.documents.columns import pieces, shares
from valmentaja.documents.figures_paper import FiguresPaper, FiguresPart
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import About
from valmentaja.documents.story import WIDTH, Story
from valmentaja.i18n import words

ROOM_FOR_TABLE, ROOM_FOR_HEADING = 90.0, 40.0


def render(paper: FiguresPaper) -> bytes:
    """PDF/UA-1 and PDF/A-3a; the same paper gives the same bytes."""
    story = Story()
    story.paragraph(paper.marking, blocks.MARKING)
    story.heading(1, paper.title)
    story.facts(paper.facts, whole_rows=True)
    for line in paper.about:
        story.paragraph(line)
    for chapter in paper.chapters:
        story.heading(2, chapter.title, room=ROOM_FOR_HEADING + (_room(chapter.parts[0]) if chapter.parts else 0.0))
        for part in chapter.parts:
            _part(story, part)
    frame = PageFrame(
        marking=paper.marking,
        banner="",
        title=paper.title,
        fingerprint=fingerprint(repr(paper).encode())[:16],
        words=words(paper.language),
    )
    created = datetime.fromisoformat(paper.created)
    return story.pdf(About(title=paper.title, language=paper.language, created=created), frame.draw)


def _part(story: Story, part: FiguresPart) -> None:
    story.heading(3, part.title, room=_room(part))
    for line in part.says:
        story.paragraph(line, blocks.BASIS)
    if part.picture:
        story.picture(part.picture, table=False)
    if part.table:
        for piece in pieces(part.table):
            story.table(piece.head, piece.rows, shares(piece), whole_rows=True)


def _room(part: FiguresPart) -> float:
    """A heading goes to the next page together with its picture and the beginning of its table."""
    return ROOM_FOR_TABLE + (part.picture.scene(WIDTH).height + ROOM_FOR_HEADING if part.picture else 0.0)
