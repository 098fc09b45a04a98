"""The bundled fonts on paper; a character none of them has is refused, never printed as an empty box."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import RESOURCES

REGULAR = "NotoSans-Regular"
SEMIBOLD = "NotoSans-SemiBold"
BOLD = "NotoSans-Bold"
ITALIC = "NotoSans-Italic"
NAMES = (REGULAR, SEMIBOLD, BOLD, ITALIC)
SPACES = frozenset("\n\t\r\f\v")
EXCERPT = 40


@cache
def register() -> None:
    """Make the bundled fonts known to reportlab, once per process."""
    for name in NAMES:
        # Not asciiReadable: a subset then holds only what is printed.
        pdfmetrics.registerFont(TTFont(name, str(RESOURCES / "fonts" / f"{name}.ttf"), asciiReadable=False))


def width(text: str, font: str, size: float) -> float:
    """How wide `text` is, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))


@cache
def characters(font: str) -> frozenset[str]:
    """Every character `font` can draw."""
    register()
    known: Any = pdfmetrics.getFont(font)
    return frozenset(map(chr, known.face.charToGlyph)) | SPACES


def printable(text: str, font: str) -> str:
    """`text` as it is printed, composed and without soft hyphens; UserError when a character has no glyph."""
    said = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    missing = next((c for c in said if c not in characters(font)), None)
    if missing is not None:
        raise UserError(
            N_("The character {character} ({name}) cannot be printed. Remove or replace it in the text “{place}”."),
            character=missing if missing.isprintable() else f"U+{ord(missing):04X}",
            name=unicodedata.name(missing, f"U+{ord(missing):04X}"),
            place=_around(said, missing),
        )
    return said


def _around(text: str, character: str) -> str:
    start = max(0, text.index(character) - EXCERPT // 2)
    return text[start : start + EXCERPT].strip()
