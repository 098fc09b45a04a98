"""Two versions of a plan: nothing between a plan and itself, and every change is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Decision, Evidence, Goal, Plan, Responsible, Step
from valmentaja.domain.plan_difference import Change, Fate, PlanDifference, difference, first_of, said_between
from valmentaja.domain.review import Review, ReviewLine, Verdict

TEXT = st.text("abcåäö ", max_size=6)
DAY = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
WHO = st.none() | st.sampled_from(Responsible)
SAYINGS = {
    "words": TEXT,
    "why": TEXT,
    "reached_when": TEXT,
    "evidence": st.none() | st.builds(Evidence, assessment=TEXT, domain=TEXT, item=TEXT),
}
STEP_SAYINGS = {
    "what": TEXT,
    "service": TEXT,
    "provider": TEXT,
    "responsible": WHO,
    "planned_start": DAY,
    "by": DAY,
    "parallel": st.booleans(),
    "proposed_by": WHO,
    "decision": st.none() | st.sampled_from(Decision),
}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    goals = tuple(
        Goal(id=f"g{n}", **{name: draw(kind) for name, kind in SAYINGS.items()}) for n in range(draw(st.integers(1, 3)))
    )
    steps = tuple(
        Step(id=f"s{n}", goal=draw(st.sampled_from(goals)).id, **{k: draw(kind) for k, kind in STEP_SAYINGS.items()})
        for n in range(draw(st.integers(1, 4)))
    )
    fields = tuple(draw(st.dictionaries(st.sampled_from(("network", "follow_up")), TEXT)).items())
    return Plan(
        id="p", client="c", kind=PlanKind.VALMENNUS, fields=fields, goals=goals, steps=steps, review_due=draw(DAY)
    )


def next_version(plan: Plan) -> Plan:
    """As planning makes it: other ids, the first ones as origins."""
    goals = tuple(replace(g, id=f"{g.id}'", origin=first_of(g)) for g in plan.goals)
    steps = tuple(replace(s, id=f"{s.id}'", goal=f"{s.goal}'", origin=first_of(s)) for s in plan.steps)
    return replace(plan, id="p2", version=2, follows=plan.id, goals=goals, steps=steps)


@given(plans())
def test_nothing_differs_from_itself_nor_from_an_unchanged_next_version(plan: Plan) -> None:
    assert difference(plan, plan).is_empty
    assert difference(plan, next_version(plan)).is_empty
    assert difference(next_version(plan), next_version(next_version(plan))).is_empty


@given(st.data(), plans(), st.sampled_from(sorted(SAYINGS)))
def test_every_change_of_a_goal_is_named(data: st.DataObject, plan: Plan, name: str) -> None:
    new, value = next_version(plan), data.draw(SAYINGS[name])
    place = data.draw(st.integers(0, len(plan.goals) - 1))
    goals = list(new.goals)
    goals[place] = replace(goals[place], **{name: value})
    found = difference(plan, replace(new, goals=tuple(goals)))
    _only_change(found, goals[place], name, getattr(plan.goals[place], name), value)


@given(st.data(), plans(), st.sampled_from(sorted(STEP_SAYINGS)))
def test_every_change_of_a_step_is_named(data: st.DataObject, plan: Plan, name: str) -> None:
    new, value = next_version(plan), data.draw(STEP_SAYINGS[name])
    place = data.draw(st.integers(0, len(plan.steps) - 1))
    steps = list(new.steps)
    steps[place] = replace(steps[place], **{name: value})
    found = difference(plan, replace(new, steps=tuple(steps)))
    _only_change(found, steps[place], name, getattr(plan.steps[place], name), value)


def _only_change(found: PlanDifference, part: Goal | Step, name: str, before: object, after: object) -> None:
    if before == after:
        assert found.is_empty
        return
    (told,) = found.changed_parts
    assert (told.part, told.fate) == (part, Fate.CHANGED)
    assert [(c.name, c.before, c.after) for c in told.changes] == [(name, before, after)]


@given(st.data(), plans())
def test_what_is_left_out_and_what_is_new_is_named(data: st.DataObject, plan: Plan) -> None:
    new = next_version(plan)
    gone = data.draw(st.sampled_from(plan.steps))
    added = Step(id="n", goal=new.goals[0].id, what="Uusi")
    left = tuple(s for s in new.steps if s.origin != gone.id)
    found = difference(plan, replace(new, steps=(*left, added)))
    assert [(p.part.id, p.fate) for p in found.changed_parts if p.fate is Fate.NEW] == [("n", Fate.NEW)]
    assert [(p.part, p.fate) for p in found.changed_parts if p.fate is not Fate.NEW] == [(gone, Fate.LEFT_OUT)]
    assert len(found.parts) == len(plan.goals) + len(plan.steps) + 1


@given(plans(), st.dictionaries(st.sampled_from(("network", "follow_up")), TEXT), DAY)
def test_headings_and_the_review_day_are_named(plan: Plan, fields: dict[str, str], due: date | None) -> None:
    found = difference(plan, replace(next_version(plan), fields=tuple(fields.items()), review_due=due))
    names = {n for n in ("network", "follow_up") if plan.field(n) != fields.get(n, "")}
    assert {change.name for change in found.fields} == names
    assert (found.review_due is None) == (plan.review_due == due)


GOAL = Goal(id="g", words="Töihin")
OTHER = Goal(id="h", words="Aamut")
FIRST, SECOND = Step(id="s", goal="g", what="Soitan"), Step(id="t", goal="g", what="Herään")
PLAN = Plan(id="p", client="c", kind=PlanKind.VALMENNUS, goals=(GOAL, OTHER), steps=(FIRST, SECOND))


def test_another_order_and_another_goal_are_changes() -> None:
    assert difference(PLAN, replace(next_version(PLAN), steps=next_version(PLAN).steps[::-1])).reordered
    moved = replace(
        next_version(PLAN), steps=(replace(FIRST, goal="h'", origin="s", id="s'"), next_version(PLAN).steps[1])
    )
    (told,) = difference(PLAN, moved).changed_parts
    assert told.changes == (Change(name="goal", before="Töihin", after="Aamut"),)


def test_what_a_review_said_goes_with_what_it_said_it_of() -> None:
    on = date(2027, 2, 24)
    done = replace(FIRST, done=on)
    held = replace(PLAN, steps=(done, SECOND))
    lines = (
        ReviewLine(about="t", verdict=Verdict.DROPPED, why="Ei tarvita"),
        ReviewLine(about="h", verdict=Verdict.REACHED),
        ReviewLine(about="elsewhere", verdict=Verdict.DROPPED, why="Muu"),
    )
    said = said_between([(held, (Review(id="r", plan="p", on=on, lines=lines),))])
    new = replace(next_version(held), goals=(next_version(held).goals[0],), steps=())
    found = {p.part.id: p for p in difference(held, new, said).changed_parts}
    assert (found["s"].fate, found["s"].done) == (Fate.DONE, on)
    assert (found["t"].fate, found["t"].why) == (Fate.LEFT_OUT, "Ei tarvita")
    assert found["h"].fate is Fate.REACHED
    assert len(found) == 3


def test_over_three_versions_things_are_still_the_same_thing() -> None:
    third = next_version(replace(next_version(PLAN), steps=(next_version(PLAN).steps[0],)))
    (told,) = difference(PLAN, third).changed_parts
    assert (told.part, told.fate) == (SECOND, Fate.LEFT_OUT)
