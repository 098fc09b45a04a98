"""What a coach waits for, through the use-cases, on the encrypted vault and on the same library without a key.

`store.py [CLIENTS ...]` (100 and 1,000 unless given; 10,000 takes some minutes). Both databases hold the same rows and
take turns in one run. Figures: p50 and p99 in ms, encrypted / plain; processor time alone (p50, p99), which other
programs and the disk do not disturb, and how its p50 grew from the size before.
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from valmentaja.base.clock import SystemClock
from valmentaja.crypto.keys import DataKey, KdfCost
from valmentaja.i18n.formats import fold, loosen, sort_key
from valmentaja.indicators.calendar import Month
from valmentaja.store import connection, migrate
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Store
from valmentaja.store.refill import Refill
from valmentaja.usecases import caseload, finding, meetings, monthly, opening, overview, training
from valmentaja.usecases.session import Session

SIZES = (100, 1000)
SECONDS, LEAST, MOST = 3.0, 5, 400
"""For one act on one database: about so long, and at least and at most so many times."""
CHEAP = KdfCost(memory=KdfCost.FLOOR, passes=1, lanes=1)
TABLES = ("client", "labour_status", "benefit_reading", "service_period", "meeting", "assessment", "answer")
PLANS = ("plan_field", "plan_goal", "plan_step", "signature", "plan")
IDS = {"client_id", "assessment_id", "plan_id", "goal_id", "follows", "evidence_assessment"}
NUMBERED = {"meeting": "id", "answer": "seq"}
SYLLABLES = ("ka", "lu", "mi", "no", "pe", "ri", "sa", "ta", "vi", "ö")
NOTES = "Puhuttiin viikon kulusta, aamuista ja siitä, miten tutustuminen verstaaseen meni. "
BOTH_VIEWS = (
    "INSERT INTO answer (assessment_id, item, rater, value, date, note, at) "
    "SELECT assessment_id, item, 'VALMENTAJA', value, date, note, at FROM answer WHERE rater = 'ASIAKAS'"
)
Act = Callable[[Session, random.Random], object]


@dataclass
class Times:
    """Seconds as measured: by the clock, and of the processor."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @contextmanager
    def taking(self) -> Iterator[None]:
        wall, own = time.perf_counter(), time.process_time()
        yield
        self.processor.append(time.process_time() - own)
        self.clock.append(time.perf_counter() - wall)


def p50(taken: list[float]) -> float:
    return statistics.median(taken) * 1000


def said(taken: list[float]) -> str:
    return f"{p50(taken):.2f} ({sorted(taken)[round((len(taken) - 1) * 0.99)] * 1000:.2f})"


def main(sizes: list[int]) -> None:
    gc.disable()
    before: dict[str, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
            before = measure(Path(folder), size, before)


def measure(folder: Path, size: int, before: dict[str, float]) -> dict[str, float]:
    key = vault(folder / "vault", size)
    with both(folder, key) as sessions:
        rows = sum(sessions[0].store.number(f"SELECT COUNT(*) FROM {table}") for table in (*TABLES, *PLANS))
        pages = sessions[0].store.number("PRAGMA page_count")
        say(f"\n{size} clients, {rows / size:.0f} rows and {pages * 4 / size:.0f} KiB a client")
        heads = ("encrypted p50 (p99)", "plain p50 (p99)", "ratio", "processor p50 (p99)", "ratio", "growth")
        say(" " * 10 + line(heads))
        found = {name: turns(sessions, act) for name, act in ACTS.items()}
    found = {"open": openings(folder, key), **found}
    for name, (ours, plain) in found.items():
        now = p50(ours.processor)
        ratios = [f"{p50(ours.clock) / p50(plain.clock):.2f}", f"{now / p50(plain.processor):.2f}"]
        growth = f"{now / before[name]:.1f}" if name in before else ""
        cells = (said(ours.clock), said(plain.clock), ratios[0], said(ours.processor), ratios[1], growth)
        say(f"{name:<10}" + line(cells))
    return {name: p50(ours.processor) for name, (ours, _plain) in found.items()}


def line(cells: tuple[str, ...]) -> str:
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, (22, 20, 7, 22, 7, 8), strict=True))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def vault(folder: Path, size: int) -> bytes:
    """A vault of so many clients, copies of the invented ones under other names; its key."""
    made = opening.create(folder, training.WORDS, unit=training.UNIT, cost=CHEAP)
    key = bytes(made.key.reveal())
    session = opening.open_session(folder, made.key)
    training.fill(session)
    with session.store.writing() as tx:
        tx.change(Event("note", "meeting", ""), "UPDATE meeting SET notes = ? WHERE booked = 0", NOTES * 10)
        # The coach's own view of everything the client answered.
        tx.change(Event("note", "answer", ""), BOTH_VIEWS)
    people = [row.id for row in caseload.client_rows(session)]
    with session.store.refilling() as new:
        for n in range(1, size // len(people) + 1):
            copy(session.store, new, n, people[: size - n * len(people)] if size < (n + 1) * len(people) else people)
        new.settle(session.today().isoformat())
    opening.close(session)
    return key


def copy(store: Reader, new: Refill, n: int, people: list[str]) -> None:
    marks = ", ".join("?" * len(people))
    of_plans = f"plan_id IN (SELECT id FROM plan WHERE client_id IN ({marks}))"
    for table in (*TABLES, *PLANS):
        columns = new.columns(table)
        where = f"client_id IN ({marks})" if "client_id" in columns else of_plans
        where = f"id IN ({marks})" if table == "client" else where
        where = (
            f"assessment_id IN (SELECT id FROM assessment WHERE client_id IN ({marks}))" if table == "answer" else where
        )
        rows = store.rows(f"SELECT {', '.join(columns)} FROM {table} WHERE {where}", *people)
        new.add(table, columns, [renamed(table, columns, row, n) for row in rows])


def renamed(table: str, columns: list[str], row: tuple[Any, ...], n: int) -> tuple[Any, ...]:
    cells = dict(zip(columns, row, strict=True))
    for name, cell in cells.items():
        if cell is not None and (name in IDS or (name == "id" and table not in NUMBERED)):
            cells[name] = f"{cell}~{n}"
    if table in NUMBERED:
        cells[NUMBERED[table]] = None
    if table == "answer":
        cells["meeting_id"] = None
    if table == "client":
        family = f"{cells['family_name']}{''.join(SYLLABLES[int(digit)] for digit in str(n))}"
        name = f"{family} {cells['given_names']}"
        searched = f"{name} {cells['id']}"
        cells |= {"family_name": family, "record_key": random.randbytes(16), "hetu": ""}
        cells |= {"sort_key": sort_key(name), "folded": fold(searched), "loosened": loosen(searched)}
    return tuple(cells.values())


@contextmanager
def both(folder: Path, key: bytes) -> Iterator[tuple[Session, Session]]:
    """Over the encrypted vault, and over a database without a key that holds the same rows."""
    ours = opening.open_session(folder / "vault", DataKey(bytearray(key)))
    made = bare(folder / "plain.db", "rwc")
    migrate.migrate(made)
    with Refill(made) as new:
        for (table,) in ours.store.rows("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"):
            columns = new.columns(table)
            if columns and not table.startswith("sqlite_"):
                new.add(table, columns, ours.store.rows(f"SELECT {', '.join(columns)} FROM {table}"))
        new.settle(ours.today().isoformat())
    plain = replace(ours, store=Store(made, folder / "plain.db", ours.clock))
    yield ours, plain
    for session in (ours, plain):
        session.store.close()


def bare(path: Path, mode: str) -> dbapi2.Connection:
    made = dbapi2.connect(f"file:{path}?mode={mode}", uri=True, isolation_level=None, timeout=0)
    for statement in (*connection.BEFORE_FIRST_READ[2:], *connection.AFTER_FIRST_READ):
        made.execute(statement)
    return made


def turns(sessions: tuple[Session, Session], act: Act) -> tuple[Times, Times]:
    """The same act on each in turn, on the same clients; collected in between, as the window does it."""
    taken, chances = (Times(), Times()), (random.Random(1), random.Random(1))
    begun = time.perf_counter()
    while len(taken[0].clock) < MOST and (len(taken[0].clock) < LEAST or time.perf_counter() - begun < 2 * SECONDS):
        for session, chance, times in zip(sessions, chances, taken, strict=True):
            with times.taking():
                act(session, chance)
        if len(taken[0].clock) % 20 == 0:
            gc.collect()
    return taken


def openings(folder: Path, key: bytes) -> tuple[Times, Times]:
    """From the derived key to the first figures on the screen."""
    ours, plain = Times(), Times()
    for _ in range(40):
        with ours.taking():
            session = opening.open_session(folder / "vault", DataKey(bytearray(key)))
            _first_read(session.store)
        session.store.close()
        with plain.taking():
            made = bare(folder / "plain.db", "rw")
            migrate.migrate(made)
            store = Store(made, folder / "plain.db", SystemClock())
            with store.writing() as tx:
                tx.note(Event("unlock", "vault", ""))
            _first_read(store)
        store.close()
    return ours, plain


def _first_read(store: Reader) -> int:
    return store.number("SELECT COUNT(*) FROM meeting WHERE date = '2026-11-25'")


def _client(session: Session, chance: random.Random) -> str:
    last = session.store.number("SELECT MAX(rowid) FROM client")
    return str(session.store.text("SELECT id FROM client WHERE rowid >= ? LIMIT 1", chance.randint(1, last)))


def _overview(session: Session, chance: random.Random) -> object:
    return overview.overview(session, _client(session, chance))


def _save(session: Session, chance: random.Random) -> object:
    last = session.store.number("SELECT MAX(id) FROM meeting")
    return meetings.keep_notes(session, chance.randint(last // 2, last), notes=NOTES * 9, agreed=str(chance.random()))


def _keystroke(session: Session, chance: random.Random) -> object:
    return finding.people(session, chance.choice(("m", "ma", "mal", "mall", "ö", "k", "ko", "ka la", "åk")))


def _month(session: Session, _chance: random.Random) -> object:
    return monthly.exact_csv(session, str(Month.of(session.today()).previous))


ACTS: dict[str, Act] = {
    "overview": _overview,
    "save": _save,
    "keystroke": _keystroke,
    "list": lambda session, _chance: caseload.client_rows(session),
    "month": _month,
}


if __name__ == "__main__":
    main([int(given) for given in sys.argv[1:]] or list(SIZES))
