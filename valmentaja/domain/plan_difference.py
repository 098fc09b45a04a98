"""What two versions of a plan have that is not the same: by goal and step, in what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from valmentaja.domain.plan import Evidence, Goal, Plan, Step
from valmentaja.domain.review import Review, ReviewLine, Verdict

Value = str | date | bool | Evidence | None
_NOT_AGREED = frozenset({"id", "origin", "realised_start", "done"})
"""What is not part of an agreement, or is another in each version of the same thing."""


class Fate(StrEnum):
    """Of a goal or step between the earlier and the later version; DONE and REACHED ones are not in the later."""

    NEW = "NEW"
    KEPT = "KEPT"
    CHANGED = "CHANGED"
    DONE = "DONE"
    REACHED = "REACHED"
    LEFT_OUT = "LEFT_OUT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`name` is the attribute of a goal or step, or the id of a field of the plan."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDifference:
    """`part` as it is in the later version, or as it last was; `goal` the first of a step's goal, "" for a goal.

    `why` is what a review said of it; `done` the day of a step that was done.
    """

    part: Goal | Step
    fate: Fate
    goal: str = ""
    changes: tuple[Change, ...] = ()
    why: str = ""
    done: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDifference:
    """`parts` in the order of the later version, what is left out at the end of its goal; `fields` of the template.

    `reordered` when goals or steps that are in both stand in another order.
    """

    parts: tuple[PartDifference, ...]
    fields: tuple[Change, ...]
    review_due: Change | None
    reordered: bool

    @property
    def is_empty(self) -> bool:
        return not (self.changed_parts or self.fields or self.review_due or self.reordered)

    @property
    def changed_parts(self) -> tuple[PartDifference, ...]:
        return tuple(part for part in self.parts if part.fate is not Fate.KEPT)


def first_of(part: Goal | Step) -> str:
    """The same for a goal or step in all versions."""
    return part.origin or part.id


def said_between(versions: Iterable[tuple[Plan, Iterable[Review]]]) -> dict[str, ReviewLine]:
    """What reviews said last of each goal and step, by its first; versions from the earlier to the later."""
    said: dict[str, ReviewLine] = {}
    for plan, reviews in versions:
        firsts = {g.id: first_of(g) for g in plan.goals} | {s.id: first_of(s) for s in plan.steps}
        lines = (line for review in reviews for line in review.lines)
        said |= {firsts[line.about]: line for line in lines if line.about in firsts}
    return said


def difference(earlier: Plan, later: Plan, said: Mapping[str, ReviewLine] | None = None) -> PlanDifference:
    """From `earlier` to `later`; `said` as `said_between` tells it."""
    told = _Teller(earlier, later, said or {})
    before, after = dict(earlier.fields), dict(later.fields)
    changed = (_change(name, before.get(name, ""), after.get(name, "")) for name in dict.fromkeys((*before, *after)))
    return PlanDifference(
        parts=tuple(told.parts()),
        fields=tuple(change for change in changed if change is not None),
        review_due=_change("review_due", earlier.review_due, later.review_due),
        reordered=_order(earlier.goals, later.goals) or _order(earlier.steps, later.steps),
    )


class _Teller:
    def __init__(self, earlier: Plan, later: Plan, said: Mapping[str, ReviewLine]) -> None:
        self._earlier, self._later, self._said = earlier, later, said
        self._goals_before = {first_of(g): g for g in earlier.goals}
        self._goals_after = {first_of(g): g for g in later.goals}
        self._steps_before = {first_of(s): s for s in earlier.steps}
        self._steps_after = {first_of(s): s for s in later.steps}
        self._firsts = {g.id: first_of(g) for g in (*earlier.goals, *later.goals)}

    def parts(self) -> list[PartDifference]:
        found = []
        left = [key for key in self._steps_before if key not in self._steps_after]
        gone = [key for key in self._goals_before if key not in self._goals_after]
        for key in (*self._goals_after, *gone, ""):
            if key:
                found.append(self._goal(key))
            found += [self._step(step) for step in (*self._steps_after, *left) if self._goal_of(step) == key]
        return found

    def _goal(self, key: str) -> PartDifference:
        before, after = self._goals_before.get(key), self._goals_after.get(key)
        return self._part(key, before, after, ended=Fate.LEFT_OUT, goal="")

    def _step(self, key: str) -> PartDifference:
        before, after = self._steps_before.get(key), self._steps_after.get(key)
        ended = Fate.LEFT_OUT if before is None or before.done is None else Fate.DONE
        return self._part(key, before, after, ended=ended, goal=self._goal_of(key))

    def _part(
        self, key: str, before: Goal | Step | None, after: Goal | Step | None, *, ended: Fate, goal: str
    ) -> PartDifference:
        line = self._said.get(key)
        why = "" if line is None else line.why
        if before is not None and after is not None:
            changes = tuple(self._changes(before, after))
            fate = Fate.CHANGED if changes else Fate.KEPT
            return PartDifference(part=after, fate=fate, goal=goal, changes=changes, why=why if changes else "")
        if after is not None:
            return PartDifference(part=after, fate=Fate.NEW, goal=goal)
        if before is None:
            raise LookupError(key)
        if line is not None and line.verdict is Verdict.REACHED:
            ended = Fate.REACHED
        done = before.done if isinstance(before, Step) else None
        return PartDifference(part=before, fate=ended, goal=goal, why=why, done=done)

    def _changes(self, before: Goal | Step, after: Goal | Step) -> Iterable[Change]:
        for name in (f.name for f in fields(before) if f.name not in _NOT_AGREED):
            old, new = getattr(before, name), getattr(after, name)
            if name == "goal" and self._firsts.get(old, "") == self._firsts.get(new, ""):
                continue
            if name == "goal":
                yield Change(name=name, before=self._words_of(old), after=self._words_of(new))
            elif old != new:
                yield Change(name=name, before=old, after=new)

    def _words_of(self, goal: str) -> str:
        return next((g.words for g in (*self._earlier.goals, *self._later.goals) if g.id == goal), "")

    def _goal_of(self, step: str) -> str:
        known = self._steps_after.get(step) or self._steps_before[step]
        return self._firsts.get(known.goal, "")


def _change(name: str, before: Value, after: Value) -> Change | None:
    return None if before == after else Change(name=name, before=before, after=after)


def _order(before: Iterable[Goal | Step], after: Iterable[Goal | Step]) -> bool:
    first, second = [first_of(p) for p in before], [first_of(p) for p in after]
    return [p for p in first if p in second] != [p for p in second if p in first]
