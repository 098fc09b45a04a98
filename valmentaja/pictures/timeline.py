"""The path: meetings, measurements and services on one line of time, what was planned beside what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from valmentaja.base.errors import N_
from valmentaja.i18n import words
from valmentaja.i18n.formats import day, short_month
from valmentaja.pictures.picture import PictureTable
from valmentaja.pictures.scene import Area, Line, Mark, MarkKind, Point, Scene, Shape, Side, Writing

EDGE = 8.0
LANE, BAR, LEGEND_LINE = 30.0, 15.0, 16.0
TOP = 8.0
LETTER = 5.3
"""About as wide as a letter of 9 points; only decides on which side of a bar its name stands."""
LABEL_ROOM = 54.0
MARGIN_DAYS = 15
MOST_GRID_LINES = 9
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months between two lines of the grid."""


class Kind(StrEnum):
    """What an event is; each has its own mark, on its own line."""

    HELD = "held"
    MISSED = "missed"
    BOOKED = "booked"
    MEASURED = "measured"
    UNDER_WAY = "under_way"


EVENTS = {
    Kind.HELD: N_("Meeting held"),
    Kind.MISSED: N_("Meeting not held"),
    Kind.BOOKED: N_("Meeting booked"),
    Kind.MEASURED: N_("Assessment finished"),
    Kind.UNDER_WAY: N_("Assessment begun, under way"),
}
MARKS = {
    Kind.HELD: (MarkKind.DISC, "series0"),
    Kind.MISSED: (MarkKind.CROSS, "series1"),
    Kind.BOOKED: (MarkKind.DIAMOND, "series2"),
    Kind.MEASURED: (MarkKind.SQUARE, "series3"),
    Kind.UNDER_WAY: (MarkKind.TRIANGLE, "series4"),
}


LANES = ((Kind.HELD, Kind.MISSED, Kind.BOOKED), (Kind.MEASURED, Kind.UNDER_WAY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    on: date
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A service; `end` None while it runs or when no end was planned."""

    name: str
    start: date
    end: date | None
    planned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    title: str
    today: date
    events: tuple[Happening, ...]
    spans: tuple[Span, ...]
    notes: tuple[str, ...] = ()
    language: str = "fi"

    def table(self) -> PictureTable:
        """Everything in the picture in the order of time."""
        w = words(self.language)
        rows = [(e.on, (day(e.on, self.language), w(EVENTS[e.kind]), "")) for e in self.events]
        rows += [(s.start, (self._when(s), s.name, w("Planned") if s.planned else w("Realised"))) for s in self.spans]
        head = (w("When"), w("What"), w("State"))
        return PictureTable(head=head, rows=tuple(row for _, row in sorted(rows)), wide=1)

    def says(self) -> str:
        said = "; ".join(" ".join(filter(None, row)) for row in self.table().rows)
        return " ".join((f"{self.title}.", f"{said}.", *self.notes)) if said else self.title

    def scene(self, width: float) -> Scene:
        lanes = [kinds for kinds in LANES if self._of(kinds)]
        foot = TOP + LANE * len(lanes) + (BAR + 7) * len(self.spans) + 8
        shapes: list[Shape] = [*self._grid(width, foot), *self._today(width, foot)]
        for n, kinds in enumerate(lanes):
            shapes += self._lane(kinds, TOP + n * LANE + LANE / 2, width)
        for n, span in enumerate(self.spans):
            shapes += self._bar(span, TOP + LANE * len(lanes) + n * (BAR + 7), width)
        shapes += self._legend(foot + 34)
        height = foot + 34 + LEGEND_LINE * len(self._kinds())
        return Scene(width=width, height=height, shapes=tuple(shapes))

    def _of(self, kinds: tuple[Kind, ...]) -> tuple[Happening, ...]:
        return tuple(e for e in self.events if e.kind in kinds)

    def _kinds(self) -> tuple[Kind, ...]:
        return tuple(k for k in Kind if self._of((k,)))

    def _when(self, span: Span) -> str:
        start = day(span.start, self.language)
        return start if span.start == span.end else f"{start} – {day(span.end, self.language)}".rstrip()

    def _range(self) -> tuple[date, date]:
        days = [self.today, *(e.on for e in self.events), *(s.start for s in self.spans)]
        days += [s.end for s in self.spans if s.end is not None]
        margin = timedelta(days=MARGIN_DAYS)
        return min(days).replace(day=1), max(days) + margin

    def _across(self, on: date, width: float) -> float:
        first, last = self._range()
        return EDGE + (width - 2 * EDGE) * (on - first).days / (last - first).days

    def _grid(self, width: float, foot: float) -> Iterator[Shape]:
        first, last = self._range()
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        step = next((s for s in STEPS if months / s <= min(MOST_GRID_LINES, width / LABEL_ROOM)), STEPS[-1])
        for n in range(0, months, step):
            on = date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
            x = self._across(on, width)
            yield Line(points=((x, TOP), (x, foot)), ink="grid", width=0.75)
            if x + LABEL_ROOM <= width:
                yield Writing(text=short_month(on, self.language), at=(x, foot + 12), size=8)

    def _lane(self, kinds: tuple[Kind, ...], y: float, width: float) -> Iterator[Shape]:
        for event in self._of(kinds):
            mark, ink = MARKS[event.kind]
            yield Mark(kind=mark, at=(self._across(event.on, width), y), ink=ink, size=4)

    def _bar(self, span: Span, y: float, width: float) -> Iterator[Shape]:
        """What was done is filled, what is planned is a dashed frame; an open end runs on to the edge or to today."""
        left = self._across(span.start, width)
        right = max(left + 3, self._across(span.end or max(self.today, span.start), width))
        frame = _box(left, y, right, y + BAR)
        if not span.planned:
            yield Area(points=frame, ink="tint")
        yield Line(points=frame, ink="series0", closed=True, dash=(4, 2.5) if span.planned else ())
        text = f"{span.name} ({words(self.language)('planned')})" if span.planned else span.name
        yield from self._named(text, (left, right), y + BAR - 4, width)

    def _named(self, text: str, bar: tuple[float, float], y: float, width: float) -> Iterator[Shape]:
        """In the bar when it fits, else behind it, else before it; no line of the grid runs through it."""
        written = self._written(text, bar, y, width)
        if bar[0] + 5 != written.at[0]:
            long = len(written.text) * LETTER
            left = written.at[0] - (long if written.side is Side.END else 0)
            yield Area(points=_box(left, y - 8, left + long, y + 3), ink="base")
        yield written

    def _written(self, text: str, bar: tuple[float, float], y: float, width: float) -> Writing:
        """Cut short where there is no room for it; the table has the whole name."""
        long = len(text) * LETTER
        if long + 8 <= bar[1] - bar[0]:
            return Writing(text=text, at=(bar[0] + 5, y), ink="text")
        behind, before = width - bar[1] - 6, bar[0] - 6
        if long <= behind or behind >= before:
            return Writing(text=_short(text, behind), at=(bar[1] + 6, y), ink="text")
        return Writing(text=_short(text, before), at=(bar[0] - 6, y), ink="text", side=Side.END)

    def _today(self, width: float, foot: float) -> Iterator[Shape]:
        x = self._across(self.today, width)
        yield Line(points=((x, TOP), (x, foot + 14)), ink="late", width=1.2)
        side = Side.END if x > width / 2 else Side.START
        text = words(self.language)("Today {day}", day=day(self.today, self.language))
        yield Writing(text=text, at=(x + (-4 if side is Side.END else 4), foot + 24), ink="late", size=8, side=side)

    def _legend(self, top: float) -> Iterator[Shape]:
        for n, kind in enumerate(self._kinds()):
            mark, ink = MARKS[kind]
            y = top + n * LEGEND_LINE
            yield Mark(kind=mark, at=(16, y), ink=ink, size=4)
            yield Writing(text=words(self.language)(EVENTS[kind]), at=(30, y + 3.2), ink="text")


def _short(text: str, room: float) -> str:
    most = max(int(room / LETTER), 6)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _box(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    return ((left, top), (right, top), (right, bottom), (left, bottom))
