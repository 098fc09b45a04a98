"""Arabic through Qt's layout: joining, order of words and breaking of lines; what comes back is glyphs and places."""

from __future__ import annotations

import os
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QRawFont, QTextLayout, QTextLine, QTextOption

from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import RESOURCES

FAMILIES = ["Noto Naskh Arabic", "Noto Sans"]
EM = 1000
"""Pixels an em is laid out with: the unit of the fonts, so that nothing is rounded."""
FILES = ("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold", "NotoSans-Regular", "NotoSans-Bold")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a bundled font, the source text it stands for, and its place from the left and above the base."""

    font: str
    index: int
    text: str
    x: float
    y: float


Line = tuple[Glyph, ...]
"""The glyphs of one line in the order of the text, not in that of the page."""


def lines(text: str, *, size: float, width: float, bold: bool) -> tuple[Line, ...]:
    """`text` set in `width` points; UserError when Qt takes a glyph from a font that is not bundled.

    Works in any thread once the program has its QGuiApplication; without one (command line) it makes its own.
    """
    _ready()
    return tuple(line for part in text.split("\n") for line in _lines(part.strip(), size, width, bold))


def _lines(text: str, size: float, width: float, bold: bool) -> Iterator[Line]:
    layout = QTextLayout(text, _font(bold))
    option = QTextOption()
    option.setUseDesignMetrics(True)
    if _is_right_to_left(text):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[QTextLine] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width * EM / size)
        found.append(line)
    layout.endLayout()
    for line in found:
        yield tuple(_glyphs(line, text, size / EM))


def _is_right_to_left(text: str) -> bool:
    """By its first letter, as Unicode says (UAX 9, P2)."""
    return next((kind != "L" for c in text if (kind := unicodedata.bidirectional(c)) in ("L", "R", "AL")), False)


def _glyphs(line: QTextLine, text: str, scale: float) -> Iterator[Glyph]:
    """Asks for one character at a time: what Qt says of whole runs is wrong where directions mix.

    A mark is told together with the letter it stands on, hence `seen`. A character without a glyph of its own goes
    with the next: it is the first half of a ligature.
    """
    seen: set[tuple[int, float, float]] = set()
    pending, last, space = "", None, 0
    for place in range(line.textStart(), line.textStart() + line.textLength()):
        pending += text[place]
        for run in line.glyphRuns(place, 1):
            font = _name(run.rawFont(), text[place])
            space = run.rawFont().glyphIndexesForString(" ")[0]
            for index, at in zip(run.glyphIndexes(), run.positions(), strict=True):
                if (index, at.x(), at.y()) in seen:
                    continue
                seen.add((index, at.x(), at.y()))
                if not pending:
                    raise _unprintable(text[place])
                last = Glyph(font, index, pending, at.x() * scale, (line.ascent() - at.y()) * scale)
                pending = ""
                yield last
    if pending.strip() or last is None:
        raise _unprintable(pending or text)
    if pending or line.textStart() + line.textLength() == len(text):
        # Qt paints no space where a line ends; without one a reader of the tags hears two words as one.
        yield Glyph(last.font, space, " ", last.x, 0)


def _unprintable(text: str) -> UserError:
    return UserError(N_("“{text}” cannot be printed. Remove or replace it."), text=text)


@cache
def _font(bold: bool) -> QFont:
    font = QFont(FAMILIES)
    font.setPixelSize(EM)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _name(font: QRawFont, character: str) -> str:
    """The bundled file that Qt's font is; a font of the computer's own is not in the document."""
    name = _bundled().get(bytes(font.fontTable("head").data()))
    if name is None:
        raise _unprintable(character)
    return name


@cache
def _ready() -> None:
    """Qt with the bundled fonts. It aborts without an application, and without a screen when told to use one."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _Own.application = QGuiApplication([])
    known = set(QFontDatabase.families())
    for name in FILES:
        if next(f for f in FAMILIES if name.startswith(f.replace(" ", ""))) not in known:
            QFontDatabase.addApplicationFontFromData(QByteArray(_file(name)))


class _Own:
    """Kept as long as the process runs."""

    application: QGuiApplication | None = None


@cache
def _bundled() -> dict[bytes, str]:
    """Table `head` → name of the file: it holds the file's check sum, so no other font has the same."""
    return {_head(_file(name)): name for name in FILES}


def _file(name: str) -> bytes:
    return (RESOURCES / "fonts" / f"{name}.ttf").read_bytes()


def _head(font: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count))
    start, length = next((start, length) for tag, _sum, start, length in records if tag == b"head")
    return font[start : start + length]
