"""What stands on which page of an instrument's printed form; the same for every language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from valmentaja.definitions.instrument import Domain, Instrument, Item

ROW, HEADING = 5, 4
"""What a row and a domain's heading take, in units of 9 points."""
FIRST_ROOM, ROOM = 55, 75
"""What there is on the first page, which has the guidance, and on the others.

Printed forms rely on these four numbers: never change them.
"""
IMPORTANCE = "importance:"


class Form(StrEnum):
    """Which form; the sign stands in the page code."""

    FULL = "F"
    SHORT = "S"
    LATER = "R"
    LATER_SHORT = "T"

    @property
    def is_short(self) -> bool:
        return self in (Form.SHORT, Form.LATER_SHORT)

    @property
    def first_time(self) -> bool:
        return self in (Form.FULL, Form.SHORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One row to fill in: an item, or with `item` None how important the domain is to the client."""

    domain: Domain
    item: Item | None

    @property
    def id(self) -> str:
        return f"{IMPORTANCE}{self.domain.id}" if self.item is None else self.item.id


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    number: int
    rows: tuple[FormRow, ...]


def form_of(*, quick: bool, first_time: bool) -> Form:
    if quick:
        return Form.SHORT if first_time else Form.LATER_SHORT
    return Form.FULL if first_time else Form.LATER


def pages(instrument: Instrument, form: Form) -> tuple[FormPage, ...]:
    """A domain stays on one page where it fits; none when the instrument has no such form."""
    made: list[list[FormRow]] = []
    left = 0
    for block in _blocks(instrument, form):
        heading = 0 if form.is_short else HEADING
        needed = heading + ROW * len(block)
        if not made or (needed > left and needed <= ROOM):
            made.append([])
            left = FIRST_ROOM if len(made) == 1 else ROOM
        left -= heading
        for row in block:
            if left < ROW:
                made.append([])
                left = ROOM - heading
            made[-1].append(row)
            left -= ROW
    return tuple(FormPage(number=n, rows=tuple(rows)) for n, rows in enumerate(made, start=1))


def _blocks(instrument: Instrument, form: Form) -> list[list[FormRow]]:
    found = []
    for domain in instrument.domains_for(first_time=form.first_time):
        block = [FormRow(domain=domain, item=i) for i in domain.items if i.quick or not form.is_short]
        if block and domain.scored and not form.is_short:
            block.append(FormRow(domain=domain, item=None))
        found.append(block)
    return [block for block in found if block]
