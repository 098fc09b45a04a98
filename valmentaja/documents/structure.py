"""The structure tree: what a screen reader walks through, built in reading order, never in drawing order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFString,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One stretch of marked content on a page."""

    page: PDFObjectReference
    number: int

    def format(self, document: PDFDocument) -> bytes:
        # Written out: there are thousands, and reportlab's dictionaries are slow.
        return b"<</Type /MCR /Pg %s /MCID %d>>" % (self.page.format(document), self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """An annotation that belongs to an element."""

    page: PDFObjectReference
    annotation: PDFObject

    def format(self, document: PDFDocument) -> bytes:
        return PDFDictionary({"Type": "/OBJR", "Pg": self.page, "Obj": self.annotation}).format(document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What an element says beside its content; empty means nothing."""

    alt: str = ""
    language: str = ""
    scope: str = ""
    numbering: str = ""


NOTHING = Says()


def reference(element: PDFObject, document: Any) -> bytes:
    return bytes(document.Reference(element).format(document))


class Element(PDFObject):
    """One structure element; children are added in reading order."""

    __RefOnly__ = 1

    def __init__(self, role: str, parent: PDFObject, says: Says = NOTHING) -> None:
        self.role = role
        self.parent = parent
        self.says = says
        self.box: tuple[float, float, float, float] | None = None
        self.kids: list[Element | Mark | Widget] = []

    def child(self, role: str, says: Says = NOTHING) -> Element:
        """A new last child."""
        element = Element(role, self, says)
        self.kids.append(element)
        return element

    def format(self, document: PDFDocument) -> bytes:
        parent = reference(self.parent, document)
        head = b"<</Type /StructElem /S /%s /P %s " % (self.role.encode(), parent)
        return head + self._content(document) + self._told(document) + b">>"

    def _content(self, document: PDFDocument) -> bytes:
        kids = [reference(kid, document) if isinstance(kid, Element) else kid.format(document) for kid in self.kids]
        # A Form element must hold its OBJR directly in /K, or pyHanko takes the next signature for tampering.
        return b"/K [%s] " % b" ".join(kids) if len(kids) > 1 else b"".join(b"/K %s " % kid for kid in kids)

    def _told(self, document: PDFDocument) -> bytes:
        said = self._said()
        # Without the brackets of the dictionary.
        return PDFDictionary(said).format(document).strip()[2:-2] if said else b""

    def _said(self) -> dict[str, object]:
        said: dict[str, object] = {}
        if self.says.alt:
            said["Alt"] = PDFString(self.says.alt)
        if self.says.language:
            said["Lang"] = PDFString(self.says.language)
        attributes = self._attributes()
        if attributes is not None:
            said["A"] = attributes
        return said

    def _attributes(self) -> PDFDictionary | None:
        if self.says.scope:
            return PDFDictionary({"O": "/Table", "Scope": PDFName(self.says.scope)})
        if self.says.numbering:
            return PDFDictionary({"O": "/List", "ListNumbering": PDFName(self.says.numbering)})
        if self.box is not None:
            return PDFDictionary({"O": "/Layout", "Placement": "/Block", "BBox": PDFArray(list(self.box))})
        return None


class Tree(PDFObject):
    """The root: the document element and, for every page and widget, which element its content belongs to."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.document = Element("Document", self)
        self._owners: list[Element | list[Element]] = []

    def open_page(self) -> tuple[int, list[Element]]:
        """The page's StructParents key and the list its marks are entered in."""
        marks: list[Element] = []
        self._owners.append(marks)
        return len(self._owners) - 1, marks

    def own(self, element: Element) -> int:
        """The StructParent key of an annotation that belongs to `element`."""
        self._owners.append(element)
        return len(self._owners) - 1

    def format(self, document: PDFDocument) -> bytes:
        numbers: list[object] = []
        for key, owner in enumerate(self._owners):
            numbers += [key, PDFArray(owner) if isinstance(owner, list) else owner]
        entries = {
            "Type": "/StructTreeRoot",
            "K": self.document,
            "ParentTree": PDFDictionary({"Nums": PDFArray(numbers)}),
            "ParentTreeNextKey": len(self._owners),
        }
        return PDFDictionary(entries).format(document)
