"""What stands on every page around the content: marking, training banner, page number, fingerprint."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4

from valmentaja.documents import blocks, fonts
from valmentaja.documents.canvas import TOTAL, TaggedCanvas
from valmentaja.documents.story import BOTTOM, MARGIN
from valmentaja.i18n import Words

HEADER_Y = A4[1] - 44
FOOTER_Y = 34.0
SIZE = blocks.SMALL.size


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """Header and footer, painted as artifacts; the first page says marking and banner in its content."""

    marking: str
    banner: str
    title: str
    fingerprint: str
    words: Words

    def draw(self, canvas: TaggedCanvas, page: int) -> None:
        canvas.saveState()
        if page > 1:
            with canvas.artifact("Header"):
                self._header(canvas)
        with canvas.artifact("Footer"):
            self._footer(canvas, page)
        canvas.restoreState()

    def _header(self, canvas: TaggedCanvas) -> None:
        right = self._right()
        canvas.setFont(fonts.SEMIBOLD, SIZE)
        canvas.setFillColor(HexColor(blocks.LATE))
        canvas.drawString(MARGIN, HEADER_Y, fonts.printable(self.banner, fonts.SEMIBOLD))
        canvas.setFillColor(HexColor(blocks.MUTED))
        canvas.drawRightString(A4[0] - MARGIN, HEADER_Y, fonts.printable(right, fonts.SEMIBOLD))

    def _right(self) -> str:
        """Marking and title; where the banner leaves no room for both, the marking alone."""
        both = "  ·  ".join(filter(None, (self.marking, self.title)))
        taken = fonts.width(f"{self.banner}    {both}", fonts.SEMIBOLD, SIZE)
        return both if taken <= A4[0] - 2 * MARGIN or not self.banner else self.marking

    def _footer(self, canvas: TaggedCanvas, page: int) -> None:
        w = self.words
        canvas.setStrokeColor(HexColor(blocks.HAIRLINE))
        canvas.line(MARGIN, BOTTOM - 10, A4[0] - MARGIN, BOTTOM - 10)
        canvas.setFillColor(HexColor(blocks.MUTED))
        canvas.setFont(fonts.REGULAR, SIZE)
        if self.fingerprint:
            canvas.drawString(MARGIN, FOOTER_Y, w("Fingerprint {code}", code=self.fingerprint))
        label = w("Page {n}/", n=page)
        left = A4[0] - MARGIN - fonts.width(label + "00", fonts.REGULAR, SIZE)
        canvas.drawString(left, FOOTER_Y, label)
        canvas.saveState()
        canvas.translate(left + fonts.width(label, fonts.REGULAR, SIZE), FOOTER_Y)
        canvas.doForm(TOTAL)
        canvas.restoreState()
