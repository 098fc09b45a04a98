"""kill -9 in the middle of an ingest: giving the command again makes the same lake, byte for byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from units import Unit, lay, register

from valmentaja.central.ingest import ingest
from valmentaja.central.lake import Lake

KILLS = 50
UNITS = tuple(Unit(f"U{number}") for number in range(300, 308))
MONTHS = [f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13)]


def begun(pickup: Path, lake: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "valmentaja.central", "ingest", str(pickup), str(lake), "--workers", "2"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def written(folder: Path) -> dict[str, bytes]:
    lists = (folder / "ingest.csv", folder / "deliveries.csv")
    found = (*folder.glob("year=*/*"), *folder.glob("quarantine/*"), *lists)
    return {str(p.relative_to(folder)): p.read_bytes() for p in found}


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def killed(process: subprocess.Popen[bytes], after: float) -> bool:
    """Only the parent is killed; its workers must end by themselves."""
    time.sleep(after)
    hit = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(200):
        if not alive(process.pid):
            return hit
        time.sleep(0.05)
    raise AssertionError("a worker outlived its parent")


@pytest.mark.slow
def test_an_ingest_killed_fifty_times_gives_the_same_bytes_when_it_is_given_again(tmp_path: Path) -> None:
    lay(tmp_path / "pickup", [unit.package(month) for unit in UNITS for month in MONTHS])
    register(tmp_path / "whole" / "registry.csv", UNITS)
    since = time.monotonic()
    assert begun(tmp_path / "pickup", tmp_path / "whole").wait() == 0
    takes = time.monotonic() - since
    expected = written(tmp_path / "whole")
    assert len(expected) == len(MONTHS) + 2
    drawn, kills, stages = Random(1), 0, {"no month": 0, "some months": 0, "all months": 0}
    while kills < KILLS:
        folder = tmp_path / f"killed {kills}"
        register(folder / "registry.csv", UNITS)
        if not killed(begun(tmp_path / "pickup", folder), drawn.uniform(0.2, takes)):
            continue
        kills += 1
        count = len(list(folder.glob("year=*/*.parquet")))
        stages["no month" if not count else "some months" if count < len(MONTHS) else "all months"] += 1
        ingest(tmp_path / "pickup", Lake(folder), count=1)
        assert written(folder) == expected
        assert not list(folder.rglob("*.part"))
    sys.stdout.write(f"{kills} kills of an ingest of {takes:.1f} s, {stages}: the same bytes every time\n")
    assert stages["some months"]
