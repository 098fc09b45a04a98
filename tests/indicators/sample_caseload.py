"""The synthetic caseload of unit U101 as facts, read straight from its CSV files."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from valmentaja.domain.codes import EmployerSector, ExitReason, LabourStatus, MeetingMode
from valmentaja.indicators.facts import AssessmentFact, Person, PlanFact, ServiceFact, StepFact

TABLES = (
    *("labour_status", "benefit_days", "service_periods", "meetings", "assessments", "plans", "plan_steps"),
    "followups",
)
ITEMS = {"A": 3, "B": 4, "C": 5, "D": 4, "E": 5, "F": 4, "G": 4, "H": 5, "I": 5, "J": 3, "K": 3}
DATA = Path(__file__).resolve().parents[1] / "data"


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def sample_people() -> tuple[Person, ...]:
    """Record keys are made from the ids, which only a test may do."""
    by_client = {name: _by_client(name) for name in TABLES}
    return tuple(_person(row, by_client) for row in rows(DATA / "sample" / "clients.csv"))


def expected(period: str) -> dict[tuple[str, str, str, str], int]:
    """The given exact figures of that month, for December with those of the year."""
    periods = {period, f"{period[:4]}-A"} if period.endswith("-12") else {period}
    return {
        (row["freq"], row["indicator"], row["dim1"], row["dim2"]): int(row["count"])
        for row in rows(DATA / "sample-expected.csv")
        if row["period"] in periods
    }


def _by_client(name: str) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in rows(DATA / "sample" / f"{name}.csv"):
        found[row["client_id"]].append(row)
    return found


def _person(row: dict[str, str], tables: dict[str, dict[str, list[dict[str, str]]]]) -> Person:
    client = row["client_id"]
    return Person(
        record_key=hashlib.sha256(client.encode()).digest()[:16],
        intake=date.fromisoformat(row["intake_date"]),
        exit=_day(row["exit_date"]),
        exit_reason=ExitReason(row["exit_reason"]) if row["exit_reason"] else None,
        exclusion_risk=row["exclusion_risk"] == "1",
        statuses=tuple(
            (date.fromisoformat(r["date"]), LabourStatus(r["status"])) for r in tables["labour_status"][client]
        ),
        readings=tuple((date.fromisoformat(r["date"]), int(r["days"])) for r in tables["benefit_days"][client]),
        services=tuple(_service(r) for r in tables["service_periods"][client]),
        met=tuple(
            (date.fromisoformat(r["date"]), MeetingMode(r["mode"]))
            for r in tables["meetings"][client]
            if r["attended"] == "1"
        ),
        assessments=_assessments(tables["assessments"][client]),
        plans=_plans(tables["plans"][client], tables["plan_steps"][client]),
        follow_ups=tuple(
            (date.fromisoformat(r["date"]), LabourStatus(r["status"])) for r in tables["followups"][client]
        ),
    )


def _assessments(rows: list[dict[str, str]]) -> tuple[AssessmentFact, ...]:
    found = []
    for name, group in groupby(sorted(rows, key=lambda r: r["assessment_id"]), key=lambda r: r["assessment_id"]):
        held = list(group)
        numbers = {r["item_id"]: int(r["value"]) for r in held if r["rater"] == "ASIAKAS" and r["value"].isdecimal()}
        completed = date.fromisoformat(max(r["date"] for r in held))
        found.append((completed, name, AssessmentFact(completed=completed, **_told(numbers))))
    return tuple(fact for _on, _name, fact in sorted(found, key=lambda f: f[:2]))


def _told(numbers: dict[str, int]) -> dict[str, dict[str, Fraction] | dict[str, int]]:
    scores = {}
    for domain, items in ITEMS.items():
        given = [value for item, value in numbers.items() if item[0] == domain]
        if 5 * len(given) >= 3 * items:
            scores[domain] = Fraction(sum(given), len(given))
    return {"scores": scores, "feedback": {i: v for i, v in numbers.items() if i.startswith("L")}}


def _plans(rows: list[dict[str, str]], steps: list[dict[str, str]]) -> tuple[PlanFact, ...]:
    signed = sorted((r for r in rows if r["signed_date"]), key=lambda r: (r["signed_date"], r["plan_id"]))
    return tuple(
        PlanFact(
            signed=date.fromisoformat(r["signed_date"]),
            review_due=_day(r["review_due_date"]),
            reviewed=_day(r["reviewed_date"]),
            steps=tuple(
                StepFact(planned=date.fromisoformat(s["planned_start"]), realised=_day(s["realised_start"]))
                for s in steps
                if s["plan_id"] == r["plan_id"] and s["planned_start"]
            ),
        )
        for r in signed
    )


def _service(row: dict[str, str]) -> ServiceFact:
    return ServiceFact(
        service=row["service_code"],
        start=date.fromisoformat(row["start_date"]),
        end=_day(row["end_date"]),
        sector=EmployerSector(row["employer_sector"]) if row["employer_sector"] else None,
    )


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
