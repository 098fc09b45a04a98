"""What of a client is typed into the national system (URA), in its codes, and what has changed since it last was.

Only what is confirmed: rows that were recorded, plans that were agreed, meetings that were held. No connection to the
national system exists; the coach types, and says when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_
from valmentaja.definitions.services import ServiceGroup, act_set, services
from valmentaja.definitions.ura import CodeList
from valmentaja.domain.client import Client, ClientId, Meeting, ServicePeriod, StatusChange
from valmentaja.domain.codes import LabourStatus, MeetingMode, PlanKind
from valmentaja.domain.period import months_after
from valmentaja.domain.plan import Plan, agreed

FIRST_TIME_MONTHS = 3
"""How far back what is over is offered when nothing has been entered yet."""
NO_STATUS = N_("The situation on the labour market has not been recorded. It is left out.")
DRAFT = N_("A plan is being written. It is left out until it is agreed.")
COACHING = N_("The coaching plan has no code in the national system. It is left out.")
RUNNING = N_("A meeting is under way. It is left out until it ends.")
NOT_HERE = N_("Not recorded in this program: job offers and their results, language level, education, occupation.")


class Kind(StrEnum):
    """Where in the national system it belongs."""

    EMPLOYMENT = "employment"
    SEGMENT = "segment"
    PLAN = "plan"
    SERVICE = "service"
    JOB = "job"
    EXIT = "exit"
    CONTACT = "contact"


LISTS: Mapping[Kind, CodeList] = MappingProxyType(
    {
        Kind.EMPLOYMENT: CodeList.EMPLOYMENT,
        Kind.SEGMENT: CodeList.SEGMENT,
        Kind.PLAN: CodeList.PLAN,
        Kind.JOB: CodeList.DURATION,
        Kind.CONTACT: CodeList.CONTACT,
    }
)
"""Kinds that have a code list; the others are chosen by name there."""
BY_STATUS: Mapping[LabourStatus, str] = MappingProxyType(
    {
        LabourStatus.TYOTON: "02",
        LabourStatus.LOMAUTETTU: "03",
        LabourStatus.AVOIN_TYO: "01",
        LabourStatus.OSA_AIKATYO: "09",
        LabourStatus.KOULUTUS: "08",
        LabourStatus.ULKOPUOLELLA: "05",
    }
)
PLACED, IN_SERVICE, SHORT_WEEK = "00", "07", "04"
SUPPORTED_WORK = frozenset({ServiceGroup.PALKKATUKI, ServiceGroup.STARTTIRAHA})
UNEMPLOYED = frozenset({LabourStatus.TYOTON, LabourStatus.LOMAUTETTU})
AT_WORK = frozenset({LabourStatus.AVOIN_TYO, LabourStatus.OSA_AIKATYO})
BY_PLAN: Mapping[PlanKind, str] = MappingProxyType(
    {
        PlanKind.TYOLLISTYMIS: "01",
        PlanKind.AKTIVOINTI: "03",
        PlanKind.KOTOUTUMIS: "04",
        PlanKind.MONIALAINEN: "07",
    }
)
MULTI_AGENCY_SEGMENT = "05"
BOOKED, NOT_BOOKED, OTHER_CONTACT = "35", "36", "95"
BY_MODE: Mapping[MeetingMode, tuple[str, ...]] = MappingProxyType(
    {
        MeetingMode.KAYNTI: ("", "21", "24", "27"),
        MeetingMode.KOTIKAYNTI: (OTHER_CONTACT,),
        MeetingMode.VERKOSTO: (OTHER_CONTACT, "24", "27"),
        MeetingMode.PUHELIN: ("01", "31", "23", "26", "29"),
        MeetingMode.VIDEO: ("20", "22", "25", "28"),
        MeetingMode.VIESTI: ("04", "05", "03", "33", "34", "32"),
    }
)
"""The code of a plain contact first, then what it may have been instead: who called, and whether it was one of the
statutory discussions, is the coach's to know. A visit's first code depends on whether it was booked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to type. `key` finds the same thing again later; `also` are other codes that may be the right one.

    `service` is a code of the service catalogue, `words` a provider or a reason code; `until` of a plan is its review.
    """

    key: str
    kind: Kind
    code: str = ""
    also: tuple[str, ...] = ()
    service: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""

    @property
    def said(self) -> tuple[object, ...]:
        """What is compared with what was entered."""
        return self.code, self.service, self.since, self.until, self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A day on which the coach typed everything of `said` into the national system; never changed."""

    id: str
    client: ClientId
    on: date
    said: tuple[Entry, ...]
    at: str


class News(StrEnum):
    """Against what was last entered; FIRST when nothing has been."""

    FIRST = "first"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`before` is what was entered of the same thing, None unless it has changed."""

    entry: Entry
    news: News
    before: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """`gone` was entered and holds no more; `lacking` are msgids of what is not confirmed.

    `said` is everything that holds now, also what is over and was entered long ago; `older` how many things that
    are over are not offered, because nothing was ever entered and they are older than three months.
    """

    lines: tuple[Line, ...]
    gone: tuple[Entry, ...]
    lacking: tuple[str, ...]
    plans: tuple[Plan, ...]
    said: tuple[Entry, ...]
    last: Entered | None
    older: int

    @property
    def waits(self) -> bool:
        """Whether something is to be typed."""
        return bool(self.gone) or any(line.news is not News.SAME for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the vault holds of one client; meetings in any order, booked and running ones included."""

    client: Client
    statuses: tuple[StatusChange, ...]
    services: tuple[ServicePeriod, ...]
    meetings: tuple[Meeting, ...]
    plans: tuple[Plan, ...]


def summarise(facts: Facts, entered: Iterable[Entered], today: date) -> Summary:
    """Everything confirmed until today against what was entered last."""
    last = max(entered, key=lambda e: (e.on, e.at, e.id), default=None)
    said = tuple(_entries(facts, today))
    known = {} if last is None else {e.key: e for e in last.said}
    lines = [_line(entry, known, first=last is None) for entry in said]
    horizon = months_after(today, -FIRST_TIME_MONTHS)
    offered = [line for line in lines if _is_offered(line, today, horizon)]
    keys = {entry.key for entry in said}
    return Summary(
        lines=tuple(offered),
        gone=tuple(e for e in known.values() if e.key not in keys),
        lacking=tuple(_lacking(facts, today)),
        plans=_plans(facts),
        said=said,
        last=last,
        older=len(lines) - len(offered) if last is None else 0,
    )


def _line(entry: Entry, known: Mapping[str, Entry], *, first: bool) -> Line:
    before = known.get(entry.key)
    if before is None:
        return Line(entry=entry, news=News.FIRST if first else News.NEW)
    if before.said == entry.said:
        return Line(entry=entry, news=News.SAME)
    return Line(entry=entry, news=News.CHANGED, before=before)


def _is_offered(line: Line, today: date, horizon: date) -> bool:
    """What still holds always stands there; what is over only until it is entered."""
    over = _over(line.entry, today)
    if over is None:
        return True
    return line.news is not News.SAME and (line.news is not News.FIRST or over >= horizon)


def _over(entry: Entry, today: date) -> date | None:
    """The day on which something was over; None for what holds."""
    if entry.kind is Kind.CONTACT:
        return entry.since
    ends = entry.kind in (Kind.SERVICE, Kind.JOB) and entry.until is not None and entry.until < today
    return entry.until if ends else None


def _entries(facts: Facts, today: date) -> list[Entry]:
    found = [*_employment(facts, today), *_planned(facts), *_served(facts, today), *_jobs(facts, today)]
    client = facts.client
    if client.exit_date is not None and client.exit_date <= today:
        found.append(Entry(key="exit", kind=Kind.EXIT, since=client.exit_date, words=client.exit_reason or ""))
    return [*found, *_contacts(facts, today)]


def _employment(facts: Facts, today: date) -> list[Entry]:
    """The code that holds today: supported work before a service, a service before the status it interrupts."""
    row = max((s for s in facts.statuses if s.date <= today), key=lambda s: s.date, default=None)
    running = [s for s in facts.services if s.start <= today and (s.end is None or today <= s.end)]
    placed = [s for s in running if _group(s) in SUPPORTED_WORK]
    activating = [s for s in running if s.service in act_set()]
    if placed:
        return [_of_service(PLACED, placed)]
    if activating and (row is None or row.status in UNEMPLOYED):
        return [_of_service(IN_SERVICE, activating)]
    if row is None:
        return []
    since = _run_of(row, facts.statuses)
    also = (SHORT_WEEK,) if row.status is LabourStatus.LOMAUTETTU else ()
    return [Entry(key="employment", kind=Kind.EMPLOYMENT, code=BY_STATUS[row.status], also=also, since=since)]


def _of_service(code: str, held: list[ServicePeriod]) -> Entry:
    first = min(held, key=lambda s: (s.start, s.service))
    return Entry(key="employment", kind=Kind.EMPLOYMENT, code=code, service=first.service, since=first.start)


def _run_of(row: StatusChange, statuses: Iterable[StatusChange]) -> date:
    """The first day of the unbroken run of the status; a row that repeats it is no change."""
    since = row.date
    for before in sorted((s for s in statuses if s.date < row.date), key=lambda s: s.date, reverse=True):
        if before.status is not row.status:
            break
        since = before.date
    return since


def _plans(facts: Facts) -> tuple[Plan, ...]:
    """The plans that are in force and have a code, in the order of the codes."""
    return tuple(sorted((p for p in agreed(facts.plans) if p.kind in BY_PLAN), key=lambda p: BY_PLAN[p.kind]))


def _planned(facts: Facts) -> list[Entry]:
    found = [
        Entry(key=f"plan:{p.kind}", kind=Kind.PLAN, code=BY_PLAN[p.kind], since=agreed_on(p), until=p.review_due)
        for p in _plans(facts)
    ]
    multi = next((e for e in found if e.key == f"plan:{PlanKind.MONIALAINEN}"), None)
    if multi is not None:
        found.append(Entry(key="segment", kind=Kind.SEGMENT, code=MULTI_AGENCY_SEGMENT, since=multi.since))
    return found


def agreed_on(plan: Plan) -> date | None:
    """The day it was signed, else the day it was frozen."""
    if plan.signed is not None or plan.frozen_at is None:
        return plan.signed
    return datetime.fromisoformat(plan.frozen_at).astimezone(HELSINKI).date()


def _served(facts: Facts, today: date) -> list[Entry]:
    return [
        Entry(
            key=f"service:{s.service}:{s.start}",
            kind=Kind.SERVICE,
            service=s.service,
            since=s.start,
            until=s.end,
            words=s.provider.strip(),
        )
        for s in facts.services
        if s.start <= today
    ]


def _jobs(facts: Facts, today: date) -> list[Entry]:
    """How long a job lasted or is agreed to last, where both its days are known."""
    spans = [
        (s.service, s.start, s.end)
        for s in facts.services
        if _group(s) is ServiceGroup.PALKKATUKI and s.start <= today and s.end is not None
    ]
    rows = sorted((s for s in facts.statuses if s.date <= today), key=lambda s: s.date)
    began: date | None = None
    for row in rows:
        if row.status in AT_WORK:
            began = began or row.date
        elif began is not None:
            spans.append(("", began, row.date - timedelta(days=1)))
            began = None
    return [
        Entry(
            key=f"job:{service}:{start}",
            kind=Kind.JOB,
            code=_duration(start, end),
            service=service,
            since=start,
            until=end,
        )
        for service, start, end in spans
    ]


def _duration(start: date, end: date) -> str:
    """Both days included."""
    after = end + timedelta(days=1)
    if (after - start).days < 11:
        return "01"
    limits = ((1, "02"), (3, "03"), (6, "04"), (12, "05"))
    return next((code for months, code in limits if after <= months_after(start, months)), "06")


def _contacts(facts: Facts, today: date) -> list[Entry]:
    """Newest first."""
    seen: Counter[str] = Counter()
    found = []
    for m in sorted((m for m in facts.meetings if m.is_over and m.attended and m.date <= today), key=_when):
        # The number of a meeting is the vault's own and would not be found again after a handover.
        key = f"contact:{m.date}:{m.mode}:{m.started or m.planned_time}"
        seen[key] += 1
        first, *also = BY_MODE[m.mode]
        code = first or (BOOKED if m.planned_time else NOT_BOOKED)
        found.append(
            Entry(key=f"{key}:{seen[key]}", kind=Kind.CONTACT, code=code, also=tuple(also), since=m.date, words=m.mode)
        )
    return found[::-1]


def _when(meeting: Meeting) -> tuple[date, str, int]:
    return meeting.date, meeting.started or "", meeting.id


def _group(period: ServicePeriod) -> ServiceGroup | None:
    known = services().get(period.service)
    return None if known is None else known.group


def _lacking(facts: Facts, today: date) -> list[str]:
    told = (
        (not any(s.date <= today for s in facts.statuses), NO_STATUS),
        (any(not p.is_frozen for p in facts.plans), DRAFT),
        (any(p.kind not in BY_PLAN for p in agreed(facts.plans)), COACHING),
        (any(m.started and not m.ended for m in facts.meetings), RUNNING),
        (True, NOT_HERE),
    )
    return [text for applies, text in told if applies]
