"""What a quarter shows: change, feedback, waits, what came of plans and people (indicators.md §4, Q)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from valmentaja.domain.codes import LabourStatus
from valmentaja.domain.follow_up import LATER, nearest
from valmentaja.indicators.calendar import ONE_DAY, Month, addm
from valmentaja.indicators.events import STUDY, WORK, first_step
from valmentaja.indicators.facts import AssessmentFact, Person, StepFact
from valmentaja.indicators.flows import moves
from valmentaja.indicators.material import Material, Place
from valmentaja.indicators.states import State, state

LEAST_BETWEEN = timedelta(days=28)
"""Measurements closer than this are not compared."""
IN_TIME = timedelta(days=30)
CHANGES = ("M2", "M1", "N", "P1", "P2")
ANSWERS = ("0-2", "3-4", "5-6", "7-8", "9-10")
WAITS = ("0-14", "15-30", "31-60", "61-90", "91-180", "181+")
INTERVALS = ((0, 1), (1, 3), (3, 6), (6, 12), (12, 24), (24, 48))
BY_STATE = {State.AVOIN_TYO: "TYO", State.KOULUTUS: "KOULUTUS", State.TUETTU_TYO: "TUETTU"}


def year_to_year(material: Material) -> Iterator[Place]:
    """TM12"""
    year_ago = Month.of(addm(material.month.first, -12))
    return moves(material, year_ago.stock_day)


def functional_change(material: Material) -> Iterator[Place]:
    """FC01"""
    for p in material.people:
        done = _completed(material, p)
        if len(done) < 2 or not material.within(done[-1].completed):
            continue
        first, latest = done[0], done[-1]
        if latest.completed - first.completed >= LEAST_BETWEEN:
            for domain in first.scores.keys() & latest.scores.keys():
                yield domain, _change(latest.scores[domain] - first.scores[domain]), p.record_key


def _completed(material: Material, person: Person) -> tuple[AssessmentFact, ...]:
    """Nothing of what came after the quarter."""
    return tuple(a for a in person.assessments if a.completed <= material.last)


def _change(delta: Fraction) -> str:
    """M2 ≤ −2 < M1 ≤ −1 < N < 1 ≤ P1 < 2 ≤ P2"""
    if delta < 0:
        return CHANGES[4 - _change_place(-delta)]
    return CHANGES[_change_place(delta)]


def _change_place(size: Fraction) -> int:
    return 4 if size >= 2 else 3 if size >= 1 else 2


def feedback(material: Material) -> Iterator[Place]:
    """FB01"""
    for p in material.people:
        done = _completed(material, p)
        if done and material.within(done[-1].completed):
            for item, value in done[-1].feedback.items():
                yield item, ANSWERS[bisect_right((2, 4, 6, 8), value - 1)], p.record_key


def waits(material: Material) -> Iterator[Place]:
    """WT01"""
    for p in material.people:
        assessed = p.assessments[0].completed if p.assessments else None
        planned = p.plans[0].signed if p.plans else None
        stepped = None if planned is None else first_step(p, material.act, max(planned, p.intake))
        for what, since, until in (
            ("ARVIOINTI", p.intake, assessed),
            ("SUUNNITELMA", p.intake, planned),
            ("ASKEL", planned, stepped),
        ):
            if since is not None and until is not None and since <= until and material.within(until):
                yield what, _wait((until - since).days), p.record_key


def _wait(days: int) -> str:
    return WAITS[bisect_right((14, 30, 60, 90, 180), days - 1)]


def until_first_step(material: Material) -> Iterator[Place]:
    """SU01: a life table from intake to the first step."""
    for p in material.people:
        stepped = first_step(p, material.act, p.intake)
        for begins, ends in INTERVALS:
            since, until = addm(p.intake, begins), addm(p.intake, ends)
            if any(on is not None and on < since for on in (stepped, p.exit)):
                continue
            on, outcome = _outcome(stepped, p.exit, until)
            if material.within(on):
                yield f"{begins}-{ends}", outcome, p.record_key


def _outcome(stepped: date | None, left: date | None, until: date) -> tuple[date, str]:
    """A step and an exit on one day is a step."""
    if stepped is not None and stepped < until:
        return stepped, "TAPAHTUMA"
    if left is not None and left < until:
        return left, "SENSUROITU"
    return until - ONE_DAY, "EI"


def plan_realisation(material: Material) -> Iterator[Place]:
    """PW01"""
    for p in material.people:
        met = [_is_in_time(s) for plan in p.plans for s in plan.steps if _is_due(material, p, s)]
        if met:
            yield "KAIKKI" if all(met) else "OSA" if any(met) else "EI", "", p.record_key


def _is_due(material: Material, person: Person, step: StepFact) -> bool:
    return material.within(step.planned + IN_TIME) and person.in_caseload(step.planned)


def _is_in_time(step: StepFact) -> bool:
    return step.realised is not None and step.realised <= step.planned + IN_TIME


def situation_later(material: Material) -> Iterator[Place]:
    """OE01"""
    for p in material.people:
        for months in LATER:
            on = addm(p.intake, months)
            if material.within(on):
                yield str(months), _situation(p, on), p.record_key


def _situation(person: Person, on: date) -> str:
    if person.in_caseload(on):
        return BY_STATE.get(state(person, on), "MUU")
    learnt = nearest(person.follow_ups, left=person.exit, on=on)
    return "EI_TIETOA" if learnt is None else _by_status(learnt[1])


def _by_status(held: LabourStatus) -> str:
    return "TYO" if held in WORK else "KOULUTUS" if held in STUDY else "MUU"
