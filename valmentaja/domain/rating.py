"""What is said of a whole domain beside its answers: by client, by coach, and what they agreed (domain.md §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Aspect(StrEnum):
    """Importance and wish are the client's; coach, worry and note the coach's; agreed is both's."""

    IMPORTANCE = "importance"
    WISH = "wish"
    COACH = "coach"
    WORRY = "worry"
    AGREED = "agreed"
    NOTE = "note"


HIGHEST = {Aspect.IMPORTANCE: 10, Aspect.COACH: 10, Aspect.WORRY: 3, Aspect.AGREED: 10}
"""The end of each scale that begins at 0."""
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One thing said of one domain; a number as text, `yes`/`no` for a wish, empty for a note or what was taken back.

    `reason` is the note itself, or why client and coach see it differently.
    """

    domain: str
    aspect: Aspect
    value: str
    reason: str = ""
    date: date
    meeting: int | None = None
    at: str = ""

    @property
    def number(self) -> int | None:
        """None for a note, a wish, or what was taken back."""
        return int(self.value) if self.aspect in HIGHEST and self.value else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """All that holds now of one assessment, by domain and aspect."""

    held: Mapping[tuple[str, Aspect], Rating]

    @classmethod
    def of(cls, ratings: Iterable[Rating]) -> Ratings:
        return cls(held={(r.domain, r.aspect): r for r in ratings})

    def number(self, domain: str, aspect: Aspect) -> int | None:
        found = self.held.get((domain, aspect))
        return None if found is None else found.number

    def reason(self, domain: str, aspect: Aspect) -> str:
        found = self.held.get((domain, aspect))
        return "" if found is None else found.reason

    def wishes_change(self, domain: str) -> bool:
        found = self.held.get((domain, Aspect.WISH))
        return found is not None and found.value == YES


def is_valid(aspect: Aspect, value: str) -> bool:
    """Whether the value may be kept for the aspect; empty takes back what was said."""
    if not value:
        return True
    if aspect == Aspect.WISH:
        return value in (YES, NO)
    return aspect in HIGHEST and value in {str(n) for n in range(HIGHEST[aspect] + 1)}


def need(score: Fraction, importance: int) -> Fraction:
    """Need priority, 0–10: (10 − score) × importance / 10 (domain.md §3)."""
    return (10 - score) * importance / 10


def differ(client: Fraction | None, coach: Fraction | int | None) -> bool:
    """Whether the two see a domain so differently that a reason is asked for: by 2 or more of 10, our own rule."""
    return client is not None and coach is not None and abs(client - coach) >= 2
