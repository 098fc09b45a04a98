"""kill -9 while a backup is made and while one is restored: the vault opens, nothing half-made counts."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from backup_kit import Vault, add_meeting, make, names

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError
from valmentaja.usecases import backing_up, logs, opening
from valmentaja.vault import backup, unpacking
from valmentaja.vault import vault as vaults

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 2


@pytest.fixture
def big(tmp_path: Path, clock: FixedClock) -> Vault:
    """Large enough that a kill can come in the middle of it."""
    vault = make(tmp_path / "vault", clock, clients=CLIENTS)
    session = vault.open()
    for _ in range(60):
        add_meeting(session, "Pitkä muistiinpano. " * 2000)
    opening.close(session)
    return vault


def killed(manner: str, source: Path, secret: Path, folder: Path, after: float) -> list[str]:
    """What the child said before it was killed, `after` seconds into its work."""
    command = [sys.executable, str(ROOT / "tests" / "backup" / "moving.py"), manner, source, secret, folder]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.PIPE, text=True, env=surroundings
    ) as child:
        if child.stdout is None:
            raise RuntimeError("no pipe")
        begun = child.stdout.readline()
        timer = threading.Timer(after, child.kill)
        timer.start()
        rest = child.stdout.read()
        timer.join()
    return [begun.strip(), *rest.split()]


@dataclass(slots=True)
class Count:
    kills: int = 0
    finished: int = 0
    leftovers: int = 0
    half: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)

    def said(self, what: str) -> None:
        sys.stdout.write(
            f"\n{self.kills} kills during {what}: {self.finished} finished, {len(self.half)} half ones that counted, "
            f"{self.leftovers} leftovers that do not count, {len(self.lost)} lost\n"
        )


def whole(path: Path) -> bool:
    try:
        unpacking.verify(path)
    except StorageError:
        return False
    return True


def kill_backups(vault: Vault, tmp_path: Path, manner: str, kills: int) -> Count:
    """Kill, then look: what has a backup's name must be whole, and what was there must still be."""
    key, folder, chance, count = tmp_path / "key", tmp_path / "tikku", random.Random(10), Count()
    key.write_bytes(vault.key)
    folder.mkdir()
    sums: dict[str, str] = {}
    for _ in range(kills):
        told = killed(manner, vault.folder, key, folder, chance.uniform(0, 0.12))
        count.kills += 1
        count.finished += sum(line.endswith(".zip") for line in told)
        _look(vault, folder, sums, count)
    return count


def _look(vault: Vault, folder: Path, sums: dict[str, str], count: Count) -> None:
    session = vault.open()
    assert logs.first_break(session) is None
    assert len(names(session)) == CLIENTS
    assert session.store.number("SELECT COUNT(*) FROM meeting") == 60
    opening.close(session)
    counted = backup._candidates(folder)
    count.half |= {path.name for path in counted if not whole(path)}
    count.leftovers += len(list(folder.glob(".*.part")))
    there = {path.name: backup.unpacking.verify(path) for path in counted if whole(path)}
    newer = sorted(there)[-backup.KEPT :]
    count.lost += [name for name in newer if name in sums and sums[name] != there[name]]
    count.lost += [name for name in sums if name not in there and len(there) < backup.KEPT]
    sums.clear()
    sums.update(there)


def test_five_kills_leave_no_half_backup(big: Vault, tmp_path: Path) -> None:
    count = kill_backups(big, tmp_path, "backup", 5)
    assert (count.half, count.lost) == (set(), [])


@pytest.mark.slow
def test_sixty_kills_leave_no_half_backup(big: Vault, tmp_path: Path) -> None:
    count = kill_backups(big, tmp_path, "backup", 60)
    count.said("backups")
    assert (count.half, count.lost) == (set(), [])
    assert count.leftovers > 0
    session = big.open()
    backing_up.back_up(session, folder=tmp_path / "tikku")
    assert list((tmp_path / "tikku").glob(".*.part")) == []
    opening.close(session)


@pytest.mark.slow
def test_control_the_same_kills_catch_a_backup_that_gets_its_name_too_early(big: Vault, tmp_path: Path) -> None:
    count = kill_backups(big, tmp_path, "hasty", 20)
    count.said("backups that get their name too early (control)")
    assert count.half


@pytest.mark.slow
def test_sixty_kills_leave_no_half_restored_vault(big: Vault, tmp_path: Path) -> None:
    session = big.open()
    path = backing_up.back_up(session, folder=tmp_path).path
    opening.close(session)
    code, chance, count = tmp_path / "code", random.Random(11), Count()
    code.write_text(big.code, "utf-8")
    before = unpacking.verify(path)
    for n in range(60):
        folder = tmp_path / f"kone{n}"
        folder.mkdir()
        told = killed("restore", path, code, folder, chance.uniform(0, 0.6))
        count.kills += 1
        count.finished += sum(line.startswith("vault") for line in told)
        _look_at_restored(big, folder, count)
    count.said("restorings")
    assert unpacking.verify(path) == before
    assert (count.half, count.lost) == (set(), [])
    assert count.leftovers > 0
    assert count.finished > 0


def _look_at_restored(vault: Vault, folder: Path, count: Count) -> None:
    for place in folder.iterdir():
        if place.name.endswith(".restoring"):
            count.leftovers += 1
            count.half |= {place.name} if vaults.exists(place) else set()
            continue
        restored = Vault(place, vault.code, vault.key, vault.clock).open()
        if restored.store.number("SELECT COUNT(*) FROM meeting") != 60 or logs.first_break(restored) is not None:
            count.lost.append(place.name)
        opening.close(restored)
