"""Large text and targets of the client view, over the same colours as everywhere."""

from __future__ import annotations

from string import Template

from PySide6.QtWidgets import QWidget

from valmentaja.ui import theme
from valmentaja.ui.sheet import stylesheet

SIZES = tuple(range(100, 251, 25))
LARGER = 1.4
"""100 % here is so much larger than 100 % in the coach's window."""

WIDEST = 720
"""A line of text is no longer than this at 100 %, in pixels."""

_SHEET = Template("""
QWidget { font-size: ${base}pt; }
QLabel[role="question"] { font-size: ${question}pt; }
QWidget[surface="column"] { max-width: ${widest}px; }
QWidget[surface="door"] { max-width: ${door}px; }
QFrame[surface="bar"] { background: $base_colour; border: 0; }
QPushButton { min-height: ${h}px; padding: 0 ${pad}px; border-radius: 8px; }
QPushButton:focus { border: 3px solid $highlight; min-height: ${hf}px; padding: 0 ${padf}px; }
QPushButton[kind="primary"]:focus, QPushButton:checked:focus { border: 3px solid $text; }
QPushButton[kind="scale"] { min-width: ${side}px; min-height: ${side}px; padding: 0; }
QPushButton[kind="scale"]:focus { min-width: ${sidef}px; min-height: ${sidef}px; padding: 0; border-width: 3px; }
QPushButton[kind="scale"]:checked:focus { border: 3px solid $text; }
QPushButton[kind="link"] { min-height: ${h}px; padding: 0 8px; }
QPushButton[kind="link"]:focus { min-height: ${hf}px; padding: 0 6px; border: 3px solid $highlight; }
QLineEdit { min-height: ${h}px; }
QLineEdit:focus { min-height: ${hf}px; }
QProgressBar { min-height: 8px; max-height: 8px; border-radius: 4px; }
QProgressBar::chunk { border-radius: 4px; }
""")


def dress(window: QWidget, size: int) -> None:
    """Give the window its text size in per cent, in the colours of now."""
    scale = LARGER * size / 100
    tokens = theme.tokens()
    line = round(18 * scale)
    lengths = {"h": 28 + line, "hf": 24 + line, "side": 32 + line, "sidef": 28 + line, "pad": 20, "padf": 18}
    widths = {"widest": round(WIDEST * scale), "door": round(WIDEST / 2 * scale), "base": f"{10 * scale:g}"}
    widths |= {"question": f"{15 * scale:g}"}
    colours = {"highlight": tokens.highlight, "text": tokens.text, "base_colour": tokens.base}
    own = _SHEET.substitute({**lengths, **widths, **colours})
    window.setStyleSheet(stylesheet(tokens, scale) + own)
