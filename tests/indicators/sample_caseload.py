"""The synthetic caseload of unit U101 as facts, read straight from its CSV files."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from valmentaja.domain.codes import EmployerSector, ExitReason, LabourStatus
from valmentaja.indicators.facts import Person, ServiceFact

DATA = Path(__file__).resolve().parents[1] / "data"


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def sample_people() -> tuple[Person, ...]:
    """Record keys are made from the ids, which only a test may do."""
    by_client = {name: _by_client(name) for name in ("labour_status", "benefit_days", "service_periods")}
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
