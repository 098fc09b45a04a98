"""Everything we change in reportlab 5.1, in one place; written against 5.1 and pinned to it.

Without these a file cannot pass PDF/UA-1 and PDF/A-3a.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, ttfonts

from valmentaja.documents import fonts

PAGE_ENTRIES = ("StructParents", "Tabs")
CATALOG_ENTRIES = ("OutputIntents", "AF")
END = b"endstream\n"
BLOCK = 100


def apply() -> None:
    """Change reportlab for this process; a second call does nothing."""
    if PAGE_ENTRIES[0] in pdfdoc.PDFPage.__NoDefault__:
        return
    # reportlab drops attributes it does not list, silently.
    pdfdoc.PDFPage.__NoDefault__.extend(PAGE_ENTRIES)
    pdfdoc.PDFCatalog.__NoDefault__.extend(CATALOG_ENTRIES)
    _replace(pdfdoc.PDFStream, "format", _with_line_end(pdfdoc.PDFStream.format))
    _replace(ttfonts, "makeToUnicodeCMap", to_unicode)
    # ASCII85 makes every stream a quarter longer and is read by nobody today.
    _replace(rl_config, "useA85", 0)
    # A drawing begins in this font even if no word of it is in it; Helvetica would not be embedded.
    _replace(rl_config, "defaultGraphicsFontName", fonts.REGULAR)


def _replace(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


def _with_line_end(
    original: Callable[[pdfdoc.PDFStream, pdfdoc.PDFDocument], bytes],
) -> Callable[[pdfdoc.PDFStream, pdfdoc.PDFDocument], bytes]:
    """A stream's data must end with a line end before `endstream` (PDF/A-3 6.1.7.1).

    Both characters of it: data that itself ends in CR would otherwise seem one byte short.
    """

    def format_stream(stream: pdfdoc.PDFStream, document: pdfdoc.PDFDocument) -> bytes:
        return original(stream, document).removesuffix(END) + b"\r\n" + END

    return format_stream


def to_unicode(name: str, subset: Sequence[int]) -> str:
    """The CMap that says which character each code of a font subset stands for.

    reportlab's own maps unused codes to U+0000, writes blocks of over 100 entries and is wrong above U+FFFF.
    """
    pairs = [f"<{code:02X}> <{_utf16(character)}>" for code, character in enumerate(subset) if character]
    blocks = [pairs[start : start + BLOCK] for start in range(0, len(pairs), BLOCK)]
    lines = [*_head(name), *(line for block in blocks for line in _block(block)), *_tail()]
    return "\n".join(lines)


def _utf16(character: int) -> str:
    # A private character stands for a glyph of a laid out text.
    return fonts.meaning.get(character, chr(character)).encode("utf-16-be").hex().upper()


def _head(name: str) -> Iterator[str]:
    yield "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap"
    yield f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def"
    yield f"/CMapName /{name} def\n/CMapType 2 def"
    yield "1 begincodespacerange\n<00> <FF>\nendcodespacerange"


def _block(pairs: Sequence[str]) -> Iterator[str]:
    yield f"{len(pairs)} beginbfchar"
    yield from pairs
    yield "endbfchar"


def _tail() -> Iterator[str]:
    yield "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
