"""The own figures as pictures for the screen: a topic over months, and its people by what they are in the month."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from valmentaja.base.errors import N_
from valmentaja.definitions.indicators import Code, definitions
from valmentaja.i18n import words
from valmentaja.indicators.own import care
from valmentaja.indicators.own.course import Detail, is_share
from valmentaja.indicators.own.figures import Topic
from valmentaja.indicators.own.ladder import RUNGS, Rung
from valmentaja.pictures.bars import Bar, Bars
from valmentaja.pictures.course import Course
from valmentaja.pictures.picture import Series

Counts = Mapping[tuple[str, str, str], int]
"""People by indicator and its two codes."""
Named = tuple[tuple[str, str], ...]
"""Codes with their names."""
BIN_NAMES: Named = tuple((name, name.replace("-", "–")) for name in care.BIN_NAMES)


def over_months(held: Detail, title: str, language: str) -> Course:
    """Every course of the topic as a line."""
    w = words(language)
    return Course(
        title=title,
        months=tuple(month.first for month in held.months),
        series=tuple(Series(name=w(course.words), values=values) for course, values in held.courses),
        shares=is_share(held.topic),
        language=language,
    )


def spread(held: Detail, title: str, language: str) -> Bars | None:
    """The people of the month by two of the topic's properties; None for a topic that has no such picture."""
    build = _SPREADS.get(held.topic)
    if build is None:
        return None
    counts = {(f.key.indicator, *f.key.cell): f.count for f in held.figures}
    return build(counts, title, language)


def _activation(counts: Counts, title: str, language: str) -> Bars:
    w, groups = words(language), _codes("AR_A", 0, language)
    parts = (("AR_A", w(N_("In an activating service"))), ("AR_U", w(N_("Unemployed"))))
    bars = tuple(Bar(name=n, values=tuple(counts[i, g, ""] for i, _part in parts)) for g, n in groups)
    return Bars(title=title, what=w(N_("Group")), parts=tuple(part for _i, part in parts), bars=bars)


def _ladder(counts: Counts, title: str, language: str) -> Bars:
    """The highest rung on top."""
    w = words(language)
    bars = tuple(Bar(name=w(RUNGS[r]), values=(counts["RUNG", r.name, ""],)) for r in reversed(Rung))
    return Bars(title=title, what=w(N_("Step of the ladder")), parts=(w(N_("People")),), bars=bars)


def _continuity(counts: Counts, title: str, language: str) -> Bars:
    w = words(language)
    lines = (
        ("CONTACT", w(N_("Days since the last contact"))),
        ("BETWEEN", w(N_("Longest time without a contact in a year, days"))),
    )
    bars = tuple(Bar(name=n, values=tuple(counts[i, code, ""] for code, _bin in BIN_NAMES)) for i, n in lines)
    return Bars(title=title, what=w(N_("What")), parts=tuple(name for _code, name in BIN_NAMES), bars=bars)


def _by_codes(indicator: str, what: str, counts: Counts, title: str, language: str) -> Bars:
    """An indicator of two dimensions: the first gives the lines, the second the parts."""
    lines, parts = _codes(indicator, 0, language), _codes(indicator, 1, language)
    bars = tuple(Bar(name=n, values=tuple(counts[indicator, c, part] for part, _n in parts)) for c, n in lines)
    return Bars(title=title, what=words(language)(what), parts=tuple(name for _code, name in parts), bars=bars)


def _codes(indicator: str, place: int, language: str) -> Named:
    codes: tuple[Code, ...] = definitions().indicators[indicator].dimensions[place]
    return tuple((code.id, code.name.in_(language)) for code in codes)


_SPREADS: Mapping[Topic, Callable[[Counts, str, str], Bars]] = {
    Topic.ACTIVATION: _activation,
    Topic.LADDER: _ladder,
    Topic.CHANGE: partial(_by_codes, "FC01", N_("Domain")),
    Topic.CONTINUITY: _continuity,
    Topic.TIMELINESS: partial(_by_codes, "WT01", N_("Wait")),
    Topic.LATER: partial(_by_codes, "OE01", N_("Months from the intake")),
}
