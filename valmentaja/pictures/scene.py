"""What a picture is made of: lines, areas, marks and words, in points from the top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import cos, pi, sin

Point = tuple[float, float]
"""x to the right, y down; places on a surface, never scores."""

MarkKind = StrEnum("MarkKind", ["DISC", "SQUARE", "TRIANGLE", "DIAMOND", "DOWN", "CROSS"])
Side = StrEnum("Side", ["START", "MIDDLE", "END"])
"""Which part of a text stands at its place."""

ROUND = 24
"""Corners of a disc."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line through the points; `ink` is the name of a colour token or `series0`…`series5`."""

    points: tuple[Point, ...]
    ink: str
    width: float = 1
    dash: tuple[float, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A filled shape without an edge."""

    points: tuple[Point, ...]
    ink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A filled sign for one value; `size` is from its middle to its edge."""

    kind: MarkKind
    at: Point
    ink: str
    size: float = 3.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One line of text; `at` is on its base line."""

    text: str
    at: Point
    ink: str = "muted"
    size: float = 9
    side: Side = Side.START
    strong: bool = False


Shape = Line | Area | Mark | Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Shapes in painting order, on a surface of this size."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(s for s in self.shapes if isinstance(s, Mark))

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(s for s in self.shapes if isinstance(s, Line))

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(s.text for s in self.shapes if isinstance(s, Writing))


def corners(mark: Mark) -> tuple[Point, ...]:
    """The outline of a mark; one geometry for every renderer."""
    turned = {
        MarkKind.DISC: (ROUND, 0.0, 1.0),
        MarkKind.SQUARE: (4, pi / 4, 1.3),
        MarkKind.TRIANGLE: (3, -pi / 2, 1.4),
        MarkKind.DIAMOND: (4, 0.0, 1.4),
        MarkKind.DOWN: (3, pi / 2, 1.4),
    }
    if mark.kind is MarkKind.CROSS:
        return _cross(mark)
    count, start, reach = turned[mark.kind]
    return around(mark.at, mark.size * reach, (start + 2 * pi * n / count for n in range(count)))


def around(middle: Point, radius: float, angles: Iterable[float]) -> tuple[Point, ...]:
    """Points on a circle; angle 0 is to the right and grows clockwise."""
    x, y = middle
    return tuple((x + radius * cos(a), y + radius * sin(a)) for a in angles)


def _cross(mark: Mark) -> tuple[Point, ...]:
    long, thin = mark.size * 1.25, mark.size * 0.45
    (x, y) = mark.at
    quarter = ((thin, -long), (thin, -thin), (long, -thin), (long, thin), (thin, thin), (thin, long))
    return tuple((x + dx, y + dy) for dx, dy in (*quarter, *((-dx, -dy) for dx, dy in quarter)))


def lines_of(text: str, most: int) -> tuple[str, ...]:
    """The text in lines of about `most` characters, broken at spaces only."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
