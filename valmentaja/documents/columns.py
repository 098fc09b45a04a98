"""How wide the columns of a table of figures are: no word of a head is broken, and no figure from its margin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportlab.pdfbase.pdfmetrics import stringWidth

from valmentaja.documents import blocks, fonts
from valmentaja.documents.blocks import Style
from valmentaja.documents.story import PADDING, WIDTH
from valmentaja.pictures.picture import PictureTable

SLACK = 1.0
"""So that rounding breaks no line."""
WIDE = 0.34
"""Of the width, for the first column where there is room."""


def pieces(table: PictureTable) -> Iterator[PictureTable]:
    """The table, or several below one another where its columns have no room side by side; each names its rows."""
    needed = _needed(table)
    fewest = _groups(needed, most=len(needed))
    even = _groups(needed, most=max(1, -(-(len(needed) - 1) // len(fewest))))
    for start, end in even if len(even) == len(fewest) else fewest:
        yield replace(table, head=_cut(table.head, start, end), rows=tuple(_cut(r, start, end) for r in table.rows))


def _groups(needed: list[float], *, most: int) -> list[tuple[int, int]]:
    """Columns after the first that have room beside it, at most so many; one alone is wider than the room at worst."""
    groups, start, used = list[tuple[int, int]](), 1, needed[0]
    for place in range(1, len(needed)):
        if place > start and (used + needed[place] > WIDTH or place - start == most):
            groups.append((start, place))
            start, used = place, needed[0]
        used += needed[place]
    return [*groups, (start, len(needed))]


def shares(table: PictureTable) -> tuple[float, ...]:
    """Of the width: each column what it needs, the first one more if there is room, the rest in equal parts."""
    first, *others = _needed(table)
    if not others:
        return (1.0,)
    room = max(0.0, WIDTH - first - sum(others))
    more = min(room, max(0.0, WIDE * WIDTH - first))
    each = (room - more) / len(others)
    widths = (first + more, *(width + each for width in others))
    return tuple(width / sum(widths) for width in widths)


def _cut(cells: tuple[str, ...], start: int, end: int) -> tuple[str, ...]:
    return (cells[0], *cells[start:end])


def _needed(table: PictureTable) -> list[float]:
    """Heads and names of rows may go on below between words; a figure stands in one line."""
    fonts.register()
    needed = []
    for place, head in enumerate(table.head):
        whole = table.numbers and place > 0
        cells = [part for row in table.rows for part in ([row[place]] if whole else row[place].split(" "))]
        least = [
            *(_width(cell, blocks.SMALL) for cell in cells),
            *(_width(w, blocks.SMALL_STRONG) for w in head.split()),
        ]
        needed.append(max(least, default=0.0) + 2 * PADDING + SLACK)
    return needed


def _width(text: str, style: Style) -> float:
    return float(stringWidth(text, style.font, style.size))
