"""The presentation card on one page: the client's own strengths and wishes, and the day it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from valmentaja.base.canonical import Json, canonical, fingerprint
from valmentaja.documents import blocks
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import About, Attachment
from valmentaja.documents.story import Story
from valmentaja.domain.presentation import FIELDS
from valmentaja.i18n import Words, words
from valmentaja.i18n.formats import day


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentationPaper:
    """`fields` are texts of FIELDS that are not empty; `created` is a UTC stamp."""

    language: str
    name: str
    phone: str
    email: str
    fields: Mapping[str, str]
    expires: date
    created: str
    training: bool


def render(paper: PresentationPaper) -> bytes:
    """PDF/UA-1 and PDF/A-3a with the same texts as JSON; the same paper gives the same bytes."""
    w, story = words(paper.language), Story()
    if paper.training:
        story.paragraph(w("TRAINING – not a real document"), blocks.BANNER)
    story.heading(1, paper.name)
    reached = [(w("Phone"), paper.phone), (w("E-mail"), paper.email)]
    if any(value for _label, value in reached):
        story.facts([row for row in reached if row[1]])
    for field, label in FIELDS.items():
        if field in paper.fields:
            story.heading(2, w(label))
            for line in filter(None, map(str.strip, paper.fields[field].splitlines())):
                story.paragraph(line)
    story.paragraph(w("With the person's consent (380/2023, section 118). Valid until {day}.", day=_until(paper)))
    attached = canonical(_content(paper))
    frame = PageFrame(
        marking="",
        banner=w("TRAINING – not a real document") if paper.training else "",
        title=w("Presentation card"),
        fingerprint=fingerprint(attached)[:16],
        words=w,
    )
    return story.pdf(_about(paper, w, attached), frame.draw)


def _until(paper: PresentationPaper) -> str:
    return day(paper.expires, paper.language)


def _content(paper: PresentationPaper) -> Json:
    return {
        "format": "valmentaja-presentation/1",
        "name": paper.name,
        "phone": paper.phone,
        "email": paper.email,
        "fields": dict(paper.fields),
        "expires": paper.expires.isoformat(),
    }


def _about(paper: PresentationPaper, w: Words, attached: bytes) -> About:
    data = Attachment(
        name="presentation.json",
        media_type="application/json",
        description=w("The card as data: exactly what is printed here"),
        content=attached,
    )
    return About(
        title=w("Presentation card"),
        language=paper.language,
        created=datetime.fromisoformat(paper.created),
        attachments=(data,),
    )
