"""The registry of units: what may stand in it, and how a unit gets into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from valmentaja.base.errors import UserError
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
        ("U101,999,{key},,", "kunta_2026.csv"),
        ("U101,0091,{key},,", "registry.csv:2"),
        ("U101,405,RWQ=,,", "registry.csv:2"),
        ("U101,405,{key},1/2/2026,", "registry.csv:2"),
        ("U101,405,{key},2026-01-01,31.2.2026", "(valid_to)"),
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


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_registry_that_finnish_excel_saved_is_read(lake: Path, start: str) -> None:
    """Semicolons, a BOM, CR LF, days as d.m.yyyy, a municipality without its zeros, an emptied row."""
    rows = f"unit;municipality;public_key;valid_from;valid_to\r\nU101;91;{KEY.line};1.1.2026;31.12.2026\r\n;;;;\r\n"
    (lake / "registry.csv").write_bytes((start + rows).encode())
    (entry,) = registry.read(lake / "registry.csv")
    assert entry.cells == ("U101", "091", KEY.line, "2026-01-01", "2026-12-31")


QUOTED = ";".join(f'"{name}"' for name in registry.HEADER)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (QUOTED, f'"U101";"091";"{KEY.line}";"2026-01-01";""'),
        (QUOTED.replace(";", ","), f'"U101","091","{KEY.line}","2026-01-01",""'),
        (f"sep=;\r\n{QUOTED}", f"U101;91;{KEY.line};1.1.2026;"),
        ("sep=,\n" + ",".join(registry.HEADER), f"U101,91,{KEY.line},1.1.2026,"),
        (";".join(registry.HEADER) + ";;", f"U101;91;{KEY.line};1.1.2026;;;"),
        ("\t".join(registry.HEADER), f"U101\t91\t{KEY.line}\t2026-01-01\t"),
    ],
)
def test_a_registry_is_read_however_a_spreadsheet_saved_it(lake: Path, header: str, row: str) -> None:
    (lake / "registry.csv").write_bytes(f"\ufeff{header}\r\n{row}\r\n".encode())
    (entry,) = registry.read(lake / "registry.csv")
    assert entry.cells == ("U101", "091", KEY.line, "2026-01-01", "")


def test_a_line_below_sep_is_named_by_its_number_in_the_file(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lake / "registry.csv").write_text(f"sep=;\n{';'.join(registry.HEADER)}\nU101;999;{KEY.line};;\n")
    assert register(lake) == REFUSED
    assert "registry.csv:3:" in capsys.readouterr().err


def test_a_cell_too_many_is_refused(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lake / "registry.csv").write_text(f"{','.join(registry.HEADER)}\nU101,091,{KEY.line},,,x\n")
    assert register(lake) == REFUSED
    assert "6" in capsys.readouterr().err


def test_a_key_file_with_a_byte_order_mark_is_read(lake: Path) -> None:
    (lake.parent / "bom.pub").write_text("\ufeff" + KEY.file, "utf-8")
    assert register(lake, key="bom.pub") == DONE
    assert end(lake, "2026-12-31", "bom.pub") == DONE


def test_two_units_cannot_have_one_key(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Usually the file of another unit was picked."""
    register(lake, "--to", "2026-06-30")
    before = (lake / "registry.csv").read_bytes()
    command = ["register-unit", str(lake), "U102", "091", str(lake.parent / "unit.pub"), "--language", "en"]
    assert main.run([*command, "--from", "2026-07-01"]) == REFUSED
    said = capsys.readouterr().err
    assert "key of the unit U101" in said
    assert "that U102 sent" in said
    assert (lake / "registry.csv").read_bytes() == before
    (lake / "registry.csv").write_bytes(before + f"U102,091,{KEY.line},2026-07-01,\n".encode())
    with pytest.raises(UserError) as refused:
        registry.read(lake / "registry.csv")
    assert refused.value.values["place"] == "registry.csv:3"


def test_a_municipality_that_is_no_more_keeps_its_ended_key(lake: Path) -> None:
    """Joined to another since: an old line must not stop the whole lake."""
    rows = f"unit,municipality,public_key,valid_from,valid_to\nU101,414,{KEY.line},,2026-12-31\n"
    (lake / "registry.csv").write_text(rows)
    assert [entry.municipality for entry in registry.read(lake / "registry.csv")] == ["414"]


@pytest.mark.parametrize("number", ["0", "000"])
def test_no_municipality_has_the_number_nought(lake: Path, number: str) -> None:
    """Also not one that once was."""
    (lake / "registry.csv").write_text(f"{','.join(registry.HEADER)}\nU101,{number},{KEY.line},,2026-12-31\n")
    with pytest.raises(UserError):
        registry.read(lake / "registry.csv")


def test_a_municipality_that_does_not_exist_is_refused_and_a_short_number_is_filled(
    lake: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = str(lake.parent / "unit.pub")
    assert main.run(["register-unit", str(lake), "U101", "999", key, "--to", "2026-12-31"]) == REFUSED
    said = capsys.readouterr().err
    assert "999" in said
    assert "kunta_2026.csv" in said
    assert main.run(["register-unit", str(lake), "U101", "91", key]) == DONE
    assert [entry.municipality for entry in registry.read(lake / "registry.csv")] == ["091"]


def test_the_same_key_with_other_days_says_how_its_last_day_is_changed(
    lake: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register(lake)
    assert register(lake, "--to", "2026-06-30") == REFUSED
    assert "end-key" in capsys.readouterr().err


def end(lake: Path, day: str, *key: str) -> int:
    return main.run(["end-key", str(lake), "U101", *(str(lake.parent / name) for name in key), "--to", day])


def test_a_key_that_ends_makes_room_for_the_next_one(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register(lake, "--from", "2026-01-01")
    assert end(lake, "30.6.2026") == DONE
    assert KEY.fingerprint in capsys.readouterr().out
    assert register(lake, "--from", "2026-07-01", key="other.pub") == DONE
    days = [entry.days for entry in registry.read(lake / "registry.csv")]
    assert days == ["2026-01-01–2026-06-30", "2026-07-01–…"]
    assert end(lake, "2026-05-31", "unit.pub") == DONE
    assert end(lake, "2026-12-31") == DONE
    days = [entry.days for entry in registry.read(lake / "registry.csv")]
    assert days == ["2026-01-01–2026-05-31", "2026-07-01–2026-12-31"]


def test_what_cannot_end_is_refused_and_changes_nothing(lake: Path) -> None:
    assert end(lake, "2026-06-30") == REFUSED  # no such unit
    register(lake, "--from", "2026-01-01", "--to", "2026-06-30")
    register(lake, "--from", "2026-07-01", "--to", "2026-12-31", key="other.pub")
    before = (lake / "registry.csv").read_bytes()
    assert end(lake, "2026-10-31") == REFUSED  # which of the two?
    assert end(lake, "2025-12-31", "unit.pub") == REFUSED  # before its first day
    assert end(lake, "2026-07-01", "unit.pub") == REFUSED  # the other key's day
    assert end(lake, "", "unit.pub") == REFUSED
    assert (lake / "registry.csv").read_bytes() == before


def test_an_ended_key_gets_no_later_day(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was refused because of its last day would count again."""
    register(lake, "--to", "2026-06-30")
    before = (lake / "registry.csv").read_bytes()
    capsys.readouterr()
    assert end(lake, "2099-01-01") == end(lake, "2026-07-01", "unit.pub") == REFUSED
    assert capsys.readouterr().err.count("2026-06-30") == 2
    assert (lake / "registry.csv").read_bytes() == before
    assert end(lake, "2026-06-30") == DONE


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
