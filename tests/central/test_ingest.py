"""From the pickup folder into the lake: what counts, what does not, and that only the set of files decides."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest
from units import Unit, lay, register

from valmentaja.base.errors import UserError
from valmentaja.central import main, registry
from valmentaja.central.checking import check
from valmentaja.central.ingest import Ingested, ingest
from valmentaja.central.lake import COLUMNS, Lake
from valmentaja.central.merging import Status
from valmentaja.definitions.indicators import definitions
from valmentaja.exchange.package_check import verify
from valmentaja.i18n import set_language
from valmentaja.i18n.command_line import REFUSED

ONE, TWO = Unit("U101"), Unit("U102", "091")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    set_language("en")
    register(tmp_path / "lake" / "registry.csv", (ONE, TWO))
    (tmp_path / "pickup").mkdir()
    return tmp_path


def run(place: Path, *, count: int = 1) -> Ingested:
    lake = Lake(place / "lake")
    return ingest(place / "pickup", lake, count=count)


def journal(place: Path) -> dict[str, list[tuple[str, str]]]:
    """Status and code by file name."""
    found: dict[str, list[tuple[str, str]]] = {}
    with (place / "lake" / "ingest.csv").open(newline="") as opened:
        for row in csv.DictReader(opened):
            found.setdefault(row["file"], []).append((row["status"], row["code"]))
    return found


def query(place: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(sql.replace("LAKE", f"'{place}/lake/year=*/*.parquet'")).fetchall()


def written(place: Path) -> dict[str, bytes]:
    """Everything that must follow from the set of files."""
    lake = place / "lake"
    found = [*lake.glob("year=*/*"), lake / "ingest.csv", lake / "deliveries.csv", *lake.glob("quarantine/*")]
    return {str(path.relative_to(lake)): path.read_bytes() for path in found}


def test_the_lake_holds_exactly_what_the_packages_say(place: Path) -> None:
    packages = [ONE.package("2025-12"), TWO.package("2025-12"), ONE.package("2025-11")]
    lay(place / "pickup", packages)
    assert run(place).months == ("2025-11", "2025-12")
    expected = set()
    for package in packages:
        contents = verify(package.data, package.name).contents
        assert contents is not None
        head, month = contents.head, str(contents.head.month)
        for key, value in contents.figures:
            period = "2025-A" if key.freq == "A" else month
            expected.add(
                (head.unit, head.municipality, period, 1, key.freq, key.indicator, key.dim1, key.dim2, value, "")
            )
    held = query(place, f"SELECT {', '.join(COLUMNS)} FROM read_parquet(LAKE)")
    assert {row[:-1] for row in held} == expected
    assert len(held) == len(expected) == 2 * 331 + 115
    assert {row[-1] for row in held} == {definitions().id}


def test_rows_lie_in_the_order_of_the_specification(place: Path) -> None:
    lay(place / "pickup", [TWO.package("2025-12"), ONE.package("2025-12")])
    run(place)
    held = query(place, "SELECT period, unit, freq, indicator, dim1, dim2 FROM read_parquet(LAKE)")
    assert held == sorted(held)


def test_a_figure_that_was_not_published_is_null_and_keeps_its_flag(place: Path) -> None:
    small = Unit("U103")
    register(place / "lake" / "registry.csv", (small,))
    package = small.package("2021-12")  # before anybody came: a small unit
    lay(place / "pickup", [package])
    run(place)
    assert query(place, "SELECT flag, COUNT(*), COUNT(value) FROM read_parquet(LAKE) GROUP BY flag ORDER BY flag") == [
        ("", 1, 1),
        ("s", 330, 0),
    ]


def test_a_correction_replaces_the_month_and_both_are_listed(place: Path) -> None:
    first, second = ONE.package("2025-11"), ONE.package("2025-11", 2, extra=3)
    lay(place / "pickup", [first])
    run(place)
    lay(place / "pickup", [second])
    assert run(place).months == ("2025-11",)
    assert query(place, "SELECT DISTINCT revision FROM read_parquet(LAKE)") == [(2,)]
    assert journal(place) == {
        first.name: [("superseded", "replaced")],
        second.name: [("accepted", "")],
    }


def test_two_different_files_of_one_revision_are_both_out_and_the_lower_one_stands(place: Path) -> None:
    first, second, other = ONE.package("2025-11"), ONE.package("2025-11", 2, extra=3), ONE.package("2025-11", 2)
    lay(place / "pickup", [first, second])
    run(place)
    (place / "pickup" / "again").mkdir()
    (place / "pickup" / "again" / other.name).write_bytes(other.data)
    run(place)
    assert query(place, "SELECT DISTINCT revision FROM read_parquet(LAKE)") == [(1,)]
    assert [status for status, _ in journal(place)[second.name]] == ["conflict", "conflict"]
    assert journal(place)[first.name] == [("accepted", "")]


def test_the_same_file_twice_counts_once(place: Path) -> None:
    package = ONE.package("2025-11")
    lay(place / "pickup", [package])
    (place / "pickup" / "copy").mkdir()
    (place / "pickup" / "copy" / package.name).write_bytes(package.data)
    assert run(place).statuses == {Status.ACCEPTED: 1}
    assert query(place, "SELECT COUNT(*) FROM read_parquet(LAKE)") == [(115,)]


def test_a_second_run_looks_at_nothing_again_and_changes_no_byte(place: Path) -> None:
    lay(place / "pickup", [ONE.package("2025-11"), TWO.package("2025-12")])
    run(place)
    before = written(place)
    done = run(place)
    assert (done.inspected, done.months) == (0, ())
    assert written(place) == before


def test_order_repetition_and_number_of_workers_change_no_byte(
    place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    months = [f"2025-{month:02d}" for month in range(1, 13)]
    packages = [unit.package(month) for unit in (ONE, TWO) for month in months]
    packages += [ONE.package("2025-06", 2, extra=2), TWO.package("2025-12", 2, extra=1)]
    packages += [Unit("U999").package(month) for month in months * 4]  # of no registered unit
    lay(place / "pickup", packages)
    run(place, count=2)
    expected = written(place)
    for seed in range(3):
        other = tmp_path_factory.mktemp("other")
        register(other / "lake" / "registry.csv", (ONE, TWO))
        drawn = Random(seed)
        drawn.shuffle(packages)
        for batch in (packages[:10], packages[5:20], packages):
            lay(other / "pickup", batch)
            run(other, count=drawn.choice([1, 2]))
        assert written(other) == expected


def test_a_package_taken_out_of_the_pickup_folder_stays_in_the_lake(place: Path) -> None:
    lay(place / "pickup", [ONE.package("2025-11")])
    run(place)
    before = query(place, "SELECT * FROM read_parquet(LAKE)")
    shutil.rmtree(place / "pickup")
    (place / "pickup").mkdir()
    lay(place / "pickup", [TWO.package("2025-11")])
    run(place)
    assert [row for row in query(place, "SELECT * FROM read_parquet(LAKE)") if row[0] == "U101"] == before


def test_a_unit_that_is_registered_later_gets_its_refused_files_in(place: Path) -> None:
    late = Unit("U200")
    package = late.package("2025-11")
    lay(place / "pickup", [package])
    run(place)
    assert journal(place)[package.name] == [("rejected", "unit-unknown")]
    assert [path.read_bytes() for path in (place / "lake" / "quarantine").iterdir()] == [package.data]
    shutil.rmtree(place / "pickup")
    (place / "pickup").mkdir()
    register(place / "lake" / "registry.csv", (ONE, TWO, late))
    run(place)
    assert journal(place)[package.name] == [("accepted", "")]
    assert list((place / "lake" / "quarantine").iterdir()) == []


def test_a_key_that_ends_takes_only_what_was_made_after_its_last_day(place: Path) -> None:
    early = ONE.package("2025-10", created="2025-11-03T06:00:00Z")
    late = ONE.package("2025-11", created="2025-12-02T06:00:00Z")
    lay(place / "pickup", [early, late])
    run(place)
    registry.write(place / "lake" / "registry.csv", [ONE.entry(ends=date(2025, 11, 30))])
    assert run(place).months == ("2025-11",)
    told = journal(place)
    assert told[early.name] == [("accepted", "")]
    assert told[late.name] == [("rejected", "key-not-valid")]
    assert query(place, "SELECT DISTINCT period FROM read_parquet(LAKE)") == [("2025-10",)]


def test_a_package_whose_key_ended_later_lies_in_the_quarantine_whichever_came_first(
    place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Made again from what the lake kept; a kill before that is made good by the next ingest."""
    package = ONE.package("2025-12", created="2026-01-02T06:00:00Z")
    ended = [ONE.entry(ends=date(2025, 11, 30))]
    lay(place / "pickup", [package])
    run(place)
    shutil.rmtree(place / "pickup")
    (place / "pickup").mkdir()
    registry.write(place / "lake" / "registry.csv", ended)
    run(place)
    (copy,) = (place / "lake" / "quarantine").iterdir()
    assert copy.read_bytes() == package.data
    other = tmp_path_factory.mktemp("other")
    registry.write(other / "lake" / "registry.csv", ended)
    lay(other / "pickup", [package])
    run(other)
    assert written(place) == written(other)
    for damage in (Path.unlink, lambda path: path.write_bytes(b"")):
        damage(copy)
        run(place)
        assert written(place) == written(other)
    registry.write(place / "lake" / "registry.csv", [ONE.entry()])
    run(place)
    assert list((place / "lake" / "quarantine").iterdir()) == []
    assert journal(place)[package.name] == [("accepted", "")]


def test_a_unit_of_another_municipality_is_refused(place: Path) -> None:
    moved = Unit("U101", "049")
    package = moved.package("2025-11")
    lay(place / "pickup", [package])
    run(place)
    assert journal(place)[package.name] == [("rejected", "municipality")]
    assert not list((place / "lake").glob("year=*/*"))


def test_a_damaged_month_is_told_and_made_again(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(place / "pickup", [ONE.package("2025-11"), ONE.package("2025-10")])
    run(place)
    before = written(place)
    file = place / "lake" / "year=2025" / "2025-11.parquet"
    file.write_bytes(file.read_bytes()[:-40] + bytes(40))
    assert check(Lake(place / "lake")).damaged == ("2025-11",)
    assert main.run(["check", str(place / "lake"), "--language", "en"]) == REFUSED
    assert "2025-11" in capsys.readouterr().err
    run(place)
    assert written(place) == before
    assert check(Lake(place / "lake")).damaged == ()


def test_a_kept_copy_that_rotted_is_read_again_from_the_pickup_folder(place: Path) -> None:
    package = ONE.package("2025-11")
    lay(place / "pickup", [package])
    run(place)
    before = written(place)
    rot(place, package.name)
    (place / "lake" / "year=2025" / "2025-11.parquet").unlink()
    assert run(place).damaged == (package.name,)
    assert run(place).damaged == ()
    assert written(place) == before


def rot(place: Path, file: str) -> None:
    """The kept copy of a delivered file is no longer what was accepted."""
    with (place / "lake" / "deliveries.csv").open(newline="") as opened:
        sha256 = next(row["sha256"] for row in csv.DictReader(opened) if row["file"] == file)
    next((place / "lake" / "packages").rglob(f"{sha256}.csv")).write_bytes(b"rotten")


def test_one_rotten_copy_stops_neither_other_months_nor_the_list(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, later = ONE.package("2025-10"), ONE.package("2025-11")
    lay(place / "pickup", [old])
    run(place)
    rot(place, old.name)
    shutil.rmtree(place / "pickup")
    (place / "pickup").mkdir()
    lay(place / "pickup", [TWO.package("2025-10"), later])
    command = ["ingest", str(place / "pickup"), str(place / "lake"), "--language", "en"]
    assert main.run(command) == REFUSED
    assert old.name in capsys.readouterr().err
    assert query(place, "SELECT DISTINCT period FROM read_parquet(LAKE) ORDER BY 1") == [("2025-10",), ("2025-11",)]
    assert journal(place)[later.name] == [("accepted", "")]


def test_a_file_a_newer_program_understands_is_looked_at_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = ONE.package("2025-11")
    lay(place / "pickup", [package])
    with monkeypatch.context() as older:
        older.setattr("valmentaja.exchange.package_check.every_version", dict)
        older.setattr("valmentaja.central.deliveries.inspector", lambda: "an older program")
        older.setattr("valmentaja.central.ingest.inspector", lambda: "an older program")
        run(place)
        assert journal(place)[package.name][0][0] == "rejected"
    run(place)
    assert journal(place)[package.name] == [("accepted", "")]


@pytest.mark.parametrize("lost", ["gone", "emptied"])
def test_a_lost_copy_in_the_quarantine_keeps_nobody_out(place: Path, lost: str) -> None:
    late = Unit("U200")
    package = late.package("2025-11")
    lay(place / "pickup", [package])
    run(place)
    copy = next((place / "lake" / "quarantine").iterdir())
    copy.unlink() if lost == "gone" else copy.write_bytes(b"")
    register(place / "lake" / "registry.csv", (ONE, TWO, late))
    run(place)
    assert journal(place)[package.name] == [("accepted", "")]
    assert run(place).inspected == 0


def test_a_key_that_ended_with_a_month_is_waited_for_no_longer(place: Path) -> None:
    registry.write(place / "lake" / "registry.csv", [ONE.entry(ends=date(2025, 11, 30)), TWO.entry()])
    lay(place / "pickup", [ONE.package("2025-10", created="2025-11-03T06:00:00Z"), TWO.package("2025-12")])
    run(place)
    assert check(Lake(place / "lake")).missing == {}


def test_what_has_not_come_in_is_named(place: Path) -> None:
    lay(place / "pickup", [ONE.package(m) for m in ("2025-08", "2025-10", "2025-12")] + [TWO.package("2025-11")])
    run(place)
    assert check(Lake(place / "lake")).missing == {"U101": ("2025-09", "2025-11"), "U102": ("2025-12",)}


def test_a_second_ingest_at_the_same_time_is_refused(place: Path) -> None:
    from valmentaja.central.one_at_a_time import alone

    with alone(Lake(place / "lake")), pytest.raises(UserError, match="Another ingest"):
        run(place)
    run(place)


def test_the_pickup_folder_is_never_written_to(place: Path) -> None:
    lay(place / "pickup", [ONE.package("2025-11"), Unit("U999").package("2025-11")])
    (place / "pickup" / "notes.txt").write_text("not a package")
    for folder in [place / "pickup", *(place / "pickup").iterdir()]:
        if folder.is_dir():
            folder.chmod(0o555)
    before = {path: path.stat().st_mtime_ns for path in (place / "pickup").rglob("*")}
    run(place)
    assert {path: path.stat().st_mtime_ns for path in (place / "pickup").rglob("*")} == before
    for folder in [place / "pickup", *(place / "pickup").iterdir()]:
        folder.chmod(0o755)


@pytest.mark.parametrize(("pickup", "lake"), [("both", "both"), ("both/in", "both"), ("both", "both/in")])
def test_a_pickup_folder_and_a_lake_one_in_the_other_are_refused(
    tmp_path: Path, pickup: str, lake: str, capsys: pytest.CaptureFixture[str]
) -> None:
    register(tmp_path / lake / "registry.csv", (ONE,))
    (tmp_path / pickup).mkdir(exist_ok=True, parents=True)
    command = ["ingest", str(tmp_path / pickup), str(tmp_path / lake), "--language", "en"]
    assert main.run(command) == REFUSED
    assert "one in the other" in capsys.readouterr().err
    assert not (tmp_path / lake / "ingest.csv").exists()
