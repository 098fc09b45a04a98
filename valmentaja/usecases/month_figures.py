"""The published figures of a sealed package beside those of the month before: tables, sentences and pictures.

Everything here is made of what stands in the packages. No exact figure can come in: a package has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from valmentaja.base.errors import N_
from valmentaja.definitions.indicators import Definitions, Frequency, Indicator, RowKey, every_version
from valmentaja.exchange.package_check import Contents
from valmentaja.i18n import Words, formats
from valmentaja.indicators.month import CASELOAD
from valmentaja.pictures.bars import Bar, Bars

if TYPE_CHECKING:
    from valmentaja.documents.month_pdf import MonthPart, MonthTable

Figures = dict[RowKey, int | None]
IN_SHORT = ("IN01", "EX01", "AS01", "PL01")
STATES, SERVED, OUT = "ST01", "AR_A", "AR_U"
NONE = "–"


@dataclass(frozen=True, kw_only=True)
class Published:
    """This month's package and, when there is one by the same definitions, that of the month before."""

    now: Contents
    before: Contents | None
    words: Words

    @property
    def definitions(self) -> Definitions:
        return every_version()[self.now.definitions]

    @cached_property
    def figures(self) -> Figures:
        return dict(self.now.figures)

    @cached_property
    def earlier(self) -> Figures:
        return {} if self.before is None else dict(self.before.figures)

    @property
    def is_small(self) -> bool:
        """Flag s: nothing but the number of clients is published."""
        return all(value is None for key, value in self.now.figures if key != CASELOAD)

    def change(self, key: RowKey) -> int | None:
        """Only when both months have published the figure."""
        now, before = self.figures.get(key), self.earlier.get(key)
        return None if now is None or before is None else now - before


def in_short(held: Published) -> tuple[str, ...]:
    """The month in a few sentences."""
    w, definitions = held.words, held.definitions
    if held.is_small:
        return (
            _sentence(held, CASELOAD),
            w(N_("The unit had fewer than 10 clients, so nothing else is published (flag s).")),
        )
    told = [_sentence(held, CASELOAD)]
    told += [_spoken(held, definitions.indicators[name]) for name in IN_SHORT if name in definitions.indicators]
    return tuple(told)


def _spoken(held: Published, indicator: Indicator) -> str:
    """One figure with its change; of several, those that are not zero."""
    w, title = held.words, indicator.title.in_(held.words.language)
    keys = indicator.row_keys(Frequency.M)
    if any(held.figures[key] is None for key in keys):
        return w(N_("{what}: not collected by this unit (flag n)."), what=title)
    if len(keys) == 1:
        return _sentence(held, keys[0])
    parts = [f"{_name(indicator, key, w)} {held.figures[key]}" for key in keys if held.figures[key]]
    return w(N_("{what}: {parts}."), what=title, parts=", ".join(parts) or "0")


def _sentence(held: Published, key: RowKey) -> str:
    w, change = held.words, held.change(key)
    what, n = held.definitions.title(key).in_(held.words.language), held.figures[key]
    if n is None:
        return w(N_("{what}: not published."), what=what)
    if change is None:
        return w(N_("{what}: {n}."), what=what, n=n)
    if change == 0:
        return w(N_("{what}: {n}, as many as the month before."), what=what, n=n)
    text = (
        N_("{what}: {n}, which is {k} more than the month before.")
        if change > 0
        else N_("{what}: {n}, which is {k} fewer than the month before.")
    )
    return w(text, what=what, n=n, k=abs(change))


def pictures(held: Published) -> tuple[Bars, ...]:
    """How many of each target group were in a service on the last working day, and where the clients stood."""
    if held.is_small:
        return ()
    w, found = held.words, held.definitions.indicators
    note = w(N_("Protected figures: parts do not add up to totals."))
    states = Bars(
        title=found[STATES].title.in_(w.language),
        what=w(N_("Situation")),
        parts=(w(N_("people")),),
        bars=tuple(_bars(held, found[STATES])),
        notes=(note,),
    )
    groups = zip(found[SERVED].row_keys(Frequency.M), found[OUT].row_keys(Frequency.M), strict=True)
    active = Bars(
        title=w(N_("In activating services and unemployed, by target group")),
        what=w(N_("Target group")),
        parts=(w(N_("in an activating service")), w(N_("unemployed, in no such service"))),
        bars=tuple(
            Bar(name=_name(found[SERVED], one, w), values=(held.figures[one] or 0, held.figures[other] or 0))
            for one, other in groups
        ),
        notes=(note,),
    )
    return active, states


def _bars(held: Published, indicator: Indicator) -> Iterator[Bar]:
    for key in indicator.row_keys(Frequency.M):
        yield Bar(name=_name(indicator, key, held.words), values=(held.figures[key] or 0,))


def parts(held: Published) -> tuple[MonthPart, ...]:
    """Every figure of the package: the month, and with it the quarter and the year that end in it."""
    from valmentaja.documents.month_pdf import MonthPart

    w, month = held.words, held.now.head.month
    titles = {
        Frequency.M: w(N_("The month, {month}"), month=formats.month(month.first, w.language)),
        Frequency.Q: w(N_("The quarter that ends in {month}"), month=formats.month(month.first, w.language)),
        Frequency.A: w(N_("The year {year}"), year=month.year),
    }
    there = {key.freq for key, _value in held.now.figures}
    return tuple(
        MonthPart(title=title, tables=tuple(_tables(held, freq))) for freq, title in titles.items() if freq in there
    )


def _tables(held: Published, freq: Frequency) -> Iterator[MonthTable]:
    """Indicators of one figure together, the others each in a table of their own."""
    from valmentaja.documents.month_pdf import MonthTable

    w, head = held.words, _head(held, freq)
    if held.is_small:
        row = (_line(held, CASELOAD, held.definitions.title(CASELOAD).in_(w.language), head),)
        left = w(N_("Not published: the unit had fewer than 10 clients (flag s)."))
        yield MonthTable(title=w(N_("People")), head=head, rows=row if freq is Frequency.M else (), says=left)
        return
    several = [i for i in held.definitions.indicators.values() if freq in i.freqs]
    alone = [(i, i.row_keys(freq)[0]) for i in several if len(i.row_keys(freq)) == 1]
    if alone:
        rows = tuple(_line(held, key, i.title.in_(w.language), head) for i, key in alone)
        yield MonthTable(title=w(N_("People")), head=head, rows=rows)
    for indicator in several:
        keys = indicator.row_keys(freq)
        if len(keys) > 1:
            yield _table(held, indicator, keys, head)


def _table(held: Published, indicator: Indicator, keys: tuple[RowKey, ...], head: tuple[str, ...]) -> MonthTable:
    from valmentaja.documents.month_pdf import MonthTable

    w, title = held.words, indicator.title.in_(held.words.language)
    if any(held.figures[key] is None for key in keys):
        return MonthTable(title=title, head=head, rows=(), says=w(N_("Not collected by this unit (flag n).")))
    shown = [key for key in keys if held.figures[key] or (len(head) > 2 and held.earlier.get(key))]
    left = len(keys) - len(shown)
    says = w.plural("The one other figure is 0.", "The other {n} figures are 0.", left) if left else ""
    if not shown:
        says = w(N_("All {n} figures are 0."), n=left)
    rows = tuple(_line(held, key, _name(indicator, key, w), head) for key in shown)
    return MonthTable(title=title, head=head, rows=rows, says=says)


def _head(held: Published, freq: Frequency) -> tuple[str, ...]:
    w, month = held.words, held.now.head.month
    named = (w(N_("What is counted")), w(N_("people")))
    if held.before is None or freq is not Frequency.M:
        return named
    return (named[0], str(month), str(month.previous), w(N_("Change")))


def _line(held: Published, key: RowKey, name: str, head: tuple[str, ...]) -> tuple[str, ...]:
    now, before, change = held.figures[key], held.earlier.get(key), held.change(key)
    told = (name, NONE if now is None else str(now))
    if len(head) == len(told):
        return told
    return (*told, NONE if before is None else str(before), NONE if change is None else _signed(change))


def _signed(change: int) -> str:
    return f"+{change}" if change > 0 else str(change).replace("-", "−")


def _name(indicator: Indicator, key: RowKey, w: Words) -> str:
    """The names of the row's codes, without the indicator's title before them."""
    codes = zip(indicator.dimensions, key.cell, strict=False)
    names = (next(code.name for code in dimension if code.id == wanted) for dimension, wanted in codes)
    return " · ".join(name.in_(w.language) for name in names).replace(" · →", " →")
