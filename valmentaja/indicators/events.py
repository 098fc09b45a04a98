"""What happened to a person and when: changes to work or study, starts of services, steps (indicators.md §3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from valmentaja.definitions.services import ServiceGroup, act_set, services
from valmentaja.domain.codes import LabourStatus
from valmentaja.indicators.calendar import ONE_DAY
from valmentaja.indicators.facts import Person, ServiceFact
from valmentaja.indicators.states import ActSet, status

WORK = frozenset({LabourStatus.AVOIN_TYO, LabourStatus.OSA_AIKATYO})
STUDY = frozenset({LabourStatus.KOULUTUS})


def changes_to(person: Person, wanted: frozenset[LabourStatus]) -> Iterator[date]:
    """The days of rows with such a status, when the status of the day before was another."""
    return (on for on, held in person.statuses if held in wanted and status(person, on - ONE_DAY) not in wanted)


def group_of(service: ServiceFact) -> ServiceGroup | None:
    return services()[service.service].group


def starts(person: Person, groups: frozenset[ServiceGroup]) -> Iterator[ServiceFact]:
    """The service periods of these groups that begin while the person is in the caseload."""
    return (s for s in person.services if group_of(s) in groups and person.in_caseload(s.start))


def steps(person: Person, act: ActSet) -> tuple[date, ...]:
    """The days of all steps in order: an activating service begins, or work or study does."""
    counted = act_set() if act is None else act
    begun = [s.start for s in person.services if s.service in counted]
    days = (*begun, *changes_to(person, WORK), *changes_to(person, STUDY))
    return tuple(sorted(on for on in days if person.in_caseload(on)))


def first_step(person: Person, act: ActSet, since: date) -> date | None:
    """The first step on or after that day."""
    return next((on for on in steps(person, act) if on >= since), None)
