"""Builders of small pictures."""

from __future__ import annotations

from fractions import Fraction

from valmentaja.pictures.picture import Series
from valmentaja.pictures.radar import Radar

AXES = ("Työkyky", "Halu ja usko", "Keho ja terveys", "Mieli", "Arki")
Given = int | Fraction | None


def a_series(name: str, *values: Given) -> Series:
    return Series(name=name, values=tuple(None if v is None else Fraction(v) for v in values))


LATEST = a_series("24.11.2026 asiakas", 6, 7, Fraction(25, 3), 10, 5)
FIRST = a_series("1.5.2026 asiakas", 4, None, 3, 0, 5)
COACH = a_series("24.11.2026 valmentaja", 5, 5, None, None, 5)


def a_radar(*series: Series, notes: tuple[str, ...] = (), language: str = "fi") -> Radar:
    return Radar(title="Tulokset", axes=AXES, series=series or (LATEST, FIRST), notes=notes, language=language)
