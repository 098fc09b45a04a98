"""Files that are not good caseload tables: one problem each, no flood, nothing read by halves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.exchange.caseload_folder import ANNA, HEADER, add, make_folder, problems, said
from valmentaja.base.errors import StorageError, UserError
from valmentaja.domain.caseload import CaseloadRows
from valmentaja.exchange.caseload_csv import read_folder, write_folder
from valmentaja.exchange.csv_text import LARGEST_FILE, MOST_BROKEN_ROWS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path)


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", 0, "The file is empty"),
        (b"\xef\xbb\xbf", 0, "The file is empty"),
        (f"{HEADER}\n{ANNA}\nT-2,M\u00e4ki".encode("latin-1"), 3, "Byte 6 of this line is not UTF-8"),
        (b"\xef\xbb\xbf" + f"{HEADER}\n{ANNA}\nT-2,M\u00e4ki".encode("latin-1"), 3, "Byte 6 of this line is not UTF-8"),
        (HEADER.encode("utf-16"), 1, "Byte 1 of this line is not UTF-8"),
        (f"{HEADER}\n{ANNA}\0".encode(), 2, "is a NUL"),
        (HEADER.replace(",", ";").encode(), 1, "separated by semicolons"),
        (f"{HEADER},shoe_size\n".encode(), 1, "“shoe_size” is not known"),
        (f"{HEADER},hetu\n".encode(), 1, "“hetu” occurs twice"),
        (HEADER.replace(",hetu", "").encode(), 1, "“hetu” is missing"),
        (f'"{HEADER}\n{ANNA}'.encode(), 1, "opened on this row and never closed"),
        (b"x" * 2_000_000, 1, "too long"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem_and_no_flood(
    folder: Path, content: bytes, line: int, says: str
) -> None:
    (folder / "clients.csv").write_bytes(content)

    found = problems(folder)

    assert [(f, at) for f, at, _, _ in found] == [("clients.csv", line)]
    assert says in found[0][3]
    assert read_folder(folder).rows.clients == ()


def test_ten_megabytes_of_noise_are_refused_at_once(folder: Path) -> None:
    (folder / "meetings.csv").write_bytes(bytes(range(256)) * 40_000)
    assert len(problems(folder)) == 1

    (folder / "meetings.csv").write_bytes(b'"a,\n' * 2_500_000)
    assert len(problems(folder)) == 1


def test_noise_below_a_good_header_stops_after_so_many_broken_rows(folder: Path) -> None:
    add(folder, "followups", *['"a"b'] * 5_000)

    found = problems(folder)

    assert len(found) == MOST_BROKEN_ROWS + 1
    assert "rest of the file was not read" in found[-1][3]


def test_a_huge_file_is_not_even_read(folder: Path) -> None:
    with (folder / "meetings.csv").open("ab") as out:
        out.truncate(LARGEST_FILE + 1)

    assert problems(folder) == [("meetings.csv", 0, "", "The file is larger than 64 MB.")]


def test_a_broken_quote_costs_one_line_only(folder: Path) -> None:
    add(folder, "clients", '"T-3,,,,,,,,,,,2026-01-01,,,,,', *(f"T-{n},,,,,,,,,,,2026-01-01,,,,," for n in (4, 5)))

    reading = read_folder(folder)

    assert [said(p)[1] for p in reading.problems] == [4]
    assert [c.id for c in reading.rows.clients] == ["T-1", "T-2", "T-4", "T-5"]


def test_the_line_named_is_the_physical_line_the_row_starts_on(folder: Path) -> None:
    add(folder, "clients", 'T-3,"a\nb\nc",,,,,,,,,,2026-01-01,,,,,', "T-4,,,,,,,,,,,x,,,,,")

    assert [said(p)[1] for p in read_folder(folder).problems] == [7]


def test_a_missing_table_has_no_rows_and_is_said(folder: Path) -> None:
    (folder / "plans.csv").unlink()
    (folder / "plan_steps.csv").unlink()

    reading = read_folder(folder)

    assert reading.problems == ()
    assert reading.absent == ("plans.csv", "plan_steps.csv")


def test_missing_clients_are_one_problem(folder: Path) -> None:
    (folder / "clients.csv").unlink()

    assert problems(folder) == [("clients.csv", 0, "", "The file is missing. A caseload needs its clients.")]


def test_a_folder_in_a_files_place_is_named(folder: Path) -> None:
    (folder / "plans.csv").unlink()
    (folder / "plans.csv").mkdir()
    (folder / "plan_steps.csv").unlink()

    assert problems(folder)[0][3].startswith("The file cannot be read")


def test_no_folder_at_all_is_a_user_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a folder"):
        read_folder(tmp_path / "gone")


def test_a_folder_that_cannot_be_written_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(StorageError, match="could not be written"):
        write_folder(CaseloadRows(), tmp_path / "file")


def test_reading_the_same_folder_twice_gives_the_same_rows(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy", ignore=shutil.ignore_patterns("copy"))

    assert read_folder(folder) == read_folder(tmp_path / "copy")
