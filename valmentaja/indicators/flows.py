"""What happened in a month, or for some rows in a year (indicators.md §4, M and A)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from valmentaja.definitions.services import ServiceGroup
from valmentaja.domain.codes import EmployerSector, MeetingMode
from valmentaja.indicators.calendar import ONE_DAY
from valmentaja.indicators.events import STUDY, WORK, changes_to, group_of, starts
from valmentaja.indicators.facts import Person, PlanFact, ServiceFact
from valmentaja.indicators.material import Material, Place
from valmentaja.indicators.states import Group, group, state

REHABILITATIVE = frozenset({ServiceGroup.KUNTOUTTAVA})
AFTERWARDS = timedelta(days=30)
"""So long after rehabilitative work a new beginning still counts as moving on from it."""
TO_WORK = frozenset({ServiceGroup.PALKKATUKI, ServiceGroup.STARTTIRAHA})
TO_STUDY = frozenset({ServiceGroup.OMAEHTOINEN})
TO_SERVICE = frozenset(
    {
        ServiceGroup.TYONHAKUVALMENNUS,
        ServiceGroup.URAVALMENNUS,
        ServiceGroup.KOKEILU,
        ServiceGroup.TYOVOIMAKOULUTUS,
    }
)
DESTINATIONS = ("TYO", "KOULUTUS", "TE")
"""Of two on one day the first in this order decides."""
FACE_TO_FACE = frozenset({MeetingMode.KAYNTI, MeetingMode.KOTIKAYNTI, MeetingMode.VERKOSTO})
GONE = "POISTUNUT"


def rehabilitative_work(material: Material) -> Iterator[Place]:
    """KT01"""
    for p in material.people:
        if any(_counts_in_rehabilitation(material, p, s) for s in p.services if group_of(s) in REHABILITATIVE):
            yield "", "", p.record_key


def _counts_in_rehabilitation(material: Material, person: Person, served: ServiceFact) -> bool:
    first = max(served.start, person.intake, material.first)
    last = min(served.end or date.max, person.exit or date.max, material.last)
    before = max(served.start - ONE_DAY, person.intake)
    return first <= last and group(person, before, material.act) is Group.P


def moves_on(material: Material) -> Iterator[Place]:
    """KT02"""
    for p in material.people:
        found = [row for row in _destinations(p) if material.within(row[0]) and _moves_on(material, p, row[0])]
        if found:
            yield DESTINATIONS[min(found)[1]], "", p.record_key


def _destinations(person: Person) -> Iterator[tuple[date, int]]:
    """(day, place in DESTINATIONS) of everything that begins."""
    reached = (
        (*(s.start for s in starts(person, TO_WORK)), *changes_to(person, WORK)),
        (*(s.start for s in starts(person, TO_STUDY)), *changes_to(person, STUDY)),
        tuple(s.start for s in starts(person, TO_SERVICE)),
    )
    return ((on, place) for place, days in enumerate(reached) for on in days)


def _moves_on(material: Material, person: Person, on: date) -> bool:
    came_from = any(
        s.start < on and (s.end is None or on <= s.end + AFTERWARDS)
        for s in person.services
        if group_of(s) in REHABILITATIVE
    )
    return came_from and person.in_caseload(on) and group(person, on - ONE_DAY, material.act) is Group.P


def wage_subsidy(material: Material) -> Iterator[Place]:
    """PS01"""
    for p in material.people:
        begun = [s for s in starts(p, frozenset({ServiceGroup.PALKKATUKI})) if material.within(s.start)]
        of_group_p = (s for s in begun if group(p, s.start - ONE_DAY, material.act) is Group.P)
        first = min(of_group_p, key=lambda s: (s.start, s.service), default=None)
        if first is not None:
            yield first.sector or EmployerSector.MUU, "", p.record_key


def service_starts(material: Material) -> Iterator[Place]:
    """SS01"""
    for p in material.people:
        for served in starts(p, frozenset(ServiceGroup)):
            if material.within(served.start):
                yield group_of(served) or "", "", p.record_key


def first_assessments(material: Material) -> Iterator[Place]:
    """AS01"""
    return (_one(p) for p in material.people if any(material.within(a.completed) for a in p.assessments[:1]))


def later_assessments(material: Material) -> Iterator[Place]:
    """AS02"""
    return (_one(p) for p in material.people if any(material.within(a.completed) for a in p.assessments[1:]))


def first_plans(material: Material) -> Iterator[Place]:
    """PL01"""
    return (_one(p) for p in material.people if any(material.within(plan.signed) for plan in p.plans[:1]))


def later_plans(material: Material) -> Iterator[Place]:
    """PL02"""
    return (_one(p) for p in material.people if any(material.within(plan.signed) for plan in p.plans[1:]))


def reviews_due(material: Material) -> Iterator[Place]:
    """PL03"""
    return (_one(p) for p, _plan in _due(material))


def reviews_in_time(material: Material) -> Iterator[Place]:
    """PL04"""
    for p, plan in _due(material):
        if plan.reviewed is not None and plan.review_due is not None and plan.reviewed <= plan.review_due:
            yield _one(p)


def _due(material: Material) -> Iterator[tuple[Person, PlanFact]]:
    """Whose review falls due while they are in the caseload, with the plan that falls due first."""
    for p in material.people:
        due = [
            (plan.review_due, place)
            for place, plan in enumerate(p.plans)
            if plan.review_due is not None and material.within(plan.review_due) and p.in_caseload(plan.review_due)
        ]
        if due:
            yield p, p.plans[min(due)[1]]


def contacts(material: Material) -> Iterator[Place]:
    """ME01"""
    for standing in material.stock:
        modes = {mode for on, mode in standing.person.met if material.within(on)}
        best = "KASVOKKAIN" if modes & FACE_TO_FACE else "ETA" if modes else "EI"
        yield best, "", standing.person.record_key


def month_to_month(material: Material) -> Iterator[Place]:
    """TM01"""
    return moves(material, material.month.previous.stock_day)


def moves(material: Material, since: date) -> Iterator[Place]:
    """Everyone in the caseload on `since`: state then, and state or absence on the month's stock day."""
    now = {standing.person.record_key: standing.state for standing in material.stock}
    for p in material.people:
        if p.in_caseload(since):
            yield state(p, since), now.get(p.record_key, GONE), p.record_key


def _one(person: Person) -> Place:
    return "", "", person.record_key
