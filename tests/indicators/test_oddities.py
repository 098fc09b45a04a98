"""What is odd in the records of a month."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.codes import LabourStatus
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import Person, ServiceFact
from valmentaja.indicators.oddities import Oddity, oddities

KEY, MONTH = bytes(16), Month(2026, 3)
START = date(2024, 1, 2)
KNOWN = ((START, LabourStatus.TYOTON),)


def person(service: ServiceFact | None = None, exit_: date | None = None) -> Person:
    services = () if service is None else (service,)
    return Person(record_key=KEY, intake=START, exit=exit_, statuses=KNOWN, readings=((START, 300),), services=services)


def test_nothing_written_down_is_said() -> None:
    bare = Person(record_key=KEY, intake=START)
    assert oddities(bare, MONTH) == (Oddity.NO_STATUS, Oddity.NO_READING)
    assert oddities(bare, Month(2023, 12)) == ()
    assert oddities(person(), MONTH) == ()


def test_an_open_service_of_somebody_who_left() -> None:
    is_open, ended = (
        ServiceFact(service="KUNTOUTTAVA", start=START),
        ServiceFact(service="KUNTOUTTAVA", start=START, end=date(2024, 3, 1)),
    )
    gone = date(2024, 5, 31)
    assert oddities(person(is_open, gone), MONTH) == (Oddity.OPEN_SERVICE,)
    assert oddities(person(ended, gone), MONTH) == ()


def test_rehabilitative_work_over_two_years() -> None:
    """24 months to the day is not over 24 months: the stock day of March 2026 is the 31st."""
    over = ServiceFact(service="KUNTOUTTAVA", start=date(2024, 3, 30))
    just = ServiceFact(service="KUNTOUTTAVA", start=date(2024, 3, 31))
    assert oddities(person(over), MONTH) == (Oddity.LONG_KUNTOUTTAVA,)
    assert oddities(person(just), MONTH) == ()
