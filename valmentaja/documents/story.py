"""A document as it is written: headings, paragraphs, lists, tables, signatures, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate, Table, TableStyle

from valmentaja.documents import blocks, fonts, reportlab_patches
from valmentaja.documents.blocks import BODY, HEADINGS, Beside, Ink, ListItem, SignatureBox, Strokes, Style, Text
from valmentaja.documents.canvas import TaggedCanvas
from valmentaja.documents.drawing import Figure
from valmentaja.documents.metadata import About
from valmentaja.documents.structure import NOTHING, Element, Says, Tree
from valmentaja.documents.voice import Said
from valmentaja.pictures.picture import Picture

MARGIN = 56.0
TOP = 68.0
BOTTOM = 60.0
WIDTH = A4[0] - 2 * MARGIN
BULLET = "•"
BULLET_INDENT = 14.0
ROOM_FOR_HEADING = 72.0
PADDING = 4.0
Cell = Text | list[Text]
OnPage = Callable[[TaggedCanvas, int], None]


class Story:
    """Collects blocks and their structure; `pdf` sets them on A4 pages."""

    def __init__(self) -> None:
        reportlab_patches.apply()
        fonts.register()
        self.tree = Tree()
        self.flow: list[Flowable] = []
        self._headings = 0

    def heading(self, level: int, text: str | Said, *, room: float = ROOM_FOR_HEADING) -> None:
        """H1–H3 with a bookmark; moves to the next page when less than `room` is left under it."""
        style = HEADINGS[level]
        # Not keepWithNext: before a long table it moves the whole table.
        self.flow.append(CondPageBreak(room + style.before))
        block = self._text(f"H{level}", text, style)
        block.outline = (f"h{self._headings}", level - 1)
        self._headings += 1

    def paragraph(self, text: str | Said, style: Style = BODY, *, role: str = "P", says: Says = NOTHING) -> None:
        self._text(role, text, style, says)

    def quote(self, text: str) -> None:
        """Someone's own words."""
        element = self.tree.document.child("BlockQuote").child("P")
        self.flow.append(Text(text, blocks.QUOTE, element))

    def bullets(self, items: Iterable[str], style: Style = BODY) -> None:
        holder = self.tree.document.child("L", Says(numbering="Disc"))
        for item in items:
            row = holder.child("LI")
            label = Text(BULLET, style, row.child("Lbl"))
            self.flow.append(ListItem(label, Text(item, style, row.child("LBody")), BULLET_INDENT))

    def facts(
        self, rows: Sequence[tuple[str | Said, str]], *, label_share: float = 0.32, whole_rows: bool = False
    ) -> None:
        """A table of names and values; the name is the row's header. `whole_rows` keeps a short row on one page."""
        holder = self.tree.document.child("Table")
        cells = [self._fact(holder, label, value) for label, value in rows]
        widths = [WIDTH * label_share, WIDTH * (1 - label_share)]
        split = 0 if whole_rows else 1
        self.flow.append(_set(Table(cells, colWidths=widths, splitInRow=split, hAlign="LEFT"), headed=False))

    def _fact(self, holder: Element, label: str | Said, value: str) -> list[Cell]:
        row = holder.child("TR")
        head = _cell(label, blocks.SMALL_STRONG, row.child("TH", Says(scope="Row")))
        return [head, Text(value, blocks.SMALL, row.child("TD"))]

    def table(
        self,
        head: Sequence[str | Said],
        rows: Iterable[Sequence[str | Said]],
        shares: Sequence[float],
        *,
        whole_rows: bool = False,
    ) -> None:
        """A table with column headers, repeated on every page it reaches; `shares` of the width add up to 1."""
        if len(shares) != len(head):
            # reportlab would set the columns it has no width for beyond the edge of the page.
            raise ValueError(f"{len(head)} columns with {len(shares)} widths")
        holder = self.tree.document.child("Table")
        cells = [_row(holder.child("THead"), head, "TH", Says(scope="Column"))]
        body = holder.child("TBody")
        cells += [_row(body, row, "TD", NOTHING) for row in rows]
        widths = [WIDTH * share for share in shares]
        split = 0 if whole_rows else 1
        table = Table(cells, colWidths=widths, repeatRows=1, splitInRow=split, hAlign="LEFT")
        self.flow.append(_set(table, headed=True))

    def ink(self, strokes: Strokes, alt: str) -> None:
        """A signature drawn by hand; `alt` says whose and when."""
        drawn = tuple(stroke for stroke in strokes if stroke)
        self.flow.append(Ink(drawn, self.tree.document.child("Figure", Says(alt=alt))))

    def picture(self, picture: Picture, *, width: float = WIDTH, table: bool = True) -> None:
        """A radar, a trend or a timeline: Figure with Alt, its notes, and its values as a table.

        `picture` comes from `usecases.comparing` (frozen; safe to take to the worker). The table may be left out only
        where another table on the paper has the same values. The figure never breaks over pages.
        """
        # The screen paints the same scene; see ui/widgets/picture.py.
        self.flow.append(Figure(picture.scene(width), self.tree.document.child("Figure", Says(alt=picture.says()))))
        for note in picture.notes:
            self.paragraph(note, blocks.BASIS)
        if table:
            said = picture.table()
            self.table(said.head, said.rows, _shares(len(said.head), said.wide), whole_rows=True)

    def signature_field(self, field: str, label: str) -> None:
        self.flow.append(SignatureBox(field, label, self.tree.document.child("Form", Says(alt=label))))

    def _text(self, role: str, text: str | Said, style: Style, says: Says = NOTHING) -> Text:
        said = _said(text)
        block = Text(said.text, style, self.tree.document.child(role, says))
        if said.other:
            element = self.tree.document.child("P", Says(language=said.language))
            self.flow.append(Beside(block, Text(said.other, _plainer(style), element)))
        else:
            self.flow.append(block)
        return block

    def pdf(self, about: About, on_page: OnPage) -> bytes:
        """The whole document; the same story and `about` give the same bytes."""
        buffer = BytesIO()
        maker = partial(TaggedCanvas, tree=self.tree, about=about, total_font=(fonts.REGULAR, blocks.SMALL.size))
        frame = Frame(MARGIN, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, 0, 0, 0, 0)
        template = BaseDocTemplate(buffer, pagesize=A4, initialFontName=fonts.REGULAR, initialFontSize=10)

        def paint(canvas: Canvas, document: BaseDocTemplate) -> None:
            if isinstance(canvas, TaggedCanvas):
                on_page(canvas, document.page)

        template.addPageTemplates(PageTemplate(frames=[frame], onPage=paint))
        template.build(self.flow, canvasmaker=maker)
        return buffer.getvalue()


def _shares(columns: int, wide: int) -> tuple[float, ...]:
    """One column gets twice the room of the others."""
    return tuple((2 if n == wide else 1) / (columns + 1) for n in range(columns))


def _row(holder: Element, texts: Sequence[str | Said], role: str, says: Says) -> list[Cell]:
    style = blocks.SMALL_STRONG if role == "TH" else blocks.SMALL
    row = holder.child("TR")
    return [_cell(text, style, row.child(role, says)) for text in texts]


def _cell(text: str | Said, style: Style, element: Element) -> Cell:
    """In a cell the other language stands below."""
    said = _said(text)
    if not said.other:
        return Text(said.text, style, element)
    own = element.child("P")
    other = element.child("P", Says(language=said.language))
    return [Text(said.text, style, own), Text(said.other, replace(style, font=fonts.REGULAR), other)]


def _said(text: str | Said) -> Said:
    return Said(text) if isinstance(text, str) else text


def _plainer(style: Style) -> Style:
    """Beside a heading its translation is text: what is heard as a heading is said once."""
    return replace(style, indent=0, size=min(style.size, 12), leading=style.leading)


def _set(table: Table, *, headed: bool) -> Table:
    # Cells start in Helvetica, which would be an unembedded font.
    commands: list[Any] = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, blocks.SMALL.size),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(blocks.HAIRLINE)),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), PADDING),
        ("BOTTOMPADDING", (0, 0), (-1, -1), PADDING),
    ]
    if headed:
        commands.append(("BACKGROUND", (0, 0), (-1, 0), HexColor(blocks.TINT)))
    table.setStyle(TableStyle(commands))
    table.spaceBefore, table.spaceAfter = 4, 8
    return table
