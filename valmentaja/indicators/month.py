"""A month's figures: exact with the people behind them, and as they are published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from valmentaja.base.errors import N_
from valmentaja.definitions.indicators import Definitions, Frequency, RowKey
from valmentaja.definitions.services import act_set
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.cellkey import publish
from valmentaja.indicators.facts import Person, RecordKey
from valmentaja.indicators.material import first_day, gather
from valmentaja.indicators.measures import MEASURES, count

CASELOAD = RowKey("M", "CL01")
SMALL_UNIT = 10
"""Under so many people on the stock day only their number goes out."""

MONTHS = {Frequency.M: 1, Frequency.Q: 3, Frequency.A: 12}
"""How many months the flows of a row cover."""

FLAG_SMALL = "s"
FLAG_NOT_COLLECTED = "n"

ZERO_STAYS = N_("Empty stays 0.")
RANDOM_DEVIATION = N_("Random deviation, at most 8.")
NOT_PUBLISHED = N_("Small unit: not published.")
NOT_COLLECTED = N_("This unit does not collect it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An exact figure as the set of people it counts; it never leaves the coach's computer."""

    key: RowKey
    people: frozenset[RecordKey]

    @property
    def count(self) -> int:
        return len(self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRow:
    """A figure beside what goes out; `published` is None exactly when there is a `flag`, `reason` is a msgid."""

    key: RowKey
    exact: int
    published: int | None
    flag: str
    reason: str


def exact(people: Iterable[Person], month: Month, definitions: Definitions) -> tuple[Row, ...]:
    """Every row of the month in the package's order, zeros included."""
    material = gather(tuple(people), month, act_set(definitions.service_set))
    found: list[Row] = []
    for freq in frequencies(month):
        within = replace(material, first=first_day(month, MONTHS[freq]))
        for indicator in definitions.indicators.values():
            cells = count(MEASURES[indicator.id], within, indicator.row_keys(freq))
            found += [Row(key=key, people=who) for key, who in cells.items()]
    return tuple(sorted(found, key=lambda row: row.key))


def row_keys(month: Month, definitions: Definitions) -> tuple[RowKey, ...]:
    """The rows a package of that month must have, in order."""
    return definitions.row_keys(*frequencies(month))


def frequencies(month: Month) -> tuple[Frequency, ...]:
    """Quarterly rows come with a quarter's last month, annual ones with December."""
    quarterly = (Frequency.Q,) if month.ends_quarter else ()
    annual = (Frequency.A,) if month.ends_year else ()
    return (Frequency.M, *quarterly, *annual)


def row_period(key: RowKey, period: str) -> str:
    """`2026-12`; for annual rows `2026-A`."""
    return f"{period[:4]}-A" if key.freq == Frequency.A else period


def protect(
    rows: Iterable[Row], unit_secret: bytes, period: str, revision: int, off: frozenset[str] = frozenset()
) -> tuple[PublishedRow, ...]:
    """What goes out for `period` (`2026-03`), each row with its reason; the caseload row must be among the rows.

    `off` are the indicators the unit does not collect; of a small unit nothing but its size goes out anyway.
    """
    held = tuple(rows)
    caseload = next(row.count for row in held if row.key == CASELOAD)
    is_small = caseload < SMALL_UNIT
    return tuple(
        _withheld(row, FLAG_SMALL, NOT_PUBLISHED)
        if is_small and row.key != CASELOAD
        else _withheld(row, FLAG_NOT_COLLECTED, NOT_COLLECTED)
        if row.key.indicator in off
        else _published(row, unit_secret, period, revision)
        for row in held
    )


def _withheld(row: Row, flag: str, reason: str) -> PublishedRow:
    return PublishedRow(key=row.key, exact=row.count, published=None, flag=flag, reason=reason)


def _published(row: Row, unit_secret: bytes, period: str, revision: int) -> PublishedRow:
    figure = publish(row.people, unit_secret, period=row_period(row.key, period), revision=revision)
    reason = RANDOM_DEVIATION if row.people else ZERO_STAYS
    return PublishedRow(key=row.key, exact=row.count, published=figure, flag="", reason=reason)
