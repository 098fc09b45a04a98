"""A question on paper: its sentence, eleven circles to mark, and boxes for no answer."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from valmentaja.documents import blocks, fonts
from valmentaja.documents.blocks import Style
from valmentaja.documents.canvas import TaggedCanvas
from valmentaja.documents.structure import Element

STEPS = range(11)
RADIUS, PITCH = 10.0, 25.0
BOX, BOX_LEFT, LINE = 9.0, 300.0, 12.5
ROW = 24.0
GAP = 5.0
DIGIT = 11.0
WORD = Style(size=10, leading=LINE)
SENTENCE = Style(size=12, leading=15, after=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One line to the right of the circles; `box` draws a square to tick before it."""

    text: str
    box: bool


class ScaleRow(Flowable):
    """Circles 0–10 with two short lines beside them; read aloud as the numbers and then the lines."""

    canv: TaggedCanvas

    def __init__(self, beside: tuple[Beside, ...], element: Element) -> None:
        super().__init__()
        self.beside = tuple(Beside(text=fonts.printable(b.text, WORD.font), box=b.box) for b in beside)
        self.element = element

    def getSpaceAfter(self) -> float:
        return GAP

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = aW, ROW
        return self.width, self.height

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.setStrokeColor(HexColor(blocks.TEXT))
        self.canv.setFillColor(HexColor(blocks.TEXT))
        self.canv.setLineWidth(0.8)
        for n in STEPS:
            self.canv.circle(RADIUS + 1 + n * PITCH, ROW / 2, RADIUS)
        for place, line in enumerate(self.beside):
            if line.box:
                self.canv.rect(BOX_LEFT, self._base(place) - 1, BOX, BOX)
        with self.canv.marked(self.element):
            self._numbers()
            self._lines()
        self.canv.restoreState()

    def _numbers(self) -> None:
        self.canv.setFont(fonts.REGULAR, DIGIT)
        for n in STEPS:
            left = RADIUS + 1 + n * PITCH - fonts.width(str(n), fonts.REGULAR, DIGIT) / 2
            # The space keeps two numbers two words for a reader of the tags.
            self.canv.drawString(left, ROW / 2 - DIGIT * 0.36, f"{n} ")

    def _lines(self) -> None:
        self.canv.setFont(WORD.font, WORD.size)
        for place, line in enumerate(self.beside):
            left = BOX_LEFT + (BOX + 5 if line.box else 0)
            self.canv.drawString(left, self._base(place), f"{line.text} ")

    def _base(self, place: int) -> float:
        """The base line of one of two lines, the upper one first."""
        return ROW / 2 + 1.5 - place * LINE
