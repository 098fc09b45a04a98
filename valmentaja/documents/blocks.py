"""The blocks a document is set from: each knows its element, so a tagged story is written like a plain one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from valmentaja.documents import fonts
from valmentaja.documents.canvas import Box, TaggedCanvas
from valmentaja.documents.lines import broken
from valmentaja.documents.structure import Element
from valmentaja.pictures import inks

if TYPE_CHECKING:  # Qt is loaded when the first text needs it
    from valmentaja.shaping import Line

TEXT, MUTED, LATE = inks.PAPER["text"], inks.PAPER["muted"], inks.PAPER["late"]
HAIRLINE, BORDER = inks.PAPER["grid"], inks.PAPER["border"]
TINT = "#f4f5f6"
HUNDREDTH_MM = 72 / 2540
PEN = 1.2
GAP = 18.0
Lines = tuple["str | Line", ...]
"""Of one text: plain lines, or the glyphs of each where letters join and directions mix."""
Strokes = tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a text is set; sizes in points."""

    font: str = fonts.REGULAR
    size: float = 10
    leading: float = 14
    before: float = 0
    after: float = 4
    indent: float = 0
    color: str = TEXT


BODY = Style()
SMALL = Style(size=9, leading=12, after=0)
SMALL_STRONG = Style(size=9, leading=12, after=0, font=fonts.SEMIBOLD)
LABEL = Style(font=fonts.SEMIBOLD, before=6, after=0)
QUOTE = Style(size=11, leading=16, before=2, after=4, indent=10, font=fonts.ITALIC)
MARKING = Style(font=fonts.BOLD, size=11, leading=15, after=0)
BASIS = Style(size=9, leading=12, after=6, color=MUTED)
BANNER = Style(font=fonts.BOLD, size=11, leading=15, after=6, color=LATE)
HEADINGS = {
    1: Style(font=fonts.BOLD, size=18, leading=24, before=6, after=8),
    2: Style(font=fonts.BOLD, size=13, leading=18, before=14, after=4),
    3: Style(font=fonts.BOLD, size=11, leading=15, before=8, after=2),
}


class Text(Flowable):
    """One paragraph in one style. It keeps its element over page breaks; painted again it is an artifact."""

    canv: TaggedCanvas

    def __init__(self, text: str, style: Style, element: Element) -> None:
        super().__init__()
        self._faces = fonts.faces(text, style.font)
        self.text = fonts.printable(text, *self._faces)
        self.style = style
        self.element = element
        self.outline: tuple[str, int] | None = None
        self._fixed: Lines | None = None
        self._lines: Lines = ()
        self._painted = False

    def getSpaceBefore(self) -> float:
        return self.style.before

    def getSpaceAfter(self) -> float:
        return self.style.after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        if self._fixed is not None:
            self._lines = self._fixed
        elif not self._lines or aW != self.width:
            # A table asks twice; measuring is a fifth of all the time a paper takes.
            self._lines = self._broken(aW - self.style.indent)
        self.width, self.height = aW, len(self._lines) * self.style.leading
        return self.width, self.height

    def _broken(self, width: float) -> Lines:
        if len(self._faces) > 1:
            from valmentaja.shaping import lines

            style = self.style
            return lines(self.text, size=style.size, width=width, bold=style.font in (fonts.BOLD, fonts.SEMIBOLD))
        measure: Callable[[str], float] = partial(fonts.width, font=self.style.font, size=self.style.size)
        return broken(self.text, measure, width)

    def split(self, aW: float, aH: float, /) -> list[Flowable]:
        """Two parts of the same element; at least two lines stay and two go."""
        # A table wraps a cell within its padding, then splits it with the padding counted as room.
        self.wrap(min(aW, self.width or aW), aH)
        if self.height <= aH:
            return [self]
        fit = min(int(aH // self.style.leading), len(self._lines) - 2)
        if fit < 2:
            return []
        first, rest = self._part(self._lines[:fit]), self._part(self._lines[fit:])
        first.outline = self.outline
        return [first, rest]

    def _part(self, lines: Lines) -> Text:
        part = Text("", self.style, self.element)
        part.text, part._fixed = self.text, lines
        return part

    def draw(self) -> None:
        if self.outline is not None:
            self._bookmark(*self.outline)
        tag = self.canv.artifact() if self._painted else self.canv.marked(self.element)
        self._painted = True
        with tag:
            self._paint()

    def _paint(self) -> None:
        style = self.style
        first = self.height - style.leading + (style.leading - style.size) / 2 + 1
        pen = self.canv.beginText(style.indent, first)
        pen.setFont(style.font, style.size, style.leading)
        pen.setFillColor(HexColor(style.color))
        for number, line in enumerate(self._lines):
            if isinstance(line, str):
                pen.textLine(line)
                continue
            # In the order of the text, each glyph at its own place: a reader of the tags hears it as it was written.
            for glyph in line:
                pen.setTextOrigin(style.indent + glyph.x, first - number * style.leading + glyph.y)
                pen.setFont(glyph.font, style.size, style.leading)
                pen.textOut(fonts.code(glyph.font, glyph.index, glyph.text))
        self.canv.drawText(pen)

    def _bookmark(self, key: str, level: int) -> None:
        self.canv.bookmarkHorizontal(key, 0, self.height)
        self.canv.addOutlineEntry(self.text, key, level)


class ListItem(Flowable):
    """A label and a body side by side (Lbl and LBody); only the body breaks over pages."""

    canv: TaggedCanvas

    def __init__(self, label: Text | None, body: Text, indent: float) -> None:
        super().__init__()
        self.label, self.body, self.indent = label, body, indent

    def getSpaceAfter(self) -> float:
        return self.body.style.after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        if self.label is not None:
            self.label.wrap(self.indent, aH)
        _, self.height = self.body.wrap(aW - self.indent, aH)
        self.width = aW
        return self.width, self.height

    def split(self, aW: float, aH: float, /) -> list[Flowable]:
        parts = self.body.split(aW - self.indent, aH)
        bodies = [part for part in parts if isinstance(part, Text)]
        return [ListItem(None if i else self.label, body, self.indent) for i, body in enumerate(bodies)]

    def draw(self) -> None:
        if self.label is not None:
            self.label.drawOn(self.canv, 0, self.height - self.label.height)
        self.body.drawOn(self.canv, self.indent, 0)


class Beside(Flowable):
    """A text and the same in another language to its right; only the text itself breaks over pages."""

    canv: TaggedCanvas

    def __init__(self, text: Text, other: Text | None) -> None:
        super().__init__()
        self.text, self.other = text, other

    def getSpaceBefore(self) -> float:
        return self.text.style.before

    def getSpaceAfter(self) -> float:
        return self.text.style.after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        half = (aW - GAP) / 2
        heights = [each.wrap(half, aH)[1] for each in (self.text, self.other) if each is not None]
        self.width, self.height = aW, max(heights)
        return self.width, self.height

    def split(self, aW: float, aH: float, /) -> list[Flowable]:
        self.wrap(aW, aH)
        if self.height <= aH:
            return [self]
        if self.other is not None and self.other.height > aH:
            return []
        parts = [part for part in self.text.split((aW - GAP) / 2, aH) if isinstance(part, Text)]
        return [Beside(part, None if n else self.other) for n, part in enumerate(parts)]

    def draw(self) -> None:
        self.text.drawOn(self.canv, 0, self.height - self.text.height)
        if self.other is not None:
            self.other.drawOn(self.canv, (self.width + GAP) / 2, self.height - self.other.height)


class Ink(Flowable):
    """A signature drawn by hand: a Figure of vector strokes, at its own size or scaled down to `width` × `height`."""

    canv: TaggedCanvas

    def __init__(self, strokes: Strokes, element: Element, *, width: float = 220, height: float = 70) -> None:
        super().__init__()
        self.strokes, self.element = strokes, element
        xs = [x for stroke in strokes for x, _ in stroke]
        ys = [y for stroke in strokes for _, y in stroke]
        self._corner = (min(xs), min(ys))
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        self._scale = min(HUNDREDTH_MM, (width - 2 * PEN) / max(wide, 1), (height - 2 * PEN) / max(high, 1))
        self.width, self.height = wide * self._scale + 2 * PEN, high * self._scale + 2 * PEN

    def getSpaceAfter(self) -> float:
        return BODY.after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        left, bottom = self.canv.absolutePosition(0, 0)
        self.element.box = (left, bottom, left + self.width, bottom + self.height)
        with self.canv.marked(self.element):
            self.canv.saveState()
            self.canv.setStrokeColor(HexColor(TEXT))
            self.canv.setLineWidth(PEN)
            self.canv.setLineCap(1)
            self.canv.setLineJoin(1)
            self._paint()
            self.canv.restoreState()

    def _paint(self) -> None:
        path = self.canv.beginPath()
        for stroke in self.strokes:
            places = [self._place(x, y) for x, y in stroke]
            path.moveTo(*places[0])
            # A dot is a stroke of no length; the round cap shows it.
            for place in places[1:] or places:
                path.lineTo(*place)
        self.canv.drawPath(path)

    def _place(self, x: int, y: int) -> tuple[float, float]:
        left, top = self._corner
        return PEN + (x - left) * self._scale, self.height - PEN - (y - top) * self._scale


class SignatureBox(Flowable):
    """An empty signature field with a frame around it."""

    canv: TaggedCanvas

    def __init__(self, field: str, label: str, element: Element, *, width: float = 240, height: float = 54) -> None:
        super().__init__()
        self.field, self.label, self.element = field, label, element
        self.width, self.height = width, height

    def getSpaceAfter(self) -> float:
        return BODY.after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return min(self.width, aW), self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(HexColor(BORDER))
        self.canv.setLineWidth(0.75)
        self.canv.rect(0, 0, self.width, self.height)
        left, bottom = self.canv.absolutePosition(0, 0)
        box = Box(left=left, bottom=bottom, right=left + self.width, top=bottom + self.height)
        self.canv.signature_field(self.field, self.label, box, self.element)
