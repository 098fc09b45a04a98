"""A canvas that tags what it paints: as a structure element's content or as an artifact.

Text painted outside a tag stays untagged and fails every validator: that is the guard. Paths painted outside a tag
(table rules, backgrounds) become artifacts by themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from valmentaja.documents import metadata
from valmentaja.documents.metadata import About
from valmentaja.documents.structure import Element, Mark, Tree, Widget

TOTAL = "pages-in-all"
PRINT = 4
NO_SIGNATURE_YET = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on the page in points, origin bottom left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def corners(self) -> tuple[float, float, float, float]:
        return (self.left, self.bottom, self.right, self.top)


class TaggedCanvas(Canvas):
    """reportlab's canvas with a structure tree; use `marked` and `artifact` around everything that paints text."""

    _doc: Any
    _code: list[str]
    _pageNumber: int
    _addAnnotation: Any

    def __init__(self, file: BytesIO, *, tree: Tree, about: About, total_font: tuple[str, float], **rest: Any) -> None:
        super().__init__(file, **{**rest, "invariant": 1, "pdfVersion": (1, 7), "lang": about.language})
        self.tree = tree
        self.about = about
        self._total_font = total_font
        self._tagging = False
        self._marks: tuple[int, list[Element]] | None = None
        self._fields: list[object] = []
        self._doc.info = metadata.Information(about)

    @contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """What is painted inside is `element`'s content."""
        _, marks = self._page_marks()
        mark = Mark(page=self._doc.thisPageRef(), number=len(marks))
        marks.append(element)
        element.kids.append(mark)
        with self._tag(f"/{element.role} <</MCID {mark.number}>> BDC"):
            yield

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is painted inside is no content; `kind` Header or Footer says where it stands."""
        opening = f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC" if kind else "/Artifact BMC"
        with self._tag(opening):
            yield

    @contextmanager
    def _tag(self, opening: str) -> Iterator[None]:
        self.addLiteral(opening)
        self._tagging = True
        try:
            yield
        finally:
            self._tagging = False
            self.addLiteral("EMC")

    def _page_marks(self) -> tuple[int, list[Element]]:
        if self._marks is None:
            self._marks = self.tree.open_page()
        return self._marks

    def signature_field(self, field: str, label: str, box: Box, element: Element) -> None:
        """An empty signature field: field and widget in one, owned by the Form element `element`."""
        appearance = PDFStream(PDFDictionary(_form_entries(box)), "", None)
        widget = PDFDictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Widget",
                "FT": "/Sig",
                "T": PDFString(field),
                "TU": PDFString(label),
                "Contents": PDFString(label),
                "Rect": PDFArray(box.corners),
                "F": PRINT,
                "P": self._doc.thisPageRef(),
                "AP": PDFDictionary({"N": self._doc.Reference(appearance)}),
                "StructParent": self.tree.own(element),
            }
        )
        self._addAnnotation(widget)
        reference = self._doc.Reference(widget)
        self._fields.append(reference)
        element.kids.append(Widget(page=self._doc.thisPageRef(), annotation=reference))

    def showPage(self) -> None:
        key, _ = self._page_marks()
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.StructParents = key
        page.Tabs = metadata.name("S")
        self._marks = None

    def save(self) -> None:
        if self._code:
            self.showPage()
        self._paint_total()
        self._complete_catalog()
        super().save()

    def _paint_total(self) -> None:
        """How many pages there are is known only now; pages refer to it as a small picture of its own."""
        font, size = self._total_font
        self.beginForm(TOTAL, 0, -10, 40, 20)
        self.setFont(font, size)
        self.drawString(0, 0, str(self._pageNumber - 1))
        self.endForm()

    def _complete_catalog(self) -> None:
        catalog, document = self._doc.Catalog, self._doc
        files = [metadata.file_specification(a, self.about, document) for a in self.about.attachments]
        document.updateSignature(hashlib.sha256(b"".join(a.content for a in self.about.attachments)).digest())
        document.updateSignature(self.about.created.isoformat())
        catalog.StructTreeRoot = self.tree
        catalog.MarkInfo = metadata.marked()
        catalog.ViewerPreferences = metadata.shows_title()
        catalog.Metadata = metadata.xmp(self.about)
        catalog.OutputIntents = PDFArray([metadata.output_intent()])
        if files:
            catalog.AF = PDFArray(files)
            catalog.Names = metadata.names(self.about.attachments, files)
        if self._fields:
            catalog.AcroForm = PDFDictionary({"Fields": PDFArray(self._fields), "SigFlags": NO_SIGNATURE_YET})

    # Paths outside a tag become artifacts by themselves.
    def _loose(self) -> Any:
        return nullcontext() if self._tagging else self.artifact()

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        with self._loose():
            super().line(x1, y1, x2, y2)

    def lines(self, linelist: Any) -> None:
        with self._loose():
            super().lines(linelist)

    def rect(self, x: float, y: float, width: float, height: float, stroke: float = 1, fill: float = 0) -> None:
        with self._loose():
            super().rect(x, y, width, height, stroke, fill)

    def ellipse(self, x1: float, y1: float, x2: float, y2: float, stroke: float = 1, fill: float = 0) -> None:
        with self._loose():
            super().ellipse(x1, y1, x2, y2, stroke, fill)

    def drawPath(self, aPath: Any, stroke: int = 1, fill: int = 0, fillMode: Any = None) -> None:
        with self._loose():
            super().drawPath(aPath, stroke, fill, fillMode)


def _form_entries(box: Box) -> dict[str, object]:
    size = PDFArray([0, 0, box.right - box.left, box.top - box.bottom])
    return {"Type": "/XObject", "Subtype": "/Form", "BBox": size, "Resources": PDFDictionary({})}
