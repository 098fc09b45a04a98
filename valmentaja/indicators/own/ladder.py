"""The ladder from contact to work (domain.md §4, 10): where a person stands on a day, and who moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import IntEnum

from valmentaja.base.errors import N_
from valmentaja.domain.codes import ExitReason, LabourStatus
from valmentaja.indicators.facts import Person
from valmentaja.indicators.material import Material, Place
from valmentaja.indicators.states import State, state, status

UP, SAME, DOWN = "UP", "SAME", "DOWN"
LEFT_TO_WORK, LEFT = "LEFT_TO_WORK", "LEFT"
MOVES = (UP, SAME, DOWN, LEFT_TO_WORK, LEFT)


class Rung(IntEnum):
    """A higher number is nearer to work."""

    CONTACT = 0
    OTHER_SERVICE = 1
    REHABILITATIVE = 2
    EMPLOYMENT_SERVICE = 3
    SUPPORTED_WORK = 4
    PART_TIME = 5
    WORK_OR_STUDY = 6


RUNGS = {
    Rung.CONTACT: N_("Contact, no service now"),
    Rung.OTHER_SERVICE: N_("Another service, such as group coaching"),
    Rung.REHABILITATIVE: N_("Rehabilitative work activity"),
    Rung.EMPLOYMENT_SERVICE: N_("Employment service or training"),
    Rung.SUPPORTED_WORK: N_("Wage-subsidised work or start-up grant"),
    Rung.PART_TIME: N_("Part-time work"),
    Rung.WORK_OR_STUDY: N_("Work on the open market or studies"),
}
_BY_STATE = {
    State.TUETTU_TYO: Rung.SUPPORTED_WORK,
    State.KUNTOUTTAVA: Rung.REHABILITATIVE,
    State.TE_PALVELU: Rung.EMPLOYMENT_SERVICE,
    State.KOULUTUS: Rung.WORK_OR_STUDY,
}
_TO_WORK = frozenset({ExitReason.TYO, ExitReason.KOULUTUS})


def rung(person: Person, on: date) -> Rung:
    """By the state of the month's figures; open work by its hours, no state of service by whether one runs at all."""
    held = state(person, on)
    if held in _BY_STATE:
        return _BY_STATE[held]
    if held is State.AVOIN_TYO:
        return Rung.PART_TIME if status(person, on) is LabourStatus.OSA_AIKATYO else Rung.WORK_OR_STUDY
    return Rung.OTHER_SERVICE if any(s.runs(on) for s in person.services) else Rung.CONTACT


def standing(material: Material) -> Iterator[Place]:
    """Everybody in the caseload on the stock day, by rung."""
    on = material.month.stock_day
    return ((rung(s.person, on).name, "", s.person.record_key) for s in material.stock)


def moves(material: Material, since: date) -> Iterator[Place]:
    """Everybody in the caseload on `since`: up, the same or down by the stock day, or gone and how."""
    on = material.month.stock_day
    for p in material.people:
        if p.in_caseload(since):
            yield _move(p, since, on), "", p.record_key


def _move(person: Person, since: date, on: date) -> str:
    if not person.in_caseload(on):
        return LEFT_TO_WORK if person.exit_reason in _TO_WORK else LEFT
    before, now = rung(person, since), rung(person, on)
    return UP if now > before else DOWN if now < before else SAME
