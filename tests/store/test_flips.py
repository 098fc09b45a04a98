"""One flipped bit anywhere in the file is found, or changes nothing of what is read; never other words silently."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHEAP
from sqlcipher3 import dbapi2

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError
from valmentaja.crypto.keys import DataKey
from valmentaja.store import connection, migrate
from valmentaja.store.refill import Refill
from valmentaja.usecases import training

FLIPS = 150
Rows = dict[str, list[tuple[object, ...]]]
Read = Callable[[Path, bytes], "Rows | None"]


def everything(held: dbapi2.Connection) -> Rows:
    names = [r[0] for r in held.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL")]
    return {name: held.execute(f"SELECT * FROM {name}").fetchall() for name in sorted(names) if "_index" not in name}


def encrypted(path: Path, key: bytes) -> Rows | None:
    """All rows, or None when the damage was noticed."""
    try:
        held = connection.connect(path, DataKey(bytearray(key)).child("database"))
    except StorageError:
        return None
    return _read(held)


def plain(path: Path, _key: bytes) -> Rows | None:
    """The control: the same library without a key. What is no longer UTF-8 is noticed, by luck."""
    try:
        return _read(dbapi2.connect(f"file:{path}?mode=rw", uri=True, isolation_level=None))
    except UnicodeDecodeError:
        return None


def _read(held: dbapi2.Connection) -> Rows | None:
    try:
        return everything(held)
    except (dbapi2.Error, MemoryError):
        return None
    finally:
        held.close()


def flipped(path: Path, read: Read, key: bytes, seed: int) -> tuple[int, int, int]:
    """How many flips were noticed, changed nothing, and changed what is read without a word."""
    chance, whole, sound = random.Random(seed), path.read_bytes(), read(path, key)
    noticed = harmless = silent = 0
    for _ in range(FLIPS):
        held = bytearray(whole)
        held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(held))
        found = read(path, key)
        noticed += found is None
        harmless += found == sound
        silent += found is not None and found != sound
        for beside in path.parent.glob(f"{path.name}-*"):
            beside.unlink()
    path.write_bytes(whole)
    return noticed, harmless, silent


@pytest.fixture
def vault(tmp_path: Path, clock: FixedClock) -> tuple[Path, bytes]:
    key = training.make_training_vault(tmp_path / "vault", clock=clock, cost=CHEAP)
    return tmp_path / "vault" / "caseload-0001.db", bytes(key.reveal())


@pytest.mark.slow
def test_no_flipped_bit_changes_what_is_read_without_a_word(vault: tuple[Path, bytes]) -> None:
    noticed, harmless, silent = flipped(vault[0], encrypted, vault[1], 7)
    sys.stdout.write(f"\n{FLIPS} flips: {noticed} noticed, {harmless} harmless, {silent} silent differences\n")
    assert silent == 0
    assert noticed > FLIPS // 2


@pytest.mark.slow
def test_without_a_key_flipped_bits_change_words_silently(vault: tuple[Path, bytes], tmp_path: Path) -> None:
    held = connection.connect(vault[0], DataKey(bytearray(vault[1])).child("database"))
    bare = dbapi2.connect(f"file:{tmp_path / 'plain.db'}?mode=rwc", uri=True, isolation_level=None)
    migrate.migrate(bare)
    with Refill(bare) as new:
        for table, rows in everything(held).items():
            new.add(table, new.columns(table), rows)
        new.settle("2026-11-24")
    assert everything(bare) == everything(held)
    for one in (held, bare):
        one.close()
    noticed, harmless, silent = flipped(tmp_path / "plain.db", plain, b"", 7)
    sys.stdout.write(f"\ncontrol, {FLIPS} flips: {noticed} noticed, {harmless} harmless, {silent} silent differences\n")
    assert silent > 0
