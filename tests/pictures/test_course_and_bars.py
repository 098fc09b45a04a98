"""Counts over months and people in bars: what is drawn is what the table says, and nothing is told by colour alone."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures.charts import Given, a_series
from valmentaja.pictures.bars import Bar, Bars
from valmentaja.pictures.course import Course, round_up
from valmentaja.pictures.picture import Series
from valmentaja.pictures.scene import Area, Mark, Scene

counts = st.one_of(st.none(), st.integers(0, 300))


def a_course(*values: Given, shares: bool = False) -> Course:
    months = tuple(date(2025 + n // 12, n % 12 + 1, 1) for n in range(len(values)))
    return Course(title="Asiakkaat", months=months, series=(a_series("asiakkaat", *values),), shares=shares)


def marks(scene: Scene, ink: str) -> list[Mark]:
    """Without the mark of the legend, which stands last."""
    return [m for m in scene.marks if m.ink == ink][:-1]


@given(st.lists(counts, min_size=1, max_size=24))
def test_every_value_of_the_table_has_its_mark_inside_the_grid(values: list[int | None]) -> None:
    course = a_course(*values)
    scene = course.scene(480)
    drawn = marks(scene, "series0")
    assert len(drawn) == sum(cell != "–" for _month, cell in course.table().rows)
    grid = [line.points[0][1] for line in scene.lines if line.ink == "grid"]
    assert all(min(grid) <= m.at[1] <= max(grid) for m in drawn)


def test_a_month_without_a_value_breaks_the_line_and_the_table_is_newest_first() -> None:
    course = a_course(1, None, 3)
    assert [line for line in course.scene(480).lines if line.ink == "series0"][:-1] == []
    assert course.table().rows == (("maaliskuu 2025", "3"), ("helmikuu 2025", "–"), ("tammikuu 2025", "1"))


def test_shares_are_per_cent_of_the_whole_picture() -> None:
    course = a_course(Fraction(1, 3), Fraction(1), shares=True)
    first, second = marks(course.scene(480), "series0")
    grid = [line.points[0][1] for line in course.scene(480).lines if line.ink == "grid"]
    assert second.at[1] == pytest.approx(min(grid))
    assert first.at[1] == pytest.approx(max(grid) - (max(grid) - min(grid)) / 3)
    assert course.table().rows == (("helmikuu 2025", "100,0 %"), ("tammikuu 2025", "33,3 %"))
    assert "tammikuu 2025 33,3 %" in course.says()


def test_the_latest_month_is_always_written_under_the_picture_and_none_over_another() -> None:
    course = a_course(*range(24))
    written = [text for text in course.scene(400).texts if " 20" in text]
    assert written[0] == "joulu 2026"
    assert len(written) < 24


@given(st.integers(0, 100_000))
def test_the_grid_reaches_the_highest_value_and_has_whole_lines(value: int) -> None:
    top = round_up(Fraction(value))
    assert value <= top
    assert top % 4 == 0


def test_a_bar_is_as_long_as_its_people_and_its_parts_follow_one_another() -> None:
    bars = Bars(title="t", what="Ryhmä", parts=("a", "b"), bars=(Bar(name="P", values=(6, 2)),))
    scene = bars.scene(400)
    first, second, *_legend = [s for s in scene.shapes if isinstance(s, Area)]
    wide = [area.points[1][0] - area.points[0][0] for area in (first, second)]
    assert wide[0] == pytest.approx(3 * wide[1], abs=4)
    assert second.points[0][0] > first.points[1][0]


def test_every_part_has_a_sign_of_its_own_in_the_bar_and_in_the_legend() -> None:
    bars = Bars(title="t", what="Ryhmä", parts=("a", "b", "c"), bars=(Bar(name="P", values=(5, 5, 5)),))
    kinds = [m.kind for m in bars.scene(400).marks]
    assert kinds[:3] == kinds[3:]
    assert len(set(kinds)) == 3


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6))
def test_the_table_of_bars_says_every_count_and_an_empty_part_is_not_drawn(rows: list[tuple[int, int]]) -> None:
    bars = Bars(
        title="t", what="Ryhmä", parts=("a", "b"), bars=tuple(Bar(name=str(n), values=r) for n, r in enumerate(rows))
    )
    told = [int(cell) for row in bars.table().rows for cell in row[1:]]
    assert told == [value for row in rows for value in row]
    areas = [s for s in bars.scene(400).shapes if isinstance(s, Area)]
    assert len(areas) - len(bars.parts) == sum(value > 0 for value in told)


def test_series_without_months_are_drawn_empty() -> None:
    empty = Course(title="t", months=(), series=(Series(name="a", values=()),))
    assert marks(empty.scene(400), "series0") == []
