"""The radar: a missing answer is a gap and never zero, and the table says what the picture shows."""

from __future__ import annotations

from fractions import Fraction
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures.charts import AXES, COACH, FIRST, LATEST, a_radar, a_series
from valmentaja.i18n.formats import decimal
from valmentaja.pictures.inks import look
from valmentaja.pictures.picture import Series
from valmentaja.pictures.radar import LARGEST, TOP_ROOM, Radar
from valmentaja.pictures.scene import Mark, Scene

WIDTH = 480.0
MIDDLE = (WIDTH / 2, TOP_ROOM + LARGEST)
values = st.one_of(st.none(), st.fractions(0, 10, max_denominator=5))
all_series = st.lists(st.tuples(*[values] * len(AXES)), min_size=1, max_size=8)


def marks_of(scene: Scene, place: int) -> list[Mark]:
    """The marks of a series on the axes, without the one of the legend."""
    style = look(place)
    legend = [m for m in scene.marks if m.at[0] < 40]
    return [m for m in scene.marks if (m.ink, m.kind) == (style.ink, style.mark) and m not in legend]


def height(mark: Mark) -> float:
    return dist(mark.at, MIDDLE) / LARGEST * 10


def test_each_value_is_one_mark_at_its_height() -> None:
    scene = a_radar(LATEST).scene(WIDTH)
    assert [height(m) for m in marks_of(scene, 0)] == pytest.approx([6, 7, 25 / 3, 10, 5])


def test_a_missing_answer_is_a_gap_and_never_zero() -> None:
    scene = a_radar(FIRST).scene(WIDTH)
    assert [height(m) for m in marks_of(scene, 0)] == pytest.approx([4, 3, 0, 5])
    links = [line for line in scene.lines if line.ink == "series0" and line.points[0][0] > 60]
    assert len(links) == 3, "the two lines to the missing axis are not drawn"


def test_one_value_alone_has_a_mark_and_no_line() -> None:
    scene = a_radar(a_series("x", None, None, 4, None, None)).scene(WIDTH)
    assert [height(m) for m in marks_of(scene, 0)] == pytest.approx([4])
    assert not [line for line in scene.lines if line.ink == "series0" and line.points[0][0] > 60]


@given(all_series)
def test_the_table_equals_the_picture(given_values: list[tuple[Fraction | None, ...]]) -> None:
    made = tuple(Series(name=f"s{n}", values=v) for n, v in enumerate(given_values))
    radar = Radar(title="t", axes=AXES, series=made, language="fi")
    table, scene = radar.table(), radar.scene(WIDTH)
    assert table.head[1:] == tuple(s.name for s in made)
    assert [row[0] for row in table.rows] == list(AXES)
    for n, series in enumerate(made):
        told = [row[n + 1] for row in table.rows]
        assert told == ["–" if v is None else decimal(v, "fi") for v in series.values]
    on_axes = sum(1 for m in scene.marks if m.at[0] > 40)
    assert on_axes == sum(cell != "–" for row in table.rows for cell in row[1:])


def test_the_words_say_every_series_value_and_note() -> None:
    said = a_radar(LATEST, FIRST, notes=("Ei verrata: Mieli.",)).says()
    assert "24.11.2026 asiakas: Työkyky 6,0, Halu ja usko 7,0" in said
    assert "1.5.2026 asiakas: Työkyky 4,0, Halu ja usko –" in said
    assert said.endswith("Ei verrata: Mieli.")


def test_what_a_series_lacks_is_listed() -> None:
    missing = a_radar(LATEST, FIRST, COACH).missing()
    assert len(missing) == 2
    assert "1.5.2026 asiakas" in missing[0] and "Halu ja usko" in missing[0]
    assert "Keho ja terveys, Mieli" in missing[1]


def test_every_axis_and_series_is_written_in_the_picture() -> None:
    texts = a_radar(LATEST, FIRST).scene(WIDTH).texts
    assert {"24.11.2026 asiakas", "1.5.2026 asiakas", "Työkyky"} <= set(texts)


@pytest.mark.parametrize("width", [280.0, 360.0, 480.0])
def test_every_mark_stands_inside_the_surface(width: float) -> None:
    scene = a_radar(LATEST, FIRST, COACH).scene(width)
    assert all(0 < m.at[0] < scene.width and 0 < m.at[1] < scene.height for m in scene.marks)
