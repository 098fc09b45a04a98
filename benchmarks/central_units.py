"""Invented caseloads for `central.py`: people come, move between states and leave; months made by the exporter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

from valmentaja.crypto import minisign
from valmentaja.definitions.indicators import definitions
from valmentaja.domain.codes import EmployerSector, ExitReason, LabourStatus, MeetingMode
from valmentaja.exchange.package import PackageHead, build
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import AssessmentFact, Person, PlanFact, ServiceFact, StepFact
from valmentaja.indicators.month import PublishedRow, exact, protect

SERVICES = ("KUNTOUTTAVA", "PALKKATUKI", "TYOKOKEILU", "TYONHAKUVALMENNUS", "OMAEHTOINEN", "TYOVOIMAKOULUTUS")
DOMAINS = "ABCDEFGHIJK"
AT_ONCE = 43
"""Median caseload of a coach (indicators.md §5)."""
MUNICIPALITIES = ("091", "049", "405", "564", "837", "853")


def unit_code(number: int) -> str:
    return f"U{number:03d}"


def private_key(code: str) -> bytes:
    return minisign.new_private_key(hashlib.sha256(f"benchmark {code}".encode()).digest())


def municipality(code: str) -> str:
    return MUNICIPALITIES[int(code[1:]) % len(MUNICIPALITIES)]


def months(count: int) -> list[Month]:
    """The last `count` months up to 2025-12."""
    found = [Month(2025, 12)]
    while len(found) < count:
        found.append(found[-1].previous)
    return found[::-1]


def deliver(folder: Path, code: str, count: int) -> int:
    """Every package of a unit into its folder; the number of rows."""
    key, rows = private_key(code), 0
    place = folder / code
    place.mkdir(parents=True, exist_ok=True)
    for month, shown in published(code, count):
        head = PackageHead(unit=code, municipality=municipality(code), month=month)
        created = f"{month.following}-02T06:00:00Z"
        package = build(shown, head, created=created, definitions=definitions(), private_key=key)
        (place / package.name).write_bytes(package.data)
        rows += len(shown)
    return rows


def published(code: str, count: int) -> Iterator[tuple[Month, tuple[PublishedRow, ...]]]:
    """Every month of the unit, exact beside protected."""
    every, secret = people(code, count), hashlib.sha256(f"secret {code}".encode()).digest()
    for month in months(count):
        # Who came later or left more than two years ago touches no figure of this month.
        near = [p for p in every if p.intake <= month.last and (p.exit is None or p.exit.year >= month.year - 2)]
        yield month, protect(exact(near, month, definitions()), secret, str(month), 1)


def figures(code: str, count: int) -> Iterator[tuple[int, int]]:
    """Exact and published, of every row that is published."""
    for _, shown in published(code, count):
        yield from ((row.exact, row.published) for row in shown if row.published is not None)


def people(code: str, count: int) -> list[Person]:
    """So many that about AT_ONCE are there at a time; a stay is two years."""
    drawn, first = Random(code), months(count)[0].first - timedelta(days=730)
    days = (date(2025, 12, 31) - first).days
    return [_person(drawn, code, n, first, days) for n in range(AT_ONCE * days // 730)]


def _person(drawn: Random, code: str, number: int, first: date, days: int) -> Person:
    intake = first + timedelta(days=drawn.randrange(days))
    stay = drawn.randrange(180, 1280)
    leaves = intake + timedelta(days=stay)

    def on() -> date:
        return intake + timedelta(days=drawn.randrange(stay))

    meetings = [intake + timedelta(days=n) for n in range(0, stay, drawn.randrange(14, 45))]
    assessed = [intake + timedelta(days=n) for n in range(20, stay, drawn.randrange(150, 300))]
    return Person(
        record_key=hashlib.sha256(f"{code} {number}".encode()).digest()[:16],
        intake=intake,
        exit=leaves if leaves <= date(2025, 12, 31) else None,
        exit_reason=drawn.choice(list(ExitReason)),
        exclusion_risk=drawn.random() < 0.2,
        statuses=tuple((on(), drawn.choice(list(LabourStatus))) for _ in range(drawn.randrange(4))),
        readings=((intake, drawn.randrange(0, 1500)),),
        services=tuple(_service(drawn, on()) for _ in range(drawn.randrange(5))),
        met=tuple((day, drawn.choice(list(MeetingMode))) for day in meetings),
        assessments=tuple(_assessment(drawn, day) for day in assessed),
        plans=tuple(_plan(day, on()) for day in assessed[:2]),
    )


def _service(drawn: Random, start: date) -> ServiceFact:
    end = start + timedelta(days=drawn.randrange(30, 300))
    sector = drawn.choice(list(EmployerSector))
    return ServiceFact(service=drawn.choice(SERVICES), start=start, end=end, sector=sector)


def _assessment(drawn: Random, day: date) -> AssessmentFact:
    scores = {domain: Fraction(drawn.randrange(31), 3) for domain in DOMAINS}
    return AssessmentFact(completed=day, scores=scores, feedback={f"L{n}": drawn.randrange(11) for n in range(1, 5)})


def _plan(day: date, planned: date) -> PlanFact:
    due = day + timedelta(days=90)
    step = StepFact(planned=planned, realised=planned + timedelta(days=10))
    return PlanFact(signed=day, review_due=due, reviewed=due + timedelta(days=7), steps=(step,))
