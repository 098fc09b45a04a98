"""The radar: every domain an axis, every measurement by every rater a line around."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin

from valmentaja.i18n import words
from valmentaja.pictures.picture import (
    HIGHEST,
    LEGEND_LINE,
    PictureTable,
    Series,
    drawn,
    legend,
    score,
    share,
)
from valmentaja.pictures.scene import Line, Point, Scene, Shape, Side, Writing, around, lines_of

RINGS = (2, 4, 6, 8, 10)
LABEL_WIDTH = 16
"""Characters in a line of an axis' name."""
LABEL_ROOM = 104.0
TOP_ROOM = 34.0
LARGEST = 135.0
LINE = 11.5
AWAY = 12.0
"""From the outer ring to a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Radar:
    """`series[0]` leads (the latest); each has one value for each of `axes`."""

    title: str
    axes: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...] = ()
    language: str = "fi"

    def table(self) -> PictureTable:
        head = (words(self.language)("Domain"), *(s.name for s in self.series))
        rows = [(a, *(score(s.values[n], self.language) for s in self.series)) for n, a in enumerate(self.axes)]
        return PictureTable(head=head, rows=tuple(rows))

    def says(self) -> str:
        """Each series with its values; a screen reader hears what the table shows."""
        parts = [self._spoken(s) for s in self.series]
        return " ".join((f"{self.title}.", *parts, *self.notes))

    def scene(self, width: float) -> Scene:
        radius = max(40.0, min(LARGEST, width / 2 - LABEL_ROOM))
        middle = (width / 2, TOP_ROOM + radius)
        below = middle[1] + radius + TOP_ROOM + 14
        shapes = (
            *self._grid(middle, radius),
            *(shape for n in reversed(range(len(self.series))) for shape in self._line(n, middle, radius)),
            *self._names(middle, radius),
            *legend(tuple(s.name for s in self.series), (8, below)),
        )
        return Scene(width=width, height=below + len(self.series) * LEGEND_LINE, shapes=shapes)

    def _spoken(self, series: Series) -> str:
        said = (f"{a} {score(v, self.language)}" for a, v in zip(self.axes, series.values, strict=True))
        return f"{series.name}: {', '.join(said)}."

    def _angles(self) -> tuple[float, ...]:
        return tuple(2 * pi * n / max(1, len(self.axes)) - pi / 2 for n in range(len(self.axes)))

    def _grid(self, middle: Point, radius: float) -> Iterator[Shape]:
        for ring in RINGS:
            points = around(middle, radius * ring / HIGHEST, self._angles())
            yield Line(points=points, ink="grid", width=0.75, closed=True)
        for end in around(middle, radius, self._angles()):
            yield Line(points=(middle, end), ink="grid", width=0.75)
        for ring in RINGS:
            x, y = middle
            at = (x - 4, y - radius * ring / HIGHEST + 8)
            yield Writing(text=str(ring), at=at, size=7, side=Side.END)

    def _line(self, place: int, middle: Point, radius: float) -> Iterator[Shape]:
        values = self.series[place].values
        spots = tuple(
            None if v is None else around(middle, radius * share(v), (a,))[0]
            for v, a in zip(values, self._angles(), strict=True)
        )
        return drawn(place, spots, closed=True)

    def _names(self, middle: Point, radius: float) -> Iterator[Shape]:
        for name, angle in zip(self.axes, self._angles(), strict=True):
            lines = lines_of(name, LABEL_WIDTH)
            x, y = middle[0] + (radius + AWAY) * cos(angle), middle[1] + (radius + AWAY) * sin(angle)
            # Above the circle a name grows upwards, below it downwards, beside it both ways.
            top = y + 3 - (len(lines) - 1) * LINE * (1 - sin(angle)) / 2
            for n, line in enumerate(lines):
                yield Writing(text=line, at=(x, top + n * LINE), side=_side(angle))

    def missing(self) -> tuple[str, ...]:
        """For each series the axes it has no value on, in words; empty when nothing is missing."""
        w = words(self.language)
        found = []
        for series in self.series:
            lacking = [a for a, v in zip(self.axes, series.values, strict=True) if v is None]
            if lacking:
                found.append(w("No result: {series}: {domains}.", series=series.name, domains=", ".join(lacking)))
        return tuple(found)


def _side(angle: float) -> Side:
    across = cos(angle)
    if abs(across) < 0.2:
        return Side.MIDDLE
    return Side.START if across > 0 else Side.END
