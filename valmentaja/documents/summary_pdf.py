"""The summary of an assessment on paper: one opening, then the client's version or the network's."""

from __future__ import annotations

from datetime import datetime

from valmentaja.base.errors import N_
from valmentaja.documents import blocks, summary_client, summary_network
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import About
from valmentaja.documents.story import Story
from valmentaja.documents.summary_paper import SummaryPaper
from valmentaja.domain.summary import Audience
from valmentaja.i18n import Words, words

TITLES = {Audience.CLIENT: N_("Summary of your assessment"), Audience.NETWORK: N_("Summary of the needs assessment")}


def render(paper: SummaryPaper) -> bytes:
    """PDF/UA-1 and PDF/A-3a; the same paper gives the same bytes."""
    w, story = words(paper.language), Story()
    title, banner = w(TITLES[paper.audience]), w("TRAINING – not a real document") if paper.training else ""
    _opening(story, paper, w, title, banner)
    write = summary_client.write if paper.audience is Audience.CLIENT else summary_network.write
    write(story, paper, w)
    frame = PageFrame(marking=w("CONFIDENTIAL"), banner=banner, title=title, fingerprint="", words=w)
    # Neither title nor file name carries the client's name (documents.md §4).
    about = About(title=title, language=w.language, created=datetime.fromisoformat(paper.created))
    return story.pdf(about, frame.draw)


def _opening(story: Story, paper: SummaryPaper, w: Words, title: str, banner: str) -> None:
    if banner:
        story.paragraph(banner, blocks.BANNER)
    story.paragraph(paper.confidential.in_(paper.language), blocks.BASIS)
    story.heading(1, title)
    story.facts([(label, value) for label, value in _facts(paper, w) if value], whole_rows=True)


def _facts(paper: SummaryPaper, w: Words) -> list[tuple[str, str]]:
    born = "" if paper.birth_year is None else str(paper.birth_year)
    return [
        (w("Client"), paper.client_name),
        (w("Year of birth"), born if paper.audience is Audience.NETWORK else ""),
        (w("Case number"), paper.case_no if paper.audience is Audience.NETWORK else ""),
        (w("Unit"), paper.unit_name),
        (w("Coach"), paper.coach_name),
        (w("Answered"), _answered(paper)),
        (w("Paper made"), paper.day(paper.made_on)),
    ]


def _answered(paper: SummaryPaper) -> str:
    held = paper.assessment
    days = sorted({held.opened, held.closed or held.opened})
    return " – ".join(map(paper.day, days))
