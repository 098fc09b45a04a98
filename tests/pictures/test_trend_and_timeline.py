"""Trend and timeline: gaps stay gaps, days keep their distance, and the table says everything that is drawn."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures.charts import a_series
from valmentaja.pictures.picture import Series
from valmentaja.pictures.scene import Line, Mark, Scene, Writing
from valmentaja.pictures.timeline import EVENTS, Happening, Kind, Span, Timeline
from valmentaja.pictures.trend import Moment, Panel, Trend

DAYS = (date(2026, 1, 1), date(2026, 1, 11), date(2026, 4, 11))
TODAY = date(2026, 11, 24)
values = st.one_of(st.none(), st.fractions(0, 10, max_denominator=4))


def a_trend(*panels: Panel) -> Trend:
    moments = tuple(Moment(on=on, name=on.isoformat()) for on in DAYS)
    return Trend(title="t", moments=moments, panels=panels, language="fi")


def a_timeline(*spans: Span, events: tuple[Happening, ...] = ()) -> Timeline:
    return Timeline(title="Polku", today=TODAY, events=events, spans=spans, language="fi")


def marks(scene: Scene, ink: str) -> list[Mark]:
    """Without the mark of the legend, which stands last."""
    return [m for m in scene.marks if m.ink == ink][:-1]


def links(scene: Scene, ink: str) -> list[Line]:
    return [line for line in scene.lines if line.ink == ink][:-1]


def test_a_missing_measurement_breaks_the_line_of_its_domain() -> None:
    whole = a_trend(Panel(name="Mieli", series=(a_series("asiakas", 2, 5, 8),))).scene(480)
    gap = a_trend(Panel(name="Mieli", series=(a_series("asiakas", 2, None, 8),))).scene(480)
    assert (len(marks(whole, "series0")), len(links(whole, "series0"))) == (3, 2)
    assert (len(marks(gap, "series0")), len(links(gap, "series0"))) == (2, 0)


def test_measurements_are_as_far_apart_as_their_days() -> None:
    scene = a_trend(Panel(name="Mieli", series=(a_series("asiakas", 2, 5, 8),))).scene(480)
    first, second, third = (m.at[0] for m in marks(scene, "series0"))
    assert (third - first) / (second - first) == pytest.approx(10)


@given(st.lists(st.tuples(values, values, values), min_size=1, max_size=4))
def test_the_table_of_the_trend_equals_its_picture(rows: list[tuple[Fraction | None, ...]]) -> None:
    trend = a_trend(*(Panel(name=f"D{n}", series=(Series(name="asiakas", values=r),)) for n, r in enumerate(rows)))
    drawn = len(marks(trend.scene(480), "series0"))
    told = [cell for row in trend.table().rows for cell in row[2:]]
    assert len(told) == 3 * len(rows)
    assert drawn == sum(cell != "–" for cell in told) == sum(v is not None for r in rows for v in r)


def test_every_domain_is_told_even_without_a_value() -> None:
    trend = a_trend(Panel(name="Arki", series=(a_series("asiakas", None, None, None), a_series("valmentaja", 1, 2, 3))))
    assert [row[:2] for row in trend.table().rows] == [("Arki", "asiakas"), ("Arki", "valmentaja")]
    assert "Arki: valmentaja 2026-01-01 1,0" in trend.says()


events = st.lists(
    st.builds(Happening, on=st.dates(date(2024, 1, 1), date(2028, 1, 1)), kind=st.sampled_from(Kind)), max_size=12
)
spans = st.lists(
    st.builds(
        lambda start, days, planned: Span(
            name="Työkokeilu", start=start, end=None if days is None else start + timedelta(days=days), planned=planned
        ),
        st.dates(date(2024, 1, 1), date(2028, 1, 1)),
        st.one_of(st.none(), st.integers(0, 400)),
        st.booleans(),
    ),
    max_size=5,
)


@given(events, spans)
def test_the_table_of_the_path_says_all_that_is_drawn(held: list[Happening], services: list[Span]) -> None:
    path = a_timeline(*services, events=tuple(held))
    scene, rows = path.scene(480), path.table().rows
    legend = len({e.kind for e in held})
    bars = [line for line in scene.lines if line.closed]
    assert len(scene.marks) - legend == len(held)
    assert len(bars) == len(services)
    assert len(rows) == len(held) + len(services)
    assert sum(row[2] == "Suunniteltu" for row in rows) == sum(bool(bar.dash) for bar in bars)
    assert all(0 <= m.at[0] <= 480 for m in scene.marks)
    assert all(0 <= x <= 480 for bar in bars for x, _ in bar.points)


def test_planned_and_realised_differ_by_dash_and_word_not_by_colour_alone() -> None:
    start = date(2026, 9, 1)
    planned = Span(name="Työkokeilu", start=start, end=date(2026, 10, 1), planned=True)
    realised = Span(name="Työkokeilu", start=date(2026, 9, 15), end=None)
    path = a_timeline(planned, realised)
    dashes = [line.dash for line in path.scene(480).lines if line.closed]
    assert dashes[0] and not dashes[1]
    assert "Työkokeilu (suunniteltu)" in path.scene(480).texts
    assert path.table().rows[1] == ("15.9.2026 –", "Työkokeilu", "Toteutunut")


def test_today_is_drawn_and_worded() -> None:
    scene = a_timeline(events=(Happening(on=TODAY, kind=Kind.HELD),)).scene(480)
    assert "Tänään 24.11.2026" in scene.texts
    assert any(line.ink == "late" for line in scene.lines)


def test_every_kind_of_event_has_its_own_mark_and_word() -> None:
    scene = a_timeline(events=tuple(Happening(on=TODAY, kind=kind) for kind in Kind)).scene(480)
    assert len({m.kind for m in scene.marks}) == len(Kind)
    assert len(EVENTS) == len(Kind)


@pytest.mark.parametrize("width", [300, 480, 900])
def test_months_under_a_timeline_are_named_and_none_runs_into_the_next(width: float) -> None:
    """Two years of events: as many names as have room."""
    events = tuple(Happening(kind=Kind.HELD, on=date(year, 2, 1)) for year in (2024, 2025, 2026))
    scene = a_timeline(events=events).scene(width)
    names = [w for w in scene.shapes if isinstance(w, Writing) and w.text.split(" ")[-1] in ("2024", "2025", "2026")]
    assert len(names) > 1
    assert all(w.text.split(" ")[0].isalpha() for w in names)
    places = [w.at[0] for w in names]
    assert all(then - first >= 48 for first, then in pairwise(places))
