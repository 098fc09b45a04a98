"""A vault, and another tool that has its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from conftest import CHEAP, WORDS
from sqlcipher3 import dbapi2

from valmentaja.base.clock import FixedClock
from valmentaja.crypto import ratchet
from valmentaja.store import audit, connection
from valmentaja.usecases import assessing, caseload, logs, opening
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.logs import BreakKind, LogCheck
from valmentaja.usecases.session import Session, Unit
from valmentaja.vault import vault

UNIT = Unit(code="U101", municipality="405", coach="")


@dataclass
class Lab:
    """A vault with its recovery code, opened by the program and by another tool in turn."""

    folder: Path
    code: str
    clock: FixedClock

    def open(self) -> Session:
        self.clock.moment += timedelta(minutes=1)
        key = opening.key_from_passphrase(self.folder, WORDS)
        return opening.open_session(self.folder, key, clock=self.clock)

    def raw(self) -> dbapi2.Connection:
        """Another tool that has the key."""
        key = opening.key_from_passphrase(self.folder, WORDS)
        return connection.connect(vault.database(self.folder), key.child("database"))

    def check(self, *, with_code: bool = True) -> LogCheck:
        session = self.open()
        job = logs.check_job(session)
        opening.close(session)
        return logs.check(job, (self.code,) if with_code else ())

    def tamper(self, act: Callable[[dbapi2.Connection], object]) -> None:
        other = self.raw()
        act(other)
        other.close()

    def kinds(self, *, with_code: bool = True) -> list[BreakKind]:
        return [found.kind for found in self.check(with_code=with_code).breaks]


def make(folder: Path, clock: FixedClock) -> Lab:
    made = opening.create(folder, WORDS, unit=UNIT, clock=clock, cost=CHEAP)
    session = opening.open_session(folder, made.key, clock=clock)
    for family in ("Esimerkki", "Mallikas"):
        caseload.take_on(session, NewClient(family_name=family, given_names="Testi"))
    for minute in range(6):
        clock.moment += timedelta(minutes=minute)
        caseload.opened(session, "U101-001")
    assessment = assessing.begin(session, "U101-001").made
    assessing.answer(session, assessment, assessing.runner(session, assessment).order[0], 7)
    opening.close(session)
    return Lab(folder, made.recovery_code, clock)


def unguarded(other: dbapi2.Connection, *statements: str) -> None:
    """Change the log with its guards taken away and put back, so that the schema shows nothing."""
    guards = other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in guards:
        other.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        other.execute(statement)
    for _name, sql in guards:
        other.execute(sql)


def rechained(other: dbapi2.Connection, since: int) -> None:
    """What an attacker with the database key can do: every hash and mark anew, from the key that lies there."""
    (before,) = other.execute("SELECT hash FROM audit WHERE seq = ?", (since - 1,)).fetchone()
    (key,) = other.execute("SELECT key FROM audit_ratchet").fetchone()
    rows = other.execute(f"SELECT {', '.join(ENTRY)} FROM audit WHERE seq >= ? ORDER BY seq", (since,)).fetchall()
    for row in rows:
        before = audit.chained(bytes(before), row)
        mark = ratchet.tag(bytes(key), before)
        other.execute("UPDATE audit SET hash = ?, mac = ? WHERE seq = ?", (before, mark, row[0]))
        key = ratchet.forward(bytes(key))
    other.execute("UPDATE audit_ratchet SET key = ?", (key,))


ENTRY = ("seq", "at", "action", "entity", "entity_id", "client_id", "rows", "actor")
