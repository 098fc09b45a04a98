"""Series are told apart by colour, dash and mark, and every colour can be seen (WCAG 1.4.1, 1.4.11)."""

from __future__ import annotations

import pytest

from valmentaja.pictures import inks
from valmentaja.pictures.inks import look
from valmentaja.pictures.scene import Mark, MarkKind, corners
from valmentaja.ui.theme import PALETTES, Tokens

SERIES = {"light": inks.LIGHT, "dark": inks.DARK, "contrast": inks.CONTRAST}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PALETTES)
def test_every_series_stands_out_from_its_backgrounds(name: str) -> None:
    tokens: Tokens = PALETTES[name]
    assert tokens.series == SERIES[name]
    weak = [
        (ink, background)
        for ink in (*tokens.series, tokens.late)
        for background in (tokens.base, tokens.window, tokens.tint)
        if contrast(ink, background) < 3
    ]
    assert weak == []


def test_the_colours_of_a_palette_are_all_different() -> None:
    assert all(len(set(colours)) == len(colours) == 6 for colours in SERIES.values())


def test_the_first_series_are_solid_disc_dashed_square_dotted_triangle() -> None:
    first, second, third = look(0), look(1), look(2)
    assert (first.dash, first.mark) == ((), MarkKind.DISC)
    assert (second.dash, second.mark) == ((6, 3), MarkKind.SQUARE)
    assert (third.dash, third.mark) == ((1.5, 2.5), MarkKind.TRIANGLE)


def test_no_two_of_thirty_series_look_alike() -> None:
    assert len({look(n) for n in range(30)}) == 30


@pytest.mark.parametrize("kind", MarkKind)
def test_a_mark_is_drawn_around_its_place(kind: MarkKind) -> None:
    shape = corners(Mark(kind=kind, at=(50, 20), ink="text", size=4))
    xs, ys = [x for x, _ in shape], [y for _, y in shape]
    assert min(xs) < 50 < max(xs)
    assert min(ys) < 20 < max(ys)
    assert 5 < max(xs) - min(xs) < 13


@pytest.mark.parametrize("name", PALETTES)
def test_no_series_can_be_taken_for_the_grid(name: str) -> None:
    tokens: Tokens = PALETTES[name]
    alike = [ink for ink in tokens.series if contrast(ink, tokens.grid) < 3]
    assert alike == []
