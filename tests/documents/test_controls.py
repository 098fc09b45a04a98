"""Each check is alive: a file with one planted defect is rejected by the check named for it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from reportlab.lib.colors import HexColor

from tests.documents import own_checks
from tests.documents.everything import source, tongues
from tests.documents.papers import ARABIC, INK, LONG, NAME
from tests.documents.validators import Judged, Standard
from valmentaja import shaping
from valmentaja.documents import blocks, fonts
from valmentaja.documents.canvas import TaggedCanvas
from valmentaja.documents.metadata import About, Attachment
from valmentaja.documents.story import OnPage, Story
from valmentaja.documents.structure import NOTHING, Element, Says
from valmentaja.documents.voice import Said

pytestmark = pytest.mark.slow
DATA = '{"mitä":"tässä lukee"}'.encode()
ABOUT = About(
    title="Koepaperi",
    language="fi",
    created=datetime(2026, 11, 24, tzinfo=UTC),
    attachments=(Attachment(name="data.json", media_type="application/json", description="Data", content=DATA),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A paper and the words that were written on it."""

    pdf: bytes
    written: list[str]
    tongues: Counter[str] = field(default_factory=Counter)


def sample(
    *,
    about: About = ABOUT,
    before: Callable[[Story], None] = lambda _story: None,
    after: Callable[[Story], None] = lambda _story: None,
    on_page: OnPage = lambda _canvas, _page: None,
) -> Sample:
    """One of every kind of block; `before` and `after` may spoil the story."""
    with source() as written, tongues() as others:
        story = Story()
        story.heading(1, "Koepaperi")
        before(story)
        story.paragraph(LONG)
        story.quote("Haluan tehdä puutöitä.")
        story.bullets(("Ensimmäinen", "Toinen"))
        story.facts((("Nimi", "Arvo"),))
        story.table(("Päivä", "Mitä"), (("1.2.2026", "Tapaaminen"),), (0.4, 0.6))
        story.ink(INK, "Allekirjoitus, asiakas")
        story.signature_field("seal", "Sinetti")
        story.heading(2, Said("Kielet", "اللغات", "ar"))
        story.paragraph(Said("Kyllä.", ARABIC, "ar"))
        after(story)
        return Sample(pdf=story.pdf(about, on_page), written=list(written), tongues=others)


def swapped(*names: bytes) -> Callable[[], Sample]:
    """The sample with every other of `names` called by the next, as long as itself, so that the file stays readable."""

    def make() -> Sample:
        good = sample()
        pdf = good.pdf
        for old, new in zip(names[::2], names[1::2], strict=True):
            if old not in pdf or len(old) != len(new):
                raise LookupError(f"nothing to spoil: {old!r}")
            pdf = pdf.replace(old, new)
        return replace(good, pdf=pdf)

    return make


def _unembedded(canvas: TaggedCanvas, _page: int) -> None:
    with canvas.artifact():
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 30, "Sivu")


def _untagged(canvas: TaggedCanvas, _page: int) -> None:
    canvas.setFont(fonts.REGULAR, 9)
    canvas.drawString(60, 30, "Sivu")


def _untagged_path(canvas: TaggedCanvas, _page: int) -> None:
    canvas.setFillColor(HexColor(blocks.TEXT))
    canvas.roundRect(60, 20, 30, 20, 4)


def _deep(story: Story) -> None:
    story.flow.append(blocks.Text("Liian syvällä", blocks.BODY, story.tree.document.child("H3")))


def _turned(story: Story) -> None:
    kids = story.tree.document.kids
    kids[1], kids[2] = kids[2], kids[1]


def _twice(story: Story) -> None:
    block = next(b for b in story.flow if isinstance(b, blocks.Text) and b.element.role == "P")
    story.flow.append(blocks.Text(block.text, block.style, story.tree.document.child("P")))


def _silent(story: Story) -> None:
    """A paragraph that is seen and never heard."""
    next(b for b in story.flow if isinstance(b, blocks.Text) and b.element.role == "P")._painted = True


def _figure(alt: str) -> Callable[[Story], None]:
    return lambda story: story.flow.append(blocks.Ink(INK, story.tree.document.child("Figure", Says(alt=alt))))


def _line(change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Callable[[], Sample]:
    """The sample with its lines spoilt on their way to the page."""

    def make() -> Sample:
        broken = blocks.broken
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(blocks, "broken", lambda *asked: change(broken(*asked)))
            return sample()

    return make


def _estonian(story: Story) -> None:
    element = next(e for e in story.tree.document.kids if isinstance(e, Element) and e.says.language == "ar")
    element.says = replace(element.says, language="et")


def _as_seen() -> Sample:
    """Arabic in the order of the page: right to the eye, backwards to the ear."""
    laid_out = shaping.lines
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            shaping,
            "lines",
            lambda *text, **how: tuple(tuple(sorted(line, key=lambda g: g.x)) for line in laid_out(*text, **how)),
        )
        return sample()


def _no_meaning_of_glyphs() -> Sample:
    """A ligature that is read as one of its letters."""
    code = fonts.code
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "code", lambda font, glyph, text: code(font, glyph, text[:1]))
        return sample(after=lambda story: story.paragraph(Said("Ligatuuri", "محمَّد", "ar")))


def _no_glyph() -> Sample:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "printable", lambda text, *_fonts: text)
        return sample(after=lambda story: story.paragraph("漢"))


def _written_twice() -> Sample:
    good = sample()
    return replace(sample(after=_twice), written=good.written)


def _role(role: str, inside: str) -> Callable[[Story], None]:
    def write(story: Story) -> None:
        holder = Element(inside, story.tree.document, NOTHING)
        story.tree.document.kids.append(holder)
        story.flow.append(blocks.Text("Väärässä paikassa", blocks.BODY, holder.child(role)))

    return write


UA, A = "ua1 veraPDF", "3a veraPDF"
CONTROLS: dict[str, tuple[Callable[[], Sample], str]] = {
    "no language": (swapped(b"/Lang", b"/Lank"), f"{UA} 7.2-34"),
    "another language": (lambda: sample(about=replace(ABOUT, language="en")), "language"),
    "heading skips a level": (lambda: sample(before=_deep), f"{UA} 7.4.2-1"),
    "figure without Alt": (lambda: sample(after=_figure("")), f"{UA} 7.3-1"),
    "Alt is a file name": (lambda: sample(after=_figure("kuva.png")), "alternatives"),
    "untagged text": (lambda: sample(on_page=_untagged), f"{UA} 7.1-3"),
    "untagged path": (lambda: sample(on_page=_untagged_path), f"{UA} 7.1-3"),
    "font not in the file": (lambda: sample(on_page=_unembedded), f"{A} 6.2.11.4.1-1"),
    "font not in the file, by poppler": (lambda: sample(on_page=_unembedded), "fonts"),
    "no glyph": (_no_glyph, "ua1 page PDFUA1-FONT-GLYPH-PRESENCE-001"),
    "no meaning of characters": (swapped(b"/ToUnicode", b"/ToUnicodx"), f"{UA} 7.21.7-1"),
    "no output intent": (swapped(b"/OutputIntents", b"/OutputIntentx"), f"{A} 6.2.4.3-2"),
    "not marked as tagged": (swapped(b"/MarkInfo", b"/MarkInfx"), f"{UA} 6.2-1"),
    "no structure tree": (swapped(b"/StructTreeRoot ", b"/StructTreeRoox "), f"{UA} 7.1-11"),
    "title not shown": (swapped(b"/DisplayDocTitle", b"/DisplayDocTitlx"), f"{UA} 7.1-10"),
    "no title": (swapped(b"dc:title", b"dc:titlx"), f"{UA} 7.1-9"),
    "no metadata": (swapped(b"/Metadata ", b"/Metadatx "), f"{UA} 7.1-8"),
    "another PDF/UA part": (swapped(b"<pdfuaid:part>1", b"<pdfuaid:part>2"), f"{UA} 5-2"),
    "another PDF/A part": (swapped(b"<pdfaid:part>3", b"<pdfaid:part>2"), f"{A} 6.6.4-2"),
    "no order of fields": (swapped(b"/Tabs", b"/Tabx"), f"{UA} 7.18.3-1"),
    "field without a name to hear": (swapped(b"/TU ", b"/TX ", b"/Alt", b"/Alx"), f"{UA} 7.18.1-3"),
    "field in no Form": (swapped(b"/S /Form", b"/S /Span"), f"{UA} 7.18.4-1"),
    "hidden field": (swapped(b"/F 4", b"/F 2"), f"{A} 6.3.2-2"),
    "header heads nothing": (swapped(b"/Scope", b"/Scopx"), "headers"),
    "table without header": (swapped(b"/S /TH ", b"/S /TD "), "headers"),
    "unknown role": (swapped(b"/S /BlockQuote", b"/S /BlockQuotx"), f"{UA} 7.1-5"),
    "paragraph straight in a list": (lambda: sample(after=_role("P", "L")), f"{UA} 7.2-19"),
    "cell straight in a table": (lambda: sample(after=_role("TD", "Table")), f"{UA} 7.2-3"),
    "attachment without relation": (swapped(b"/AFRelationship", b"/AFRelationshix"), f"{A} 6.8-3"),
    "attachment without kind": (swapped(b"/Subtype /application", b"/Subtypx /application"), f"{A} 6.8-1"),
    "attachment is something else": (
        lambda: sample(about=replace(ABOUT, attachments=(replace(ABOUT.attachments[0], content=b"{}"),))),
        "attachment",
    ),
    "no file id": (swapped(b"/ID", b"/IX"), f"{A} 6.1.3-1"),
    "no line end after a stream": (swapped(b"\r\nendstream", b"  endstream"), f"{A} 6.1.7.1-2"),
    "name in the title": (lambda: sample(about=replace(ABOUT, title=f"Suunnitelma {NAME}")), "unnamed"),
    "swapped order": (lambda: sample(after=_turned), "heard"),
    "joined words": (_line(lambda lines: tuple(line.rstrip() for line in lines)), "heard"),
    "other language not said": (swapped(b"/Lang (ar)", b"/Lank (ar)"), "tongues"),
    "another language said": (lambda: sample(after=_estonian), "tongues"),
    "Arabic in the order of the page": (_as_seen, "heard"),
    "half a ligature": (_no_meaning_of_glyphs, "heard"),
    "lost text": (_line(lambda lines: lines[:-1] if len(lines) > 1 else lines), "heard"),
    "text said twice": (_written_twice, "heard"),
    "text seen and not heard": (lambda: sample(after=_silent), "heard"),
}
"""Defect → a file that has it, and the check that must reject it."""


def rejected(made: Sample, judged: Judged) -> tuple[str, ...]:
    """The names of all checks that reject the file."""
    own = {
        "heard": own_checks.heard(made.pdf, made.written),
        "fonts": own_checks.fonts(made.pdf),
        "alternatives": own_checks.alternatives(made.pdf),
        "headers": own_checks.headers(made.pdf),
        "language": own_checks.language(made.pdf, "fi"),
        "attachment": own_checks.attachment(made.pdf, DATA),
        "unnamed": own_checks.unnamed(made.pdf, NAME),
        "tongues": own_checks.tongues(made.pdf, made.tongues),
    }
    by_judges = [f"{standard} {fault.split(':')[0]}" for standard in Standard for fault in judged(made.pdf, standard)]
    return (*(name for name, told in own.items() if told), *by_judges)


def by_named(made: Sample, check: str, judged: Judged) -> tuple[str, ...]:
    """What the one check asked for says, so that a file too spoilt for the others can still be shown to it."""
    if check.startswith(tuple(Standard)):
        standard = Standard(check.split(" ", maxsplit=1)[0])
        return tuple(f"{standard} {fault.split(':')[0]}" for fault in judged(made.pdf, standard))
    more = {
        "heard": (made.written,),
        "language": ("fi",),
        "attachment": (DATA,),
        "unnamed": (NAME,),
        "tongues": (made.tongues,),
    }
    return (check,) if getattr(own_checks, check)(made.pdf, *more.get(check, ())) else ()


def test_the_sample_without_a_defect_passes_every_check(judged: Judged) -> None:
    assert rejected(sample(), judged) == ()


@pytest.mark.parametrize("defect", CONTROLS)
def test_a_planted_defect_is_rejected_by_the_check_named_for_it(judged: Judged, defect: str) -> None:
    make, check = CONTROLS[defect]
    told = by_named(make(), check, judged)
    sys.stdout.write(f"{defect}: {check}\n")
    assert check in told
