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
from valmentaja.i18n.command_line import DONE, REFUSED, STOPPED

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


def test_where_no_new_file_counts_the_exit_code_says_so_once(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["ingest", str(place / "pickup"), str(place / "lake"), "--language", "en"]
    assert main.run(command) == DONE  # nothing there
    lay(place / "pickup", [ONE.package("2025-11"), Unit("U999").package("2025-10")])
    assert main.run(command) == DONE
    lay(place / "pickup", [Unit("U999").package("2025-11")])
    capsys.readouterr()
    assert main.run(command) == REFUSED
    said = capsys.readouterr().err
    assert "None of the new files counts." in said
    assert "ingest.csv" in said
    assert main.run(command) == DONE  # nothing new
    (place / "pickup" / "odd.zip").mkdir()
    assert main.run(command) == DONE  # a folder is no file


def test_where_nothing_in_the_pickup_folder_counts_the_exit_code_says_so_until_it_does(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["ingest", str(place / "pickup"), str(place / "lake"), "--language", "en"]
    lay(place / "pickup", [Unit("U999").package("2025-11")])
    for _ in range(2):
        assert main.run(command) == REFUSED
        assert "Nothing that lies in the pickup folder counts." in capsys.readouterr().err
    register(place / "lake" / "registry.csv", (ONE, TWO, Unit("U999")))
    assert main.run(command) == DONE


def test_files_in_conflict_are_not_said_to_be_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["ingest", str(place / "pickup"), str(place / "lake"), "--language", "en"]
    lay(place / "pickup", [ONE.package("2025-11"), TWO.package("2025-11")])
    assert main.run(command) == DONE
    lay(place / "pickup" / "again", [ONE.package("2025-11", extra=5)])
    capsys.readouterr()
    assert main.run(command) == REFUSED
    told = capsys.readouterr()
    assert "in conflict: 2" in told.out
    assert "refused" not in told.out + told.err


def test_an_ingest_that_was_stopped_says_it_the_next_time(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is in the lists already, but nobody was told of it."""
    command = ["ingest", str(place / "pickup"), str(place / "lake"), "--language", "en"]
    lay(place / "pickup", [ONE.package("2025-11")])
    assert main.run(command) == DONE
    lay(place / "pickup", [Unit("U999").package("2025-11")])
    with monkeypatch.context() as stopped:
        stopped.setattr("valmentaja.central.ingest._write_months", stop)
        assert main.run(command) == STOPPED
    capsys.readouterr()
    assert main.run(command) == REFUSED
    told = capsys.readouterr()
    assert "None of the new files counts." in told.err
    assert "Nothing new" not in told.out


def stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_registry_given_to_ingest_becomes_the_lakes_own(tmp_path: Path) -> None:
    register(tmp_path / "units.csv", (ONE,))
    lay(tmp_path / "pickup", [ONE.package("2025-11")])
    command = ["ingest", "--registry", str(tmp_path / "units.csv"), str(tmp_path / "pickup"), str(tmp_path / "lake")]
    assert main.run(command) == DONE
    assert (tmp_path / "lake" / "registry.csv").read_bytes() == (tmp_path / "units.csv").read_bytes()
    assert main.run(["ingest", str(tmp_path / "pickup"), str(tmp_path / "lake")]) == DONE
