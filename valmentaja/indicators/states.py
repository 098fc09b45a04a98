"""Where a person stands on a day: status, unemployment, benefit days, group and state (indicators.md §3).

`act` is the set of services that count as activation; without it the whole country's set is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from valmentaja.definitions.services import ServiceGroup, act_set, services
from valmentaja.domain.codes import LabourStatus
from valmentaja.indicators.calendar import ONE_DAY, addm, weekdays
from valmentaja.indicators.facts import Person

UNEMPLOYED = frozenset({LabourStatus.TYOTON, LabourStatus.LOMAUTETTU})
LONG_ON_BENEFIT = 500
LONG_UNEMPLOYED_MONTHS = 12

ActSet = frozenset[str] | None
Span = tuple[date, date]
"""First and last day, both included."""


class Group(StrEnum):
    """Target groups: P long on benefit, S long unemployed and at risk of exclusion, O the others."""

    P = "P"
    S = "S"
    OTHERS = "O"


class State(StrEnum):
    TUETTU_TYO = "TUETTU_TYO"
    KUNTOUTTAVA = "KUNTOUTTAVA"
    TE_PALVELU = "TE_PALVELU"
    KOULUTUS = "KOULUTUS"
    AVOIN_TYO = "AVOIN_TYO"
    TYOTON = "TYOTON"
    MUU = "MUU"


_BY_SERVICE = (
    (State.TUETTU_TYO, frozenset({ServiceGroup.PALKKATUKI, ServiceGroup.STARTTIRAHA})),
    (State.KUNTOUTTAVA, frozenset({ServiceGroup.KUNTOUTTAVA})),
    (
        State.TE_PALVELU,
        frozenset(
            {
                ServiceGroup.TYONHAKUVALMENNUS,
                ServiceGroup.URAVALMENNUS,
                ServiceGroup.KOKEILU,
                ServiceGroup.TYOVOIMAKOULUTUS,
            }
        ),
    ),
    (State.KOULUTUS, frozenset({ServiceGroup.OMAEHTOINEN})),
)
"""The first that applies decides; only then the labour status."""

_BY_STATUS = MappingProxyType(
    {
        LabourStatus.KOULUTUS: State.KOULUTUS,
        LabourStatus.AVOIN_TYO: State.AVOIN_TYO,
        LabourStatus.OSA_AIKATYO: State.AVOIN_TYO,
        LabourStatus.TYOTON: State.TYOTON,
        LabourStatus.LOMAUTETTU: State.TYOTON,
        LabourStatus.ULKOPUOLELLA: State.MUU,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything the stock figures ask of one person on one day."""

    person: Person
    group: Group
    state: State
    service_groups: frozenset[ServiceGroup]
    active: bool
    unemployed: bool


def standing(person: Person, on: date, act: ActSet = None) -> Standing:
    return Standing(
        person=person,
        group=group(person, on, act),
        state=state(person, on),
        service_groups=service_groups(person, on),
        active=in_act(person, on, act),
        unemployed=is_unemployed(person, on, act),
    )


def status(person: Person, on: date) -> LabourStatus:
    """The latest recorded main status; unemployed before the first one."""
    return next((held for since, held in reversed(person.statuses) if since <= on), LabourStatus.TYOTON)


def in_act(person: Person, on: date, act: ActSet = None) -> bool:
    """In at least one activating service that day."""
    counted = act_set() if act is None else act
    return any(s.service in counted and s.runs(on) for s in person.services)


def service_groups(person: Person, on: date) -> frozenset[ServiceGroup]:
    """The groups of the services running that day, whatever the activation set."""
    found = (services()[s.service].group for s in person.services if s.runs(on))
    return frozenset(g for g in found if g is not None)


def is_unemployed(person: Person, on: date, act: ActSet = None) -> bool:
    """Unemployed or laid off by status and in no activating service."""
    return status(person, on) in UNEMPLOYED and not in_act(person, on, act)


def benefit_days(person: Person, on: date, act: ActSet = None) -> int:
    """The latest reading plus the Mondays to Fridays unemployed since; 0 without a reading.

    A later lower reading replaces; neither intake nor exit stops the accrual.
    """
    found = next(((read, days) for read, days in reversed(person.readings) if read <= on), None)
    if found is None:
        return 0
    read, days = found
    return days + _weekdays_unemployed(person, (read + ONE_DAY, on), act)


def unemployed_since(person: Person, on: date) -> date | None:
    """u(d): the first day of the unbroken unemployment by status, None when there is none that day.

    Services do not break it, nor does a move between unemployed and laid off. If nothing was recorded before the
    run, it began at intake at the latest.
    """
    rows = [row for row in person.statuses if row[0] <= on]
    began = person.intake
    for place, (since, held) in enumerate(reversed(rows), start=1):
        if held not in UNEMPLOYED:
            return None if place == 1 else began
        began = min(since, person.intake) if place == len(rows) else since
    return began


def group(person: Person, on: date, act: ActSet = None) -> Group:
    """P before S before O; the risk of exclusion is taken as it is recorded now."""
    if benefit_days(person, on, act) >= LONG_ON_BENEFIT:
        return Group.P
    since = unemployed_since(person, on)
    is_long = since is not None and since <= addm(on, -LONG_UNEMPLOYED_MONTHS)
    return Group.S if is_long and person.exclusion_risk else Group.OTHERS


def state(person: Person, on: date) -> State:
    """The first that applies: supported work, rehabilitative work, employment services, study, work, unemployed."""
    running = service_groups(person, on)
    by_service = (found for found, groups in _BY_SERVICE if groups & running)
    return next(by_service, _BY_STATUS[status(person, on)])


def _weekdays_unemployed(person: Person, within: Span, act: ActSet) -> int:
    counted = act_set() if act is None else act
    activating = [(s.start, s.end or within[1]) for s in person.services if s.service in counted]
    return sum(
        weekdays(since - ONE_DAY, until)
        for span in _unemployed_spans(person, within)
        for since, until in _without(span, activating)
    )


def _unemployed_spans(person: Person, within: Span) -> Iterator[Span]:
    """The stretches of `within` that are unemployed by status, in order."""
    first, last = within
    starts = [(first, status(person, first))] + [row for row in person.statuses if first < row[0] <= last]
    ends = [since - ONE_DAY for since, _ in starts[1:]] + [last]
    for (since, held), until in zip(starts, ends, strict=True):
        if held in UNEMPLOYED:
            yield since, until


def _without(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """What is left of `span` when the holes, which may overlap, are taken out."""
    free, last = span
    for start, end in sorted(holes):
        if start > free:
            yield free, min(start - ONE_DAY, last)
        free = max(free, end + ONE_DAY)
        if free > last:
            return
    yield free, last
