"""The exports: the lake's figures and no others, readable by others' programs, the same twice, nothing overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pyarrow.parquet as parquet
import pytest
from pysdmx.io import get_datasets, read_sdmx
from units import CREATED, Unit, lay

from valmentaja.central import exporting, main, registry, sdmx, workbook
from valmentaja.central.engine import Choice, DuckDB
from valmentaja.central.ingest import ingest
from valmentaja.central.lake import COLUMNS, ORDER, Lake
from valmentaja.definitions.indicators import definitions, every_version
from valmentaja.exchange.package import Package, PackageHead, build
from valmentaja.i18n.catalogue import words
from valmentaja.i18n.command_line import DONE, REFUSED, STORAGE
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import Person
from valmentaja.indicators.month import exact, protect

MONTHS = ("2025-11", "2025-12")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class SmallUnit(Unit):
    def people(self, extra: int = 0) -> tuple[Person, ...]:
        return super().people(extra)[:5]


class UnitWithoutFeedback(Unit):
    def package(self, month: str, revision: int = 1, *, created: str = CREATED, extra: int = 0) -> Package:
        head = PackageHead(unit=self.code, municipality=self.municipality, month=Month.parse(month), revision=revision)
        rows = exact(self.people(extra), head.month, definitions())
        shown = protect(rows, self.secret, month, revision, frozenset({"FB01"}))
        return build(shown, head, created=created, definitions=definitions(), private_key=self.private_key)


UNITS = (Unit("U101"), SmallUnit("U102", "091"), UnitWithoutFeedback("U103", "999"))


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    place = tmp_path_factory.mktemp("export")
    (place / "lake").mkdir()
    # 999 stands for a municipality that is no more, whose unit's key has ended since.
    registry.write(place / "lake" / "registry.csv", [unit.entry(ends=date(2026, 12, 31)) for unit in UNITS])
    lay(place / "pickup", [unit.package(month) for unit in UNITS for month in MONTHS])
    made = Lake(place / "lake")
    ingest(place / "pickup", made, count=1)
    return made


def export(lake: Lake, form: str, out: Path, *more: str, code: int = DONE) -> Path:
    assert main.run(["export", str(lake.folder), f"--{form}", "--out", str(out), "--language", "en", *more]) == code
    return out


def rows(lake: Lake) -> list[dict[str, object]]:
    return [row for file in lake.month_files() for row in parquet.read_table(file, partitioning=None).to_pylist()]


def test_the_parquet_file_holds_every_row_of_the_lake_in_its_order(lake: Lake, tmp_path: Path) -> None:
    out = export(lake, "parquet", tmp_path / "all.parquet")
    found = parquet.read_table(out)
    assert found.to_pylist() == rows(lake)
    assert found.column_names == list(COLUMNS)
    keys = [tuple(row[name] for name in ORDER) for row in found.to_pylist()]
    assert keys == sorted(keys) and len(set(keys)) == len(keys) == 3 * (115 + 331)
    described = parquet.ParquetFile(out).metadata
    assert b"Protected figures" in described.metadata[b"about"]
    assert described.row_group(0).column(0).compression == "ZSTD"


@pytest.fixture(scope="module")
def sdmx_files(lake: Lake, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    out = export(lake, "sdmx", tmp_path_factory.mktemp("sdmx") / "all.csv")
    return out, out.with_suffix(".structure.xml")


def test_the_structure_is_valid_by_the_standards_own_schema(sdmx_files: tuple[Path, Path]) -> None:
    message = read_sdmx(sdmx_files[1], validate=True)
    (data,) = message.get_data_structure_definitions()
    assert [one.id for one in data.components.dimensions] == [*(d.id for d in sdmx.DIMENSIONS), "TIME_PERIOD"]
    broken = sdmx_files[1].with_name("broken.xml")
    broken.write_text(sdmx_files[1].read_text("utf-8").replace("DAYS_181_PLUS", "DAYS_181+"), "utf-8")
    with pytest.raises(Exception, match=re.escape("DAYS_181+")):
        read_sdmx(broken, validate=True)


def test_another_program_reads_the_lakes_figures_from_sdmx(lake: Lake, sdmx_files: tuple[Path, Path]) -> None:
    (found,) = get_datasets(*sdmx_files)
    ours = rows(lake)
    assert len(found.data) == len(ours)
    for theirs, row in zip(found.data.to_dict("records"), ours, strict=True):
        assert theirs["REPORTING_UNIT"] == row["unit"] and theirs["REF_AREA"] == f"KU{row['municipality']}"
        assert theirs["INDICATOR"] == row["indicator"] and theirs["FREQ"] == row["freq"]
        assert (None if theirs["OBS_VALUE"] != theirs["OBS_VALUE"] else theirs["OBS_VALUE"]) == row["value"]
        assert theirs["OBS_STATUS"] == sdmx.FLAGS[str(row["flag"])]
    assert {row["flag"] for row in ours} == {"", "s", "n"}


def test_a_month_a_quarter_and_a_year_are_written_as_sdmx_writes_them(sdmx_files: tuple[Path, Path]) -> None:
    (found,) = get_datasets(*sdmx_files)
    periods = {(row["FREQ"], row["TIME_PERIOD"]) for row in found.data.to_dict("records")}
    assert periods == {("M", "2025-11"), ("M", "2025-12"), ("Q", "2025-Q4"), ("A", "2025")}


def test_every_code_in_the_data_is_explained_in_three_languages(sdmx_files: tuple[Path, Path]) -> None:
    (found,) = get_datasets(*sdmx_files)
    lists = {one.id: {code.id for code in one.items} for one in read_sdmx(sdmx_files[1]).get_codelists()}
    for component in (*sdmx.DIMENSIONS, *sdmx.ATTRIBUTES):
        if component.of in lists:
            assert set(found.data[component.id]) <= lists[component.of], component.id
    names = [e for e in ET.parse(sdmx_files[1]).iter() if e.tag.endswith("}Code")]
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    for code in names:
        assert [n.get(language) for n in code if n.tag.endswith("Name") and n.text] == ["fi", "sv", "en"], code.attrib


def test_no_two_breakdowns_of_the_definitions_share_an_sdmx_code() -> None:
    said: dict[str, set[str]] = {}
    for version in every_version().values():
        for indicator in version.indicators.values():
            for list_, codes in zip(indicator.code_lists, indicator.dimensions, strict=True):
                for one in codes:
                    said.setdefault(sdmx.code(list_, one.id), set()).add(f"{list_} {one.id}")
    assert all(len(meant) == 1 for meant in said.values())
    assert all(re.fullmatch(r"[A-Za-z0-9_@$-]+", code) for code in said)


def sheet(path: Path, number: int) -> Iterator[list[str]]:
    """Every cell's text, read without the library that wrote it."""
    with ZipFile(path) as packed:
        root = ET.fromstring(packed.read(f"xl/worksheets/sheet{number}.xml"))
    for row in root.iter(f"{SHEET}row"):
        yield ["".join(cell.itertext()) for cell in row]


def test_the_spreadsheet_holds_every_figure_under_its_name(lake: Lake, tmp_path: Path) -> None:
    out = export(lake, "xlsx", tmp_path / "all.xlsx")
    _, *told = sheet(out, 2)
    ours = rows(lake)
    assert len(told) == len(ours)
    for cells, row in zip(told, ours, strict=True):
        assert cells[:1] + cells[2:7] == [row[n] for n in ("unit", "period", "freq", "indicator", "dim1", "dim2")]
        assert cells[8:-2] == ([] if row["value"] is None else [str(row["value"])])
    assert {cells[1] for cells in told} == {"Lappeenranta", "Helsinki", "999"}
    assert any("Exits: pension · year" in cells[7] for cells in told)


def test_the_spreadsheet_says_how_to_read_it_and_what_each_indicator_counts(lake: Lake, tmp_path: Path) -> None:
    out = export(lake, "xlsx", tmp_path / "all.xlsx")
    read_me = "\n".join(cell for row in sheet(out, 1) for cell in row)
    assert all(line in read_me for line in workbook.READ_ME)
    _, *told = sheet(out, 3)
    assert [row[0] for row in told] == list(definitions().indicators)
    assert [row[3] for row in told] == [one.explanation.en for one in definitions().indicators.values()]


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    evil = '=cmd|"/c calc"!A1'
    row = (evil, "+1", "@x", "M", "CL01", "", "", None, "-1", 1, definitions().id)
    workbook.write(tmp_path / "evil.xlsx", [row], definitions(), words("en"))
    with ZipFile(tmp_path / "evil.xlsx") as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    assert b"<f>" not in content["xl/worksheets/sheet2.xml"]
    assert not [name for name in content if "vba" in name.lower() or "external" in name.lower()]
    assert [*sheet(tmp_path / "evil.xlsx", 2)][1][:3] == [evil, "+1", "@x"]


@pytest.mark.parametrize("form", ["sdmx", "parquet", "xlsx"])
def test_the_same_lake_gives_the_same_bytes_and_a_second_export_changes_nothing(
    lake: Lake, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"all{exporting.FORMS[form].ending}"
    first = export(lake, form, tmp_path / "one" / name)
    kept = {path.name: (path.read_bytes(), path.stat().st_ino) for path in first.parent.iterdir()}
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    second = export(lake, form, tmp_path / "two" / name)
    assert {path.name: path.read_bytes() for path in second.parent.iterdir()} == {n: b for n, (b, _) in kept.items()}
    export(lake, form, first)
    assert {path.name: (path.read_bytes(), path.stat().st_ino) for path in first.parent.iterdir()} == kept


@pytest.mark.parametrize("form", ["sdmx", "parquet", "xlsx"])
def test_a_different_file_of_that_name_stays_as_it_was(
    lake: Lake, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"all{exporting.FORMS[form].ending}"
    out.write_bytes(b"mine")
    export(lake, form, out, code=REFUSED)
    assert out.read_bytes() == b"mine" and "different file" in capsys.readouterr().err
    assert not list(tmp_path.glob(".*"))


def test_a_long_question_writes_no_progress_bar_among_what_the_command_says(lake: Lake) -> None:
    with DuckDB(lake) as engine:
        choice = Choice(first=MONTHS[0], last=MONTHS[-1])
        assert engine.ask("SELECT DISTINCT current_setting('enable_progress_bar') FROM t", choice) == [(False,)]


def test_one_unit_and_one_month_are_exported_alone(lake: Lake, tmp_path: Path) -> None:
    out = export(lake, "parquet", tmp_path / "one.parquet", "--unit", "U103", "--from", "2025-12", "--to", "2025-12")
    found = parquet.read_table(out).to_pylist()
    assert found == [row for row in rows(lake) if row["unit"] == "U103" and row["period"] != "2025-11"]
    assert {row["period"] for row in found} == {"2025-12", "2025-A"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (["--parquet", "--out", "all.xlsx"], "ends in .parquet"),
        (["--parquet", "--xlsx", "--out", "all.xlsx"], "Choose one form"),
        (["--out", "all.xlsx"], "Choose one form"),
        (["--xlsx", "--out", "all.xlsx", "--unit", "U999"], "no figures of this place"),
        (["--xlsx", "--out", "all.xlsx", "--from", "2031-01"], "no figures of this place"),
    ],
)
def test_what_cannot_be_exported_is_refused_with_a_sentence(
    lake: Lake,
    tmp_path: Path,
    wrong: list[str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main.run(["export", str(lake.folder), *wrong, "--language", "en"]) == REFUSED
    assert sentence in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_more_figures_than_a_sheet_holds_are_refused_before_writing(
    lake: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    form = exporting.Form(ending=".xlsx", write=exporting.FORMS["xlsx"].write, most=10)
    monkeypatch.setitem(exporting.FORMS, "xlsx", form)
    export(lake, "xlsx", tmp_path / "all.xlsx", code=REFUSED)
    assert "cannot hold" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    lake: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting.os, "fsync", full)
    export(lake, "parquet", tmp_path / "all.parquet", code=STORAGE)
    assert "No space left" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
