"""Ratios of the month, from the exact figures and from the published ones side by side."""

from __future__ import annotations

from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import decimal
from valmentaja.indicators.ratios import Part, RatioRow
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import month_view
from valmentaja.usecases.monthly import MonthPreview

NONE = "–"


class Ratios(Card):
    """What a reader of the package would reckon, beside what is so; only the counts leave."""

    def __init__(self) -> None:
        super().__init__(lambda: tr("Ratios of the month"))
        self.table: Table[RatioRow] = Table(_columns(), lambda: tr("Ratios of the month"), sortable=False)
        self.add(Label(lambda: tr("No ratio leaves: the centre reckons its own from the published figures."), "muted"))
        self.add(self.table)
        self.add(
            Label(
                lambda: tr(
                    "From few people a ratio of published figures may be far from the exact one, even over 100 %. "
                    "A dash means that there is nobody to count it of, or that a figure is not published."
                ),
                "small",
            )
        )

    def show_preview(self, preview: MonthPreview) -> None:
        rows = month_view.ratios(preview.rows)
        self.table.show_rows(rows)
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * (len(rows) + 1) + 8)


def percent(part: Part) -> str:
    """`33,3 %`, rounded only for the eye."""
    value = part.value
    return NONE if value is None else f"{decimal(value * 100, screen_language())} %"


def of_people(part: Part) -> str:
    """`12 / 36`"""
    return f"{_count(part.above)} / {_count(part.below)}"


def _count(count: int | None) -> str:
    return NONE if count is None else str(count)


def _columns() -> tuple[Column[RatioRow], ...]:
    return (
        Column(title=lambda: tr("Ratio"), text=lambda r: tr(r.ratio.name), width=300, stretch=True),
        Column(title=lambda: tr("Exact"), text=lambda r: percent(r.exact), number=True, strong=True, width=90),
        Column(title=lambda: tr("people"), text=lambda r: of_people(r.exact), number=True, width=90, priority=1),
        Column(title=lambda: tr("Published"), text=lambda r: percent(r.published), number=True, strong=True, width=110),
        Column(title=lambda: tr("people"), text=lambda r: of_people(r.published), number=True, width=90, priority=1),
    )
