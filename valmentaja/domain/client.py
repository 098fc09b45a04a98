"""A person in the caseload."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.domain.codes import BenefitSource, EmployerSector, ExitReason, LabourStatus, MeetingMode

ClientId = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A row of clients.csv; somebody who returns after an exit is a new row with a new id."""

    id: ClientId
    family_name: str
    given_names: str
    intake_date: date
    hetu: str = ""
    birth_date: date | None = None
    municipality: str = ""
    language: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    non_disclosure: bool = False
    referred_by: str = ""
    exit_date: date | None = None
    exit_reason: ExitReason | None = None
    exclusion_risk: bool = False
    exclusion_risk_reason: str = ""

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    def is_open(self, on: date) -> bool:
        return self.intake_date <= on and (self.exit_date is None or on <= self.exit_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    client: ClientId
    date: date
    status: LabourStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitReading:
    """Cumulative unemployment-benefit days as at the end of `date`."""

    client: ClientId
    date: date
    days: int
    source: BenefitSource


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePeriod:
    client: ClientId
    service: str
    start: date
    end: date | None = None
    sector: EmployerSector | None = None
    provider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    client: ClientId
    date: date
    status: LabourStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """`id` 0 is a meeting not stored yet; `started`/`ended` are UTC stamps of meetings held with the program.

    `booked` is one that was agreed and has not begun: neither held nor missed as long as its day is ahead.
    """

    id: int = 0
    client: ClientId
    date: date
    mode: MeetingMode
    minutes: int
    attended: bool
    planned_time: str = ""
    place: str = ""
    notes: str = ""
    agreed: str = ""
    started: str | None = None
    ended: str | None = None
    booked: bool = False

    @property
    def is_over(self) -> bool:
        """Held and ended, or imported as held; not one that is booked or running."""
        return self.ended is not None or (self.started is None and self.attended)
