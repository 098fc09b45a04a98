"""The course: counts of people or shares over months, every series a line, from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from valmentaja.i18n import words
from valmentaja.i18n.formats import decimal, month, short_month
from valmentaja.pictures.picture import LEGEND_LINE, NO_VALUE, PictureTable, Series, drawn, legend
from valmentaja.pictures.scene import Line, Point, Scene, Shape, Side, Writing

TOP, HEIGHT, FOOT = 12.0, 150.0, 18.0
LEFT, RIGHT = 40.0, 34.0
MONTH_ROOM = 56.0
"""Between two months written under the picture."""
LEVELS = 4
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """`months` by their first days, oldest first; every series has a value for each, None for no value.

    With `shares` the values are parts of 1 and are shown as per cent.
    """

    title: str
    months: tuple[date, ...]
    series: tuple[Series, ...]
    shares: bool = False
    notes: tuple[str, ...] = ()
    language: str = "fi"

    def table(self) -> PictureTable:
        """Newest first: what is now stands where the eye begins."""
        head = (words(self.language)("Month"), *(s.name for s in self.series))
        rows = [(m, *(self._told(s.values[n]) for s in self.series)) for n, m in enumerate(self._names())]
        return PictureTable(head=head, rows=tuple(reversed(rows)), numbers=True)

    def says(self) -> str:
        names = self._names()
        parts = [
            f"{s.name}: " + ", ".join(f"{m} {self._told(v)}" for m, v in zip(names, s.values, strict=True)) + "."
            for s in self.series
        ]
        return " ".join((f"{self.title}.", *parts, *self.notes))

    def scene(self, width: float) -> Scene:
        box = (LEFT, TOP, width - RIGHT, TOP + HEIGHT)
        below = TOP + HEIGHT + FOOT + 16
        names = tuple(s.name for s in self.series)
        shapes = (
            *self._grid(box),
            *self._under(box),
            *(shape for n in reversed(range(len(self.series))) for shape in drawn(n, self._points(n, box))),
            *self._last(box),
            *legend(names, (8, below)),
        )
        return Scene(width=width, height=below + len(names) * LEGEND_LINE, shapes=shapes)

    def _names(self) -> tuple[str, ...]:
        return tuple(month(first, self.language) for first in self.months)

    def _told(self, value: Fraction | None) -> str:
        if value is None:
            return NO_VALUE
        return f"{decimal(value * 100, self.language)} %" if self.shares else decimal(value, self.language, 0)

    def _top(self) -> int:
        """The value of the highest line: 100 % of shares, else a round number that no value exceeds."""
        if self.shares:
            return 1
        return round_up(max((v for s in self.series for v in s.values if v is not None), default=Fraction(0)))

    def _grid(self, box: Box) -> Iterator[Shape]:
        for level in range(LEVELS + 1):
            y = box[3] - (box[3] - box[1]) * level / LEVELS
            yield Line(points=((box[0], y), (box[2], y)), ink="grid", width=0.75)
            value = Fraction(self._top() * level, LEVELS)
            text = f"{decimal(value * 100, self.language, 0)} %" if self.shares else decimal(value, self.language, 0)
            yield Writing(text=text, at=(box[0] - 8, y + 2.5), size=7.5, side=Side.END)

    def _under(self, box: Box) -> Iterator[Shape]:
        """As many months as have room, the latest always."""
        step = max(1, -(-int(len(self.months) * MONTH_ROOM) // max(1, int(box[2] - box[0]))))
        for place in range(len(self.months) - 1, -1, -step):
            x = self._across(place, box)
            text = short_month(self.months[place], self.language)
            yield Writing(text=text, at=(x, box[3] + 13), size=7.5, side=Side.MIDDLE)

    def _across(self, place: int, box: Box) -> float:
        return box[0] + (box[2] - box[0]) * place / max(1, len(self.months) - 1)

    def _points(self, place: int, box: Box) -> tuple[Point | None, ...]:
        high = box[3] - box[1]
        return tuple(
            None if value is None else (self._across(n, box), box[3] - float(value / self._top()) * high)
            for n, value in enumerate(self.series[place].values)
        )

    def _last(self, box: Box) -> Iterator[Shape]:
        """The newest value of the first series, written beside its mark."""
        point, value = (self._points(0, box) or (None,))[-1], (self.series[0].values or (None,))[-1]
        if point is not None and value is not None:
            text = f"{decimal(value * 100, self.language, 0)} %" if self.shares else self._told(value)
            yield Writing(text=text, at=(point[0] + 7, point[1] + 3), ink="text")


def round_up(value: Fraction) -> int:
    """The least of 4, 8, 12, 20, 40, 80, 120, 200, 400 … that is not below; each has whole quarters."""
    size = 4
    while True:
        for times in (1, 2, 3, 5):
            if value <= size * times:
                return size * times
        size *= 10
