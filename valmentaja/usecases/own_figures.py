"""A coach's own figures: the caseload as it is and as it went, with who is behind each figure; nothing of it leaves.

Exact, so on the screen only (indicators.md §1): there is no export here and none may be added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from valmentaja.definitions.indicators import definitions
from valmentaja.definitions.instrument import Instrument
from valmentaja.domain.client import ClientId
from valmentaja.domain.plan import Plan
from valmentaja.indicators.calendar import Month, check_over
from valmentaja.indicators.facts import RecordKey
from valmentaja.indicators.own import course
from valmentaja.indicators.own.care import Agreed, Beside
from valmentaja.indicators.own.course import Course, Detail, Glance, is_share
from valmentaja.indicators.own.figures import Caseload, Figure, Topic
from valmentaja.store import handovers, papers, people, plans, rights
from valmentaja.store.people import Gathered
from valmentaja.usecases import caseload, instruments, monthly
from valmentaja.usecases.session import Session

__all__ = ["Caseload", "Course", "Detail", "Figure", "Glance", "Topic", "is_share"]

LENGTHS = (12, 24)
"""Months a course may be shown over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Somebody a figure counts."""

    client: ClientId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read for the figures, before anything is reckoned from it."""

    gathered: Gathered
    instruments: Mapping[str, Instrument]
    beside: Beside


def months(session: Session) -> tuple[str, ...]:
    """The months that are over, newest first."""
    return monthly.months(session)


def read(session: Session, period: str) -> Read:
    """Everything the figures are counted from, read at once and logged as a look; UserError for a month not over."""
    check_over(Month.parse(period), session.today())
    with session.store.writing() as tx:
        papers.note_month(tx, "look", f"{period} own")
    return Read(
        gathered=people.gather(session.store),
        instruments=instruments.known(session.store),
        beside=_beside(session),
    )


def caseload_of(found: Read) -> Caseload:
    """Pure, for the worker: the scores of ten years of answers take a while."""
    known = found.gathered.people(found.instruments)
    return Caseload(people=known, definitions=definitions(), beside=found.beside)


def glance(held: Caseload, period: str) -> tuple[Glance, ...]:
    """Pure, for the worker: every topic in a line."""
    return course.glance(held, Month.parse(period))


def detail(held: Caseload, topic: Topic, period: str, length: int) -> Detail:
    """Pure, for the worker: one topic, with its courses over so many months."""
    return course.detail(held, topic, Month.parse(period), length)


def behind(session: Session, period: str, figure: Figure) -> tuple[Behind, ...]:
    """Who is counted, in alphabetical order; logged as a look, and never written to a file."""
    with session.store.writing() as tx:
        papers.note_month(tx, "look", f"{period} own {figure.id}")
    ids = {rights.client_of(session.store, key) for key in figure.people}
    return tuple(Behind(client=row.id, name=row.name) for row in caseload.client_rows(session) if row.id in ids)


def _beside(session: Session) -> Beside:
    keys = people.record_keys(session.store)
    came = {
        keys[row.client]: date.fromisoformat(row.at[:10])
        for row in handovers.handovers(session.store)
        if row.direction == "in" and row.client in keys
    }
    return Beside(taken_over=came, agreed=_agreed(session, keys))


def _agreed(session: Session, keys: dict[ClientId, bytes]) -> dict[RecordKey, tuple[Agreed, ...]]:
    """Steps of agreed plans that have a day to be done by."""
    made = plans.every(session.store)
    since = {plan.id: day for plan in made if (day := _since(plan)) is not None}
    owner = {plan.id: plan.client for plan in made}
    found: defaultdict[RecordKey, list[Agreed]] = defaultdict(list)
    for plan, step in plans.every_step(session.store):
        if plan in since and step.by is not None and step.is_agreed:
            found[keys[owner[plan]]].append(Agreed(since=since[plan], by=step.by, done=step.done))
    return {key: tuple(steps) for key, steps in found.items()}


def _since(plan: Plan) -> date | None:
    """The day a plan was signed, or else frozen; None for a draft."""
    if plan.signed is not None:
        return plan.signed
    return date.fromisoformat(plan.frozen_at[:10]) if plan.frozen_at else None
