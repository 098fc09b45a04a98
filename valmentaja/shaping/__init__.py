"""Laying out scripts that are written from right to left; the only place beneath the screen that may use Qt (0024)."""

from valmentaja.shaping.arabic import Glyph, Line, lines

__all__ = ["Glyph", "Line", "lines"]
