"""What an ingest says of itself: on the screen, by its exit code and in `ingest.csv`."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest
from units import Unit, lay, register

from valmentaja.central import inspection, main, merging
from valmentaja.central.journal import CODES
from valmentaja.exchange import package as sealing
from valmentaja.exchange import package_check
from valmentaja.i18n.command_line import DONE, REFUSED

ONE, TWO = Unit("U101"), Unit("U102", "091")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    register(tmp_path / "lake" / "registry.csv", (ONE, TWO))
    (tmp_path / "pickup").mkdir()
    return tmp_path


def test_the_list_says_the_same_whoever_ingests_in_whatever_language(place: Path) -> None:
    lay(place / "pickup", [ONE.package("2025-11"), Unit("U999").package("2025-11")])
    lists = set()
    for language in ("fi", "sv", "en"):
        assert main.run(["ingest", str(place / "pickup"), str(place / "lake"), "--language", language]) == DONE
        lists.add((place / "lake" / "ingest.csv").read_bytes())
    (said,) = lists
    assert "unit-unknown,Yksikkö U999 ei ole rekisterissä.".encode() in said


def test_every_reason_has_a_code() -> None:
    """Every sentence by which the looking and the merging can refuse a file."""
    sentences = set(CODES)
    modules = (inspection, merging, package_check, sealing)
    calls = [node for module in modules for node in ast.walk(ast.parse(inspect.getsource(module)))]
    marked = {
        str(call.args[0].value)
        for call in calls
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "N_"
        if isinstance(call.args[0], ast.Constant)
    }
    assert sentences <= marked
    assert {text.split(" ")[0] for text in marked - sentences} <= {"The", "Signed", "This"}, marked - sentences
    assert len(marked - sentences) == 4  # two sentences of a sound package, its unchecked signature, a bad .pub file


def test_the_command_says_what_became_of_the_files(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(place / "pickup", [ONE.package("2025-11"), Unit("U999").package("2025-11")])
    command = ["ingest", str(place / "pickup"), str(place / "lake"), "--workers", "1", "--language", "en"]
    assert main.run(command) == DONE
    said = capsys.readouterr().out
    assert "2 files inspected" in said
    assert "accepted: 1" in said
    assert "refused: 1" in said
    assert "2025-11" in said


def test_a_second_ingest_says_that_nothing_was_new_and_how_much_stands(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(place / "pickup", [ONE.package("2025-11"), TWO.package("2025-11")])
    command = ["ingest", str(place / "pickup"), str(place / "lake"), "--language", "en"]
    assert main.run(command) == main.run(command) == DONE
    said = capsys.readouterr().out.split("Nothing new in the pickup folder.")[1]
    assert "All files so far:\n  accepted: 2\nNo month has changed." in said


def test_where_every_new_file_is_refused_the_exit_code_says_so_once(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["ingest", str(place / "pickup"), str(place / "lake"), "--language", "en"]
    assert main.run(command) == DONE  # nothing there
    lay(place / "pickup", [ONE.package("2025-11"), Unit("U999").package("2025-10")])
    assert main.run(command) == DONE
    lay(place / "pickup", [Unit("U999").package("2025-11")])
    capsys.readouterr()
    assert main.run(command) == REFUSED
    assert "ingest.csv" in capsys.readouterr().err
    assert main.run(command) == DONE  # nothing new
    (place / "pickup" / "odd.zip").mkdir()
    assert main.run(command) == DONE  # a folder is no file


def test_a_registry_given_to_ingest_becomes_the_lakes_own(tmp_path: Path) -> None:
    register(tmp_path / "units.csv", (ONE,))
    lay(tmp_path / "pickup", [ONE.package("2025-11")])
    command = ["ingest", "--registry", str(tmp_path / "units.csv"), str(tmp_path / "pickup"), str(tmp_path / "lake")]
    assert main.run(command) == DONE
    assert (tmp_path / "lake" / "registry.csv").read_bytes() == (tmp_path / "units.csv").read_bytes()
    assert main.run(["ingest", str(tmp_path / "pickup"), str(tmp_path / "lake")]) == DONE
