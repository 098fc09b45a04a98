"""A short paper, such as a notice or a presentation card: facts, paragraphs under headings, and the same as data."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.base.canonical import Json, canonical, fingerprint
from valmentaja.documents import blocks
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import with_data
from valmentaja.documents.story import Story
from valmentaja.i18n import words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortPaper:
    """All texts are in `language` already; `basis` is the law it stands on, `created` a UTC stamp.

    `title` names nobody, because the file carries it; `heading` is what the page begins with. Without `confidential`
    the page is not marked.
    """

    title: str
    heading: str
    language: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    created: str
    training: bool
    basis: str = ""
    confidential: str = ""
    closing: str = ""


def render(paper: ShortPaper) -> bytes:
    """PDF/UA-1 and PDF/A-3a; the same paper gives the same bytes. UserError names a character without a glyph."""
    w, story = words(paper.language), Story()
    if paper.training:
        story.paragraph(w("TRAINING – not a real document"), blocks.BANNER)
    if paper.confidential:
        story.paragraph(w("CONFIDENTIAL"), blocks.MARKING)
        story.paragraph(paper.confidential, blocks.BASIS)
    story.heading(1, paper.heading)
    facts = [row for row in (*paper.facts, (w("Legal basis"), paper.basis)) if row[1]]
    if facts:
        story.facts(facts)
    for heading, lines in paper.sections:
        story.heading(2, heading)
        for line in filter(None, (part.strip() for text in lines for part in text.splitlines())):
            story.paragraph(line)
    if paper.closing:
        story.paragraph(paper.closing)
    attached = canonical(_content(paper))
    frame = PageFrame(
        marking=w("CONFIDENTIAL") if paper.confidential else "",
        banner=w("TRAINING – not a real document") if paper.training else "",
        title=paper.title,
        fingerprint=fingerprint(attached)[:16],
        words=w,
    )
    return story.pdf(with_data(paper.title, paper.language, paper.created, attached), frame.draw)


def _content(paper: ShortPaper) -> Json:
    return {
        "format": "valmentaja-paper/1",
        "title": paper.title,
        "heading": paper.heading,
        "basis": paper.basis,
        "facts": [[label, value] for label, value in paper.facts],
        "sections": [[heading, list(lines)] for heading, lines in paper.sections],
        "closing": paper.closing,
    }
