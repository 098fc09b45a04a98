"""A review: the plan looked at together, and what became of each goal and step (189/2001 9.3 §)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """KEPT, CHANGED, REACHED and DROPPED are said of goals; KEPT, DONE, MOVED and DROPPED of steps."""

    KEPT = "KEPT"
    CHANGED = "CHANGED"
    REACHED = "REACHED"
    DROPPED = "DROPPED"
    DONE = "DONE"
    MOVED = "MOVED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """`about` is the id of a goal or step of the reviewed plan; `new_date` when a step was MOVED."""

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
