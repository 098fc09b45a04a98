"""A picture on paper: the scene that the screen paints, as a tagged figure with its words beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from reportlab.graphics import renderPDF, shapes
from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from valmentaja.documents import blocks, fonts
from valmentaja.documents.canvas import TaggedCanvas
from valmentaja.documents.structure import Element
from valmentaja.pictures import inks
from valmentaja.pictures.scene import Area, Line, Mark, Point, Scene, Shape, Side, Writing, corners

ANCHORS: dict[Side, Literal["start", "middle", "end"]] = {Side.START: "start", Side.MIDDLE: "middle", Side.END: "end"}
SHIFTS = {Side.START: 0.0, Side.MIDDLE: 0.5, Side.END: 1.0}


class Figure(Flowable):
    """A scene as the content of `element`, which says it in words (Alt)."""

    canv: TaggedCanvas

    def __init__(self, scene: Scene, element: Element) -> None:
        super().__init__()
        self.scene, self.element = scene, element
        self.width, self.height = scene.width, scene.height

    def getSpaceAfter(self) -> float:
        return blocks.BODY.after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        left, bottom = self.canv.absolutePosition(0, 0)
        self.element.box = (left, bottom, left + self.width, bottom + self.height)
        with self.canv.marked(self.element):
            renderPDF.draw(drawing(self.scene), self.canv, 0, 0)


def drawing(scene: Scene) -> shapes.Drawing:
    """The scene as reportlab draws it, with y up."""
    made = shapes.Drawing(scene.width, scene.height)
    place = partial(_turned, scene.height)
    for shape in scene.shapes:
        made.add(_shape(shape, place))
    return made


def _turned(height: float, point: Point) -> Point:
    return point[0], height - point[1]


def _shape(shape: Shape, place: Callable[[Point], Point]) -> shapes.Shape:
    if isinstance(shape, Writing):
        return _writing(shape, place)
    if isinstance(shape, Line):
        return _line(shape, place)
    points = shape.points if isinstance(shape, Area) else corners(shape)
    edge = HexColor(inks.PAPER["base"]) if isinstance(shape, Mark) else None
    return shapes.Polygon(
        _flat(points, place), fillColor=HexColor(inks.PAPER[shape.ink]), strokeColor=edge, strokeWidth=0.6
    )


def _line(line: Line, place: Callable[[Point], Point]) -> shapes.Shape:
    points = _flat((*line.points, line.points[0]) if line.closed else line.points, place)
    return shapes.PolyLine(
        points,
        strokeColor=HexColor(inks.PAPER[line.ink]),
        strokeWidth=line.width,
        strokeDashArray=line.dash,
    )


def _writing(writing: Writing, place: Callable[[Point], Point]) -> shapes.Shape:
    font = fonts.SEMIBOLD if writing.strong else fonts.REGULAR
    x, y = place(writing.at)
    # The space keeps two labels two words for a reader of the tags; what is seen stays where it was.
    return shapes.String(
        x + fonts.width(" ", font, writing.size) * SHIFTS[writing.side],
        y,
        f"{fonts.printable(writing.text, font)} ",
        fontName=font,
        fontSize=writing.size,
        fillColor=HexColor(inks.PAPER[writing.ink]),
        textAnchor=ANCHORS[writing.side],
    )


def _flat(points: tuple[Point, ...], place: Callable[[Point], Point]) -> list[float]:
    return [number for point in points for number in place(point)]
