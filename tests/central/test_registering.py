"""The registry of units: what may stand in it, and how a unit gets into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from valmentaja.central import main, registry
from valmentaja.crypto import minisign
from valmentaja.i18n.command_line import DONE, REFUSED

KEY = minisign.public_key_of(bytes(range(32)))
OTHER = minisign.public_key_of(bytes(range(1, 33)))


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    (tmp_path / "unit.pub").write_text(KEY.file)
    (tmp_path / "other.pub").write_text(OTHER.file)
    assert main.run(["init", str(tmp_path / "lake")]) == DONE
    return tmp_path / "lake"


def register(lake: Path, *more: str, key: str = "unit.pub") -> int:
    return main.run(["register-unit", str(lake), "U101", "405", str(lake.parent / key), *more])


def test_a_registered_unit_stands_in_the_registry_with_its_key(lake: Path) -> None:
    assert register(lake, "--from", "2026-01-01") == DONE
    expected = f"unit,municipality,public_key,valid_from,valid_to\nU101,405,{KEY.line},2026-01-01,\n"
    assert (lake / "registry.csv").read_text() == expected


def test_the_same_registration_again_changes_nothing(lake: Path) -> None:
    register(lake)
    before = (lake / "registry.csv").read_bytes()
    assert register(lake) == DONE
    assert (lake / "registry.csv").read_bytes() == before


def test_a_second_key_needs_days_of_its_own(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert register(lake, "--to", "2026-06-30") == DONE
    assert register(lake, "--from", "2026-06-30", key="other.pub") == REFUSED
    assert "U101" in capsys.readouterr().err
    assert register(lake, "--from", "2026-07-01", key="other.pub") == DONE
    assert [e.public_key for e in registry.read(lake / "registry.csv")] == [KEY.line, OTHER.line]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("u101,405,{key},,", "registry.csv:2"),
        ("U101,40,{key},,", "registry.csv:2"),
        ("U101,405,RWQ=,,", "registry.csv:2"),
        ("U101,405,{key},1.1.2026,", "registry.csv:2"),
        ("U101,405,{key},2026-02-01,2026-01-31", "registry.csv:2"),
        ("U101,405,{key}", "registry.csv:2"),
        ("U101,405,{key},,\nU101,405,{other},,", "registry.csv:3"),
    ],
)
def test_a_line_that_cannot_be_is_named(lake: Path, capsys: pytest.CaptureFixture[str], line: str, place: str) -> None:
    text = line.format(key=KEY.line, other=OTHER.line)
    (lake / "registry.csv").write_text(f"unit,municipality,public_key,valid_from,valid_to\n{text}\n")
    assert main.run(["register-unit", str(lake), "U102", "405", str(lake.parent / "unit.pub")]) == REFUSED
    assert place in capsys.readouterr().err


def test_a_lake_is_not_made_over_a_lake(lake: Path) -> None:
    register(lake)
    before = (lake / "registry.csv").read_bytes()
    assert main.run(["init", str(lake)]) == REFUSED
    assert (lake / "registry.csv").read_bytes() == before


def test_where_there_is_no_lake_the_sentence_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "unit.pub").write_text(KEY.file)
    command = ["register-unit", str(tmp_path), "U101", "405", str(tmp_path / "unit.pub"), "--language", "en"]
    assert main.run(command) == REFUSED
    assert "valmentaja-kokoaja init" in capsys.readouterr().err
