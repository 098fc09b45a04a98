"""The caseload tables: what goes in comes out byte for byte, and every bad row is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.exchange.caseload_folder import ANNA, HEADER, OTTO, add, make_folder, problems, said, write
from valmentaja.domain.caseload import CaseloadRows, Known
from valmentaja.domain.client import Client, Meeting
from valmentaja.domain.codes import MeetingMode
from valmentaja.exchange.caseload_csv import read_folder, write_folder
from valmentaja.exchange.relations import relate
from valmentaja.exchange.sheets import Row, Sheet
from valmentaja.exchange.tables import TABLES
from valmentaja.i18n import words

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
FILES = sorted(t.file for t in TABLES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path)


def test_the_sample_is_read_without_a_problem() -> None:
    reading = read_folder(SAMPLE)

    assert reading.problems == ()
    assert reading.absent == ()
    assert (len(reading.rows.clients), len(reading.rows.assessments), len(reading.rows.meetings)) == (47, 5347, 790)


def test_export_after_import_gives_the_same_bytes(tmp_path: Path) -> None:
    written = write_folder(read_folder(SAMPLE).rows, tmp_path / "out")

    assert sorted(p.name for p in written) == FILES
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (SAMPLE / name).read_bytes(), name


def shuffled(text: str) -> str:
    """The rows backwards and the columns turned round; no field of these tables needs quotes."""
    header, *rows = text.splitlines()
    turned = [",".join(reversed(row.split(","))) for row in (header, *reversed(rows))]
    return "\n".join(turned) + "\n"


@pytest.mark.parametrize(
    "disguise",
    [
        lambda b: b"\xef\xbb\xbf" + b,
        lambda b: b.replace(b"\n", b"\r\n"),
        lambda b: b.removesuffix(b"\n"),
        lambda b: shuffled(b.decode()).encode(),
        lambda b: b"\n".join(b",".join(b'"%s"' % f for f in r.split(b",")) for r in b.splitlines()),
    ],
    ids=["BOM", "CRLF", "no final newline", "shuffled", "quoted"],
)
def test_other_forms_of_the_same_tables_give_the_same_bytes(
    folder: Path, tmp_path: Path, disguise: Callable[[bytes], bytes]
) -> None:
    plain = {name: (folder / name).read_bytes() for name in FILES}
    for name in FILES:
        (folder / name).write_bytes(disguise(plain[name]))

    reading = read_folder(folder)
    write_folder(reading.rows, tmp_path / "out")

    assert reading.problems == ()
    assert {name: (tmp_path / "out" / name).read_bytes() for name in FILES} == plain


def test_text_with_commas_quotes_and_line_breaks_survives(tmp_path: Path) -> None:
    wild = 'a "b", c\r\nd\te\rf\nÅÄÖ €'
    client = Client(id="T-1", family_name=wild, given_names=" x ", intake_date=date(2026, 1, 1), address='"')
    write_folder(CaseloadRows(clients=(client,)), tmp_path)

    assert read_folder(tmp_path).rows.clients == (client,)


def test_equal_meetings_are_all_kept(tmp_path: Path) -> None:
    client = Client(id="T-1", family_name="", given_names="", intake_date=date(2026, 1, 1))
    meeting = Meeting(client="T-1", date=date(2026, 1, 2), mode=MeetingMode.VIDEO, minutes=30, attended=True)
    write_folder(CaseloadRows(clients=(client,), meetings=(meeting, meeting)), tmp_path)

    assert read_folder(tmp_path).rows.meetings == (meeting, meeting)


def test_rows_are_written_sorted_as_text_column_by_column(folder: Path) -> None:
    for day, minutes in (("2026-02-01", "100"), ("2026-02-01", "20"), ("2026-01-01", "5")):
        add(folder, "meetings", f"T-1,{day},KAYNTI,{minutes},1")

    write_folder(read_folder(folder).rows, folder)

    assert (folder / "meetings.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "T-1,2026-01-01,KAYNTI,5,1",
        "T-1,2026-01-12,KAYNTI,60,1",
        "T-1,2026-02-01,KAYNTI,100,1",
        "T-1,2026-02-01,KAYNTI,20,1",
    ]


def test_empty_flags_are_no(folder: Path) -> None:
    write(folder, "clients", HEADER, ANNA.replace(",0,", ",,"), OTTO)

    assert not any(c.non_disclosure or c.exclusion_risk for c in read_folder(folder).rows.clients)


@pytest.mark.parametrize(
    ("table", "row", "place", "says"),
    [
        ("clients", OTTO.replace("T-2", ""), (4, "client_id"), "may not be empty"),
        ("clients", OTTO.replace("T-2", "T-3 "), (4, "client_id"), "no spaces around it"),
        ("clients", OTTO.replace("T-2", "T-3").replace("2026-02-10", "2026-02-30"), (4, "intake_date"), "not exist"),
        ("clients", OTTO.replace("T-2", "T-3").replace("2026-02-10", "10.2.2026"), (4, "intake_date"), "in the form"),
        ("clients", OTTO.replace("T-2", "T-3").replace("2026-02-10", ""), (4, "intake_date"), "may not be empty"),
        ("clients", OTTO.replace("T-2", "T-3").replace("2026", "0026"), (4, "intake_date"), "is not 1900–2100"),
        ("clients", OTTO.replace("T-2", "T-3").replace("405", "45"), (4, "municipality"), "three digits"),
        ("clients", OTTO.replace("T-2", "T-3").replace("fi", "suomi"), (4, "language"), "language code"),
        ("clients", OTTO.replace("T-2", "T-3").replace("Otto,", "Otto,010190-999K"), (4, "hetu"), "last character"),
        ("clients", OTTO.replace("T-2", "T-3").replace("Otto", "O\x07"), (4, "given_names"), "control character"),
        ("clients", OTTO.replace("T-2", "T-3").replace("Otto", "o" * 20_001), (4, "given_names"), "longer than"),
        ("clients", "T-3,,,,,,,,,,2,2026-01-01,,,,,", (4, "non_disclosure"), "is not 0 or 1"),
        ("clients", "T-3,,,,,,,,,,,2026-01-02,,2026-01-01,,,", (4, "exit_date"), "before the intake_date 2026-01-02"),
        ("clients", "T-3,,,,,,,,,,,2026-01-02,,2026-01-03,KUOLI,,", (4, "exit_reason"), "not one of TYO, KOULUTUS"),
        ("clients", OTTO, (4, "client_id"), "The same client_id is on line 3 already"),
        ("clients", "T-3,x", (4, ""), "has 2 fields; the header has 17"),
        ("clients", "", (4, ""), "The line is empty"),
        ("labour_status", "T-9,2026-01-01,TYOTON", (3, "client_id"), "no client “T-9”"),
        ("labour_status", "T-1,2026-01-11,tyoton", (3, "status"), "is not one of TYOTON"),
        ("labour_status", "T-1,2026-01-10,KOULUTUS", (3, "date"), "client_id + date is on line 2"),
        ("benefit_days", "T-1,2026-01-11,-1,KELA", (3, "days"), "whole number"),
        ("benefit_days", "T-1,2026-01-11,012,KELA", (3, "days"), "whole number"),
        ("benefit_days", "T-1,2026-01-11,1.5,KELA", (3, "days"), "whole number"),
        ("benefit_days", "T-1,2026-01-11,9999999999,KELA", (3, "days"), "whole number"),
        ("benefit_days", "T-1,2026-01-11,5,", (3, "source"), "may not be empty"),
        ("service_periods", "T-1,KTT,2026-01-11,,,", (3, "service_code"), "not in the service catalogue"),
        ("service_periods", "T-1,TYOPAJA,2026-01-11,2026-01-10,,", (3, "end_date"), "before the start_date"),
        ("service_periods", "T-1,TYOPAJA,2026-01-11,,OSUUSKUNTA,", (3, "employer_sector"), "is not one of YRITYS"),
        ("meetings", "T-1,2026-01-12,ZOOM,60,1", (3, "mode"), "is not one of KAYNTI"),
        ("meetings", "T-1,2026-01-12,VIDEO,60,yes", (3, "attended"), "is not 0 or 1"),
        ("assessments", "T-1,a,2026-01-12,suunta-1.0,A4,ASIAKAS,3", (3, "item_id"), "not an item of suunta-1.0"),
        ("assessments", "T-1,a,2026-01-12,suunta-1.0,A2,ASIAKAS,11", (3, "value"), "is not 0–10"),
        (
            "assessments",
            "T-1,a,2026-01-12,kyky-1,A2,ASIAKAS,1",
            (3, "instrument"),
            "is not one of kunnonsyyni-1.0, startti-1.0, suunta-1.0",
        ),
        ("assessments", "T-1,a,2026-01-12,suunta-1.0,A2,LAAKARI,1", (3, "rater"), "is not one of ASIAKAS"),
        ("assessments", "T-1,a,2026-01-13,suunta-1.0,A1,ASIAKAS,1", (3, "rater"), "is on line 2 already"),
        ("assessments", "T-2,a,2026-01-12,suunta-1.0,A1,ASIAKAS,1", (3, "assessment_id"), "belongs to client T-1"),
        ("plans", "T-1,q,JOKU,,,", (3, "plan_type"), "is not one of TYOLLISTYMIS"),
        ("plans", "T-2,p,VALMENNUS,,,", (3, "plan_id"), "The same plan_id is on line 2"),
        ("plan_steps", "T-1,t,zz,,,", (3, "plan_id"), "no plan “zz”"),
        ("plan_steps", "T-2,t,p,,,", (3, "plan_id"), "Plan p belongs to client T-1"),
        ("plan_steps", "T-1,s,p,,,", (3, "step_id"), "The same step_id is on line 2"),
        ("followups", "T-1,2026-13-01,TYOTON", (3, "date"), "does not exist"),
    ],
)
def test_a_bad_row_is_named_by_file_line_column_and_reason(
    folder: Path, table: str, row: str, place: tuple[int, str], says: str
) -> None:
    before = len(getattr(read_folder(folder).rows, table))
    add(folder, table, row)

    found = problems(folder)

    assert len(found) == 1
    assert found[0][:3] == (f"{table}.csv", *place)
    assert says in found[0][3]
    assert len(getattr(read_folder(folder).rows, table)) == before


def test_a_problem_is_told_in_a_sentence(folder: Path) -> None:
    add(folder, "meetings", "T-1,2026-01-12,{x},60,1", "T-1")
    (folder / "plans.csv").write_bytes(b"")
    (folder / "plan_steps.csv").unlink()

    assert [p.sentence(words("en")) for p in read_folder(folder).problems] == [
        "meetings.csv, line 3, column mode: “{x}” is not one of KAYNTI, KOTIKAYNTI, VERKOSTO, PUHELIN, VIDEO, VIESTI.",
        "meetings.csv, line 4: The row has 1 fields; the header has 5.",
        "plans.csv: The file is empty. It needs at least a header row.",
    ]


def test_a_period_and_a_stay_may_be_one_day_long(folder: Path) -> None:
    add(folder, "service_periods", "T-2,LAAKARI,2026-03-01,2026-03-01,,")
    add(folder, "clients", "T-3,,,,,,,,,,,2026-01-02,,2026-01-02,,,")

    assert problems(folder) == []


def test_an_assessment_is_not_mixed_from_two_instruments() -> None:
    sheets = {table.name: Sheet(table) for table in TABLES}
    client = {"client_id": "T-1", "hetu": ""}
    sheets["clients"].rows = [Row(2, client)]
    answer = {"client_id": "T-1", "assessment_id": "a"}
    sheets["assessments"].rows = [Row(n, {**answer, "instrument": i}) for n, i in enumerate(("x-1", "x-2", "x-1"), 2)]

    relate(sheets, Known())

    (found,) = map(said, sheets["assessments"].problems)
    assert found[1:] == (3, "instrument", "The assessment began with x-1.")
    assert [r.line for r in sheets["assessments"].rows] == [2, 4]


def test_every_problem_of_every_row_is_reported(folder: Path) -> None:
    add(folder, "clients", "T-3,,,x,y,z,q,,,,5,2026-02-02,,2026-02-01,W,7,", "T-4,,,,,,,,,,,x,,,,,")
    add(folder, "meetings", "T-3,2026-01-12,KAYNTI,60,1")

    assert [(line, column) for _, line, column, _ in problems(folder)] == [
        (4, "hetu"),
        (4, "birth_date"),
        (4, "municipality"),
        (4, "language"),
        (4, "non_disclosure"),
        (4, "exit_reason"),
        (4, "exclusion_risk"),
        (4, "exit_date"),
        (5, "intake_date"),
        (3, "client_id"),
    ]


def test_rows_of_a_rejected_client_or_plan_are_rejected_with_that_reason(folder: Path) -> None:
    write(folder, "clients", HEADER, ANNA.replace("405", "x"), OTTO)
    write(folder, "plans", "client_id,plan_id,plan_type,signed_date,review_due_date,reviewed_date", "T-2,p,X,,,")
    add(folder, "plan_steps", "T-2,t,p,,,")

    found = {(file, line): text for file, line, _, text in problems(folder)}

    assert found["meetings.csv", 2] == "The row of client “T-1” in clients.csv was rejected."
    assert found["plan_steps.csv", 3] == "The row of plan “p” in plans.csv was rejected."
    assert read_folder(folder).rows.meetings == ()


HETU = "150372-901R"


def person(id_: str, intake: str, last: str = "") -> str:
    return f"{id_},Testi,Anna,{HETU},,,,,,,,{intake},,{last},,,"


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        (("2026-01-01", "2026-02-01"), ("2026-02-02", ""), False),
        (("2026-01-01", "2026-02-01"), ("2026-02-01", ""), True),
        (("2026-01-01", ""), ("2026-02-01", ""), True),
        (("2026-03-01", ""), ("2026-01-01", "2026-02-28"), False),
        (("2026-03-01", ""), ("2026-01-01", "2026-03-01"), True),
    ],
)
def test_one_hetu_may_return_but_not_be_there_twice(
    folder: Path, first: tuple[str, str], second: tuple[str, str], *, clash: bool
) -> None:
    write(folder, "clients", HEADER, ANNA, person("T-3", *first), person("T-4", *second))

    found = problems(folder)

    assert [(line, column) for _, line, column, _ in found] == ([(4, "hetu")] if clash else [])
    assert all(HETU not in text for *_, text in found)


def test_a_hetu_is_compared_with_the_vault_but_not_with_the_row_it_replaces(folder: Path) -> None:
    held = Client(id="V-1", family_name="Testi", given_names="Anna", hetu=HETU, intake_date=date(2025, 1, 1))
    add(folder, "clients", person("T-3", "2026-01-01"))

    assert problems(folder, Known(clients={"V-1": held}))[0][3].startswith("Client V-1 has the same")
    assert problems(folder, Known(clients={"T-3": replace(held, id="T-3")})) == []


def test_rows_may_refer_to_clients_and_plans_of_the_vault(folder: Path) -> None:
    held = Client(id="V-1", family_name="Testi", given_names="Aino", intake_date=date(2025, 1, 1))
    add(folder, "meetings", "V-1,2026-01-12,KAYNTI,60,1")
    add(folder, "plan_steps", "V-1,t,vp,,,")

    assert problems(folder, Known(clients={"V-1": held}, plans={"vp": "V-1"})) == []


def test_ids_of_another_client_in_the_vault_are_refused(folder: Path) -> None:
    known = Known(plans={"p": "V-1"}, steps={"s": "V-1"}, assessments={"a": "V-1"})

    assert {(file, column) for file, _, column, _ in problems(folder, known)} == {
        ("plans.csv", "plan_id"),
        ("plan_steps.csv", "step_id"),
        ("assessments.csv", "assessment_id"),
    }
