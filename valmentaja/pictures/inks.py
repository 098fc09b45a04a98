"""How series are told apart: by colour, by dash and by mark, so that none of them is needed alone (WCAG 1.4.1)."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.pictures.scene import MarkKind

LIGHT = ("#0b57a4", "#55595e", "#8a4b00", "#176b2c", "#7b2d8b", "#00697a")
DARK = ("#8ec5ff", "#b4b9be", "#f0b45c", "#7fd494", "#d9a3ea", "#5fd0dc")
CONTRAST = ("#ffff00", "#ffffff", "#00ffff", "#00ff66", "#ff99ff", "#ffb366")
"""Six colours for each palette; every one at least 3:1 against window and base (WCAG 1.4.11)."""

PAPER = {
    "text": "#1a1c1e",
    "muted": "#55595e",
    "late": "#b3161b",
    "grid": "#dfe2e5",
    "border": "#75797e",
    "tint": "#e8f0f9",
    "base": "#ffffff",
    **{f"series{n}": ink for n, ink in enumerate(LIGHT)},
}
"""Every ink of a scene where the ground is white: on paper, and by day in a browser."""
DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (1.5, 2.5), (8, 3, 1.5, 3), (3, 3), (10, 4))
MARKS = tuple(MarkKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLook:
    ink: str
    dash: tuple[float, ...]
    mark: MarkKind


def look(place: int) -> SeriesLook:
    """The look of the series at `place`: 0 solid with discs, 1 dashed with squares, 2 dotted with triangles …

    The colour comes again after six series, but with another dash and another mark.
    """
    return SeriesLook(
        ink=f"series{place % len(LIGHT)}",
        dash=DASHES[(place + place // len(LIGHT)) % len(DASHES)],
        mark=MARKS[(place + place // len(MARKS)) % len(MARKS)],
    )
