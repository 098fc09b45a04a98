"""The program without a window: the sample's figures, and what bad input is told."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import WORDS

from valmentaja.cli.main import run

DATA = Path(__file__).resolve().parents[1] / "data"
SAMPLE = DATA / "sample"
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a command; its exit code, stdout and stderr. {vault} and {dir} stand for the folders."""
    (tmp_path / "words").write_text(WORDS + "\n", "utf-8")

    def command(line: str, *, words: str = "words") -> tuple[int, str, str]:
        arguments = [word.format(vault=tmp_path / "vault", dir=tmp_path) for word in line.split()]
        secret = [] if arguments[0] in ("verify", "demo") else ["--passphrase-file", str(tmp_path / words)]
        code = run([*arguments, *secret, "--language", "en"])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def filled(say: Say) -> Say:
    """With a vault that holds the sample."""
    assert say("create {vault} --unit U101 --municipality 405")[0] == 0
    assert say(f"import {{vault}} {SAMPLE}")[0] == 0
    return say


def folder(tmp_path: Path, file: str, change: Callable[[bytes], bytes]) -> Path:
    """The sample with one file changed."""
    made = tmp_path / "changed"
    shutil.copytree(SAMPLE, made)
    (made / file).write_bytes(change((made / file).read_bytes()))
    return made


def everything(say: Say, tmp_path: Path, name: str) -> dict[str, bytes]:
    """The caseload as it stands, to compare."""
    say(f"export {{vault}} {tmp_path / name}")
    return {path.name: path.read_bytes() for path in (tmp_path / name).glob("*.csv")}


def test_the_exact_figures_are_the_expected_ones_every_row(filled: Say) -> None:
    with (DATA / "sample-expected.csv").open(encoding="utf-8", newline="") as text:
        expected = [tuple(row.values()) for row in csv.DictReader(text)]
    made = []
    for month in sorted({row[1] for row in expected if not row[1].endswith("A")}):
        code, out, _err = filled(f"month {{vault}} {month} --exact")
        assert code == 0
        header, *rows = [tuple(line.split(",")) for line in out.splitlines()]
        assert header == ("unit", "period", "freq", "indicator", "dim1", "dim2", "count")
        made += rows
    assert sorted(made) == sorted(expected)
    assert len(made) == 761


@pytest.mark.parametrize("given", ["", "--unit U101", "--municipality 405"])
def test_a_new_vault_claims_no_unit_and_no_municipality_by_itself(say: Say, tmp_path: Path, given: str) -> None:
    code, out, err = say(f"create {{vault}} {given}")
    assert (code, out) == (1, "")
    assert err == "Say with --unit and --municipality whose vault it is. Nothing was made.\n"
    assert not (tmp_path / "vault").exists()


def test_importing_twice_changes_nothing_and_the_export_is_the_import(filled: Say, tmp_path: Path) -> None:
    before = everything(filled, tmp_path, "one")
    code, out, _err = filled(f"import {{vault}} {SAMPLE}")
    assert code == 0
    assert out.count(" 0 new or changed") == 9
    assert everything(filled, tmp_path, "two") == before
    assert before == {path.name: path.read_bytes() for path in SAMPLE.iterdir()}


BROKEN: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("clients.csv", lambda b: b.replace(b"2024-", b"2024-13-", 1), r"clients.csv, line "),
    ("labour_status.csv", lambda b: b.replace(b"TYOTON", b"TYOTTOMYYS", 1), "labour_status.csv, line "),
    ("clients.csv", lambda b: b + b.splitlines(keepends=True)[1], "clients.csv, line 49"),
    ("clients.csv", lambda b: b.decode().encode("utf-16"), "clients.csv"),
    ("meetings.csv", lambda _b: bytes(range(256)) * 40_000, "meetings.csv"),
]


@pytest.mark.parametrize(("file", "change", "told"), BROKEN, ids=["date", "code", "double", "encoding", "noise"])
def test_a_broken_folder_is_refused_whole(
    filled: Say, tmp_path: Path, file: str, change: Callable[[bytes], bytes], told: str
) -> None:
    before = everything(filled, tmp_path, "before")
    code, out, err = filled(f"import {{vault}} {folder(tmp_path, file, change)}")
    assert code == 1
    assert told in out
    assert "Nothing was imported." in err
    assert len(err.splitlines()) == 1
    assert everything(filled, tmp_path, "after") == before


def test_a_wrong_passphrase_is_one_sentence(filled: Say, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("aivan toinen lause\n", "utf-8")
    code, out, err = filled("clients {vault}", words="other")
    assert (code, out) == (1, "")
    assert err == "Wrong passphrase. Nothing was changed. Check Caps Lock and try again.\n"


def test_a_folder_that_is_no_vault_is_told(say: Say, tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "database.db").write_bytes(b"SQLite format 3\0")
    code, _out, err = say("clients {vault}")
    assert code in (1, 3)
    assert str(tmp_path / "vault") in err
    assert [p.name for p in (tmp_path / "vault").iterdir()] == ["database.db"]


def test_a_month_in_the_future_is_refused(filled: Say, tmp_path: Path) -> None:
    code, _out, err = filled("month {vault} 2099-01 --out {dir}/outbox")
    assert code == 1
    assert err.startswith("2099-01 is not over yet.")
    assert not (tmp_path / "outbox").exists()


def test_an_unwritable_outbox_leaves_the_month_unsealed(filled: Say, tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file, no folder", "utf-8")
    code, _out, err = filled("month {vault} 2024-03 --out {dir}/outbox")
    assert code == 3
    assert "Nothing was written." in err
    first = filled("month {vault} 2024-03 --out {dir}/good")
    assert first[0] == 0
    again = filled("month {vault} 2024-03 --out {dir}/better")
    (one,), (two,) = (tmp_path / "good").glob("*.zip"), (tmp_path / "better").glob("*.zip")
    assert (again[0], one.read_bytes()) == (0, two.read_bytes())


def test_a_summary_is_written_for_client_and_network_and_the_same_again(filled: Say, tmp_path: Path) -> None:
    assessed = (SAMPLE / "assessments.csv").read_text("utf-8-sig").splitlines()[1].split(",")[0]
    (tmp_path / "out").mkdir()
    for audience in ("client", "network"):
        code, out, _err = filled(f"summary-pdf {{vault}} {assessed} --for {audience} --out {{dir}}/out")
        assert code == 0
        first = Path(out.strip()).read_bytes()
        again = filled(f"summary-pdf {{vault}} {assessed} --for {audience} --out {{dir}}/out")
        assert (again[0], Path(again[1].strip()).read_bytes()) == (0, first)
    assert len(list((tmp_path / "out").glob("yhteenveto_*.pdf"))) == 2


def test_noise_is_not_called_sound(say: Say, tmp_path: Path) -> None:
    for name, noise in (("x.pdf", b"%PDF-1.7 noise"), ("x.zip", b"PK noise"), ("x.txt", b"")):
        (tmp_path / name).write_bytes(noise)
        code, _out, err = say(f"verify {{dir}}/{name}")
        assert code == 1
        assert err.endswith("is not sound. Do not rely on it.\n")


def test_usage_errors_are_two_and_secrets_are_not_arguments(say: Say) -> None:
    assert say("month")[0] == 2
    assert run(["clients", "vault", "--passphrase", "secret"]) == 2


def test_the_demo_makes_files_that_verify(say: Say, tmp_path: Path) -> None:
    code, out, _err = say("demo {dir}/demo")
    assert code == 0
    made = sorted((tmp_path / "demo" / "outbox").iterdir())
    assert [path.suffix for path in made] == [".pub", ".txt", ".pdf", ".zip"]
    made.remove(tmp_path / "demo" / "outbox" / "ankkurit.txt")
    assert all(str(path) in out for path in made[1:])
    signed = subprocess.run(["pdfsig", str(made[1])], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in signed
    assert "Total document signed" in signed
    about = subprocess.run(["pdfinfo", str(made[1])], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in about
    assert "Title:           Coaching plan, version 1" in about
    assert "Esimerkkilä" not in about + made[1].name


def test_the_command_is_there(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "valmentaja", "--version"], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0
