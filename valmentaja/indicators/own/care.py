"""How well somebody is kept in touch with: the same coach, contacts, and days without a service or a next step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from valmentaja.indicators.calendar import ONE_DAY, addm
from valmentaja.indicators.events import STUDY, WORK
from valmentaja.indicators.facts import Person, RecordKey
from valmentaja.indicators.material import Material, Place
from valmentaja.indicators.states import State, state

MOST_DAYS = 30
"""So long without a service is no gap yet (domain.md §4, 13)."""
BINS = ((0, 14), (15, 30), (31, 60), (61, 90))
OVER = "91+"
SAME_COACH, TAKEN_OVER = "SAME", "TAKEN_OVER"
SERVED, SHORT = "SERVED", "SHORT"
GAPS = ("31-60", "61-90", OVER)
WITH_STEP = "WITH_STEP"
_SERVED = frozenset(State) - {State.TYOTON, State.MUU}
_AWAY = WORK | STUDY


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A step of a plan with the day it was to be done by; `since` is the day the plan was agreed."""

    since: date
    by: date
    done: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What no figure of the package asks: who came from another coach and when, and the steps agreed by a day."""

    taken_over: Mapping[RecordKey, date] = field(default_factory=dict)
    agreed: Mapping[RecordKey, tuple[Agreed, ...]] = field(default_factory=dict)


def days_bin(days: int) -> str:
    """`0-14` … `61-90`, `91+`"""
    return next((f"{low}-{high}" for low, high in BINS if days <= high), OVER)


BIN_NAMES = (*(days_bin(low) for low, _high in BINS), OVER)


def coach(material: Material, beside: Beside) -> Iterator[Place]:
    """Whether the client has had this coach from the start."""
    on = material.month.stock_day
    for s in material.stock:
        came = beside.taken_over.get(s.person.record_key)
        yield TAKEN_OVER if came is not None and came <= on else SAME_COACH, "", s.person.record_key


def since_contact(material: Material) -> Iterator[Place]:
    """Days from the last contact, or from the intake while there has been none, to the stock day."""
    on = material.month.stock_day
    for s in material.stock:
        last = max((day for day, _mode in s.person.met if day <= on), default=s.person.intake)
        yield days_bin((on - max(last, s.person.intake)).days), "", s.person.record_key


def between_contacts(material: Material) -> Iterator[Place]:
    """The longest time without a contact within the last 12 months."""
    on = material.month.stock_day
    for s in material.stock:
        first = max(s.person.intake, addm(on, -12))
        days = (first, *sorted(day for day, _mode in s.person.met if first <= day <= on), on)
        yield days_bin(max((later - day).days for day, later in pairwise(days))), "", s.person.record_key


def service_gaps(material: Material, beside: Beside) -> Iterator[Place]:
    """Who is in no service, work or studies on the stock day, since when, and whether a next step is agreed."""
    on = material.month.stock_day
    for s in material.stock:
        days = without_service(s.person, on)
        if days is None or days <= MOST_DAYS:
            place = (SERVED if days is None else SHORT, "")
        else:
            has_step = has_next_step(s.person, beside.agreed.get(s.person.record_key, ()), on)
            place = (days_bin(days), WITH_STEP if has_step else "")
        yield *place, s.person.record_key


def without_service(person: Person, on: date) -> int | None:
    """Days since the last day of a service, work or studies, or since the intake; None while there is one."""
    if state(person, on) in _SERVED or any(s.runs(on) for s in person.services):
        return None
    ended = [s.end for s in person.services if s.end is not None and s.end < on]
    left = [since - ONE_DAY for (_on, before), (since, _held) in pairwise(person.statuses) if before in _AWAY]
    return (on - max((person.intake, *ended, *(day for day in left if day < on)))).days


def has_next_step(person: Person, agreed: tuple[Agreed, ...], on: date) -> bool:
    """A step of a plan signed by then that is still ahead: to begin on that day or later, or to be done by then."""
    begins = any(step.planned >= on for plan in person.plans if plan.signed <= on for step in plan.steps)
    return begins or any(a.since <= on <= a.by and (a.done is None or a.done > on) for a in agreed)
