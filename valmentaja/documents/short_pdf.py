"""A short paper about an agreed plan: facts, then paragraphs under headings, and the same as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from valmentaja.base.canonical import Json, canonical, fingerprint
from valmentaja.documents import blocks
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import About, Attachment
from valmentaja.documents.story import Story
from valmentaja.i18n import Words, words


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePaper:
    """All texts are in `language` already; `basis` is the law it stands on, `created` a UTC stamp."""

    title: str
    language: str
    basis: str
    confidential: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    created: str
    training: bool


def render(paper: NoticePaper) -> bytes:
    """PDF/UA-1 and PDF/A-3a; the same paper gives the same bytes. UserError names a character without a glyph."""
    w, story = words(paper.language), Story()
    if paper.training:
        story.paragraph(w("TRAINING – not a real document"), blocks.BANNER)
    story.paragraph(w("CONFIDENTIAL"), blocks.MARKING)
    story.paragraph(paper.confidential, blocks.BASIS)
    story.heading(1, paper.title)
    story.facts([row for row in (*paper.facts, (w("Legal basis"), paper.basis)) if row[1]])
    for heading, lines in paper.sections:
        story.heading(2, heading)
        for line in filter(None, (part.strip() for text in lines for part in text.splitlines())):
            story.paragraph(line)
    attached = canonical(_content(paper))
    frame = PageFrame(
        marking=w("CONFIDENTIAL"),
        banner=w("TRAINING – not a real document") if paper.training else "",
        title=paper.title,
        fingerprint=fingerprint(attached)[:16],
        words=w,
    )
    return story.pdf(_about(paper, w, attached), frame.draw)


def _content(paper: NoticePaper) -> Json:
    return {
        "format": "valmentaja-notice/1",
        "title": paper.title,
        "basis": paper.basis,
        "facts": [[label, value] for label, value in paper.facts],
        "sections": [[heading, list(lines)] for heading, lines in paper.sections],
    }


def _about(paper: NoticePaper, w: Words, attached: bytes) -> About:
    data = Attachment(
        name="notice.json",
        media_type="application/json",
        description=w("The notice as data: exactly what is printed here"),
        content=attached,
    )
    return About(
        title=paper.title,
        language=paper.language,
        created=datetime.fromisoformat(paper.created),
        attachments=(data,),
    )
