"""A review: the plan looked at together, and what became of each goal and step (189/2001 9.3 §)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.plan import Plan, Step


class Verdict(StrEnum):
    """KEPT, CHANGED, REACHED and DROPPED are said of goals; KEPT, DONE, MOVED and DROPPED of steps."""

    KEPT = "KEPT"
    CHANGED = "CHANGED"
    REACHED = "REACHED"
    DROPPED = "DROPPED"
    DONE = "DONE"
    MOVED = "MOVED"


OF_GOALS = (Verdict.KEPT, Verdict.CHANGED, Verdict.REACHED, Verdict.DROPPED)
OF_STEPS = (Verdict.KEPT, Verdict.DONE, Verdict.MOVED, Verdict.DROPPED)
OF_LAST_STEPS = (Verdict.DROPPED, Verdict.DONE)
"""What can be said of a step whose goal ends."""
ENDED = frozenset({Verdict.REACHED, Verdict.DROPPED})
ASKS_FOR_NEXT = frozenset({Verdict.CHANGED, Verdict.MOVED, Verdict.DROPPED})
DATED = frozenset({Verdict.DONE, Verdict.MOVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """`about` is the id of a goal or step of the reviewed plan; `new_date` the day a step is MOVED to or was DONE."""

    about: str
    verdict: Verdict
    why: str = ""
    new_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """`words` is what was said together; `at` the UTC stamp of the record. A review is never changed."""

    id: str
    plan: str
    on: date
    words: str = ""
    lines: tuple[ReviewLine, ...] = ()
    at: str = ""

    def of(self, about: str) -> ReviewLine | None:
        return next((line for line in self.lines if line.about == about), None)

    @property
    def asks_for_next(self) -> bool:
        """Whether the plan does not go on as it was: then there is a next version."""
        return any(line.verdict in ASKS_FOR_NEXT for line in self.lines)


def open_steps(plan: Plan, goal: str) -> tuple[Step, ...]:
    """The steps of a goal that a review speaks of: those not done yet."""
    return tuple(s for s in plan.steps_of(goal) if s.done is None)


def as_before(plan: Plan) -> tuple[ReviewLine, ...]:
    """Everything goes on as it was."""
    spoken = [part for g in plan.goals for part in (g.id, *(s.id for s in open_steps(plan, g.id)))]
    return tuple(ReviewLine(about=part, verdict=Verdict.KEPT) for part in spoken)


def check(plan: Plan, review: Review, today: date) -> None:
    """UserError with the first thing that cannot stand in a review, for it is never changed afterwards."""
    if not plan.is_frozen:
        raise UserError(N_("This plan is still being made. It is reviewed once it has been agreed."))
    if review.on > today:
        raise UserError(N_("The day of the review is in the future."))
    if plan.drawn_up is not None and review.on < plan.drawn_up:
        raise UserError(N_("The day of the review is before the plan was made. Check the day."))
    for goal in plan.goals:
        said = _said_of(review, goal.id, goal.words, OF_GOALS)
        offered = OF_LAST_STEPS if said.verdict in ENDED else OF_STEPS
        for step in open_steps(plan, goal.id):
            _check_step(step, _said_of(review, step.id, step.what, offered), review.on)


def applied(plan: Plan, review: Review) -> Plan:
    """The plan as it goes on: what ended is left out, what was done is done, moved steps have their new day."""
    said = {line.about: line for line in review.lines}
    goals = tuple(g for g in plan.goals if g.id not in said or said[g.id].verdict not in ENDED)
    left = {g.id for g in goals}
    steps = (_after(s, said.get(s.id)) for s in plan.steps if s.goal in left)
    return replace(plan, goals=goals, steps=tuple(s for s in steps if s is not None))


def done_steps(plan: Plan, review: Review) -> tuple[Step, ...]:
    """The steps that were found done, with their day; the first day known of stays as their start."""
    found = ((s, review.of(s.id)) for s in plan.steps)
    done = ((s, line.new_date) for s, line in found if line is not None and line.verdict is Verdict.DONE)
    return tuple(replace(s, done=on, realised_start=s.realised_start or on) for s, on in done)


def latest(reviews: Iterable[Review]) -> Review | None:
    return max(reviews, key=lambda r: (r.on, r.at), default=None)


def _after(step: Step, line: ReviewLine | None) -> Step | None:
    if line is None or line.verdict is Verdict.KEPT:
        return step
    if line.verdict is Verdict.MOVED:
        return replace(step, by=line.new_date)
    return replace(step, done=line.new_date) if line.verdict is Verdict.DONE else None


def _said_of(review: Review, about: str, what: str, offered: tuple[Verdict, ...]) -> ReviewLine:
    line = review.of(about)
    if line is not None and offered is OF_LAST_STEPS and line.verdict in OF_STEPS and line.verdict not in offered:
        raise UserError(N_("The goal of “{what}” ends. Say whether the step is done or left out."), what=what)
    if line is None or line.verdict not in offered:
        raise UserError(N_("Say what became of “{what}”."), what=what)
    if line.verdict is Verdict.DROPPED and not line.why.strip():
        raise UserError(N_("Write why “{what}” is left out. A few words are enough."), what=what)
    return line


def _check_step(step: Step, line: ReviewLine, on: date) -> None:
    if line.verdict not in DATED:
        return
    if line.new_date is None:
        raise UserError(
            N_("Write the day “{what}” was done.")
            if line.verdict is Verdict.DONE
            else N_("Write the new day of “{what}”."),
            what=step.what,
        )
    if line.verdict is Verdict.DONE and line.new_date > on:
        raise UserError(N_("“{what}” is said to be done after the day of the review. Check the day."), what=step.what)
    if line.verdict is Verdict.MOVED and line.new_date <= on:
        raise UserError(N_("The new day of “{what}” must be after the day of the review."), what=step.what)
