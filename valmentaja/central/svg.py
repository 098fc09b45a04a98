"""A scene as SVG inside a page: the same shapes that the screen and the paper paint."""

from __future__ import annotations

from html import escape

from valmentaja.pictures.scene import Area, Line, Mark, Point, Scene, Shape, Side, Writing, corners

ANCHORS = {Side.START: "start", Side.MIDDLE: "middle", Side.END: "end"}


def svg(scene: Scene, says: str) -> str:
    """Inks are classes, so that the page's style sheet decides them, by day and by night."""
    size = f'viewBox="0 0 {_number(scene.width)} {_number(scene.height)}"'
    inside = "".join(_shape(shape) for shape in scene.shapes)
    return f'<svg {size} role="img" aria-label="{escape(says)}">{inside}</svg>'


def _shape(shape: Shape) -> str:
    if isinstance(shape, Writing):
        x, y = shape.at
        place = f'x="{_number(x)}" y="{_number(y)}" font-size="{_number(shape.size)}"'
        strong = ' font-weight="600"' if shape.strong else ""
        anchor = ANCHORS[shape.side]
        return f'<text {place} text-anchor="{anchor}" class="f-{shape.ink}"{strong}>{escape(shape.text)}</text>'
    if isinstance(shape, Line):
        kind = "polygon" if shape.closed else "polyline"
        dash = f' stroke-dasharray="{" ".join(map(_number, shape.dash))}"' if shape.dash else ""
        width = _number(shape.width)
        return f'<{kind} points="{_points(shape.points)}" class="s-{shape.ink}" stroke-width="{width}"{dash}/>'
    edge = " edge" if isinstance(shape, Mark) else ""
    points = shape.points if isinstance(shape, Area) else corners(shape)
    return f'<polygon points="{_points(points)}" class="f-{shape.ink}{edge}"/>'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
