"""Every hostile file is refused with its reason and lies in the quarantine; nothing else is lost."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import sys
from pathlib import Path

import pytest
from hostile import ONE, TWO, every, sound
from units import lay, register

from valmentaja.central.ingest import ingest
from valmentaja.central.inspection import LARGEST_READ, shown_name
from valmentaja.central.lake import Lake
from valmentaja.central.merging import Status

GOOD = (ONE.package("2025-10"), TWO.package("2025-10"), TWO.package("2025-12"))


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    monkeypatch.setattr("valmentaja.central.journal.LANGUAGES", ("en",))  # as hostile.py has the sentences
    register(tmp_path / "lake" / "registry.csv", (ONE, TWO))
    lay(tmp_path / "pickup", GOOD)
    return Lake(tmp_path / "lake")


def told(lake: Lake) -> dict[tuple[str, str], tuple[str, str]]:
    with lake.journal.open(newline="") as opened:
        return {(r["file"], r["sha256"]): (r["status"], r["reason"]) for r in csv.DictReader(opened)}


def test_every_hostile_file_is_refused_with_its_reason_and_nothing_else_is_lost(
    lake: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = every()
    for number, case in enumerate(cases):
        place = tmp_path / "pickup" / f"hostile {number}"
        place.mkdir()
        (place / case.name).write_bytes(case.data)
    done = ingest(tmp_path / "pickup", lake, count=1)
    assert done.statuses[Status.ACCEPTED] == len(GOOD)
    rulings = told(lake)
    for case in cases:
        large = len(case.data) > LARGEST_READ
        sha256 = "" if large else hashlib.sha256(case.data).hexdigest()
        status, reason = rulings[shown_name(case.name), sha256]
        assert status == "rejected", case.id
        assert re.search(case.reason, reason), (case.id, reason)
        assert large or (lake.folder / "quarantine" / f"{sha256}.zip").read_bytes() == case.data, case.id
    assert not any(path.is_dir() for path in (lake.folder / "quarantine").iterdir())
    with capsys.disabled():
        sys.stdout.write(f"{len(cases)} hostile files refused, {len(GOOD)} sound ones accepted\n")


def test_hostile_files_change_nothing_of_what_counts(lake: Lake, tmp_path: Path) -> None:
    ingest(tmp_path / "pickup", lake, count=1)
    before = {path: path.read_bytes() for path in lake.month_files()}
    for number, case in enumerate(every()):
        (tmp_path / "pickup" / f"hostile {number}").mkdir()
        (tmp_path / "pickup" / f"hostile {number}" / case.name).write_bytes(case.data)
    assert ingest(tmp_path / "pickup", lake, count=2).months == ()
    assert {path: path.read_bytes() for path in lake.month_files()} == before


def test_what_is_not_an_ordinary_file_is_never_opened(lake: Lake, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.zip").write_bytes(sound().data)
    (tmp_path / "pickup" / sound().name).symlink_to(tmp_path / "elsewhere.zip")
    os.mkfifo(tmp_path / "pickup" / "pipe.zip")
    (tmp_path / "pickup" / "folder.zip").mkdir()
    (tmp_path / "pickup" / "gone.zip").symlink_to(tmp_path / "nowhere")
    (tmp_path / "pickup" / "round").symlink_to(tmp_path / "pickup", target_is_directory=True)
    ingest(tmp_path / "pickup", lake, count=1)
    refused = {file: reason for (file, _), (status, reason) in told(lake).items() if status == "rejected"}
    assert refused == dict.fromkeys([sound().name, "pipe.zip", "gone.zip"], "This is not an ordinary file.")


def test_a_name_that_is_not_text_is_written_down_all_the_same(lake: Lake, tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path / "pickup") + b"/odd\xff.zip"
    with open(odd, "wb") as opened:  # noqa: PTH123 – a name no Path prints
        opened.write(sound().data)
    ingest(tmp_path / "pickup", lake, count=1)
    assert ingest(tmp_path / "pickup", lake, count=1).inspected == 0
    assert "odd\\udcff.zip" in {file for file, _ in told(lake)}
