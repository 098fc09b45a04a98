"""Everything that the client's own window may hold: one assessment or one plan as texts, and nobody else's name.

The window gets this record and two callbacks, never a session, so no other client can be reached from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from valmentaja.domain.assessment import ItemId, Value
from valmentaja.domain.plan import Decision, Responsible

Texts = Mapping[str, str]
"""One text by language; Finnish is always there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`value` is None while the question has not been met."""

    item: ItemId
    section: Texts
    text: Texts
    value: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One domain of a measurement that is closed; `part` names the part of the scale, empty without a score.

    `earlier` is the score of the first measurement, where the two can be compared.
    """

    name: Texts
    score: Fraction | None
    earlier: Fraction | None
    part: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """A step as it was written, with who does it, until when, and what the client said of it."""

    what: str
    who: Responsible | None
    by: date | None
    decision: Decision | None
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoal:
    words: str
    why: str
    reached_when: str
    steps: tuple[PlanStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """The plan in the words it is made in; `agreed` once it is frozen."""

    name: Texts
    goals: tuple[PlanGoal, ...]
    review_due: date | None
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView:
    """What is asked, in the languages it can be asked in; `resume_at` is the first question not met.

    With a `plan` there are no questions: the plan is shown as it is being made.
    `results` are there once the measurement is closed, the strongest first, with the instrument's `notice`.
    """

    language: str
    languages: tuple[str, ...]
    stem: Texts
    low: Texts
    high: Texts
    questions: tuple[Question, ...]
    resume_at: int
    notice: Texts
    results: tuple[Result, ...]
    plan: PlanView | None = None

    @property
    def answered(self) -> int:
        return sum(q.value is not None for q in self.questions)


def in_language(texts: Texts, language: str) -> str:
    """The text in `language`, in Finnish where that is missing."""
    return texts.get(language) or texts["fi"]
