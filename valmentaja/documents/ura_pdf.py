"""The summary for the national system on one page: a row for each thing to type, code and name side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from valmentaja.base.canonical import Json, canonical, fingerprint
from valmentaja.base.errors import N_
from valmentaja.documents import blocks
from valmentaja.documents.canvas import TaggedCanvas
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import with_data
from valmentaja.documents.story import Story
from valmentaja.documents.voice import Said
from valmentaja.i18n import Words, words

SHARES = (0.18, 0.11, 0.24, 0.22, 0.25)
FIRST_TIME = (0.2, 0.14, 0.36, 0.3)
"""When nothing was entered before, nothing is told of it row by row."""
SHORTER = ((1000, 40), (600, 40), (300, 30), (300, 22), (300, 16), (0, 16), (0, 12), (0, 8), (0, 4), (0, 1))
"""Most characters of plan text and most rows, tried in turn until everything is on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UraRow:
    """One thing to type; `official` is its name in the national system where that is not `name`."""

    where: str
    code: str
    name: str
    official: str
    days: str
    news: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UraPaper:
    """All texts are in `language` already, `created` is a UTC stamp. `title` names nobody, because the file carries it.

    `also` names the codes that stand after “or”; `texts` are (plan, what was agreed); `is_first` when nothing has been
    entered before; `source` says whose codes they are. What does not fit on the page is counted on it.
    """

    title: str
    heading: str
    language: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[UraRow, ...]
    also: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    lacking: tuple[str, ...]
    source: str
    is_first: bool
    confidential: str
    created: str
    training: bool


def render(paper: UraPaper) -> bytes:
    """PDF/UA-1 and PDF/A-3a on one page; the same paper gives the same bytes."""
    pdf = b""
    for shown, cut in _versions(paper):
        pdf, pages = _set(shown, cut)
        if pages == 1:
            break
    return pdf


def _versions(paper: UraPaper) -> Iterator[tuple[UraPaper, int]]:
    """The whole paper, then shorter ones, each with how many things it leaves out."""
    yield paper, 0
    for length, rows in SHORTER:
        texts = tuple((plan, _cut(text, length)) for plan, text in paper.texts if length)
        left = len(paper.rows[rows:]) + len(paper.gone[rows:]) + sum(held not in texts for held in paper.texts)
        yield replace(paper, texts=texts, rows=paper.rows[:rows], gone=paper.gone[:rows]), left


def _cut(text: str, length: int) -> str:
    """Whole lines, as many as there is room for."""
    if len(text) <= length:
        return text
    head = text[:length]
    return f"{head[: head.rfind(chr(10))] if chr(10) in head else head[: head.rfind(' ')]}\n…"


def _set(paper: UraPaper, cut: int) -> tuple[bytes, int]:
    """The paper as it is, and how many pages it takes."""
    w, story, reached = words(paper.language), Story(), [0]
    _opening(story, paper, w)
    _table(story, paper, w)
    _rest(story, paper, w, cut)
    attached = canonical(_content(paper, cut))
    frame = PageFrame(
        marking=w("CONFIDENTIAL"),
        banner=w("TRAINING – not a real document") if paper.training else "",
        title=paper.title,
        fingerprint=fingerprint(attached)[:16],
        words=w,
    )

    def draw(canvas: TaggedCanvas, page: int) -> None:
        reached[0] = page
        frame.draw(canvas, page)

    return story.pdf(with_data(paper.title, paper.language, paper.created, attached), draw), reached[0]


def _opening(story: Story, paper: UraPaper, w: Words) -> None:
    if paper.training:
        story.paragraph(w("TRAINING – not a real document"), blocks.BANNER)
    story.paragraph(w("CONFIDENTIAL"), blocks.MARKING)
    story.paragraph(paper.confidential, blocks.BASIS)
    story.heading(1, paper.heading)
    story.facts(paper.facts)


def _table(story: Story, paper: UraPaper, w: Words) -> None:
    shares = FIRST_TIME if paper.is_first else SHARES
    head = (w(N_("Where")), w(N_("Code")), w("Name"), w(N_("Day and more")), w(N_("Last time")))
    rows = [(r.where, r.code, Said(r.name, r.official, "fi"), r.days, r.news) for r in paper.rows]
    if rows:
        story.table(head[: len(shares)], [row[: len(shares)] for row in rows], shares, whole_rows=True)
    if paper.also:
        told = " · ".join(f"{code} {name}" for code, name in paper.also)
        story.paragraph(w(N_("Choose the code that is right: {codes}."), codes=told), blocks.BASIS)


def _rest(story: Story, paper: UraPaper, w: Words, cut: int) -> None:
    if paper.gone:
        story.heading(2, w(N_("Entered earlier, holds no more")))
        story.bullets(paper.gone, blocks.SMALL)
    for plan, text in paper.texts:
        story.heading(2, w(N_("What was agreed: {plan}"), plan=plan), room=0)
        for line in text.splitlines():
            story.paragraph(line, blocks.SMALL)
    story.heading(2, w(N_("Left out")), room=0)
    more = w.plural(
        "{n} thing did not fit on this page. It is on the screen.",
        "{n} things did not fit on this page. They are on the screen.",
        cut,
    )
    story.bullets((*((more,) if cut else ()), *paper.lacking), blocks.SMALL)
    confirmed = w(N_("Only what is confirmed stands here; nothing is sent."))
    story.paragraph(f"{confirmed} {paper.source}", replace(blocks.BASIS, before=6))


def _content(paper: UraPaper, cut: int) -> Json:
    return {
        "format": "valmentaja-ura-summary/1",
        "title": paper.title,
        "facts": [[label, value] for label, value in paper.facts],
        "rows": [asdict(row) for row in paper.rows],
        "also": [[code, name] for code, name in paper.also],
        "gone": list(paper.gone),
        "texts": [[plan, text] for plan, text in paper.texts],
        "left_out": list(paper.lacking),
        "did_not_fit": cut,
    }
