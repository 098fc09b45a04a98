"""Backups: what they hold, what they leave alone, and what happens while one is made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from backup_kit import Vault, add_meeting, make, names
from conftest import WORDS

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError, UserError
from valmentaja.store import backups as rows
from valmentaja.usecases import backing_up, logs, opening, restoring
from valmentaja.usecases.backing_up import Steps
from valmentaja.usecases.restoring import Proof
from valmentaja.vault import backup, unpacking

ROOT = Path(__file__).resolve().parents[2]
SECOND_WINDOW = """
import sys
from pathlib import Path
from valmentaja.base.clock import SystemClock
from valmentaja.base.errors import StorageError
from valmentaja.store import database
try:
    database.connect_as_it_is(Path(sys.argv[1]), bytearray(32), SystemClock()).close()
except StorageError as error:
    sys.stdout.write(str(error))
"""


def second_window(vault: Vault) -> str:
    """What another process is told when it opens the database; a wrong key is found only after the lock."""
    database = vault.folder / "caseload-0001.db"
    command = [sys.executable, "-c", SECOND_WINDOW, str(database)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=surroundings).stdout


def restored_names(path: Path, folder: Path, vault: Vault) -> list[str]:
    restoring.restore(path, folder, Proof(text=WORDS), clock=vault.clock)
    session = opening.open_session(folder, opening.key_from_passphrase(folder, WORDS), clock=vault.clock)
    try:
        return names(session)
    finally:
        opening.close(session)


def test_a_backup_restores_with_the_printed_code_only(vault: Vault, disk: Path, tmp_path: Path) -> None:
    session = vault.open()
    add_meeting(session, "Puhuttiin puutöistä.")
    before, head = names(session), logs.anchor(session)
    made = backing_up.back_up(session, folder=disk)
    opening.close(session)
    shutil.rmtree(vault.folder)
    restoring.restore(made.path, tmp_path / "uusi", Proof(text=vault.code, is_code=True), clock=vault.clock)
    again = opening.open_session(tmp_path / "uusi", opening.key_from_code(tmp_path / "uusi", vault.code))
    assert names(again) == before
    assert again.store.text("SELECT notes FROM meeting") == "Puhuttiin puutöistä."
    assert (head.seq, head.hash) == made.manifest.facts.anchor
    assert "restore" in {entry.action for entry in logs.entries(again)}
    assert logs.first_break(again) is None
    opening.close(again)


def test_a_backup_names_nobody_and_is_not_readable(vault: Vault, disk: Path) -> None:
    session = vault.open()
    made = backing_up.back_up(session, folder=disk)
    opening.close(session)
    assert made.path.name == "valmentaja-varmuuskopio_U101_20261124-100000.zip"
    assert b"Esimerkki" not in made.path.read_bytes()
    assert b"Veera" not in made.path.read_bytes()
    assert made.path.stat().st_mode & 0o077 == 0


def test_what_is_written_during_copying_is_kept_and_not_in_the_backup(vault: Vault, disk: Path, tmp_path: Path) -> None:
    session = vault.open()
    job = backing_up.begin(session, folder=disk)
    written: list[int] = []

    def write_meanwhile(done: int, _total: int) -> None:
        if not written:
            for n in range(40):
                add_meeting(session, f"kesken kopioinnin {n} " * 50)
            session.store.checkpoint()
        written.append(done)

    made = backing_up.write(job, Steps(progress=write_meanwhile))
    backing_up.finish(session, job, made)
    assert session.store.number("SELECT COUNT(*) FROM meeting") == 40
    assert made.manifest.facts.counts["meeting"] == 0
    opening.close(session)
    restoring.restore(made.path, tmp_path / "uusi", Proof(text=WORDS), clock=vault.clock)
    again = vault.open()
    assert again.store.number("SELECT COUNT(*) FROM meeting") == 40
    opening.close(again)


def test_the_lock_holds_through_a_backup_and_a_refused_second_opening(vault: Vault, disk: Path) -> None:
    session = vault.open()
    backing_up.back_up(session, folder=disk)
    assert "open in another window" in second_window(vault)
    with pytest.raises(StorageError, match="open in another window"):
        vault.open()
    assert "open in another window" in second_window(vault)
    opening.close(session)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps its locks")
def test_control_closing_a_descriptor_of_our_own_would_lose_the_lock(vault: Vault) -> None:
    session = vault.open()
    assert "open in another window" in second_window(vault)
    os.close(os.open(vault.folder / "caseload-0001.db", os.O_RDONLY))
    assert "open in another window" not in second_window(vault)
    opening.close(session)


def test_a_vault_that_closes_too_early_leaves_no_backup(vault: Vault, disk: Path) -> None:
    session = vault.open()
    job = backing_up.begin(session, folder=disk)
    with pytest.raises(StorageError, match="locked before"):
        backing_up.write(job, Steps(progress=lambda _done, _total: opening.close(session) or None))
    assert list(disk.iterdir()) == []


def test_a_second_backup_at_the_same_time_is_refused(vault: Vault, disk: Path) -> None:
    session = vault.open()
    backing_up.begin(session, folder=disk)
    with pytest.raises(StorageError, match="already"):
        backing_up.begin(session, folder=disk)
    backing_up.abandon(session)
    assert backing_up.back_up(session, folder=disk).path.exists()
    opening.close(session)


def test_a_cancelled_backup_leaves_nothing_and_the_vault_goes_on(vault: Vault, disk: Path) -> None:
    session = vault.open()
    kept = backing_up.back_up(session, folder=disk).path
    vault.clock.moment += timedelta(days=1)
    job = backing_up.begin(session, folder=disk)
    with pytest.raises(UserError, match="Cancelled"):
        backing_up.write(job, Steps(cancelled=lambda: True))
    backing_up.abandon(session)
    assert list(disk.iterdir()) == [kept]
    add_meeting(session, "jatkuu")
    opening.close(session)


def test_a_file_of_the_same_second_is_not_written_over(vault: Vault, disk: Path) -> None:
    session = vault.open()
    first = backing_up.back_up(session, folder=disk).path
    held = first.read_bytes()
    second = backing_up.back_up(session, folder=disk).path
    assert (first.read_bytes(), second.name) == (held, f"{first.stem}-2.zip")
    opening.close(session)


def test_twelve_are_kept_and_nobody_elses_are_touched(vault: Vault, disk: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "toinen", FixedClock(vault.clock.moment - timedelta(days=400)))
    strange = other.open()
    foreign = backing_up.back_up(strange, folder=disk).path
    opening.close(strange)
    note, fake = disk / "muistiinpano.txt", disk / "valmentaja-varmuuskopio_U101_20200101-000000.zip"
    for path in (note, fake):
        path.write_text("ei varmuuskopio", "utf-8")
    session = vault.open()
    backing_up.set_folder(session, disk)
    made = []
    for _ in range(15):
        vault.clock.moment += timedelta(days=1)
        made.append(backing_up.back_up(session).path)
    kept = [held.path for held in backing_up.kept(session)]
    assert kept == made[:2:-1]
    assert {foreign, note, fake} <= set(disk.iterdir())
    assert len(rows.made(session.store)) == backup.KEPT
    opening.close(session)


def test_a_clock_set_back_does_not_cost_the_newest_backup(vault: Vault, disk: Path) -> None:
    session = vault.open()
    for _ in range(12):
        vault.clock.moment += timedelta(days=1)
        backing_up.back_up(session, folder=disk)
    vault.clock.moment -= timedelta(days=300)
    newest = backing_up.back_up(session, folder=disk).path
    assert newest.exists()
    assert len(list(disk.iterdir())) == backup.KEPT
    opening.close(session)


def test_the_oldest_stays_when_the_new_one_cannot_be_read_back(
    vault: Vault, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = vault.open()
    for _ in range(12):
        vault.clock.moment += timedelta(days=1)
        backing_up.back_up(session, folder=disk)
    before = sorted(disk.iterdir())

    def unreadable(*_arguments: object) -> str:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(unpacking, "verify", unreadable)
    with pytest.raises(StorageError, match="Input/output error"):
        backing_up.back_up(session, folder=disk)
    assert sorted(disk.iterdir()) == before
    opening.close(session)


def test_too_little_room_is_said_with_both_numbers(vault: Vault, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = vault.open()
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10**9, 10**9, 250_000))
    with pytest.raises(StorageError, match=r"\d MB is needed, 0 MB is free"):
        backing_up.back_up(session, folder=disk)
    monkeypatch.undo()
    assert list(disk.iterdir()) == []
    assert backing_up.back_up(session, folder=disk).path.exists()
    opening.close(session)


def test_a_disk_that_fills_up_leaves_earlier_backups_and_the_vault(
    vault: Vault, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = vault.open()
    first = backing_up.back_up(session, folder=disk)
    vault.clock.moment += timedelta(days=1)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left on device"):
        backing_up.back_up(session, folder=disk)
    monkeypatch.undo()
    assert list(disk.iterdir()) == [first.path]
    assert unpacking.verify(first.path) == first.sha256
    add_meeting(session, "jatkuu")
    opening.close(session)


@pytest.mark.skipif(os.name == "nt", reason="a limit of POSIX")
def test_a_write_that_the_system_refuses_half_way_leaves_no_part(vault: Vault, disk: Path) -> None:
    import resource

    session = vault.open()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    job = backing_up.begin(session, folder=disk)
    resource.setrlimit(resource.RLIMIT_FSIZE, (job.source.size // 2, before[1]))
    try:
        with pytest.raises(StorageError, match="File too large"):
            backing_up.write(job, Steps())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    backing_up.abandon(session)
    assert list(disk.iterdir()) == []
    add_meeting(session, "jatkuu")
    opening.close(session)


def test_a_missing_stick_is_said_and_no_folder_is_made_in_its_place(vault: Vault, disk: Path) -> None:
    session = vault.open()
    backing_up.set_folder(session, disk)
    disk.rmdir()
    assert not backing_up.state(session).folder_is_there
    with pytest.raises(StorageError, match="not there"):
        backing_up.back_up(session)
    assert not disk.exists()
    assert backing_up.is_due(session)
    opening.close(session)


def test_backups_are_never_kept_inside_the_vault(vault: Vault) -> None:
    session = vault.open()
    with pytest.raises(UserError, match="inside the vault"):
        backing_up.set_folder(session, vault.folder / "kopiot")
    opening.close(session)


def test_the_schedule_asks_daily_weekly_or_never(vault: Vault) -> None:
    session = vault.open()
    assert backing_up.is_due(session)
    backing_up.back_up(session, kind="scheduled")
    assert not backing_up.is_due(session)
    vault.clock.moment += timedelta(days=1)
    assert backing_up.is_due(session)
    backing_up.set_schedule(session, "weekly")
    assert not backing_up.is_due(session)
    vault.clock.moment += timedelta(days=6)
    assert backing_up.is_due(session)
    backing_up.set_schedule(session, "never")
    assert not backing_up.is_due(session)
    opening.close(session)


def test_making_a_backup_stands_in_the_log(vault: Vault, disk: Path) -> None:
    session = vault.open()
    backing_up.back_up(session, folder=disk)
    assert "back up" in {entry.action for entry in logs.entries(session)}
    (row,) = rows.made(session.store)
    assert row.sha256 == unpacking.verify(Path(row.path))
    opening.close(session)
