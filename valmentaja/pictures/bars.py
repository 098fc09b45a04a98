"""Bars: how many people are in each part of each line, side by side in one bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from valmentaja.pictures.inks import look
from valmentaja.pictures.picture import LEGEND_LINE, PictureTable
from valmentaja.pictures.scene import Area, Line, Mark, Scene, Shape, Side, Writing

LEFT, RIGHT, TOP = 8.0, 34.0, 4.0
MARGIN, DIGIT = 20.0, 5.5
"""Around a total, and the width of one of its figures."""
LANE, BAR = 38.0, 13.0
GAP = 1.5
"""Between two parts: they can be told apart without their colours."""
LEAST_FOR_MARK = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A line with a count for each part."""

    name: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """`what` says what the lines are; the parts stand in the same order in every bar and in the legend."""

    title: str
    what: str
    parts: tuple[str, ...]
    bars: tuple[Bar, ...]
    notes: tuple[str, ...] = ()

    def table(self) -> PictureTable:
        rows = [(bar.name, *(str(value) for value in bar.values)) for bar in self.bars]
        return PictureTable(head=(self.what, *self.parts), rows=tuple(rows), numbers=True)

    def says(self) -> str:
        told = [f"{bar.name}: " + ", ".join(self._parts(bar)) + "." for bar in self.bars]
        return " ".join((f"{self.title}.", *told, *self.notes))

    def scene(self, width: float) -> Scene:
        below = TOP + len(self.bars) * LANE + 12
        shapes = (
            *(shape for place, bar in enumerate(self.bars) for shape in self._bar(bar, TOP + place * LANE, width)),
            *self._legend(below),
        )
        return Scene(width=width, height=below + len(self.parts) * LEGEND_LINE, shapes=shapes)

    def _parts(self, bar: Bar) -> Iterator[str]:
        return (f"{part} {value}" for part, value in zip(self.parts, bar.values, strict=True))

    def _bar(self, bar: Bar, top: float, width: float) -> Iterator[Shape]:
        yield Writing(text=bar.name, at=(LEFT, top + 11), ink="text")
        most = max(1, *(b.total for b in self.bars))
        room = width - LEFT - max(RIGHT, MARGIN + DIGIT * len(str(most)))
        x, upper, lower = LEFT, top + 16, top + 16 + BAR
        yield Line(points=((LEFT, lower), (LEFT + room, lower)), ink="grid", width=0.75)
        for place, value in enumerate(bar.values):
            wide = room * value / most
            if value:
                right = max(x + wide - GAP, x + GAP)
                ink = look(place).ink
                yield Area(points=((x, upper), (right, upper), (right, lower), (x, lower)), ink=ink)
                if wide >= LEAST_FOR_MARK:
                    yield Mark(kind=look(place).mark, at=((x + right) / 2, (upper + lower) / 2), ink="base", size=3)
            x += wide
        yield Writing(text=str(bar.total), at=(width - MARGIN / 2, lower - 3), ink="text", side=Side.END)

    def _legend(self, top: float) -> Iterator[Shape]:
        for place, part in enumerate(self.parts):
            middle = top + place * LEGEND_LINE
            corners = ((8.0, middle - 5), (34.0, middle - 5), (34.0, middle + 5), (8.0, middle + 5))
            yield Area(points=corners, ink=look(place).ink)
            yield Mark(kind=look(place).mark, at=(21.0, middle), ink="base", size=3)
            yield Writing(text=part, at=(42.0, middle + 3.2), ink="text")
