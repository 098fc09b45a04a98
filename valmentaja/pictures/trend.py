"""The trend: one small picture for each domain, the measurements from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from valmentaja.i18n import words
from valmentaja.i18n.formats import day
from valmentaja.pictures.picture import LEGEND_LINE, PictureTable, Series, drawn, legend, score, share
from valmentaja.pictures.scene import Line, Point, Scene, Shape, Side, Writing, lines_of

NARROWEST, WIDEST, HEIGHT = 118.0, 230.0, 118.0
"""Of a panel, with its name."""
HEAD, FOOT = 30.0, 16.0
LEFT, RIGHT = 19.0, 30.0
LETTER = 5.8
"""About as wide as a strong letter of 9 points."""
LEVELS = (0, 5, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One measurement: its day and what it is called."""

    on: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One domain; every series has a value for each moment and the same place in every panel."""

    name: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """`moments` run from the earliest to the latest."""

    title: str
    moments: tuple[Moment, ...]
    panels: tuple[Panel, ...]
    notes: tuple[str, ...] = ()
    language: str = "fi"

    def table(self) -> PictureTable:
        """A line for each domain and voice that has any value, and for domains that have none at all."""
        w = words(self.language)
        head = (w("Domain"), w("Whose view"), *(m.name for m in self.moments))
        rows = [
            (panel.name, series.name, *(score(v, self.language) for v in series.values))
            for panel in self.panels
            for place, series in enumerate(panel.series)
            if place == 0 or any(v is not None for v in series.values)
        ]
        return PictureTable(head=head, rows=tuple(rows))

    def says(self) -> str:
        parts = [self._spoken(panel) for panel in self.panels]
        return " ".join((f"{self.title}.", *parts, *self.notes))

    def scene(self, width: float) -> Scene:
        across = max(1, int(width // NARROWEST))
        across = min(across, max(1, len(self.panels)))
        cell = width / across
        shapes: list[Shape] = []
        for n, panel in enumerate(self.panels):
            corner = ((n % across) * cell, (n // across) * HEIGHT)
            shapes += self._panel(panel, corner, min(cell, WIDEST))
        below = -(-len(self.panels) // across) * HEIGHT + 14
        names = self._voices()
        shapes += legend(names, (8, below))
        return Scene(width=width, height=below + len(names) * LEGEND_LINE, shapes=tuple(shapes))

    def _voices(self) -> tuple[str, ...]:
        return tuple(s.name for s in self.panels[0].series) if self.panels else ()

    def _spoken(self, panel: Panel) -> str:
        known = [s for s in panel.series if any(v is not None for v in s.values)]
        said = [
            f"{s.name} "
            + ", ".join(f"{m.name} {score(v, self.language)}" for m, v in zip(self.moments, s.values, strict=True))
            for s in known
        ]
        return f"{panel.name}: {'; '.join(said) or score(None, self.language)}."

    def _panel(self, panel: Panel, corner: Point, width: float) -> Iterator[Shape]:
        x, y = corner
        box = (x + LEFT, y + HEAD, x + width - RIGHT, y + HEIGHT - FOOT)
        for n, line in enumerate(lines_of(panel.name, int(width / LETTER))[:2]):
            yield Writing(text=line, at=(x, y + 10 + n * 11), ink="text", strong=True)
        yield from _levels(box)
        yield from self._days(box)
        for place in reversed(range(len(panel.series))):
            yield from drawn(place, self._points(panel.series[place], box))
        yield from self._last(panel, box)

    def _points(self, series: Series, box: tuple[float, float, float, float]) -> tuple[Point | None, ...]:
        return tuple(
            None if value is None else (self._across(moment.on, box), box[3] - share(value) * (box[3] - box[1]))
            for moment, value in zip(self.moments, series.values, strict=True)
        )

    def _across(self, on: date, box: tuple[float, float, float, float]) -> float:
        """Days are as far apart in the picture as in the calendar."""
        first, last = self.moments[0].on, self.moments[-1].on
        if first == last:
            return (box[0] + box[2]) / 2
        return box[0] + (box[2] - box[0]) * (on - first).days / (last - first).days

    def _days(self, box: tuple[float, float, float, float]) -> Iterator[Shape]:
        first, last = self.moments[0].on, self.moments[-1].on
        bottom = box[3] + 11
        if first == last:
            at = ((box[0] + box[2]) / 2, bottom)
            yield Writing(text=day(first, self.language), at=at, size=7, side=Side.MIDDLE)
            return
        yield Writing(text=day(first, self.language), at=(box[0] - 4, bottom), size=7)
        yield Writing(text=day(last, self.language), at=(box[2] + 4, bottom), size=7, side=Side.END)

    def _last(self, panel: Panel, box: tuple[float, float, float, float]) -> Iterator[Shape]:
        """The newest value of the first series, written beside its mark."""
        points = self._points(panel.series[0], box)
        known = [(p, v) for p, v in zip(points, panel.series[0].values, strict=True) if p and v is not None]
        if known:
            (x, y), value = known[-1]
            yield Writing(text=score(value, self.language), at=(x + 7, y + 3), ink="text")


def _levels(box: tuple[float, float, float, float]) -> Iterator[Shape]:
    for level in LEVELS:
        y = box[3] - (box[3] - box[1]) * level / LEVELS[-1]
        yield Line(points=((box[0], y), (box[2], y)), ink="grid", width=0.75)
        yield Writing(text=str(level), at=(box[0] - 8, y + 2.5), size=7.5, side=Side.END)
