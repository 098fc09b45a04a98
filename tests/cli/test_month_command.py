"""A month and its corrections by command, accepted by minisign, sha256sum and frictionless."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS

from tests.cli.test_commands import SAMPLE, Say, say
from valmentaja.base.clock import SystemClock
from valmentaja.usecases import opening
from valmentaja.usecases.session import Unit

__all__ = ["say"]
NOVEMBER = "2025-11"
FRICTIONLESS = """
import json, sys
from frictionless import Package
report = Package(sys.argv[1]).validate()
print(json.dumps([report.valid, report.stats["tasks"], report.flatten(["rowNumber", "fieldName", "type"])]))
"""


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int, int], None]:
    """Set the clock of the computer."""

    def move(year: int, month: int, day: int) -> None:
        moment = datetime(year, month, day, 8, 0, tzinfo=UTC)
        monkeypatch.setattr(SystemClock, "now", lambda _clock: moment)

    return move


@pytest.fixture
def filled(say: Say, tmp_path: Path, at: Callable[[int, int, int], None]) -> Say:
    """With a vault that holds the sample, early in the year after its last month; cheap to open, for it is often."""
    at(2026, 1, 12)
    unit = Unit(code="U101", municipality="405", coach="")
    opening.create(tmp_path / "vault", WORDS, unit=unit, cost=CHEAP).key.wipe()
    assert say(f"import {{vault}} {SAMPLE}")[0] == 0
    return say


@pytest.fixture
def late(filled: Say, tmp_path: Path) -> Callable[[], None]:
    """Each time one client more turns out to have left in the middle of November 2025; brought in as a table."""
    gone: list[str] = []

    def learn() -> None:
        with (SAMPLE / "clients.csv").open(encoding="utf-8", newline="") as text:
            rows = list(csv.DictReader(text))
        here = [r for r in rows if r["intake_date"] < "2025-11-01" and not r["exit_date"]]
        gone.append(here[len(gone)]["client_id"])
        for row in rows:
            if row["client_id"] in gone:
                row |= {"exit_date": "2025-11-14", "exit_reason": "MUUTTO"}
        folder = tmp_path / f"late{len(gone)}"
        shutil.copytree(SAMPLE, folder)
        with (folder / "clients.csv").open("w", encoding="utf-8", newline="") as text:
            writer = csv.DictWriter(text, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        code, out, err = filled(f"import {{vault}} {folder}")
        assert (code, err) == (0, ""), out

    return learn


def write(say: Say, more: str = "") -> Path:
    code, out, err = say(f"month {{vault}} {NOVEMBER} --out {{dir}}/outbox {more}")
    assert (code, err) == (0, "")
    return Path(out.splitlines()[0])


@pytest.mark.slow
def test_a_correction_is_made_and_refused_by_command(filled: Say, late: Callable[[], None]) -> None:
    correct = f"month {{vault}} {NOVEMBER} --out {{dir}}/outbox --correct"
    code, out, err = filled(correct)
    assert (code, out) == (1, "")
    assert "There is nothing to correct." in err
    first = write(filled)
    kept = first.read_bytes()
    assert filled(correct)[2] == f"No published figure of {NOVEMBER} has changed. There is nothing to correct.\n"
    for revision in range(2, 6):
        late()
        assert write(filled, "--correct").name == f"vi_405_U101_{NOVEMBER}_r{revision}.zip"
        assert filled(correct)[0] == 1
    late()
    assert filled(correct) == (1, "", "It has been corrected as often as it may be. The month stays as it went out.\n")
    assert write(filled).name.endswith("_r5.zip")
    assert first.read_bytes() == kept
    assert len(list(first.parent.glob("*.zip"))) == 5


def test_after_the_last_of_march_it_is_refused(
    filled: Say, at: Callable[[int, int, int], None], late: Callable[[], None]
) -> None:
    write(filled)
    late()
    at(2026, 4, 1)
    code, out, err = filled(f"month {{vault}} {NOVEMBER} --out {{dir}}/outbox --correct")
    assert (code, out) == (1, "")
    assert err.startswith("After 31 March of the next year")
    at(2026, 3, 31)
    assert write(filled, "--correct").name.endswith("_r2.zip")


def test_a_correction_or_a_summary_needs_a_folder(filled: Say) -> None:
    for more in ("--correct", "--summary fi", "--key", "--exact --correct"):
        code, out, err = filled(f"month {{vault}} {NOVEMBER} {more}")
        assert (code, out, err) == (1, "", "Say with --out which folder it is written to.\n")


def test_summaries_are_written_beside_the_package_and_the_same_again(
    filled: Say, late: Callable[[], None], tmp_path: Path
) -> None:
    asked = f"month {{vault}} {NOVEMBER} --out {{dir}}/outbox --summary fi --summary sv --summary en"
    code, out, _err = filled(asked)
    names = [Path(line).name for line in out.splitlines()]
    stem = f"vi_405_U101_{NOVEMBER}_r1"
    assert (code, names) == (0, [f"{stem}.zip", f"{stem}_fi.pdf", f"{stem}_sv.pdf", f"{stem}_en.pdf"])
    made = {name: (tmp_path / "outbox" / name).read_bytes() for name in names}
    again = filled(asked.replace("outbox", "second"))
    assert {Path(line).name: Path(line).read_bytes() for line in again[1].splitlines()[:4]} == made
    late()
    code, out, _err = filled(f"month {{vault}} {NOVEMBER} --out {{dir}}/outbox --correct --summary fi")
    assert [Path(line).name for line in out.splitlines()] == [f"{stem[:-1]}2.zip", f"{stem[:-1]}2_fi.pdf"]
    assert filled(f"month {{vault}} {NOVEMBER} --out {{dir}}/outbox --summary de")[0] == 2


def test_a_sealed_month_written_again_says_that_it_stands_and_what_has_changed(
    filled: Say, late: Callable[[], None]
) -> None:
    command = f"month {{vault}} {NOVEMBER} --out {{dir}}/outbox"
    stands = "This is the month as it was sealed 12 Jan 2026 10:00:00, the same file as before."
    assert stands not in filled(command)[1]
    assert filled(command)[1].splitlines()[-1] == stands
    late()
    said = filled(command)[1].splitlines()[-3:]
    assert said[0] == stands
    assert said[1].endswith("otherwise now.")
    assert said[2] == "To send a correction, give the command again with --correct."
    assert stands not in filled(f"{command} --correct")[1]


def test_the_month_on_paper_is_called_what_it_is_and_not_a_broken_plan(filled: Say) -> None:
    _code, out, _err = filled(f"month {{vault}} {NOVEMBER} --out {{dir}}/outbox --summary fi")
    paper = Path(out.splitlines()[1])
    code, out, err = filled(f"verify {paper}")
    assert code == 1
    assert out.startswith("This is the month on paper, made for people to read. It is not a signed plan")
    assert err == f"{paper.name} was not checked: there is no signature to check.\n"
    paper.write_bytes(paper.read_bytes()[:-2000])
    assert "is not sound" in filled(f"verify {paper}")[2]


@pytest.mark.slow
def test_other_programs_accept_the_package_and_its_correction(
    filled: Say, late: Callable[[], None], tmp_path: Path
) -> None:
    assert shutil.which("minisign"), "the Debian package minisign is missing: apt-get install minisign"
    first = write(filled)
    late()
    second = write(filled, "--correct --key")
    key = second.with_name("405_U101.pub")
    checks = (["sha256sum", "-c", "MANIFEST.sha256"], ["minisign", "-V", "-p", str(key), "-m", "MANIFEST.sha256"])
    told = []
    for package in (first, second):
        folder = tmp_path / package.stem
        with zipfile.ZipFile(package) as held:
            held.extractall(folder)
        for command in checks:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
        assert frictionless(folder / "datapackage.json") == [True, 2, []]
        told.append(json.loads((folder / "datapackage.json").read_text("utf-8"))["valmentaja"])
    assert [card["supersedes"] for card in told] == [None, first.stem]
    spoil(tmp_path / second.stem)
    assert frictionless(tmp_path / second.stem / "datapackage.json")[0] is False
    assert subprocess.run(checks[0], cwd=tmp_path / second.stem, capture_output=True).returncode


def spoil(folder: Path) -> None:
    """A control: a figure that the description does not allow."""
    path = folder / "indicators.csv"
    path.write_bytes(path.read_bytes().replace(b"CL01,,,", b"CL01,,,-", 1))


def frictionless(descriptor: Path) -> list[object]:
    command = [sys.executable, "-c", FRICTIONLESS, descriptor.name]
    done = subprocess.run(command, cwd=descriptor.parent, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout.splitlines()[-1])
    return found
