"""People from one line each, as the worked examples of the definitions and the tests write them.

`in 2024-01-02; risk; status 2024-02-01 AVOIN_TYO; reading 2024-01-02 480; service PALKKATUKI 2024-02-01..2024-03-01
YRITYS; met 2024-03-05 KAYNTI; assessed 2024-03-01 A=8/3 L1=9; plan 2024-02-01 due 2024-05-01 done 2024-05-01 step
2024-02-10 2024-02-20; follow 2024-08-01 AVOIN_TYO; out 2024-03-31 TYO`; `-` stands for what is not known.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date
from fractions import Fraction

from valmentaja.domain.codes import EmployerSector, ExitReason, LabourStatus, MeetingMode
from valmentaja.indicators.facts import AssessmentFact, Person, PlanFact, ServiceFact, StepFact


def person(line: str, number: int) -> Person:
    """The key is made from the number, which only a test may do."""
    told: defaultdict[str, list[list[str]]] = defaultdict(list)
    for part in line.split(";"):
        word, *rest = part.split()
        told[word].append(rest)
    left = told["out"][0] if told["out"] else ["-", "-"]
    return Person(
        record_key=hashlib.sha256(str(number).encode()).digest()[:16],
        intake=date.fromisoformat(told["in"][0][0]),
        exit=_day(left[0]),
        exit_reason=None if left[1] == "-" else ExitReason(left[1]),
        exclusion_risk="risk" in told,
        statuses=tuple((date.fromisoformat(on), LabourStatus(held)) for on, held in told["status"]),
        readings=tuple((date.fromisoformat(on), int(days)) for on, days in told["reading"]),
        services=tuple(_service(*parts) for parts in told["service"]),
        met=tuple((date.fromisoformat(on), MeetingMode(mode)) for on, mode in told["met"]),
        assessments=tuple(_assessment(*parts) for parts in told["assessed"]),
        plans=tuple(_plan(*parts) for parts in told["plan"]),
        follow_ups=tuple((date.fromisoformat(on), LabourStatus(held)) for on, held in told["follow"]),
    )


def _day(text: str) -> date | None:
    return None if text in ("-", "") else date.fromisoformat(text)


def _service(code: str, days: str, sector: str = "") -> ServiceFact:
    start, end = days.split("..")
    return ServiceFact(
        service=code,
        start=date.fromisoformat(start),
        end=_day(end),
        sector=EmployerSector(sector) if sector else None,
    )


def _assessment(on: str, *values: str) -> AssessmentFact:
    held = dict(value.split("=") for value in values)
    return AssessmentFact(
        completed=date.fromisoformat(on),
        scores={name: Fraction(value) for name, value in held.items() if not name.startswith("L")},
        feedback={name: int(value) for name, value in held.items() if name.startswith("L")},
    )


def _plan(signed: str, *parts: str) -> PlanFact:
    rest = list(parts)
    due = rest[rest.index("due") + 1] if "due" in rest else "-"
    done = rest[rest.index("done") + 1] if "done" in rest else "-"
    steps = [n for n, word in enumerate(rest) if word == "step"]
    return PlanFact(
        signed=date.fromisoformat(signed),
        review_due=_day(due),
        reviewed=_day(done),
        steps=tuple(StepFact(planned=date.fromisoformat(rest[n + 1]), realised=_day(rest[n + 2])) for n in steps),
    )
