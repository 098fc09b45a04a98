"""The report: the figures of the lake and no others, the same twice, readable by anyone."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from units import Unit, lay, register

from valmentaja.central import main
from valmentaja.central.engine import DuckDB, question
from valmentaja.central.ingest import ingest
from valmentaja.central.lake import Lake
from valmentaja.central.places import Place, municipality, region
from valmentaja.central.report import CHAPTERS
from valmentaja.central.reporting import paper_of
from valmentaja.definitions.indicators import definitions
from valmentaja.documents import columns, figures_pdf
from valmentaja.documents.blocks import SMALL_STRONG
from valmentaja.documents.figures_paper import FiguresPaper, FiguresPart
from valmentaja.documents.lines import broken
from valmentaja.documents.story import PADDING, WIDTH
from valmentaja.exchange.package_check import verify
from valmentaja.i18n import set_language
from valmentaja.i18n.command_line import DONE, REFUSED, STORAGE
from valmentaja.pictures.bars import Bars

UNITS = tuple(Unit(f"U{number}", "837" if number < 405 else "091") for number in range(400, 407))
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    place = tmp_path_factory.mktemp("report")
    register(place / "lake" / "registry.csv", (*UNITS, Unit("U499")))
    packages = [unit.package(month) for unit in UNITS for month in MONTHS]
    lay(place / "pickup", [p for p in packages if "U406_2025-03" not in p.name])
    made = Lake(place / "lake")
    ingest(place / "pickup", made, count=1)
    return made


def paper(lake: Lake, place: Place | None = None, language: str = "en") -> FiguresPaper:
    set_language(language)
    with DuckDB(lake) as engine:
        return paper_of(engine, lake, place or Place(), MONTHS)


def part(made: FiguresPaper, title: str) -> FiguresPart:
    return next(p for chapter in made.chapters for p in chapter.parts if p.title == title)


def cell(made: FiguresPaper, title: str, row: str, column: str) -> str:
    table = part(made, title).table
    assert table is not None
    return next(r for r in table.rows if r[0] == row)[table.head.index(column)]


def published(*units: Unit, month: str = "2025-12") -> dict[tuple[str, str, str, str], int]:
    """Sums of the units' own packages, read without the lake."""
    found: dict[tuple[str, str, str, str], int] = {}
    for unit in units:
        package = unit.package(month)
        contents = verify(package.data, package.name).contents
        assert contents is not None
        for key, value in contents.figures:
            place = (key.freq, key.indicator, key.dim1, key.dim2)
            found[place] = found.get(place, 0) + (value or 0)
    return found


def test_only_a_paper_loads_what_draws_it() -> None:
    code = "import sys, valmentaja.central.main; print(sorted({'reportlab', 'duckdb', 'pyhanko'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_indicator_of_the_definitions_has_its_place_in_the_report() -> None:
    named = [indicator for _, _, indicators in CHAPTERS for indicator in indicators]
    assert sorted(named) == sorted(definitions().indicators)


def test_a_figure_is_the_sum_of_what_the_units_published(lake: Lake) -> None:
    title = definitions().indicators["CL01"].title.en
    told = cell(paper(lake), title, title, "12/2025")
    assert int(told.split(" ± ")[0]) == published(*UNITS)["M", "CL01", "", ""]


def test_a_year_of_exits_is_the_annual_row_and_not_twelve_months(lake: Lake) -> None:
    indicator = definitions().indicators["EX01"]
    told = cell(paper(lake), indicator.title.en, indicator.dimensions[0][0].name.en, "2025")
    assert int(told.split(" ± ")[0]) == published(*UNITS)["A", "EX01", indicator.dimensions[0][0].id, ""]


def test_a_year_in_rehabilitative_work_is_the_average_of_its_months(lake: Lake) -> None:
    indicator = definitions().indicators["KT01"]
    per_month = [published(*(u for u in UNITS if (u.code, m) != ("U406", "2025-03")), month=m) for m in MONTHS]
    expected = round(sum(one["M", "KT01", "", ""] for one in per_month) / 12)
    told = cell(paper(lake), indicator.title.en, indicator.title.en, "2025")
    assert int(told.split(" ± ")[0]) == expected


def test_a_year_of_which_a_place_lacks_months_has_no_column(lake: Lake) -> None:
    table = part(paper(lake, Place(level=Place().level.UNIT, code="U406")), definitions().indicators["CL01"].title.en)
    assert table.table is not None and table.table.head == ("Counted", "12/2025")


def test_five_units_have_margins_and_two_have_none(lake: Lake) -> None:
    title = definitions().indicators["CL01"].title.en
    assert "±" in cell(paper(lake, municipality("Tampere")), title, title, "12/2025")
    helsinki = paper(lake, municipality("091"))
    assert "±" not in cell(helsinki, title, title, "12/2025")
    assert "±" not in "".join(
        "".join(row) for chapter in helsinki.chapters for p in chapter.parts if p.table for row in p.table.rows
    )


def test_a_region_a_municipality_and_a_unit_tell_their_own_units_only(lake: Lake) -> None:
    title = definitions().indicators["CL01"].title.en
    for place, units in (
        (region("Pirkanmaa"), UNITS[:5]),
        (municipality("Helsinki"), UNITS[5:]),
        (Place(level=Place().level.UNIT, code="U400"), UNITS[:1]),
    ):
        told = cell(paper(lake, place), title, title, "12/2025")
        assert int(told.split(" ± ")[0]) == published(*units)["M", "CL01", "", ""]


def test_places_stand_side_by_side_one_level_below(lake: Lake) -> None:
    country = part(paper(lake), "Places side by side").table
    assert country is not None and [row[:2] for row in country.rows] == [("Pirkanmaa", "5"), ("Uusimaa", "2")]
    below = part(paper(lake, municipality("091")), "Places side by side").table
    assert below is not None and [row[0] for row in below.rows] == ["U405", "U406"]


def test_a_picture_without_a_figure_is_a_sentence(lake: Lake) -> None:
    made = paper(lake, municipality("091"))
    parts = [p for chapter in made.chapters for p in chapter.parts]
    silent = [p for p in parts if any(line.startswith("There is no picture") for line in p.says)]
    assert silent
    assert all(p.picture is None for p in silent)
    assert all(any(bar.total for bar in p.picture.bars) for p in parts if isinstance(p.picture, Bars))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_word_of_a_head_is_broken_and_every_figure_has_its_column(lake: Lake, language: str) -> None:
    wide = 0
    for chapter in paper(lake, language=language).chapters:
        for table in (p.table for p in chapter.parts if p.table):
            made = list(columns.pieces(table))
            wide += len(made) > 1
            assert [cell for piece in made for cell in piece.head[1:]] == list(table.head[1:])
            assert all(piece.head[0] == table.head[0] and len(piece.rows) == len(table.rows) for piece in made)
            for piece in made:
                widths = [WIDTH * share - 2 * PADDING for share in columns.shares(piece)]
                assert sum(widths) <= WIDTH
                for head, width in zip(piece.head, widths, strict=True):
                    lines = broken(head, lambda text: stringWidth(text, SMALL_STRONG.font, SMALL_STRONG.size), width)
                    assert " ".join(line.strip() for line in lines) == head
    assert wide


def test_what_has_not_come_in_is_named(lake: Lake) -> None:
    table = part(paper(lake), "What has come in").table
    assert table is not None
    assert ("U406", "2025-03") in table.rows
    assert dict(table.rows)["U499"].startswith("2025-01, 2025-02")


def test_every_language_says_that_the_figures_are_protected(lake: Lake) -> None:
    said = {language: paper(lake, language=language) for language in ("fi", "sv", "en")}
    assert len({made.marking for made in said.values()}) == 3
    assert all(len(made.about) == 4 for made in said.values())


def test_the_paper_keeps_its_order_and_the_same_lake_gives_the_same_bytes(lake: Lake) -> None:
    made = paper(lake)
    assert figures_pdf.render(made) == figures_pdf.render(paper(lake))


class Page(HTMLParser):
    """What a browser would fetch or run, and what it would say."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.tags: list[str] = []
        self.pictures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        self.fetched += [v or "" for k, v in attrs if k in ("src", "href") and not (v or "").startswith("#")]
        if tag == "svg":
            self.pictures += named.get("role") == "img" and bool(named.get("aria-label"))


def test_the_page_fetches_nothing_runs_nothing_and_says_its_pictures(lake: Lake, tmp_path: Path) -> None:
    command = ["report", str(lake.folder), "--out", str(tmp_path), "--language", "fi"]
    assert main.run(command) == DONE
    text = (tmp_path / "raportti_FI_2025-01_2025-12_fi.html").read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.fetched == []
    assert "script" not in page.tags
    assert page.pictures == page.tags.count("svg") > 10
    assert page.tags.count("table") > 30
    assert not re.search(r"url\(|@import", text)
    assert (tmp_path / "raportti_FI_2025-01_2025-12_fi.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "wrong",
    [
        ["--municipality", "Atlantis"],
        ["--region", "99"],
        ["--unit", "U1'; DROP TABLE t"],
        ["--unit", "U777"],
        ["--from", "2031-01"],
        ["--from", "1.1.2025"],
        ["--region", "Uusimaa", "--municipality", "Tampere"],
    ],
)
def test_a_choice_that_cannot_be_is_refused_and_nothing_is_written(
    lake: Lake, tmp_path: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["report", str(lake.folder), "--out", str(tmp_path / "out"), *wrong]) == REFUSED
    assert capsys.readouterr().err.strip()
    assert not (tmp_path / "out").exists()


def test_a_truncated_month_is_a_sentence_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register(tmp_path / "lake" / "registry.csv", UNITS)
    lay(tmp_path / "pickup", [UNITS[0].package("2025-12")])
    ingest(tmp_path / "pickup", Lake(tmp_path / "lake"), count=1)
    file = tmp_path / "lake" / "year=2025" / "2025-12.parquet"
    file.write_bytes(file.read_bytes()[:500])
    for command in (
        ["report", "--out", str(tmp_path / "out")],
        ["export", "--xlsx", "--out", str(tmp_path / "x.xlsx")],
    ):
        assert main.run([command[0], str(tmp_path / "lake"), *command[1:], "--language", "en"]) == STORAGE
        assert "Give check" in capsys.readouterr().err
    assert not (tmp_path / "out").exists() and not (tmp_path / "x.xlsx").exists()


def test_a_month_that_was_accepted_and_is_gone_is_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register(tmp_path / "lake" / "registry.csv", UNITS)
    lay(tmp_path / "pickup", [UNITS[0].package("2025-11"), UNITS[0].package("2025-12")])
    ingest(tmp_path / "pickup", Lake(tmp_path / "lake"), count=1)
    (tmp_path / "lake" / "year=2025" / "2025-11.parquet").unlink()
    command = ["report", str(tmp_path / "lake"), "--out", str(tmp_path / "out"), "--language", "en"]
    assert main.run(command) == REFUSED
    assert "2025-11" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_figures_of_small_units_are_left_out_and_counted(tmp_path: Path) -> None:
    small = Unit("U409", "837")
    register(tmp_path / "lake" / "registry.csv", (UNITS[0], small))
    lay(tmp_path / "pickup", [UNITS[0].package("2021-12"), small.package("2021-12")])  # before anybody came
    ingest(tmp_path / "pickup", Lake(tmp_path / "lake"), count=1)
    set_language("en")
    with DuckDB(Lake(tmp_path / "lake")) as engine:
        made = paper_of(engine, Lake(tmp_path / "lake"), Place(), ["2021-12"])
    assert "not published: 12" in " ".join(part(made, "Places side by side").says)


def test_annual_figures_that_were_not_published_are_counted_too(tmp_path: Path) -> None:
    months = [f"2021-{month:02d}" for month in range(1, 13)]  # before anybody came
    register(tmp_path / "lake" / "registry.csv", UNITS[:1])
    lay(tmp_path / "pickup", [UNITS[0].package(month) for month in months])
    ingest(tmp_path / "pickup", Lake(tmp_path / "lake"), count=1)
    set_language("en")
    with DuckDB(Lake(tmp_path / "lake")) as engine:
        made = paper_of(engine, Lake(tmp_path / "lake"), Place(), months)
    exits = part(made, definitions().indicators["EX01"].title.en)
    assert exits.table is not None and exits.table.head == ("Counted", "2021", "12/2021")
    assert "not published: 10" in " ".join(exits.says)


def test_an_empty_lake_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register(tmp_path / "registry.csv", UNITS)
    assert main.run(["report", str(tmp_path), "--language", "en"]) == REFUSED
    assert "ingest" in capsys.readouterr().err


def test_the_questions_use_no_word_of_one_engine_only() -> None:
    """The common subset: what DuckDB, Spark, Polars and Trino all read."""
    for name in ("figures", "places"):
        assert not re.search(r"read_parquet|QUALIFY|::|STRUCT|LIST|\[|FILTER \(", question(name))
