"""What the indicators know of a person: dates and codes under a random key, no name and no client id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from valmentaja.domain.codes import EmployerSector, ExitReason, LabourStatus, MeetingMode

RecordKey = bytes
"""16 random bytes made with the client row; never derived from anything (indicators.md §6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFact:
    """A service period; `end` is its last day, None while it is open."""

    service: str
    start: date
    end: date | None = None
    sector: EmployerSector | None = None

    def runs(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentFact:
    """`completed` is the latest day of its answers; `scores` by domain, `feedback` by item, without what is missing."""

    completed: date
    scores: Mapping[str, Fraction] = field(default_factory=dict)
    feedback: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFact:
    """A step with the day it was to begin, and the day it did."""

    planned: date
    realised: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFact:
    """A signed plan; drafts are not seen at all."""

    signed: date
    review_due: date | None = None
    reviewed: date | None = None
    steps: tuple[StepFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One row of the caseload; `exit` is the last day in it.

    `statuses` are (from, status), `readings` (as at the end of, cumulative benefit days), `follow_ups` (day, status
    learnt after the exit); they stand in order of date whatever order they came in. `met` are meetings that were
    attended. `assessments` and `plans` come in the order of indicators.md §3: by day, then by id.
    """

    record_key: RecordKey
    intake: date
    exit: date | None = None
    exit_reason: ExitReason | None = None
    exclusion_risk: bool = False
    statuses: tuple[tuple[date, LabourStatus], ...] = ()
    readings: tuple[tuple[date, int], ...] = ()
    services: tuple[ServiceFact, ...] = ()
    met: tuple[tuple[date, MeetingMode], ...] = ()
    assessments: tuple[AssessmentFact, ...] = ()
    plans: tuple[PlanFact, ...] = ()
    follow_ups: tuple[tuple[date, LabourStatus], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "statuses", tuple(sorted(self.statuses)))
        object.__setattr__(self, "readings", tuple(sorted(self.readings)))
        object.__setattr__(self, "follow_ups", tuple(sorted(self.follow_ups)))

    def in_caseload(self, on: date) -> bool:
        return self.intake <= on and (self.exit is None or on <= self.exit)
