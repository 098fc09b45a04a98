"""One answer committed: through the use-case on the encrypted vault, and the same statements on a plain database.

The plain one is the same SQLCipher library without a key, with the same settings and schema. Medians in one run.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlcipher3 import dbapi2

from valmentaja.crypto.keys import KdfCost
from valmentaja.store import connection, migrate
from valmentaja.store.database import Store
from valmentaja.usecases import assessing, caseload, opening
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session, Unit

ROUNDS = 2000
CHEAP = KdfCost(memory=KdfCost.FLOOR, passes=1, lanes=1)


def main() -> None:
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        encrypted = vault(Path(folder))
        plain = without_key(encrypted, Path(folder) / "plain.db")
        times: dict[str, list[float]] = {"encrypted": [], "plain": []}
        acts = {"encrypted": answering(encrypted), "plain": answering(plain)}
        for n in range(ROUNDS):
            for name, act in acts.items():
                begun = time.perf_counter()
                act(n)
                times[name].append(time.perf_counter() - begun)
        report(times)
        encrypted.store.close()
        plain.store.close()


def vault(folder: Path) -> Session:
    """A fresh vault with one client and an open assessment."""
    unit = Unit(code="U101", municipality="405", coach="")
    made = opening.create(folder / "vault", "neljä tavallista sanaa", unit=unit, cost=CHEAP)
    session = opening.open_session(folder / "vault", made.key)
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    assessing.begin(session, client)
    return session


def without_key(model: Session, path: Path) -> Session:
    """The same session over a database that is not encrypted."""
    made = dbapi2.connect(f"file:{path}?mode=rwc", uri=True, isolation_level=None, timeout=0)
    for statement in (*connection.BEFORE_FIRST_READ[2:], *connection.AFTER_FIRST_READ):
        made.execute(statement)
    migrate.migrate(made)
    session = Session(
        store=Store(made, path, model.clock),
        folder=path.parent,
        clock=model.clock,
        chance=model.chance,
        unit=model.unit,
        training=False,
    )
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    assessing.begin(session, client)
    return session


def answering(session: Session) -> Callable[[int], object]:
    (assessment,) = assessing.assessments(session, f"{session.unit.code}-001")
    order = assessing.runner(session, assessment.id).order
    return lambda n: assessing.answer(session, assessment.id, order[n % len(order)], n % 11)


def report(times: dict[str, list[float]]) -> None:
    medians = {name: statistics.median(taken) * 1000 for name, taken in times.items()}
    for name, taken in times.items():
        worst = sorted(taken)[round(len(taken) * 0.99)] * 1000
        sys.stdout.write(f"{name:<10} median {medians[name]:.3f} ms, 99 % {worst:.3f} ms, {len(taken)} answers\n")
    sys.stdout.write(f"encrypted / plain: {medians['encrypted'] / medians['plain']:.2f}\n")


if __name__ == "__main__":
    main()
