"""What the indicators know of a person: dates and codes under a random key, no name and no client id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.domain.codes import EmployerSector, ExitReason, LabourStatus

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
class Person:
    """One row of the caseload; `exit` is the last day in it.

    `statuses` are (from, status), `readings` (as at the end of, cumulative benefit days); both stand in order of
    date whatever order they came in.
    """

    record_key: RecordKey
    intake: date
    exit: date | None = None
    exit_reason: ExitReason | None = None
    exclusion_risk: bool = False
    statuses: tuple[tuple[date, LabourStatus], ...] = ()
    readings: tuple[tuple[date, int], ...] = ()
    services: tuple[ServiceFact, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "statuses", tuple(sorted(self.statuses)))
        object.__setattr__(self, "readings", tuple(sorted(self.readings)))

    def in_caseload(self, on: date) -> bool:
        return self.intake <= on and (self.exit is None or on <= self.exit)
