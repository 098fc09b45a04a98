"""Vaults of every earlier version: opened, backed up first, brought up to date with nothing lost."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import NOW

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError
from valmentaja.crypto.keys import DataKey
from valmentaja.store import backups, database, migrate
from valmentaja.usecases import backing_up, logs, opening, places, restoring
from valmentaja.usecases.restoring import Proof
from valmentaja.vault import backup, vault

KEPT = Path(__file__).resolve().parents[1] / "old_vaults"
VERSIONS = sorted(path.name for path in KEPT.iterdir() if path.is_dir() and path.name.isdigit())


@dataclass(frozen=True, slots=True)
class Old:
    """A copy of a kept vault."""

    folder: Path
    version: int
    passphrase: str
    code: str
    rows: dict[str, int]

    def key(self) -> DataKey:
        return opening.key_from_code(self.folder, self.code)


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Old:
    folder = tmp_path / "vanha"
    shutil.copytree(KEPT / request.param, folder)
    opens = json.loads((folder / "opens-with.json").read_text("utf-8"))
    (folder / "opens-with.json").unlink()
    return Old(folder, int(request.param), opens["passphrase"], opens["code"], opens["rows"])


def state_of(old: Old) -> tuple[int, dict[str, int], list[str]]:
    """Schema version, counts, and tables, without bringing anything up to date."""
    store = database.connect_as_it_is(old.folder / "caseload-0001.db", old.key().child("database"), FixedClock(NOW))
    try:
        tables = [row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return store.version(), backups.counts(store), tables
    finally:
        store.close()


def test_every_version_so_far_is_kept() -> None:
    assert [int(name) for name in VERSIONS] == list(range(1, len(VERSIONS) + 1))
    assert len(VERSIONS) >= migrate.newest() - 1


@pytest.mark.parametrize("way", ["passphrase", "code"])
def test_an_old_vault_opens_with_all_its_rows_and_a_backup_made_first(old: Old, way: str, clock: FixedClock) -> None:
    key = old.key() if way == "code" else opening.key_from_passphrase(old.folder, old.passphrase)
    session = opening.open_session(old.folder, key, clock=clock)
    try:
        held = {table: session.store.number(f"SELECT COUNT(*) FROM {table}") for table in old.rows}
        assert held == old.rows
        assert session.store.version() == migrate.newest()
        assert logs.first_break(session) is None
        made = backup.backups(places.default_backups(old.folder), vault.identity(old.folder))
        expected = [old.version] if old.version < migrate.newest() else []
        assert [b.manifest.facts.schema for b in made] == expected
        assert [row.kind for row in backups.made(session.store)] == ["migration"] * len(expected)
    finally:
        opening.close(session)


def test_the_backup_made_first_restores_the_old_rows(old: Old, clock: FixedClock, tmp_path: Path) -> None:
    if old.version == migrate.newest():
        pytest.skip("this version needs no migration")
    opening.close(opening.open_session(old.folder, old.key(), clock=clock))
    (made,) = backup.backups(places.default_backups(old.folder), vault.identity(old.folder))
    done = restoring.restore(made.path, tmp_path / "uusi", Proof(text=old.code, is_code=True), clock=clock)
    assert {table: done.counts[table] for table in old.rows} == old.rows
    assert restoring.rehearse(made.path, Proof(text=old.passphrase), clock=clock).counts == done.counts


def test_the_worker_brings_a_vault_up_to_date_once(old: Old, clock: FixedClock) -> None:
    key = opening.brought_up_to_date(old.folder, old.key())
    assert state_of(old)[0] == migrate.newest()
    session = opening.open_session(old.folder, key, clock=clock)
    assert len(backups.made(session.store)) == int(old.version < migrate.newest())
    opening.close(session)


def test_an_interrupted_migration_leaves_the_old_version_whole(
    old: Old, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state_of(old)
    steps = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, steps)
    number = migrate.newest() + 1
    broken = "CREATE TABLE half (x TEXT) STRICT;\nDELETE FROM answer;\nINSERT INTO no_such_table VALUES (1);\n"
    (steps / f"{number:04d}.sql").write_text(broken, "utf-8")
    monkeypatch.setattr(migrate, "FOLDER", steps)
    with pytest.raises(StorageError, match="no_such_table"):
        opening.open_session(old.folder, old.key())
    monkeypatch.undo()
    assert state_of(old) == before


def test_without_room_for_the_backup_the_migration_does_not_run(old: Old, monkeypatch: pytest.MonkeyPatch) -> None:
    if old.version == migrate.newest():
        pytest.skip("this version needs no migration")
    before = state_of(old)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10**9, 10**9, 1000))
    with pytest.raises(StorageError, match=r"older version.*not enough room.*left as it is"):
        opening.open_session(old.folder, old.key())
    monkeypatch.undo()
    assert state_of(old) == before
    session = opening.open_session(old.folder, old.key())
    assert backing_up.state(session).made is not None
    opening.close(session)


def test_a_vault_of_the_future_is_refused_with_both_numbers(old: Old, clock: FixedClock) -> None:
    opening.close(opening.open_session(old.folder, old.key(), clock=clock))
    store = database.connect(old.folder / "caseload-0001.db", old.key().child("database"), clock)
    store._connection.execute("PRAGMA user_version=77")
    store.close()
    with pytest.raises(StorageError, match=rf"format 77; this program knows {migrate.newest()}"):
        opening.open_session(old.folder, old.key(), clock=clock)
    assert state_of(old)[0] == 77
