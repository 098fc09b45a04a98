"""The meeting brief: what matters before a meeting, on one screen, by rules alone (product.md §3.2 X6).

Nothing here is guessed or ranked by a model: every line names the rule of rules.toml it stands on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from valmentaja.base.errors import N_
from valmentaja.definitions.instrument import Domain, Instrument
from valmentaja.definitions.rules import Rule
from valmentaja.definitions.rules import rules as shipped
from valmentaja.definitions.text import LocalText
from valmentaja.domain.assessment import Assessment, Change
from valmentaja.domain.case import Clarification, Deadline, Due
from valmentaja.domain.client import ClientId, Meeting, ServicePeriod
from valmentaja.domain.period import last_day_by
from valmentaja.domain.plan import Plan, Step
from valmentaja.domain.queue import next_review, review_rule
from valmentaja.domain.versions import Comparison

MOST = 4
"""Lines of a group that are shown; the rest is counted."""
MOST_DAYS = 3
"""Due dates with their names take more room."""
LONGEST = 44
"""Characters of somebody's own text in a line; the whole stands where the line leads."""

Said = str | int | date | Fraction | LocalText
"""A value in a line; days, numbers and texts of several languages are worded when they are shown."""


class Group(StrEnum):
    """The parts of a brief in reading order."""

    AGREED = "AGREED"
    DONE = "DONE"
    OPEN = "OPEN"
    CHANGE = "CHANGE"
    DUE = "DUE"
    NEXT = "NEXT"

    @property
    def rule(self) -> str:
        return f"BRIEF-{self}"


class Mark(StrEnum):
    """What stands before a line; always beside words."""

    NOTE = "NOTE"
    DONE = "DONE"
    OPEN = "OPEN"
    LATE = "LATE"
    UP = "UP"
    DOWN = "DOWN"
    ASK = "ASK"
    NOTHING = "NOTHING"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The place a line leads to: a page, the id it is about, a part of it."""

    page: str
    key: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`text` is a msgid filled by `values`; `rule` an id of rules.toml; `days_late` since the day it was due."""

    text: str
    rule: str
    where: Where
    mark: Mark = Mark.NOTE
    values: tuple[tuple[str, Said], ...] = ()
    days_late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One group: at most `MOST` lines (`MOST_DAYS` due dates), and how many more there are."""

    group: Group
    lines: tuple[Line, ...]
    more: int = 0

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules this part stands on, its own first."""
        return tuple(dict.fromkeys((self.group.rule, *(line.rule for line in self.lines))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A clarification of an assessment case, by the name of its kind."""

    name: LocalText
    asked: Clarification


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """The open assessment: how far it is, and the unanswered questions of the section it stopped in."""

    id: str
    opened: date
    answered: int
    total: int
    domain: Domain | None
    questions: tuple[LocalText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything a brief is made of. `plans` are the agreed ones; `measured` the closed assessments, oldest first."""

    client: ClientId
    today: date
    rules: Mapping[str, Rule] = field(default_factory=shipped)
    """Those in force; a day of one that is switched off is not told."""
    last: Meeting | None = None
    missed: tuple[date, ...] = ()
    """Days since the last meeting on which the client was expected and not met."""
    plans: tuple[Plan, ...] = ()
    services: tuple[ServicePeriod, ...] = ()
    names: tuple[tuple[str, LocalText], ...] = ()
    """Of services and kinds of plans, by their codes."""
    awaited: tuple[Awaited, ...] = ()
    case_dues: tuple[tuple[str, Due], ...] = ()
    """With the id of the case each belongs to."""
    measured: tuple[Assessment, ...] = ()
    instrument: Instrument | None = None
    comparison: Comparison | None = None
    """Of the latest measurement that has a score, by its instrument, with the one it is compared with."""
    under_way: UnderWay | None = None

    def place(self, part: str) -> Where:
        return Where(page="client", key=self.client, part=part)

    @property
    def since(self) -> date:
        """What happened on the day of the last meeting or later is new; without a meeting everything is."""
        return date.min if self.last is None else self.last.date

    def is_new(self, day: date | None) -> bool:
        return day is not None and self.since <= day <= self.today

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(s for plan in self.plans for s in plan.steps if s.what.strip())


def brief(known: Known) -> tuple[Part, ...]:
    """Six parts, always all of them: a part with nothing to say says that."""
    made = {
        Group.AGREED: _agreed(known),
        Group.DONE: _done(known) or [_nothing(known, Group.DONE, N_("Nothing is marked as done since then."))],
        Group.OPEN: _open(known) or [_nothing(known, Group.OPEN, N_("No open steps."), part="plan")],
        Group.CHANGE: _change(known),
        Group.DUE: _due(known) or [_nothing(known, Group.DUE, N_("No due dates."), part="plan")],
        Group.NEXT: _next(known),
    }
    return tuple(_part(group, lines) for group, lines in made.items())


def _part(group: Group, lines: Sequence[Line]) -> Part:
    most = MOST_DAYS if group is Group.DUE else MOST
    return Part(group=group, lines=tuple(lines[:most]), more=max(0, len(lines) - most))


def shortened(text: str, most: int = LONGEST) -> str:
    """One line of at most `most` characters, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    cut = flat[: most - 1]
    whole = cut.rsplit(" ", 1)[0].rstrip(" ,.;:–-")
    return f"{whole if 2 * len(whole) > most else cut}…"


def _nothing(known: Known, group: Group, text: str, part: str = "overview") -> Line:
    return Line(text=text, rule=group.rule, where=known.place(part), mark=Mark.NOTHING)


def _agreed(known: Known) -> list[Line]:
    """What stands under “what we agreed” of the last meeting held, line by line."""
    if known.last is None:
        return [_nothing(known, Group.AGREED, N_("No meeting yet."))]
    where, rule = known.place("overview"), Group.AGREED.rule
    said = [line.strip().removeprefix("- ") for line in known.last.agreed.splitlines() if line.strip()]
    if not said:
        return [_nothing(known, Group.AGREED, N_("Nothing was written down."))]
    return [
        Line(text=N_("{words}"), rule=rule, where=where, values=(("words", shortened(s, 2 * LONGEST)),)) for s in said
    ]


def _done(known: Known) -> list[Line]:
    """Steps done or begun, services begun or ended, clarifications received since the last meeting."""
    found = [*_missed(known), *_steps_done(known), *_services(known), *_received(known), *_measured(known)]
    return [line for _day, line in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _missed(known: Known) -> Iterable[tuple[date, Line]]:
    where, rule = known.place("overview"), Group.DONE.rule
    for day in known.missed:
        yield day, Line(text=N_("Meeting {day}: not met"), rule=rule, where=where, values=(("day", day),))


def _steps_done(known: Known) -> Iterable[tuple[date, Line]]:
    for step in known.steps:
        if step.done is not None and known.is_new(step.done):
            yield step.done, _happened(known, N_("Done {day}: {what}"), step.done, shortened(step.what), part="plan")
        elif step.realised_start is not None and step.done is None and known.is_new(step.realised_start):
            begun = N_("Begun {day}: {what}")
            yield step.realised_start, _happened(known, begun, step.realised_start, shortened(step.what), part="plan")


def _services(known: Known) -> Iterable[tuple[date, Line]]:
    names = dict(known.names)
    for period in known.services:
        name: Said = names.get(period.service, period.service)
        if period.end is not None and known.is_new(period.end):
            yield period.end, _happened(known, N_("Service ended {day}: {what}"), period.end, name, part="services")
        elif known.is_new(period.start):
            begun = N_("Service began {day}: {what}")
            yield period.start, _happened(known, begun, period.start, name, part="services")


def _received(known: Known) -> Iterable[tuple[date, Line]]:
    for each in known.awaited:
        if each.asked.received is not None and known.is_new(each.asked.received):
            text, where = N_("Clarification received {day}: {what}"), Where(page="case", key=each.asked.case)
            yield each.asked.received, _happened(known, text, each.asked.received, each.name, where=where)


def _measured(known: Known) -> Iterable[tuple[date, Line]]:
    for held in known.measured:
        if held.closed is not None and known.is_new(held.closed):
            where = Where(page="summary", key=held.id)
            yield held.closed, _happened(known, N_("Assessment finished {day}"), held.closed, "", where=where)


def _happened(known: Known, text: str, on: date, what: Said, *, part: str = "", where: Where | None = None) -> Line:
    values: tuple[tuple[str, Said], ...] = (("day", on), ("what", what))
    place = where or known.place(part)
    return Line(text=text, rule=Group.DONE.rule, where=place, mark=Mark.DONE, values=values)


def _open(known: Known) -> list[Line]:
    """Steps of agreed plans that are not done and clarifications not received: late ones first, then by their day."""
    found = [
        *(_waits(known, s.by, shortened(s.what)) for s in known.steps if s.done is None),
        *(_waits(known, a.asked.expected, a.name, a.asked.case) for a in known.awaited if not a.asked.is_settled),
    ]
    return [line for _day, line in sorted(found, key=lambda pair: pair[0]) if known.rules[line.rule].enabled]


def _waits(known: Known, day: date | None, what: Said, case: str = "") -> tuple[date, Line]:
    """A step, or a clarification when it belongs to a case; without a day it stands last."""
    late = _days_late(known, day)
    dated, bare = N_("{what} by {day}"), N_("{what}")
    if case:
        dated, bare = N_("Clarification, expected {day}: {what}"), N_("Clarification: {what}")
    line = Line(
        text=bare if day is None else dated,
        rule="CLARIFY-DUE" if case else "STEP-AGREED",
        where=Where(page="case", key=case) if case else known.place("plan"),
        mark=Mark.LATE if late else Mark.OPEN,
        values=(("what", what), ("day", day or "")),
        days_late=late,
    )
    return day or date.max, line


def _days_late(known: Known, due: date | None) -> int:
    return 0 if due is None else max(0, (known.today - due).days)


def _change(known: Known) -> list[Line]:
    """The biggest changes since the measurement that the latest one is compared with."""
    where, rule = known.place("assessment"), Group.CHANGE.rule
    if len(known.measured) < 2:
        text = (
            N_("Measured once. Change is seen from the second time on.")
            if known.measured
            else N_("No measurement yet.")
        )
        return [_nothing(known, Group.CHANGE, text, part="assessment")]
    found = [] if known.comparison is None else biggest(known.comparison.changes)
    if not found or known.instrument is None:
        return [_nothing(known, Group.CHANGE, N_("No domain was measured both times."), part="assessment")]
    names = {d.id: d.name for d in known.instrument.domains}
    up, down = N_("{domain} +{delta}: {first} → {latest}"), N_("{domain} −{delta}: {first} → {latest}")
    lines = [
        Line(
            text=up if c.delta > 0 else down,
            rule=rule,
            where=where,
            mark=Mark.UP if c.delta > 0 else Mark.DOWN,
            values=(("domain", names[c.domain]), ("delta", abs(c.delta)), ("first", c.first), ("latest", c.latest)),
        )
        for c in found
        if c.counts
    ]
    return lines or [_nothing(known, Group.CHANGE, N_("No change of 1 point or more."), part="assessment")]


def biggest(changes: Sequence[Change]) -> list[Change]:
    """The largest first, up or down; equal ones in the instrument's order."""
    return sorted(changes, key=lambda c: -abs(c.delta))


def _due(known: Known) -> list[Line]:
    """Days that the law, an agreement or the way of working sets, the nearest first."""
    found = [*_reviews(known), *_case_days(known), *_assessment_days(known)]
    return [line for _day, line in sorted(found, key=lambda pair: pair[0]) if known.rules[line.rule].enabled]


def _reviews(known: Known) -> Iterable[tuple[date, Line]]:
    for plan in known.plans:
        if plan.review_due is None or not plan.is_frozen:
            continue
        due = next_review(plan.kind, plan.review_due, plan.reviewed, known.rules)
        if due is not None:
            name: Said = dict(known.names).get(plan.kind, plan.kind)
            where = Where(page="plan", key=plan.id)
            yield due, _day(known, N_("Review {day}: {what}"), due, review_rule(plan.kind), where, name)


def _case_days(known: Known) -> Iterable[tuple[date, Line]]:
    texts = {
        Deadline.FIRST_MEETING: N_("First meeting of the assessment by {day}"),
        Deadline.PLAN: N_("Multi-agency plan ready by {day}"),
        Deadline.END: N_("Assessment case ready by {day}"),
    }
    for case, due in known.case_dues:
        yield due.day, _day(known, texts[due.what], due.day, due.rule, Where(page="case", key=case))


def _assessment_days(known: Known) -> Iterable[tuple[date, Line]]:
    if known.under_way is not None:
        due = last_day_by(known.rules["ASSESSMENT-30"], known.under_way.opened)
        where = Where(page="runner", key=known.under_way.id)
        yield due, _day(known, N_("Assessment finished by {day}"), due, "ASSESSMENT-30", where)
    elif known.measured:
        closed = known.measured[-1].closed or known.measured[-1].opened
        where = known.place("assessment")
        again = last_day_by(known.rules["MEASURE-AGAIN"], closed)
        yield again, _day(known, N_("Measure again {day}"), again, "MEASURE-AGAIN", where)


def _day(known: Known, text: str, on: date, rule: str, where: Where, what: Said = "") -> Line:
    late = _days_late(known, on)
    mark = Mark.LATE if late else Mark.OPEN
    return Line(text=text, rule=rule, where=where, mark=mark, values=(("day", on), ("what", what)), days_late=late)


def _next(known: Known) -> list[Line]:
    """The first unanswered section of the open assessment; without one, what comes next instead."""
    rule, held = Group.NEXT.rule, known.under_way
    if held is None and known.measured:
        where = Where(page="summary", key=known.measured[-1].id)
        return [Line(text=N_("The assessment is finished. See its summary."), rule=rule, where=where)]
    if held is None:
        return [_nothing(known, Group.NEXT, N_("No assessment has been begun."), part="assessment")]
    where = Where(page="runner", key=held.id)
    counted: tuple[tuple[str, Said], ...] = (("answered", held.answered), ("total", held.total))
    if held.domain is None:
        text = N_("All {total} questions have been met. The assessment can be finished.")
        return [Line(text=text, rule=rule, where=where, values=counted)]
    first = Line(
        text=N_("{domain}: {answered} of {total} questions answered"),
        rule=rule,
        where=where,
        values=(("domain", held.domain.name), *counted),
    )
    asked = [
        Line(text=N_("“{words}”"), rule=rule, where=where, mark=Mark.ASK, values=(("words", question),))
        for question in held.questions
    ]
    return [first, *asked]
