"""The month of a caseload of ten years: exact figures of all rows, protected and packed, against reading the same rows.

`month.py [CLIENTS]`; the baseline is every row of the same tables fetched from the same encrypted vault and dropped.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from valmentaja.base.clock import FixedClock
from valmentaja.crypto.keys import KdfCost
from valmentaja.definitions.instruments import instruments
from valmentaja.definitions.services import services
from valmentaja.domain.caseload import AnswerRow, CaseloadRows, PlanRow, StepRow
from valmentaja.domain.client import BenefitReading, Client, Meeting, ServicePeriod, StatusChange
from valmentaja.domain.codes import BenefitSource, LabourStatus, MeetingMode, PlanKind, Rater
from valmentaja.store import caseload
from valmentaja.usecases import monthly, opening
from valmentaja.usecases.session import Session, Unit

ROUNDS, YEARS, FIRST = 9, 10, date(2016, 1, 4)
CHEAP = KdfCost(memory=KdfCost.FLOOR, passes=1, lanes=1)
NOW = FixedClock(datetime(2026, 1, 5, 8, 0, tzinfo=UTC))
TABLES = ("client", "labour_status", "benefit_reading", "service_period", "meeting", "answer", "plan", "plan_step")


def main(clients: int) -> None:
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        session = vault(Path(folder), clients)
        rows = {table: session.store.number(f"SELECT COUNT(*) FROM {table}") for table in TABLES}
        sys.stdout.write(f"{clients} clients, {YEARS} years: {rows}\n")
        read = median(lambda: [session.store.rows(f"SELECT * FROM {table}") for table in TABLES])
        for name, act in {
            "exact figures": lambda: monthly.exact_csv(session, "2025-12"),
            "exact and protected": lambda: monthly.preview(session, "2025-12"),
        }.items():
            took = median(act)
            sys.stdout.write(
                f"{name}: {took * 1000:.1f} ms, {took / read:.2f} × reading the rows ({read * 1000:.1f} ms)\n"
            )
        opening.close(session)


def median(act: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def vault(folder: Path, clients: int) -> Session:
    unit = Unit(code="U101", municipality="405", coach="")
    made = opening.create(folder / "vault", "neljä tavallista sanaa", unit=unit, clock=NOW, cost=CHEAP)
    session = opening.open_session(folder / "vault", made.key, clock=NOW)
    rows, random = invented(clients), Random(1)
    keys = [random.randbytes(16) for _ in range(clients)]
    with session.store.writing() as tx:
        caseload.bring_in(tx, rows, caseload.known(session.store), keys=keys, at=session.now())
    return session


def invented(clients: int) -> CaseloadRows:
    """Everybody stays for the ten years: a meeting a fortnight, an assessment and a plan each half year."""
    names = [f"U101-{n:03d}" for n in range(1, clients + 1)]
    facts = [rows_of(name, Random(place)) for place, name in enumerate(names)]
    return CaseloadRows(
        clients=tuple(Client(id=name, family_name="Esimerkki", given_names=name, intake_date=FIRST) for name in names),
        labour_status=tuple(row for held in facts for row in held.labour_status),
        benefit_days=tuple(row for held in facts for row in held.benefit_days),
        service_periods=tuple(row for held in facts for row in held.service_periods),
        meetings=tuple(row for held in facts for row in held.meetings),
        assessments=tuple(row for held in facts for row in held.assessments),
        plans=tuple(row for held in facts for row in held.plans),
        plan_steps=tuple(row for held in facts for row in held.plan_steps),
    )


def rows_of(name: str, random: Random) -> CaseloadRows:
    days = list(enumerate(FIRST + timedelta(182 * n) for n in range(2 * YEARS)))
    codes, statuses = list(services()), list(LabourStatus)
    return CaseloadRows(
        labour_status=tuple(StatusChange(client=name, date=d, status=random.choice(statuses)) for _n, d in days),
        benefit_days=tuple(
            BenefitReading(client=name, date=d, days=random.randrange(900), source=BenefitSource.KELA) for _n, d in days
        ),
        service_periods=tuple(
            ServicePeriod(client=name, service=random.choice(codes), start=d, end=d + timedelta(60 + n))
            for n, d in days
        ),
        meetings=tuple(
            Meeting(client=name, date=FIRST + timedelta(14 * n), mode=MeetingMode.KAYNTI, minutes=45, attended=True)
            for n in range(26 * YEARS)
        ),
        assessments=tuple(row for n, d in days for row in answers(name, f"{name}-a{n}", d, random)),
        plans=tuple(
            PlanRow(client=name, plan=f"{name}-p{n}", kind=PlanKind.VALMENNUS, signed=d, review_due=d + timedelta(90))
            for n, d in days
        ),
        plan_steps=tuple(
            StepRow(client=name, step=f"{name}-s{n}", plan=f"{name}-p{n}", planned_start=d) for n, d in days
        ),
    )


def answers(name: str, assessment: str, on: date, random: Random) -> Iterator[AnswerRow]:
    for item in (item.id for domain in instruments()["suunta-1.0"].domains for item in domain.items):
        yield AnswerRow(
            client=name,
            assessment=assessment,
            date=on,
            instrument="suunta-1.0",
            item=item,
            rater=Rater.ASIAKAS,
            value=random.randrange(11),
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
