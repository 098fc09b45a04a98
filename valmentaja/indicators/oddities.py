"""What is odd in the records behind a month: it may be true, or something has not been written down (§9)."""

from __future__ import annotations

from enum import StrEnum

from valmentaja.definitions.services import ServiceGroup, services
from valmentaja.indicators.calendar import Month, addm
from valmentaja.indicators.facts import Person, ServiceFact

LONG_MONTHS = 24


class Oddity(StrEnum):
    NO_STATUS = "NO_STATUS"
    NO_READING = "NO_READING"
    OPEN_SERVICE = "OPEN_SERVICE"
    LONG_KUNTOUTTAVA = "LONG_KUNTOUTTAVA"


def oddities(person: Person, month: Month) -> tuple[Oddity, ...]:
    """What is odd of this person in that month; nothing of somebody who is not in the caseload any more or yet."""
    if person.exit is not None and person.exit <= month.last:
        is_open = any(s.end is None for s in person.services)
        return (Oddity.OPEN_SERVICE,) if is_open else ()
    if person.intake > month.last:
        return ()
    found = (
        (Oddity.NO_STATUS, not any(on <= month.last for on, _status in person.statuses)),
        (Oddity.NO_READING, not any(on <= month.last for on, _days in person.readings)),
        (Oddity.LONG_KUNTOUTTAVA, any(_is_long(s, month) for s in person.services)),
    )
    return tuple(odd for odd, applies in found if applies)


def _is_long(service: ServiceFact, month: Month) -> bool:
    known = services().get(service.service)
    if known is None or known.group != ServiceGroup.KUNTOUTTAVA or not service.runs(month.stock_day):
        return False
    return addm(service.start, LONG_MONTHS) < month.stock_day
