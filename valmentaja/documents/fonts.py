"""The bundled fonts on paper; a character none of them has is refused, never printed as an empty box."""

from __future__ import annotations

import re
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
ARABIC = "NotoNaskhArabic-Regular"
ARABIC_BOLD = "NotoNaskhArabic-Bold"
BESIDE = {REGULAR: ARABIC, ITALIC: ARABIC, SEMIBOLD: ARABIC_BOLD, BOLD: ARABIC_BOLD}
"""What a text in Arabic letters is set with, by the font it was asked in."""
RIGHT_TO_LEFT = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
PRIVATE = 0xF0000
SPACES = frozenset("\n\t\r\f\v")
EXCERPT = 40


meaning: dict[int, str] = {}
"""Private character → the source text that the glyph behind it stands for."""


@cache
def register() -> None:
    """Make the bundled fonts known to reportlab, once per process."""
    for name in NAMES:
        _register(name)


@cache
def _register(name: str) -> None:
    # Not asciiReadable: a subset then holds only what is printed.
    pdfmetrics.registerFont(TTFont(name, str(RESOURCES / "fonts" / f"{name}.ttf"), asciiReadable=False))


def width(text: str, font: str, size: float) -> float:
    """How wide `text` is, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))


@cache
def characters(font: str) -> frozenset[str]:
    """Every character `font` can draw."""
    return frozenset(map(chr, _face(font).charToGlyph)) | SPACES


def _face(font: str) -> Any:
    _register(font)
    known: Any = pdfmetrics.getFont(font)
    return known.face


def faces(text: str, font: str) -> tuple[str, ...]:
    """The fonts `text` is set with: two when some of it is written from right to left."""
    return (font, BESIDE[font]) if RIGHT_TO_LEFT.search(text) else (font,)


@cache
def code(font: str, glyph: int, text: str) -> str:
    """The character that prints `glyph` and is read as `text`: `text` itself, or a private one."""
    characters(font)
    face = _face(font)
    if len(text) == 1 and face.charToGlyph.get(ord(text)) == glyph:
        return text
    private = PRIVATE + len(meaning)
    meaning[private] = text
    face.charToGlyph[private] = glyph
    face.charWidths[private] = face.hmetrics[glyph][0] * 1000 / face.unitsPerEm
    return chr(private)


def printable(text: str, *fonts: str) -> str:
    """`text` as it is printed, composed and without soft hyphens; UserError when a character has no glyph."""
    said = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    known = characters(fonts[0]).union(*map(characters, fonts[1:])) if len(fonts) > 1 else characters(fonts[0])
    if not known.issuperset(said):
        missing = next(c for c in said if c not in known)
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
