"""Spark and DuckDB give the same answers to the same text, and Spark speaks to nobody outside this machine."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from units import Unit, lay, register

from valmentaja.base.errors import UserError
from valmentaja.base.paths import ROOT
from valmentaja.central.engine import QUESTIONS, engine
from valmentaja.central.ingest import ingest
from valmentaja.central.lake import Lake
from valmentaja.i18n.command_line import STORAGE

MONTHS = [f"2025-{month:02d}" for month in range(10, 13)]
UNITS = tuple(Unit(f"U30{number}", "837" if number < 4 else "091") for number in range(6))
ADDRESS = re.compile(r'inet_addr\("([^"]+)"|inet_pton\(AF_INET6, "([^"]+)"')
THIS_MACHINE = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


def missing() -> str:
    if shutil.which("java") is None:
        return "needs Java 17"
    return "" if importlib.util.find_spec("pyspark") else "needs PySpark: packaging/bootstrap.py installs it for --slow"


with_spark = pytest.mark.skipif(bool(missing()), reason=missing() or "there")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    place = tmp_path_factory.mktemp("spark")
    register(place / "lake" / "registry.csv", UNITS)
    lay(place / "pickup", [unit.package(month) for unit in UNITS for month in MONTHS])
    made = Lake(place / "lake")
    ingest(place / "pickup", made, count=1)
    return made


def report(lake: Lake, out: Path, name: str, *before: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "valmentaja.central", "report", str(lake.folder), "--no-pdf", "--language", "en"]
    return child(out, [*before, *command, "--engine", name, "--out", str(out / "report")])


def child(folder: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    """A process of its own: in this one no test may open a connection, not even to a Java of ours."""
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "PYTHONWARNINGS": "ignore"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


ASKED = """
import json, sys
from pathlib import Path
from valmentaja.central import main
from valmentaja.central.engine import QUESTIONS, Choice, engine, question
from valmentaja.central.lake import Lake

choices = (
    Choice(first="2025-10", last="2025-12"),
    Choice(first="2025-11", last="2025-11", municipalities=("091", "837")),
    Choice(first="2025-10", last="2025-12", unit="U301"),
    Choice(first="2031-01", last="2031-12"),
)
names = sorted(path.stem for path in QUESTIONS.glob("*.sql"))
found = []
for name in ("duckdb", "spark"):
    with engine(name, Lake(Path(sys.argv[1]))) as asked:
        found.append([asked.ask(question(one), choice) for one in names for choice in choices])
with engine("spark", Lake(Path(sys.argv[1]))) as asked:
    found.append([asked.ask(question(names[0]), choices[0])])
print(json.dumps(found))
"""


@pytest.mark.slow
@with_spark
def test_every_question_has_the_same_answer_from_both_engines(lake: Lake, tmp_path: Path) -> None:
    done = child(tmp_path, [sys.executable, "-c", ASKED, str(lake.folder)])
    duckdb, spark, again = json.loads(done.stdout)
    assert spark == duckdb
    assert again == duckdb[:1]
    assert [bool(answer) for answer in duckdb] == [True, True, True, False] * len(list(QUESTIONS.glob("*.sql")))


@pytest.mark.slow
@with_spark
def test_the_report_is_the_same_from_both_and_nothing_else_is_said_or_left(lake: Lake, tmp_path: Path) -> None:
    told = {name: report(lake, tmp_path / name, name) for name in ("spark", "duckdb")}
    pages = {name: next((tmp_path / name / "report").glob("*.html")).read_bytes() for name in told}
    assert pages["spark"] == pages["duckdb"]
    assert told["spark"].stderr == ""
    assert [path.name for path in (tmp_path / "spark").iterdir()] == ["report"]


@pytest.mark.slow
@with_spark
def test_a_month_that_spark_cannot_read_is_a_sentence(lake: Lake, tmp_path: Path) -> None:
    damaged = Lake(tmp_path / "damaged")
    shutil.copytree(lake.folder, damaged.folder)
    file = damaged.month_files()[-1]
    file.write_bytes(file.read_bytes()[:500])
    done = report(damaged, tmp_path / "out", "spark")
    assert done.returncode == STORAGE
    assert done.stderr.count("\n") == 1 and "Give check" in done.stderr


@pytest.mark.slow
@with_spark
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace, which Linux has")
def test_spark_binds_and_connects_to_this_machine_only(lake: Lake, tmp_path: Path) -> None:
    trace = tmp_path / "trace.txt"
    strace = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=connect,bind,sendto,sendmsg"]
    done = report(lake, tmp_path / "traced", "spark", *strace)
    if "PTRACE_TRACEME" in done.stderr or "Operation not permitted" in done.stderr:
        pytest.skip(f"strace may not trace here: {done.stderr.splitlines()[0]}")
    assert done.returncode == 0, done.stderr
    calls = trace.read_text(errors="replace").splitlines()
    assert any("bind(" in call and "127.0.0.1" in call for call in calls)
    assert [call for call in calls if reached(call) - THIS_MACHINE] == []


def reached(call: str) -> set[str]:
    """The internet addresses of a traced call."""
    return {one for found in ADDRESS.findall(call) for one in found if one}


def test_without_java_one_sentence_says_what_spark_needs(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UserError, match="needs Java 17 or newer"):
        engine("spark", lake)
