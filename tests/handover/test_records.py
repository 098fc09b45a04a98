"""Any record that a vault can hold comes out of its JSON as it went in."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from valmentaja.base.canonical import canonical, fingerprint
from valmentaja.domain.record import TABLES, Cell, Column, Kind, Record, renamed
from valmentaja.exchange import handover_records
from valmentaja.exchange.strict_json import read_object

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=20)
CELLS: dict[Kind, st.SearchStrategy[Cell]] = {
    Kind.TEXT: TEXTS,
    Kind.WORD: TEXTS.filter(bool),
    Kind.DAY: st.dates().map(lambda day: day.isoformat()),
    Kind.MOMENT: st.datetimes().map(lambda moment: f"{moment.replace(microsecond=0).isoformat()}Z"),
    Kind.NUMBER: st.integers(0, 2**63 - 1),
    Kind.FLAG: st.integers(0, 1),
    Kind.BYTES: st.binary(min_size=16, max_size=16),
}
ALONE = ("labour_status", "benefit_reading", "service_period", "follow_up", "told_fact", "correction")


def cell(column: Column) -> st.SearchStrategy[Cell]:
    held = st.sampled_from(sorted(column.codes)) if column.codes else CELLS[column.kind]
    return st.none() | held if column.optional else held


@st.composite
def records(draw: st.DrawFn) -> Record:
    tables = {}
    for table in TABLES:
        row = st.fixed_dictionaries({column.name: cell(column) for column in table.columns})
        fewest, most = (1, 1) if table.name == "client" else (0, 3 if table.name in ALONE else 0)
        key = (lambda made, table=table: tuple(made[name] for name in table.key)) if table.key else None
        tables[table.name] = tuple(draw(st.lists(row, min_size=fewest, max_size=most, unique_by=key)))
    pdf = draw(st.binary(max_size=50))
    paper = {
        "id": "d",
        "plan_id": None,
        "kind": "k",
        "language": "fi",
        "title": "",
        "file_name": "f.pdf",
        "created": "2026-01-01T00:00:00Z",
        "sha256": fingerprint(pdf),
        "pdf": pdf,
    }
    return Record(tables=tables).with_rows(document=(paper,))


@settings(max_examples=60)
@given(records())
def test_a_record_comes_back_as_it_went(record: Record) -> None:
    text = canonical(handover_records.as_json(record))
    assert handover_records.from_json(read_object(text)) == record


@settings(max_examples=30)
@given(records())
def test_renaming_there_and_back_changes_nothing(record: Record) -> None:
    there = renamed(record, {"document": {"d": "e"}, "client": {record.id: "x"}})
    assert there.tables["document"][0]["id"] == "e"
    assert renamed(there, {"document": {"e": "d"}, "client": {"x": record.id}}) == record


@given(records())
def test_a_record_of_an_older_program_is_read_with_what_it_did_not_know_yet(record: Record) -> None:
    older = {
        table.name: [{c.name: held[c.name] for c in table.columns if c.since <= 2} for held in rows]
        for table in TABLES
        if table.since <= 2
        for rows in [handover_records.as_json(record)[table.name]]
    }
    read = handover_records.from_json(read_object(canonical(older)), 2)
    for table in TABLES:
        for was, now in zip(
            record.tables[table.name] if table.since <= 2 else (), read.tables[table.name], strict=True
        ):
            for column in table.columns:
                assert now[column.name] == (was[column.name] if column.since <= 2 else column.before)
