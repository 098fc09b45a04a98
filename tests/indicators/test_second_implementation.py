"""Two implementations of all formulas, one with sets and one that walks every day, agree on generated caseloads."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import naive
import naive_flows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from valmentaja.definitions.indicators import definitions
from valmentaja.definitions.services import services
from valmentaja.domain.codes import EmployerSector, ExitReason, LabourStatus, MeetingMode
from valmentaja.indicators import states
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import AssessmentFact, Person, PlanFact, ServiceFact, StepFact
from valmentaja.indicators.month import exact

EDGES = [
    date(2023, 2, 28),
    date(2023, 8, 31),
    date(2024, 1, 31),
    date(2024, 2, 29),
    date(2024, 3, 28),
    date(2024, 3, 31),
]
"""Month ends and the leap day come up often, and the same day for several things."""
DAYS = st.dates(date(2022, 6, 1), date(2024, 5, 15)) | st.sampled_from(EDGES)
ENDS = st.none() | st.integers(0, 500)
SCORES = st.fractions(0, 10, max_denominator=5)


@st.composite
def service_facts(draw: st.DrawFn) -> ServiceFact:
    start, length = draw(DAYS), draw(ENDS)
    return ServiceFact(
        service=draw(st.sampled_from(["KUNTOUTTAVA", "PALKKATUKI"]) | st.sampled_from(list(services()))),
        start=start,
        end=None if length is None else start + timedelta(length),
        sector=draw(st.none() | st.sampled_from(EmployerSector)),
    )


def assessment_facts() -> st.SearchStrategy[AssessmentFact]:
    return st.builds(
        AssessmentFact,
        completed=DAYS,
        scores=st.dictionaries(st.sampled_from("ABK"), SCORES.map(Fraction)),
        feedback=st.dictionaries(st.sampled_from(["L1", "L4"]), st.integers(0, 10)),
    )


def plan_facts() -> st.SearchStrategy[PlanFact]:
    steps = st.builds(StepFact, planned=DAYS, realised=st.none() | DAYS)
    return st.builds(
        PlanFact,
        signed=DAYS,
        review_due=st.none() | DAYS,
        reviewed=st.none() | DAYS,
        steps=st.lists(steps, max_size=3).map(tuple),
    )


@st.composite
def persons(draw: st.DrawFn) -> Person:
    intake, length = draw(DAYS), draw(ENDS)
    return Person(
        record_key=draw(st.binary(min_size=16, max_size=16)),
        intake=intake,
        exit=None if length is None else intake + timedelta(length),
        exit_reason=draw(st.none() | st.sampled_from(ExitReason)),
        exclusion_risk=draw(st.booleans()),
        statuses=tuple(draw(st.dictionaries(DAYS, st.sampled_from(LabourStatus), max_size=5)).items()),
        readings=tuple(draw(st.dictionaries(DAYS, st.integers(300, 700), max_size=3)).items()),
        services=tuple(draw(st.lists(service_facts(), max_size=4))),
        met=tuple(draw(st.lists(st.tuples(DAYS, st.sampled_from(MeetingMode)), max_size=4))),
        assessments=tuple(sorted(draw(st.lists(assessment_facts(), max_size=3)), key=lambda a: a.completed)),
        plans=tuple(sorted(draw(st.lists(plan_facts(), max_size=3)), key=lambda p: p.signed)),
        follow_ups=tuple(draw(st.dictionaries(DAYS, st.sampled_from(LabourStatus), max_size=4)).items()),
    )


def walked(people: list[Person], month: Month) -> Counter[tuple[str, str, str, str]]:
    """Counts by (freq, indicator, dim1, dim2), day by day."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    first, last, stock = month.first, month.last, month.stock_day
    before, year_ago = month.previous.stock_day, Month(month.year - 1, month.month).stock_day
    for (freq, indicator, dim1), count in naive.figures(people, first, last, stock).items():
        found[freq, indicator, dim1, ""] += count
    for person in (p for p in people if p.intake <= last):
        found.update(("M", *cell) for cell in naive_flows.monthly(person, first, last, before, stock))
        if month.ends_quarter:
            begun = Month(month.year, month.month - 2).first
            found.update(("Q", *cell) for cell in naive_flows.quarterly(person, begun, last, year_ago, stock))
        if month.ends_year:
            found.update(("A", *cell) for cell in naive_flows.annual(person, date(month.year, 1, 1), last))
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    people=st.lists(persons(), max_size=5, unique_by=lambda p: p.record_key),
    month=st.builds(Month, st.sampled_from([2023, 2024]), st.sampled_from([*range(1, 13), 3, 6, 12])),
)
def test_a_day_by_day_implementation_gives_the_same_figures(people: list[Person], month: Month) -> None:
    rows = exact(people, month, definitions())
    made = Counter({(str(r.key.freq), r.key.indicator, r.key.dim1, r.key.dim2): r.count for r in rows if r.count})
    assert made == walked(people, month)


@settings(max_examples=150)
@given(person=persons(), on=DAYS)
def test_benefit_days_group_and_state_agree_on_every_day(person: Person, on: date) -> None:
    assert states.benefit_days(person, on) == naive.benefit(person, on)
    assert states.unemployed_since(person, on) == naive.since_when(person, on)
    assert (states.group(person, on), states.state(person, on)) == (naive.group(person, on), naive.state(person, on))
