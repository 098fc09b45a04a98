"""The month's summary holds the package's figures and nothing else; what it cannot say of them it says."""

from __future__ import annotations

import ast
import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from tests.documents.months import CANARY, PUBLIC, a_package, some
from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.base.paths import ROOT
from valmentaja.definitions.indicators import RowKey, definitions
from valmentaja.documents.month_pdf import MonthPaper, render
from valmentaja.domain.codes import ExitReason
from valmentaja.store import papers, people
from valmentaja.usecases import caseload, logs, month_paper, monthly
from valmentaja.usecases.session import Session

PERIOD, BEFORE = "2026-10", "2026-09"
MADE_OF_BYTES = ("usecases/month_paper.py", "usecases/month_figures.py", "documents/month_pdf.py")


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)).split())


def figures(package: Path) -> dict[tuple[str, ...], str]:
    with zipfile.ZipFile(package) as held:
        rows = list(csv.DictReader(io.StringIO(held.read("indicators.csv").decode())))
    return {(r["freq"], r["indicator"], r["dim1"], r["dim2"]): r["value"] for r in rows}


def printed(paper: MonthPaper) -> set[str]:
    """Every figure in the month's own column."""
    return {row[1] for part in paper.parts for table in part.tables for row in table.rows}


def of(
    now: tuple[str, bytes], before: tuple[str, bytes] | None = None, language: str = "en", *, training: bool = False
) -> MonthPaper:
    return month_paper.of_package(now, before, PUBLIC, language, training=training)


def rows_of(paper: MonthPaper, title: str, part: int = 0) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for table in paper.parts[part].tables if table.title == title for row in table.rows}


@pytest.fixture
def sealed(training_session: Session, tmp_path: Path) -> Session:
    for period in (BEFORE, PERIOD):
        monthly.write(training_session, period, tmp_path / "out")
    return training_session


def test_it_is_made_where_exact_figures_cannot_be_read(sealed: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that knows one is taken away: the people, the counting, the sealed exact counts."""
    ready = month_paper.paper(sealed, PERIOD, "fi")

    def gone(*_args: object, **_more: object) -> object:
        raise AssertionError("an exact figure was asked for")

    for owner, name in (
        (people, "everyone"),
        (papers, "sealed"),
        (papers, "every_sealed"),
        (monthly, "sealed_rows"),
        (monthly, "_figures"),
        (monthly, "_looked_at"),
    ):
        monkeypatch.setattr(owner, name, gone)
    assert month_paper.paper(sealed, PERIOD, "fi") == ready


def test_every_figure_printed_is_one_that_was_published(sealed: Session, tmp_path: Path) -> None:
    ready = month_paper.paper(sealed, PERIOD, "en")
    now, before = (figures(tmp_path / "out" / f"vi_422_H001_{p}_r1.zip") for p in (PERIOD, BEFORE))
    known, named = definitions(), {}
    for key in known.row_keys():
        if key.freq == "M":
            named[known.title(key).en] = (now[key.freq, *_rest(key)], before[key.freq, *_rest(key)])
    exact = {(r.key.freq, *_rest(r.key)): r.exact for r in monthly.sealed_rows(_seal(sealed))}
    assert sum(now[key] != str(count) for key, count in exact.items()) > 20
    checked = 0
    for table in ready.parts[0].tables:
        for name, value, earlier, _change in table.rows:
            title = name if name in named else f"{table.title}: {name}".replace(" →", " · →")
            assert (value, earlier) == named[title]
            checked += 1
    assert checked > 30


def _rest(key: RowKey) -> tuple[str, str, str]:
    return key.indicator, key.dim1, key.dim2


def _seal(session: Session) -> papers.SealedMonth:
    found = papers.sealed(session.store, PERIOD)
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_exact_figure_stands_anywhere_in_the_file(language: str) -> None:
    pdf = render(of(a_package(), a_package(BEFORE), language))
    assert str(CANARY) not in text_of(pdf)
    assert str(CANARY) not in str(of(a_package(), a_package(BEFORE), language))
    control = render(of(a_package(figure=lambda key: CANARY if key.indicator == "CL01" else some(key))))
    assert str(CANARY) in text_of(control)


@pytest.mark.parametrize("file", MADE_OF_BYTES)
def test_nothing_that_makes_it_speaks_of_exact_figures(file: str) -> None:
    tree = ast.parse((ROOT / "valmentaja" / file).read_text("utf-8"))
    spoken = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    spoken |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    assert spoken.isdisjoint({"exact", "sealed", "sealed_rows", "everyone", "PublishedRow", "preview"})


def test_a_change_is_said_only_between_two_published_figures() -> None:
    now = a_package(figure=lambda key: 9 if key.indicator == "CL01" else 4)
    before = a_package(BEFORE, figure=lambda _key: 6, off=frozenset({"ME01"}))
    paper = of(now, before)
    people_now = rows_of(paper, "People")
    assert people_now["Clients on the stock day"] == ("9", "6", "+3")
    assert set(rows_of(paper, "Contact").values()) == {("4", "–", "–")}
    assert paper.short[0] == "Clients on the stock day: 9, which is 3 more than the month before."
    assert "partly chance" in paper.changes
    alone = of(now)
    assert rows_of(alone, "People")["Clients on the stock day"] == ("9",)
    assert alone.changes == ""
    assert ("Compared with", "nothing: the month before has not been written") in alone.facts


def test_a_month_before_that_was_small_gives_no_change_but_of_the_clients() -> None:
    paper = of(a_package(figure=lambda _key: 12), a_package(BEFORE, figure=lambda _key: 9, small=True))
    rows = [row for table in paper.parts[0].tables for row in table.rows]
    assert [row[3] for row in rows if row[3] != "–"] == ["+3"]


def test_a_small_unit_is_said_in_words_and_nothing_else_stands_there() -> None:
    paper = of(a_package(figure=lambda _key: 8, small=True), a_package(BEFORE))
    assert "fewer than 10 clients, so nothing else is published (flag s)" in paper.short[1]
    assert paper.pictures == ()
    assert printed(paper) == {"8"}
    assert "Not published: the unit had fewer than 10 clients (flag s)." in text_of(render(paper))


def test_what_a_unit_does_not_collect_is_said_in_words() -> None:
    paper = of(a_package(off=frozenset({"AS01", "ME01"})))
    assert "First assessment completed: not collected by this unit (flag n)." in paper.short
    told = {table.title: table.says for table in paper.parts[0].tables}
    assert told["Contact"] == "Not collected by this unit (flag n)."
    assert rows_of(paper, "People")["First assessment completed"] == ("–",)


def test_a_correction_says_what_it_replaces() -> None:
    paper = of(a_package(revision=2))
    assert dict(paper.facts)["Revision"] == "2, replaces vi_405_U101_2026-10_r1.zip"
    assert dict(of(a_package()).facts)["Revision"] == "1"


def test_december_has_its_quarter_and_its_year_without_a_month_before() -> None:
    paper = of(a_package("2026-12"), a_package("2026-11"))
    assert [part.title for part in paper.parts] == [
        "The month, December 2026",
        "The quarter that ends in December 2026",
        "The year 2026",
    ]
    assert {len(t.head) for t in paper.parts[0].tables} == {4}
    assert {len(t.head) for part in paper.parts[1:] for t in part.tables} == {2}


def test_every_figure_of_the_package_is_told_or_said_to_be_zero() -> None:
    package = a_package("2026-12")
    paper = of(package)
    told = sum(len(table.rows) for part in paper.parts for table in part.tables)
    said = [table.says for part in paper.parts for table in part.tables if table.says]
    counted = sum(int(next((w for w in says.split() if w.isdecimal()), "1")) for says in said)
    assert told + counted == len(definitions().row_keys())
    assert 0 < counted <= sum(some(key) == 0 for key in definitions().row_keys())


def test_a_package_that_was_touched_is_not_summed_up() -> None:
    name, data = a_package()
    with pytest.raises(UserError, match="damaged"):
        of((name, data.replace(b"U101,2026-10,M,CL01,,,0", b"U101,2026-10,M,CL01,,,9", 1)))
    with pytest.raises(UserError, match="renamed"):
        of((name.replace("r1", "r2"), data))
    with pytest.raises(UserError, match="another key"):
        month_paper.of_package((name, data), None, _other_key(), "fi", training=False)


def _other_key() -> str:
    from valmentaja.crypto import minisign

    return minisign.public_key_of(minisign.new_private_key(bytes(32))).file


def test_made_again_it_is_the_same_file_also_after_the_month_before_was_corrected(
    sealed: Session, tmp_path: Path, clock: FixedClock
) -> None:
    path = month_paper.write(sealed, PERIOD, "fi", tmp_path / "one")
    assert path.name == "vi_422_H001_2026-10_r1_fi.pdf"
    clock.moment = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    gone = next(c for c in caseload.client_rows(sealed) if c.exit_date is None)
    caseload.end_work(sealed, gone.id, on=max(gone.intake_date, date(2026, 9, 3)), reason=ExitReason.MUUTTO)
    monthly.write_correction(sealed, BEFORE, tmp_path / "two")
    assert month_paper.write(sealed, PERIOD, "fi", tmp_path / "three").read_bytes() == path.read_bytes()
    monthly.write_correction(sealed, PERIOD, tmp_path / "two")
    second = month_paper.write(sealed, PERIOD, "fi", tmp_path / "one")
    assert second.name == "vi_422_H001_2026-10_r2_fi.pdf"
    said = text_of(second.read_bytes())
    assert "korvaa paketin vi_422_H001_2026-10_r1.zip" in said
    assert "vi_422_H001_2026-09_r2.zip" in said


def test_a_paper_goes_beside_the_package_it_was_made_of_although_a_correction_came_meanwhile(
    sealed: Session, tmp_path: Path, clock: FixedClock
) -> None:
    ready = month_paper.paper(sealed, PERIOD, "sv")
    clock.moment = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    gone = next(c for c in caseload.client_rows(sealed) if c.exit_date is None)
    caseload.end_work(sealed, gone.id, on=max(gone.intake_date, date(2026, 10, 3)), reason=ExitReason.MUUTTO)
    monthly.write_correction(sealed, PERIOD, tmp_path / "out")
    path = month_paper.deliver(sealed, month_paper.make(ready), tmp_path)
    assert path.name == "vi_422_H001_2026-10_r1_sv.pdf"
    assert "vi_422_H001_2026-10_r1.zip" in text_of(path.read_bytes())


def test_before_the_package_there_is_no_summary_and_writing_it_is_logged(
    training_session: Session, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="Write the package first"):
        month_paper.write(training_session, PERIOD, "fi", tmp_path)
    monthly.write(training_session, PERIOD, tmp_path)
    with pytest.raises(UserError, match="not a language"):
        month_paper.write(training_session, PERIOD, "de", tmp_path)
    month_paper.write(training_session, PERIOD, "sv", tmp_path)
    newest = logs.entries(training_session, limit=1)[0]
    assert (newest.action, newest.entity, newest.entity_id) == ("print", "month", PERIOD)


def test_the_attached_data_is_what_is_printed() -> None:
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader

    paper = of(a_package(), a_package(BEFORE))
    files = PdfFileReader(BytesIO(render(paper))).root["/Names"]["/EmbeddedFiles"]["/Names"]
    data = json.loads(files[1].get_object()["/EF"]["/F"].get_object().data)
    tables = [table for part in data["parts"] for table in part["tables"]]
    assert [tuple(map(tuple, t["rows"])) for t in tables] == [t.rows for part in paper.parts for t in part.tables]
