"""The bundled Noto Sans, the same on every computer and on paper."""

from __future__ import annotations

import struct
from functools import cache

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase

from valmentaja.base.paths import RESOURCES

FAMILY = "Noto Sans"
LINE = (1069, -293, 0)
"""Ascent, descent and gap of Noto Sans in thousandths."""


@cache
def load_fonts() -> str:
    """The family of the bundled font, or the system's own when it is not there."""
    for path in sorted((RESOURCES / "fonts").glob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFontFromData(QByteArray(with_own_line(path.read_bytes())))
    return FAMILY if FAMILY in QFontDatabase.families() else QFont().family()


def with_own_line(font: bytes) -> bytes:
    """The font with Noto Sans's own line height.

    The signs merged into the files (→, ☑ …) come from fonts with deep descenders, and the merged file has taken
    over the deepest, so every line on screen would stand 4 px too high.
    """
    tables = _tables(font)
    changed = bytearray(font)
    struct.pack_into(">hhh", changed, tables[b"hhea"] + 4, *LINE)
    struct.pack_into(">hhhHH", changed, tables[b"OS/2"] + 68, *LINE, LINE[0], -LINE[1])
    return bytes(changed)


def _tables(font: bytes) -> dict[bytes, int]:
    """Where each table of an OpenType file starts."""
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * i) for i in range(count))
    return {tag: offset for tag, _sum, offset, _length in records}
