"""A month's protected figures on paper, for people to read: what is said in short, pictures, and every figure."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.base.canonical import Json, canonical, fingerprint
from valmentaja.documents import blocks
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import with_data
from valmentaja.documents.story import Story
from valmentaja.i18n import Words, words
from valmentaja.pictures.bars import Bars

SHARES = {2: (0.8, 0.2), 4: (0.52, 0.14, 0.18, 0.16)}
"""Of the width, by the number of columns."""
SEAL_SHARE = 0.22
"""A checksum stands in one line."""
HEADING, LINE, FRAME, MOST_KEPT = 36.0, 20.0, 60.0, 300.0
"""Heights: of a heading, a line of a table, what is around it, and up to which a table stays on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTable:
    """Figures of one subject; `rows` may be empty when `says` tells everything there is to tell."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPart:
    """The month, its quarter or its year, under a heading of its own."""

    title: str
    tables: tuple[MonthTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPaper:
    """All texts are in `language` already and all figures are the package's; `created` is the seal's UTC stamp.

    `period` is the package's, `file_name` is made of its name. `about` says how the figures are protected, `changes`
    what may and may not be read from a change, `seal` which file they stand in.
    """

    title: str
    heading: str
    language: str
    marking: str
    facts: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    short: tuple[str, ...]
    changes: str
    pictures: tuple[Bars, ...]
    parts: tuple[MonthPart, ...]
    closing: str
    seal: tuple[tuple[str, str], ...]
    created: str
    training: bool
    period: str
    file_name: str


def render(paper: MonthPaper) -> bytes:
    """PDF/UA-1 and PDF/A-3a; the same paper gives the same bytes."""
    w, story = words(paper.language), Story()
    _opening(story, paper, w)
    for picture in paper.pictures:
        story.heading(2, picture.title, room=_room(picture))
        story.picture(picture, table=False)
    for part in paper.parts:
        story.heading(2, part.title, room=HEADING + _height(part.tables[0]))
        for table in part.tables:
            _table(story, table)
    story.heading(2, w("About these figures"))
    for line in (*paper.about, paper.closing):
        story.paragraph(line)
    story.facts(paper.seal, label_share=SEAL_SHARE, whole_rows=True)
    attached = canonical(_content(paper))
    frame = PageFrame(
        marking=paper.marking,
        banner=w("TRAINING – not a real document") if paper.training else "",
        title=paper.title,
        fingerprint=fingerprint(attached)[:16],
        words=w,
    )
    return story.pdf(with_data(paper.title, paper.language, paper.created, attached), frame.draw)


def _opening(story: Story, paper: MonthPaper, w: Words) -> None:
    if paper.training:
        story.paragraph(w("TRAINING – not a real document"), blocks.BANNER)
    story.paragraph(paper.marking, blocks.MARKING)
    story.paragraph(paper.about[0], blocks.BASIS)
    story.heading(1, paper.heading)
    story.facts(paper.facts, whole_rows=True)
    story.heading(2, w("In short"))
    story.bullets(paper.short)
    if paper.changes:
        story.paragraph(paper.changes, blocks.BASIS)


def _room(picture: Bars) -> float:
    """The heading goes to the next page together with its picture."""
    from valmentaja.documents.story import WIDTH

    return picture.scene(WIDTH).height + 40


def _table(story: Story, table: MonthTable) -> None:
    story.heading(3, table.title, room=_height(table))
    if table.rows:
        story.table(table.head, table.rows, SHARES[len(table.head)], whole_rows=True)
    if table.says:
        story.paragraph(table.says, blocks.BASIS)


def _height(table: MonthTable) -> float:
    """Of a table with its title, as far as it is kept together."""
    return min(FRAME + LINE * len(table.rows), MOST_KEPT)


def _content(paper: MonthPaper) -> Json:
    return {
        "format": "valmentaja-month-summary/1",
        "title": paper.title,
        "facts": [[label, value] for label, value in paper.facts],
        "seal": [[label, value] for label, value in paper.seal],
        "short": list(paper.short),
        "parts": [
            {
                "title": part.title,
                "tables": [
                    {"title": t.title, "head": list(t.head), "rows": [list(r) for r in t.rows], "says": t.says}
                    for t in part.tables
                ],
            }
            for part in paper.parts
        ],
    }
