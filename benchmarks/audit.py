"""What the log costs: an edit with its entry beside the same edit without, for 1, 1,000 and 10,000 rows.

The same SQLCipher database and key for both; without = no triggers and no entry. Medians in one run.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from secrets import token_bytes

from sqlcipher3 import dbapi2

from valmentaja.base.clock import SystemClock
from valmentaja.crypto.keys import KdfCost
from valmentaja.domain.client import Client
from valmentaja.store import audit, clients, connection, log, log_check
from valmentaja.store.audit import Event
from valmentaja.store.database import Store
from valmentaja.store.log import Kind, Wanted
from valmentaja.usecases import opening
from valmentaja.usecases.session import Unit
from valmentaja.vault import vault

PEOPLE = 10_000
SIZES = ((1, 400), (1000, 15), (10_000, 5))
CHEAP = KdfCost(memory=KdfCost.FLOOR, passes=1, lanes=1)
EDIT = "UPDATE client SET phone = ? WHERE rowid = ?"


def main() -> None:
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        held, store = opened(Path(folder) / "vault")
        fill(store)
        triggers = held.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'log_%'").fetchall()
        for rows, rounds in SIZES:
            logged = [timed(held, n, rows, logged=True) for n in range(rounds)]
            for name, _sql in triggers:
                held.execute(f"DROP TRIGGER {name}")
            bare = [timed(held, n, rows, logged=False) for n in range(rounds)]
            for _name, sql in triggers:
                held.execute(sql)
            report(rows, statistics.median(logged) * 1000, statistics.median(bare) * 1000)
        long_log(store)
        store.close()


def opened(folder: Path) -> tuple[dbapi2.Connection, Store]:
    """A new vault, by its connection and as a store over it."""
    unit = Unit(code="U101", municipality="405", coach="")
    made = opening.create(folder, "neljä tavallista sanaa", unit=unit, cost=CHEAP)
    path = vault.database(folder)
    held = connection.connect(path, made.key.child("database"))
    return held, Store(held, path, SystemClock())


def fill(store: Store) -> None:
    """As an import does: all clients in one transaction."""
    people = [
        Client(id=f"X-{n:05d}", family_name=f"Esimerkki{n}", given_names="Testi", intake_date=date(2026, 11, 25))
        for n in range(PEOPLE)
    ]
    begun = time.perf_counter()
    with store.writing() as tx:
        clients.add_many(tx, [(person, token_bytes(16)) for person in people])
    sys.stdout.write(f"import of {PEOPLE} clients with the log: {time.perf_counter() - begun:.2f} s\n")


def timed(held: dbapi2.Connection, n: int, rows: int, *, logged: bool) -> float:
    """One committed transaction of so many changed rows, in seconds."""
    values = [(f"040 {n}", row) for row in range(1, rows + 1)]
    begun = time.perf_counter()
    held.execute("BEGIN IMMEDIATE")
    held.executemany(EDIT, values)
    if logged:
        audit.record(held, Event("edit", "client", ""), at="2026-11-25T08:00:00Z", actor="coach")
    held.execute("COMMIT")
    return time.perf_counter() - begun


def report(rows: int, logged: float, bare: float) -> None:
    added = (logged - bare) / rows
    sys.stdout.write(
        f"{rows:>6} rows: {bare:.3f} ms without, {logged:.3f} ms with the log,"
        f" ratio {logged / bare:.2f}, {added:.4f} ms a row\n"
    )


def long_log(store: Store) -> None:
    """How quick the log reads and checks once it is long."""
    total = store.number("SELECT COUNT(*) FROM audit")
    asked = (
        ("newest page", Wanted(), None),
        ("a page in the middle", Wanted(), total // 2),
        ("exports only", Wanted(kind=Kind.EXPORTS), None),
        ("one client", Wanted(client="X-00007"), None),
        ("part of a number", Wanted(number="09999"), None),
    )
    for name, wanted, below in asked:
        begun = time.perf_counter()
        log.entries(store, wanted, below=below, limit=200)
        sys.stdout.write(f"{total} entries, {name}: {(time.perf_counter() - begun) * 1000:.1f} ms\n")
    begun = time.perf_counter()
    facts = log_check.gather(store)
    read = time.perf_counter() - begun
    found = log_check.judge(facts)
    sys.stdout.write(
        f"whole check: {read:.2f} s to read, {time.perf_counter() - begun - read:.2f} s to judge,"
        f" {len(found.breaks)} breaks\n"
    )


if __name__ == "__main__":
    main()
