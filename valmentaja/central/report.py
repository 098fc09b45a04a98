"""What the protected figures say: of the country, of a region, of a municipality, of a unit; by months and by years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from valmentaja.base.errors import N_
from valmentaja.central import sums
from valmentaja.central.sums import STOCKS, Estimate, Parts, Sum, Sums
from valmentaja.definitions.indicators import Definitions, Indicator, RowKey
from valmentaja.documents.figures_paper import FiguresChapter, FiguresPart
from valmentaja.i18n import Words, words
from valmentaja.i18n.formats import decimal
from valmentaja.i18n.formats import month as month_name
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.month import CASELOAD
from valmentaja.indicators.ratios import RATIOS, Ratio
from valmentaja.pictures.bars import Bar, Bars
from valmentaja.pictures.course import Course
from valmentaja.pictures.picture import NO_VALUE, PictureTable, Series

MONTHS_SHOWN, YEARS_SHOWN = 13, 5
ANNUAL = frozenset({"KT02", "PS01", "IN01", "EX01"})
"""A year's number of people stands in the annual rows; twelve months would count some twice (indicators.md §10.4)."""
AVERAGED = STOCKS | {"KT01"}
"""Whose year is the average of its months: somebody in rehabilitative work for a year would count twelve times."""
ONCE_A_YEAR = frozenset({"TM12"})
"""Compares with a year ago, so that the last quarter of a year stands for it."""
AVERAGE = N_("The figure of a year is the average of its months.")
NOTHING_TO_DRAW = N_("There is no picture: every figure is 0 or left out.")
MOST_PARTS = 8
CHAPTERS: tuple[tuple[str, tuple[int, ...], tuple[str, ...]], ...] = (
    (N_("Activation"), (0, 1), ("CL01", "TG01", "AR_A", "AR_U", "SV01", "ST01")),
    (N_("Transitions"), (4,), ("KT01", "KT02", "PS01", "IN01", "EX01", "TM01", "TM12")),
    (N_("Pathways over the years"), (), ("SU01", "WT01", "OE01", "SS01")),
    (N_("Change in functional ability"), (), ("FC01", "FB01")),
    (N_("Working together"), (5, 6), ("ME01", "AS01", "AS02", "PL01", "PL02", "PL03", "PL04", "PW01")),
)
"""Title, places in RATIOS, indicators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The sums of a choice of places, and how they are to be told."""

    sums: Sums
    months: tuple[str, ...]
    definitions: Definitions
    language: str

    @property
    def words(self) -> Words:
        return words(self.language)

    @property
    def years(self) -> tuple[str, ...]:
        """Years of whose twelve months all hold figures of this place, the newest that a table can hold."""
        held = Counter(m[:4] for m in self.months if self.of(CASELOAD, m).units)
        whole = [year for year in sorted(held) if held[year] == 12]
        return tuple(whole[-YEARS_SHOWN:])

    def of(self, key: RowKey, period: str) -> Sum:
        return self.sums.get((period, key), Sum())


def chapters(figures: Figures) -> tuple[FiguresChapter, ...]:
    """Every indicator of the definitions, the ratios before the counts they are formed of."""
    return tuple(
        FiguresChapter(title=figures.words(title), parts=tuple(_parts(figures, places, named)))
        for title, places, named in CHAPTERS
    )


def _parts(figures: Figures, places: Sequence[int], named: Sequence[str]) -> Iterator[FiguresPart]:
    yield from (ratio_part(figures, RATIOS[place]) for place in places)
    for name in named:
        indicator = figures.definitions.indicators.get(name)
        if indicator is not None:
            yield indicator_part(figures, indicator)


def ratio_part(figures: Figures, ratio: Ratio) -> FiguresPart:
    """By month as a picture and a table, and by year."""
    w, months = figures.words, figures.months[-MONTHS_SHOWN:]
    monthly = {m: ratio_estimate(figures, ratio, [m]) for m in months}
    values = tuple(Fraction(e.value).limit_denominator(10_000) if e else None for e in monthly.values())
    picture = Course(
        title=w(ratio.name),
        months=tuple(Month.parse(m).first for m in months),
        series=(Series(name=w(ratio.name), values=values),),
        shares=True,
        language=figures.language,
    )
    yearly = [(year, ratio_estimate(figures, ratio, _months_of(figures, year))) for year in figures.years]
    rows = [(year, told_percent(e, figures)) for year, e in reversed(yearly)]
    told = [(month_name(Month.parse(m).first, w.language), told_percent(e, figures)) for m, e in monthly.items()]
    rows += reversed(told)
    table = PictureTable(head=(w("Year or month"), w("Per cent")), rows=tuple(rows), numbers=True)
    says = (w(AVERAGE), *withheld(figures, ratio.above + ratio.below, figures.months))
    if not any(value is not None for value in values):
        return FiguresPart(title=w(ratio.name), says=(*says, w(NOTHING_TO_DRAW)), table=table)
    return FiguresPart(title=w(ratio.name), says=says, picture=picture, table=table)


def ratio_estimate(figures: Figures, ratio: Ratio, months: Sequence[str]) -> Estimate | None:
    inside = set(ratio.above) <= set(ratio.below)
    below = [key for key in ratio.below if not inside or key not in ratio.above]
    parts = [
        Parts(
            above=sums.of_rows([figures.of(key, month) for key in ratio.above]),
            below=sums.of_rows([figures.of(key, month) for key in below]),
            inside=inside,
        )
        for month in months
    ]
    return sums.ratio(parts, stock=ratio.below[0].indicator in AVERAGED)


def indicator_part(figures: Figures, indicator: Indicator) -> FiguresPart:
    """What it counts, in words, and its figures: by years and in the newest period, or as a square of two codes."""
    w, square = figures.words, len(indicator.dimensions) == 2
    span = _spans(figures, indicator)
    keys = indicator.row_keys(indicator.freqs[0])
    says = [indicator.explanation.in_(figures.language)]
    if indicator.id in AVERAGED:
        says.append(w(AVERAGE))
    says += withheld(figures, keys, [p for _, periods in span for p in periods])
    if not span:
        says.append(w("There are no figures yet."))
        return FiguresPart(title=indicator.title.in_(figures.language), says=tuple(says))
    table = _square(figures, indicator, span[-1]) if square else _by_span(figures, indicator, span)
    if square:
        says.append(w("Period: {period}", period=span[-1][0]))
    picture = _bars(figures, indicator, span)
    if picture is not None and not any(bar.total for bar in picture.bars):
        picture = None
        says.append(w(NOTHING_TO_DRAW))
    return FiguresPart(
        title=indicator.title.in_(figures.language),
        says=tuple(says),
        picture=picture,
        table=table,
    )


def withheld(figures: Figures, keys: Sequence[RowKey], periods: Sequence[str]) -> tuple[str, ...]:
    """Figures of units behind a table that were not published, and are left out of it."""
    w, number = figures.words, sum(figures.of(_row(key, p), p).withheld for key in keys for p in periods)
    if not number:
        return ()
    return (w("Figures of units that are left out, because they were not published: {number}", number=number),)


Span = tuple[str, tuple[str, ...]]
"""What a column is called, and the periods of the lake it is counted over."""


def _spans(figures: Figures, indicator: Indicator) -> list[Span]:
    """Whole years, then what is newest: a month, or of quarterly rows the last four quarters."""
    quarterly = indicator.freqs[0] == "Q"
    newest = [m for m in figures.months if not quarterly or m[5:] in ("03", "06", "09", "12")]
    spans: list[Span] = [(year, _periods(figures, indicator, year)) for year in figures.years]
    if not newest:
        return spans
    if not quarterly:
        return [*spans, (_month(newest[-1]), (newest[-1],))]
    last = newest[-1:] if indicator.id in ONCE_A_YEAR else newest[-4:]
    if not spans or last != list(spans[-1][1]):
        name = _month(last[-1]) if len(last) == 1 else f"{_month(last[0])}–{_month(last[-1])}"
        spans.append((name, tuple(last)))
    return spans


def _periods(figures: Figures, indicator: Indicator, year: str) -> tuple[str, ...]:
    if indicator.id in ANNUAL:
        return (f"{year}-A",)
    months = _months_of(figures, year)
    if indicator.freqs[0] == "Q":
        months = [m for m in months if m[5:] in ("03", "06", "09", "12")]
    return tuple(months[-1:] if indicator.id in ONCE_A_YEAR else months)


def _months_of(figures: Figures, year: str) -> list[str]:
    return [m for m in figures.months if m.startswith(year)]


def _estimate(figures: Figures, key: RowKey, periods: Sequence[str]) -> Estimate | None:
    held = [figures.of(_row(key, period), period) for period in periods]
    return sums.average(held) if key.indicator in AVERAGED else sums.flow(held)


def _row(key: RowKey, period: str) -> RowKey:
    """A year's own row stands under the same codes as the month's."""
    return replace(key, freq="A") if period.endswith("-A") else key


def _by_span(figures: Figures, indicator: Indicator, spans: Sequence[Span]) -> PictureTable:
    """A row for each code, a column for each year and the newest period."""
    w, names = figures.words, [name for name, _ in spans]
    rows = [
        (_code(indicator, key, figures.language), *(told(_estimate(figures, key, p), figures) for _, p in spans))
        for key in indicator.row_keys(indicator.freqs[0])
    ]
    return PictureTable(head=(w("Counted"), *names), rows=tuple(rows), numbers=True)


def _square(figures: Figures, indicator: Indicator, span: Span) -> PictureTable:
    """The first code downwards, the second across."""
    w, (first, second) = figures.words, indicator.dimensions
    head = (w("From or of"), *(code.name.in_(figures.language) for code in second))
    rows = []
    for one in first:
        keys = [RowKey(indicator.freqs[0], indicator.id, one.id, other.id) for other in second]
        cells = [told(_estimate(figures, key, span[1]), figures) for key in keys]
        rows.append((one.name.in_(figures.language), *cells))
    return PictureTable(head=head, rows=tuple(rows), numbers=True)


def _bars(figures: Figures, indicator: Indicator, spans: Sequence[Span]) -> Bars | None:
    """A bar for each year, or of two codes one for each of the first; none where there would be too many parts."""
    dimensions = indicator.dimensions
    if not dimensions or len(dimensions[-1]) > MOST_PARTS or indicator.id in ("TM01", "TM12"):
        return None
    w, freq, title = figures.words, indicator.freqs[0], indicator.title.in_(figures.language)
    parts = tuple(code.name.in_(figures.language) for code in dimensions[-1])
    if len(dimensions) == 1:
        keys = [RowKey(freq, indicator.id, code.id) for code in dimensions[0]]
        bars = [_bar(figures, name, keys, periods) for name, periods in spans]
    else:
        bars = [
            _bar(
                figures,
                one.name.in_(figures.language),
                [RowKey(freq, indicator.id, one.id, other.id) for other in dimensions[1]],
                spans[-1][1],
            )
            for one in dimensions[0]
        ]
    return Bars(title=title, what=w("Counted"), parts=parts, bars=tuple(bars))


def _bar(figures: Figures, name: str, keys: Sequence[RowKey], periods: Sequence[str]) -> Bar:
    found = [_estimate(figures, key, periods) for key in keys]
    return Bar(name=name, values=tuple(round(e.value) if e else 0 for e in found))


def _code(indicator: Indicator, key: RowKey, language: str) -> str:
    if not indicator.dimensions:
        return indicator.title.in_(language)
    return next(code.name for code in indicator.dimensions[0] if code.id == key.dim1).in_(language)


def told(estimate: Estimate | None, figures: Figures) -> str:
    """`1234 ± 56`; without margin where fewer than five units stand behind it."""
    if estimate is None:
        return NO_VALUE
    value = _grouped(estimate.value, figures.language)
    return value if estimate.margin is None else f"{value} ± {_grouped(estimate.margin, figures.language)}"


def _grouped(value: float, language: str) -> str:
    """Whole, in groups of three figures that stay in one line."""
    mark = "," if language == "en" else "\N{NO-BREAK SPACE}"
    return f"{round(value):,}".replace(",", mark)


def told_percent(estimate: Estimate | None, figures: Figures) -> str:
    if estimate is None:
        return NO_VALUE
    value = decimal(Fraction(estimate.value * 100).limit_denominator(1000), figures.language)
    if estimate.margin is None:
        return f"{value} %"
    return f"{value} ± {decimal(Fraction(estimate.margin * 100).limit_denominator(1000), figures.language)} %"


def _month(period: str) -> str:
    """`10/2026`."""
    return f"{int(period[5:])}/{period[:4]}"
