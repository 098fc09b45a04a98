"""What every picture can say: itself as a scene, as a table, and as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from valmentaja.i18n.formats import decimal
from valmentaja.pictures.inks import look
from valmentaja.pictures.scene import Line, Mark, Point, Scene, Shape, Writing

HIGHEST = 10
NO_VALUE = "–"
LEGEND_LINE = 16.0
SAMPLE = 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One measurement by one rater; a value for every axis, None where there is none. None is never drawn as zero."""

    name: str
    values: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTable:
    """The same values in words; the column `wide` holds the longest texts, `numbers` says that all others count."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: int = 0
    numbers: bool = False


class Picture(Protocol):
    """`notes` say what is missing or cannot be compared; they belong under the picture wherever it is shown."""

    @property
    def title(self) -> str: ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    def scene(self, width: float) -> Scene:
        """The picture in this width, in points; its height follows."""
        ...

    def table(self) -> PictureTable: ...

    def says(self) -> str:
        """The picture in a few sentences: the alternative text."""
        ...


def score(value: Fraction | None, language: str) -> str:
    """`6,7`, or a dash where there is no value."""
    return NO_VALUE if value is None else decimal(value, language)


def share(value: Fraction) -> float:
    """Where a score stands between 0 and 1."""
    return float(value / HIGHEST)


def drawn(place: int, points: tuple[Point | None, ...], *, closed: bool = False) -> Iterator[Shape]:
    """A series through its points: a missing one breaks the line, and no line bridges it."""
    style = look(place)
    ring = (*points, points[0]) if closed and len(points) > 2 else points
    for one, other in pairwise(ring):
        if one is not None and other is not None:
            yield Line(points=(one, other), ink=style.ink, width=1.6, dash=style.dash)
    # Where series meet, the mark of a later one stands out behind that of an earlier one.
    size = 3.2 + 0.5 * min(place, 3)
    yield from (Mark(kind=style.mark, at=at, ink=style.ink, size=size) for at in points if at is not None)


def legend(names: tuple[str, ...], at: Point) -> Iterator[Shape]:
    """A line, a mark and the name of each series, one below the other."""
    x, y = at
    for place, name in enumerate(names):
        style, middle = look(place), y + place * LEGEND_LINE
        yield Line(points=((x, middle), (x + SAMPLE - 8, middle)), ink=style.ink, width=1.6, dash=style.dash)
        yield Mark(kind=style.mark, at=(x + (SAMPLE - 8) / 2, middle), ink=style.ink)
        yield Writing(text=name, at=(x + SAMPLE, middle + 3.2), ink="text")
