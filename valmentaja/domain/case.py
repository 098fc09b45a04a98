"""An assessment of service needs as a process: a question, meetings, clarifications, assessors, an end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from valmentaja.base.errors import N_
from valmentaja.definitions.rules import Rule
from valmentaja.domain.client import ClientId
from valmentaja.domain.period import last_day_by


class CaseKind(StrEnum):
    """`SINGLE` is the assessment of 380/2023 37 §, `MULTI` the multi-agency one of 381/2023 4 §."""

    SINGLE = "single"
    MULTI = "multi"


class Ending(StrEnum):
    """What came of a case; codes in capitals, because they stand among texts in the file."""

    PLAN = "PLAN"
    SERVICE = "SERVICE"
    NO_NEED = "NO_NEED"
    BROKEN_OFF = "BROKEN_OFF"


class Part(StrEnum):
    """The texts of a case that are not about one domain; strengths stand first everywhere."""

    STRENGTHS = "strengths"
    SKILLS = "skills"
    ABILITY = "ability"
    JOB_SEARCH = "job_search"
    RISK = "risk"
    SOCIAL = "social"
    HEALTH = "health"


CONCLUSION = "conclusion."
"""Begins the name of the field with what was concluded on one domain: `conclusion.suunta.A`."""
_OLD_LINE = "suunta"
"""Whose domains are meant by a field of a letter alone, which earlier versions of the program wrote."""
ENDING = "ending"
"""The field with the code of how the case ended."""
_LAW = "380/2023 37.1 §"
_MULTI_LAW = "381/2023 4.1 §"
HEADINGS: Mapping[Part, tuple[str, str]] = MappingProxyType(
    {
        Part.SKILLS: (N_("Skills and own goals"), _LAW),
        Part.ABILITY: (N_("Work and functional ability"), _LAW),
        Part.JOB_SEARCH: (N_("Job-search skills and other factors"), _LAW),
        Part.RISK: (N_("Risk that unemployment begins or goes on long"), _LAW),
        Part.SOCIAL: (N_("Social situation"), _MULTI_LAW),
        Part.HEALTH: (N_("Health"), _MULTI_LAW),
    }
)
"""What the law wants assessed: the words and the source."""
_MULTI_ONLY = frozenset({Part.SOCIAL, Part.HEALTH})


ENDINGS: Mapping[Ending, str] = MappingProxyType(
    {
        Ending.PLAN: N_("A plan is made"),
        Ending.SERVICE: N_("On to a service"),
        Ending.NO_NEED: N_("No service is needed"),
        Ending.BROKEN_OFF: N_("Broken off"),
    }
)
"""How a case ended, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`question` is what the assessment is to answer; `outcome` says in words what came of it."""

    id: str
    client: ClientId
    kind: CaseKind
    question: str
    opened: date
    closed: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMeeting:
    """A meeting that the case is planned over; `meeting` is the one that was booked or held for it."""

    id: str
    case: str
    position: int
    purpose: str
    date: date | None = None
    meeting: int | None = None


class ClarificationState(StrEnum):
    NEEDED = "needed"
    ORDERED = "ordered"
    AWAITED = "awaited"
    LATE = "late"
    RECEIVED = "received"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarification:
    """Something asked of somebody else; `source` gives it, `result` is what was told, or why it was cancelled."""

    id: str
    case: str
    kind: str
    what: str = ""
    source: str = ""
    ordered: date | None = None
    expected: date | None = None
    received: date | None = None
    result: str = ""
    cancelled: date | None = None

    @property
    def is_settled(self) -> bool:
        return self.received is not None or self.cancelled is not None

    def state(self, today: date) -> ClarificationState:
        """A clarification is late from the day after it was expected."""
        if self.cancelled is not None:
            return ClarificationState.CANCELLED
        if self.received is not None:
            return ClarificationState.RECEIVED
        if self.ordered is None:
            return ClarificationState.NEEDED
        if self.expected is None:
            return ClarificationState.ORDERED
        return ClarificationState.LATE if self.expected < today else ClarificationState.AWAITED


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one assessor says, dated and named; only ever added. `heading` is a Part or "" for the whole.

    `id` 0 is one not stored yet, `at` a UTC stamp.
    """

    id: int = 0
    case: str
    date: date
    author: str
    role: str
    heading: str
    words: str
    at: str = ""


class Deadline(StrEnum):
    """What has to have happened by a due day."""

    FIRST_MEETING = "first_meeting"
    END = "end"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """`rule` is the id of the rule that the day stands on."""

    what: Deadline
    rule: str
    day: date

    def days_late(self, today: date) -> int:
        return max(0, (today - self.day).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What has happened: the client was met, a multi-agency plan was made, the case ended in some way.

    `has_met` is since the case began, `was_known` before it. `multi_since` is the day a case of the other kind was
    made a multi-agency one; None when it began as what it is.
    """

    has_met: bool = False
    was_known: bool = False
    multi_since: date | None = None
    has_plan: bool = False
    ending: Ending | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Something a case needs before it ends: a msgid, and the part of the page where it is written."""

    text: str
    place: str
    about: str = ""


_RULES: Mapping[CaseKind, tuple[tuple[Deadline, str], ...]] = MappingProxyType(
    {
        CaseKind.SINGLE: (
            (Deadline.FIRST_MEETING, "CASE-MEET"),
            (Deadline.END, "CASE-DUE"),
        ),
        CaseKind.MULTI: ((Deadline.PLAN, "MTS-DUE"),),
    }
)
"""The rule on each thing. The initial interview of 380/2023 31.1 § is none of them: its time runs from the start of
the job search, which no case knows."""


def parts_of(kind: CaseKind) -> tuple[Part, ...]:
    """The headings that an assessment of this kind must cover, in order; strengths are not among them."""
    return tuple(p for p in HEADINGS if kind is CaseKind.MULTI or p not in _MULTI_ONLY)


def hidden_parts(kind: CaseKind, fields: Mapping[str, str]) -> tuple[Part, ...]:
    """Headings with a text from when the case was of the other kind: kept, but neither shown nor printed."""
    return tuple(p for p in HEADINGS if p not in parts_of(kind) and fields.get(p, "").strip())


def dues(case: Case, rules: Mapping[str, Rule], multi_since: date | None = None) -> tuple[Due, ...]:
    """The days that a case has to keep, by the rules in force when the time began to run.

    It runs from the opening, or from the day the case was made a multi-agency one.
    """
    start = multi_since if case.kind is CaseKind.MULTI and multi_since is not None else case.opened
    found = [
        Due(what=what, rule=rule, day=last_day_by(rules[rule], start))
        for what, rule in _RULES[case.kind]
        if rule in rules and rules[rule].applies(start)
    ]
    return tuple(sorted(found, key=lambda d: d.day))


def open_dues(case: Case, rules: Mapping[str, Rule], progress: Progress) -> tuple[Due, ...]:
    """The due days that still wait for something; a plan is waited for after the assessment, too.

    A client who had been met before needs no first meeting.
    """
    is_open = case.closed is None
    waits = {
        Deadline.FIRST_MEETING: is_open and not (progress.has_met or progress.was_known),
        Deadline.END: is_open,
        Deadline.PLAN: not progress.has_plan and (is_open or progress.ending is Ending.PLAN),
    }
    return tuple(d for d in dues(case, rules, progress.multi_since) if waits[d.what])


def lacking(
    case: Case, fields: Mapping[str, str], clarifications: tuple[Clarification, ...], *, has_met: bool
) -> tuple[Lacking, ...]:
    """What a case needs before it may end as finished, in the order of the page."""
    texts = (
        (Part.STRENGTHS, N_("Strengths are not written down.")),
        *((p, HEADINGS[p][0]) for p in parts_of(case.kind)),
    )
    found = (
        [Lacking(text=N_("The question is not written down."), place="question")] if not case.question.strip() else []
    )
    found += [
        Lacking(text=text if part is Part.STRENGTHS else N_("Not written: {heading}"), place=part, about=text)
        for part, text in texts
        if not fields.get(part, "").strip()
    ]
    if not has_met:
        found.append(Lacking(text=N_("No meeting of this case has been held."), place="meetings"))
    found += [
        Lacking(text=N_("Not received: {what}"), place="clarifications", about=c.id)
        for c in clarifications
        if not c.is_settled
    ]
    return tuple(found)


def line_of(instrument: str) -> str:
    """`suunta` for `suunta-1.0`: what the versions of an instrument have in common."""
    return instrument.rpartition("-")[0] or instrument


def conclusion_of(instrument: str, domain: str) -> str:
    """The key of a conclusion: another instrument may call another domain by the same letter."""
    return f"{line_of(instrument)}.{domain}"


def conclusion_field(fields: Mapping[str, str], instrument: str, domain: str) -> str:
    """The field it is kept in; one that an earlier version of the program has written stays in use."""
    old = f"{CONCLUSION}{domain}"
    return (
        old
        if line_of(instrument) == _OLD_LINE and old in fields
        else f"{CONCLUSION}{conclusion_of(instrument, domain)}"
    )


def conclusions(fields: Mapping[str, str]) -> dict[str, str]:
    """What was concluded, by `conclusion_of`; empty texts are left out."""
    found = {name.removeprefix(CONCLUSION): text for name, text in fields.items() if name.startswith(CONCLUSION)}
    return {key if "." in key else f"{_OLD_LINE}.{key}": text for key, text in found.items() if text.strip()}
