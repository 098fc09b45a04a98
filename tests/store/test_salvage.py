"""A damaged vault: reconnecting after each error saves far more than one connection does."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from conftest import CHEAP
from sqlcipher3 import dbapi2

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError, UserError
from valmentaja.crypto.keys import DataKey
from valmentaja.store import connection
from valmentaja.usecases import caseload, health, logs, opening, salvaging, training

PAGE = 4096
DATABASE = "caseload-0001.db"


@pytest.fixture
def vault(tmp_path: Path, clock: FixedClock) -> tuple[Path, bytes]:
    """A vault of some thousand rows, and its key."""
    key = training.make_training_vault(tmp_path / "vault", clock=clock, cost=CHEAP)
    return tmp_path / "vault", bytes(key.reveal())


def damage(folder: Path, pages: int, seed: int) -> None:
    """One flipped bit in each of so many pages, none of them among the first, which hold the schema."""
    path = folder / DATABASE
    held = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for page in chance.sample(range(60, len(held) // PAGE), pages):
        held[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(held))


def counts(folder: Path, key: bytes) -> dict[str, int]:
    """Rows by table of a sound vault."""
    session = opening.open_session(folder, DataKey(bytearray(key)))
    try:
        names = [row[0] for row in session.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: session.store.number(f"SELECT COUNT(*) FROM {name}") for name in names if "_index" not in name}
    finally:
        opening.close(session)


def read_on_one_connection(folder: Path, key: bytes, tables: list[str]) -> int:
    """The control: the same tables read to their first error on a connection that is never renewed."""
    one = connection.connect(folder / DATABASE, DataKey(bytearray(key)).child("database"), torn=True)
    read = 0
    for table in tables:
        try:
            for _row in one.execute(f"SELECT * FROM {table}"):
                read += 1
        except dbapi2.DatabaseError:
            continue
    one.close()
    return read


def test_reconnecting_loses_far_fewer_rows(vault: tuple[Path, bytes], tmp_path: Path, clock: FixedClock) -> None:
    folder, key = vault
    before = counts(folder, key)
    damage(folder, 3, 11)
    made = salvaging.rescue(folder, tmp_path / "new", DataKey(bytearray(key)), clock=clock)
    after = counts(tmp_path / "new", key)
    tables = [table.table for table in made.tables]
    whole = sum(before[table] for table in tables)
    lost = sum(max(before[table] - after[table], 0) for table in tables)
    control = whole - read_on_one_connection(folder, key, tables)
    sys.stdout.write(f"\nsalvage: {whole} rows, {lost} lost (said: at most {made.lost}); one connection: {control}\n")
    assert 0 < lost <= made.lost
    assert lost * 4 < control


def test_the_saved_vault_opens_with_the_same_passphrase_and_is_sound(
    vault: tuple[Path, bytes], tmp_path: Path, clock: FixedClock
) -> None:
    folder, key = vault
    damage(folder, 3, 11)
    held = (folder / DATABASE).read_bytes()
    salvaging.rescue(folder, tmp_path / "new", DataKey(bytearray(key)), clock=clock)
    assert (folder / DATABASE).read_bytes() == held
    session = opening.unlock(tmp_path / "new", training.WORDS)
    try:
        assert caseload.client_rows(session)
        told = [problem.text for problem in health.check(session).problems]
        assert [text for text in told if "log breaks" not in text] == []
        assert "salvage" in {entry.action for entry in logs.entries(session)}
    finally:
        opening.close(session)


def test_a_client_whose_own_row_is_lost_keeps_everything_else(
    vault: tuple[Path, bytes], tmp_path: Path, clock: FixedClock
) -> None:
    folder, key = vault
    session = opening.open_session(folder, DataKey(bytearray(key)), clock=clock)
    pages = {row[0] for row in session.store.rows("SELECT rootpage FROM sqlite_master WHERE name = 'client'")}
    people = len(caseload.client_rows(session))
    opening.close(session)
    held = bytearray((folder / DATABASE).read_bytes())
    for page in pages:
        held[(page - 1) * PAGE + 100] ^= 1
    (folder / DATABASE).write_bytes(bytes(held))
    made = salvaging.rescue(folder, tmp_path / "new", DataKey(bytearray(key)), clock=clock)
    assert next(table.lost for table in made.tables if table.table == "client") == people
    saved = opening.open_session(tmp_path / "new", DataKey(bytearray(key)), clock=clock)
    rows = caseload.client_rows(saved)
    opening.close(saved)
    assert len(rows) == people
    assert {row.family_name for row in rows} == {"?"}
    assert any(row.last_meeting for row in rows)


def test_a_vault_cut_short_is_saved_as_far_as_it_goes(
    vault: tuple[Path, bytes], tmp_path: Path, clock: FixedClock
) -> None:
    folder, key = vault
    held = (folder / DATABASE).read_bytes()
    (folder / DATABASE).write_bytes(held[: len(held) * 3 // 4 // PAGE * PAGE])
    made = salvaging.rescue(folder, tmp_path / "new", DataKey(bytearray(key)), clock=clock)
    assert made.rows > 1000


def test_nothing_is_written_into_a_folder_in_use(vault: tuple[Path, bytes], tmp_path: Path) -> None:
    folder, key = vault
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "letter.txt").write_text("mine")
    for target in (tmp_path / "used", folder / "inside"):
        with pytest.raises(UserError):
            salvaging.rescue(folder, target, DataKey(bytearray(key)))
    assert not (folder / "inside").exists()


def test_a_database_damaged_at_its_beginning_says_restore(vault: tuple[Path, bytes], tmp_path: Path) -> None:
    folder, key = vault
    held = bytearray((folder / DATABASE).read_bytes())
    held[100] ^= 1
    (folder / DATABASE).write_bytes(bytes(held))
    with pytest.raises(StorageError, match="at its beginning"):
        salvaging.rescue(folder, tmp_path / "new", DataKey(bytearray(key)))
