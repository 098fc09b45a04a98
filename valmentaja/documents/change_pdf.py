"""One client's pictures on paper: results over each other, the trend of each domain, the path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from valmentaja.base.canonical import fingerprint
from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_
from valmentaja.documents import blocks
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import About
from valmentaja.documents.story import WIDTH, Story
from valmentaja.i18n import words
from valmentaja.i18n.formats import day
from valmentaja.pictures.picture import Picture

TITLE = N_("Change in pictures")
ROOM_FOR_HEADING = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePaper:
    """`pictures` as the screen shows them; `created` is a UTC stamp."""

    pictures: tuple[Picture, ...]
    language: str
    client_name: str
    case_no: str
    unit: str
    coach: str
    created: str
    training: bool


def render(paper: ChangePaper) -> bytes:
    """PDF/UA-1 and PDF/A-3a: each picture a figure with its words, its notes and its table."""
    w, story = words(paper.language), Story()
    if paper.training:
        story.paragraph(w("TRAINING – not a real document"), blocks.BANNER)
    story.paragraph(w("CONFIDENTIAL"), blocks.MARKING)
    story.heading(1, w(TITLE))
    made = datetime.fromisoformat(paper.created)
    on = day(made.astimezone(HELSINKI).date(), w.language)
    facts = ((w("Client"), paper.client_name), (w("Case number"), paper.case_no), (w("Coach"), paper.coach or "–"))
    story.facts([*facts, (w("Unit"), paper.unit), (w("Made"), on)], whole_rows=True)
    for picture in paper.pictures:
        story.heading(2, picture.title, room=picture.scene(WIDTH).height + ROOM_FOR_HEADING)
        story.picture(picture)
    frame = PageFrame(
        marking=w("CONFIDENTIAL"),
        banner=w("TRAINING – not a real document") if paper.training else "",
        title=w(TITLE),
        fingerprint=fingerprint(repr(paper.pictures).encode())[:16],
        words=w,
    )
    return story.pdf(About(title=w(TITLE), language=w.language, created=made), frame.draw)
