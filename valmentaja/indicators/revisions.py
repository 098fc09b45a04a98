"""When a month that went out may be corrected, and what has changed in it (indicators.md §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.base.errors import N_
from valmentaja.definitions.indicators import Definitions, RowKey
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import Person
from valmentaja.indicators.month import PublishedRow, exact

MOST_REVISIONS = 5

OTHER_DEFINITIONS = N_("It was made by earlier definitions of the figures and stays as it is.")
CLOSED = N_("A client counted in it has been erased. The month stays as it went out.")
TOO_OFTEN = N_("It has been corrected as often as it may be. The month stays as it went out.")
TOO_LATE = N_("After 31 March of the next year a month is not corrected any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """A row that reads otherwise now than in the latest seal; a flag says why a figure is not published."""

    key: RowKey
    before: int
    now: int
    flag_before: str = ""
    flag_now: str = ""


def changes(sealed: tuple[PublishedRow, ...], now: tuple[PublishedRow, ...]) -> tuple[RowChange, ...]:
    """Rows published before or now whose exact figure or flag differs; both must be of the same definitions."""
    held = {row.key: row for row in now}
    return tuple(
        RowChange(key=old.key, before=old.exact, now=new.exact, flag_before=old.flag, flag_now=new.flag)
        for old in sealed
        for new in (held[old.key],)
        if old.flag != new.flag or (not old.flag and old.exact != new.exact)
    )


def refusal(month: Month, revision: int, today: date, *, same_definitions: bool, closed: bool) -> str:
    """Why the month is not corrected after that revision, as a msgid; "" when it may be."""
    if closed:
        return CLOSED
    if not same_definitions:
        return OTHER_DEFINITIONS
    if revision >= MOST_REVISIONS:
        return TOO_OFTEN
    return TOO_LATE if today > last_day(month) else ""


def last_day(month: Month) -> date:
    """The last day a correction of the month may be made on."""
    return date(month.year + 1, 3, 31)


def contributed(person: Person, until: Month, definitions: Definitions) -> tuple[Month, ...]:
    """The months up to `until` that count this person in some row, quarterly and annual rows included."""
    found, month = [], Month.of(person.intake)
    while month <= until:
        if any(row.people for row in exact((person,), month, definitions)):
            found.append(month)
        month = month.following
    return tuple(found)
