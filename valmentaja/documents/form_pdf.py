"""A form to fill in with a pen: one code a page, no name, big circles, plain guidance first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reportlab.platypus import PageBreak

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.instrument import Instrument
from valmentaja.documents import blocks, fonts
from valmentaja.documents.blocks import Style
from valmentaja.documents.canvas import TaggedCanvas
from valmentaja.documents.form_rows import SENTENCE, Beside, ScaleRow
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import About
from valmentaja.documents.story import Story
from valmentaja.domain.paper_form import FormPage, FormRow
from valmentaja.i18n import Words, words

CODE = Style(font=fonts.BOLD, size=14, leading=18, after=2)
LEGEND = Style(size=10, leading=13, after=2)
GUIDE = Style(size=10.5, leading=14.5, after=1)
ASIDE = Style(font=fonts.ITALIC, size=12, leading=15, after=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPaper:
    """`codes` has one code for each of `pages`; nothing here says whose form it is. A `short` form has no headings."""

    instrument: Instrument
    pages: tuple[FormPage, ...]
    codes: tuple[str, ...]
    short: bool
    language: str
    created: str
    training: bool


def render(paper: FormPaper) -> bytes:
    """Tagged; the same paper gives the same bytes. UserError when a page's rows do not fit on one sheet."""
    w, story = words(paper.language), Story()
    for page, code in zip(paper.pages, paper.codes, strict=True):
        if page.number > 1:
            story.flow.append(PageBreak())
        _page(story, paper, page, code, w)
    title = paper.instrument.name.in_(paper.language)
    banner = w("TRAINING – not a real document") if paper.training else ""
    frame = PageFrame(marking="", banner=banner, title=title, fingerprint="", words=w)
    about = About(title=title, language=w.language, created=datetime.fromisoformat(paper.created))
    drawn: list[int] = []

    def on_page(canvas: TaggedCanvas, number: int) -> None:
        drawn.append(number)
        frame.draw(canvas, number)

    pdf = story.pdf(about, on_page)
    if len(drawn) != len(paper.pages):
        raise UserError(N_("The sentences of {name} are too long for the printed form."), name=title)
    return pdf


def _page(story: Story, paper: FormPaper, page: FormPage, code: str, w: Words) -> None:
    story.paragraph(w("Page {n} of {total}: {code}", n=page.number, total=len(paper.pages), code=code), CODE)
    if page.number == 1:
        _opening(story, paper, w)
    held, language = paper.instrument, paper.language
    ends = w("0 = {low}, 10 = {high}", low=held.low.in_(language), high=held.high.in_(language))
    story.paragraph(f"{held.stem.in_(language)} {ends}.", LEGEND)
    above = ""
    for row in page.rows:
        if row.domain.id != above and not paper.short:
            story.heading(2, row.domain.name.in_(language), room=0)
        above = row.domain.id
        _row(story, row, language, w)


def _opening(story: Story, paper: FormPaper, w: Words) -> None:
    if paper.training:
        story.paragraph(w("TRAINING – not a real document"), blocks.BANNER)
    story.heading(1, paper.instrument.name.in_(paper.language))
    guide = (
        w("Filling in this form is voluntary. You may leave out any question."),
        w("Circle one number on each row: the one that fits you right now. There are no wrong answers."),
        w("If you do not want to answer or a sentence does not concern you, tick the box."),
        w("Do not write your name. The code at the top tells your coach whose form this is."),
        w("Your answers are kept in your file with your coach. You can talk about them together."),
    )
    story.bullets(guide, GUIDE)
    story.paragraph(paper.instrument.notice.in_(paper.language), blocks.BASIS)
    story.paragraph(w("Filled in on (day and month): ____________________"), SENTENCE)


def _row(story: Story, row: FormRow, language: str, w: Words) -> None:
    holder = story.tree.document.child("Div")
    if row.item is None:
        said, style = w("How important is this to you right now?"), ASIDE
        beside = (Beside(text=w("0 = not important"), box=False), Beside(text=w("10 = very important"), box=False))
    else:
        said, style = f"{row.item.id}  {row.item.text.in_(language)}", SENTENCE
        beside = (Beside(text=w("I do not want to answer"), box=True), Beside(text=w("Does not concern me"), box=True))
    sentence = blocks.Text(said, style, holder.child("P"))
    story.flow += [sentence, ScaleRow(beside, holder.child("P"))]
