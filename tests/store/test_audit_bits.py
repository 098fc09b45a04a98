"""Flipped bits in the log and its keys: 2,000, none accepted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlcipher3 import dbapi2

from tests.store.lab import ENTRY, Lab, make, unguarded
from valmentaja.base.clock import FixedClock
from valmentaja.store import log_check
from valmentaja.store.database import Store
from valmentaja.usecases.logs import LogCheck
from valmentaja.vault import vault

FLIPS = 2000


@pytest.fixture
def lab(tmp_path: Path, clock: FixedClock) -> Lab:
    return make(tmp_path / "vault", clock)


COLUMNS = ("seq", *ENTRY[1:6], "rows", "actor", "hash", "mac")


def flipped(other: dbapi2.Connection, chance: Random) -> bool:
    """One bit of one filled cell of the log; False when the database itself refuses."""
    last = other.execute("SELECT MAX(seq) FROM audit").fetchone()[0]
    while True:
        seq, column = chance.randint(1, last), chance.choice(COLUMNS)
        (kind, held) = other.execute(
            f"SELECT typeof({column}), CAST({column} AS BLOB) FROM audit WHERE seq = ?", (seq,)
        ).fetchone()
        if held:
            break
    if kind == "integer":
        new: object = int(held) ^ (1 << chance.randrange(40))
        place = "?"
    else:
        bit = chance.randrange(len(held) * 8)
        changed = bytearray(held)
        changed[bit // 8] ^= 1 << bit % 8
        new, place = bytes(changed), "CAST(? AS TEXT)" if kind == "text" else "?"
    try:
        other.execute(f"UPDATE audit SET {column} = {place} WHERE seq = ?", (new, seq))
    except dbapi2.IntegrityError:
        return False
    return True


@pytest.fixture
def bare(lab: Lab) -> Iterator[tuple[dbapi2.Connection, Callable[[], LogCheck]]]:
    """Another tool's connection, and the check of what it sees."""
    other = lab.raw()
    for (name,) in other.execute("SELECT name FROM sqlite_master WHERE name IN ('audit_stays', 'audit_is_kept')"):
        other.execute(f"DROP TRIGGER {name}")
    whole = log_check.gather(Store(other, lab.folder, lab.clock))
    keys = vault.first_log_keys(lab.folder, lab.code, whole.sealed_to("recovery"))

    def check() -> LogCheck:
        facts = log_check.gather(Store(other, lab.folder, lab.clock))
        # The guards are away for the whole run, so the schema is not what may find a flip.
        return log_check.judge(replace(facts, strange=()), first_keys=keys)

    yield other, check
    other.close()


@pytest.mark.slow
def test_of_2000_flipped_bits_none_is_accepted(bare: tuple[dbapi2.Connection, Callable[[], LogCheck]]) -> None:
    other, check = bare
    chance, accepted, refused = Random(14), 0, 0
    assert check().breaks == ()
    for _ in range(FLIPS):
        other.execute("BEGIN")
        other.execute("SAVEPOINT flip")
        if flipped(other, chance):
            accepted += not check().breaks
        else:
            refused += 1
        other.execute("ROLLBACK TO flip")
        other.execute("COMMIT")
    assert check().breaks == ()
    sys.stdout.write(f"{FLIPS} bits flipped, {refused} refused by the database, {accepted} accepted\n")
    assert accepted == 0


@pytest.mark.parametrize(("table", "column"), [("audit_ratchet", "key"), ("audit_start", "sealed")])
def test_a_flipped_bit_of_a_key_is_found(lab: Lab, table: str, column: str) -> None:
    other = lab.raw()

    def breaks() -> int:
        facts = log_check.gather(Store(other, lab.folder, lab.clock))
        keys = vault.first_log_keys(lab.folder, lab.code, facts.sealed_to("recovery"))
        return len(log_check.judge(facts, first_keys=keys).breaks)

    for bit in (0, 9, 130, 255):
        (held,) = other.execute(f"SELECT {column} FROM {table}").fetchone()
        changed = bytearray(held)
        changed[bit // 8] ^= 1 << bit % 8
        assert breaks() == 0
        unguarded(other, f"UPDATE {table} SET {column} = x'{changed.hex()}'")
        assert breaks() == 1
        unguarded(other, f"UPDATE {table} SET {column} = x'{bytes(held).hex()}'")
    other.close()
