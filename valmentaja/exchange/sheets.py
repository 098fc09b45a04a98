"""One table's file read by its description: the rows that hold on their own, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from valmentaja.base.errors import N_, UserError, Value
from valmentaja.definitions.instrument import Instrument
from valmentaja.definitions.instruments import instruments
from valmentaja.domain.caseload import Problem
from valmentaja.exchange.csv_text import TextRow, fault, read_text, split_rows
from valmentaja.exchange.tables import ASSESSMENTS, Table, a_day, shown


@dataclass(frozen=True, slots=True)
class Row:
    """A checked row: cells by column name, and the line it starts on."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(slots=True)
class Sheet:
    """A table while it is being read: rows move from `rows` to `rejected` as problems are found."""

    table: Table
    rows: list[Row] = field(default_factory=list)
    rejected: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    absent: bool = False
    unreadable: bool = False
    instruments: Mapping[str, Instrument] = field(default_factory=instruments)

    def reject(self, row: Row, column: str, text: str, /, **values: Value) -> None:
        """Note the problem; the row itself is taken out by `settle`."""
        self.problems.append(fault(self.table.file, text, line=row.line, column=column, **values))
        self.rejected.append(row)

    def settle(self) -> None:
        """Keep the rows without a problem."""
        lines = {row.line for row in self.rejected}
        self.rows = [row for row in self.rows if row.line not in lines]


def read_sheet(folder: Path, table: Table, known: Mapping[str, Instrument]) -> Sheet:
    """The table's file in `folder`; one that is not there has no rows and is `absent`. `known` are the instruments."""
    sheet = Sheet(table, instruments=known)
    path = folder / table.file
    if not path.exists():
        sheet.absent = True
        return sheet
    text = read_text(path)
    if isinstance(text, Problem):
        sheet.problems.append(text)
        sheet.unreadable = True
        return sheet
    _fill(sheet, split_rows(table.file, text))
    return sheet


def _fill(sheet: Sheet, rows: Iterator[TextRow | Problem]) -> None:
    header = next(rows)
    found = (header,) if isinstance(header, Problem) else tuple(_header_problems(sheet.table, header))
    sheet.problems += found
    if found or isinstance(header, Problem):
        sheet.unreadable = True
        return
    for row in rows:
        if isinstance(row, Problem):
            sheet.problems.append(row)
        else:
            _take(sheet, header.fields, row)
    _reject_doubles(sheet)


def _header_problems(table: Table, header: TextRow) -> Iterable[Problem]:
    """Unknown, doubled and missing columns; the order does not matter."""
    names = header.fields
    if len(names) == 1 and ";" in names[0]:
        text = N_("The columns are separated by semicolons. Save the file with commas.")
        yield fault(table.file, text, line=header.line)
        return
    for n, name in enumerate(names):
        if name not in table.header:
            yield fault(table.file, N_("The column “{name}” is not known."), line=header.line, name=shown(name))
        elif name in names[:n]:
            yield fault(table.file, N_("The column “{name}” occurs twice."), line=header.line, name=name)
    for name in table.header:
        if name not in names:
            yield fault(table.file, N_("The column “{name}” is missing."), line=header.line, name=name)


def _take(sheet: Sheet, header: tuple[str, ...], found: TextRow) -> None:
    row = Row(found.line, dict(zip(header, found.fields, strict=False)))
    if not found.fields:
        sheet.reject(row, "", N_("The line is empty. Remove it."))
    elif len(found.fields) != len(header):
        text = N_("The row has {found} fields; the header has {expected}.")
        sheet.reject(row, "", text, found=len(found.fields), expected=len(header))
    else:
        sheet.rows.append(row)
        _check_cells(sheet, row)
        _check_order(sheet, row)
        _check_item(sheet, row)


def _check_cells(sheet: Sheet, row: Row) -> None:
    for column in sheet.table.columns:
        cell = row[column.name]
        if not cell and column.required:
            sheet.reject(row, column.name, N_("This may not be empty."))
        elif cell:
            try:
                column.check(cell)
            except UserError as error:
                sheet.reject(row, column.name, error.text, **error.values)


def _check_order(sheet: Sheet, row: Row) -> None:
    """Dates of one form compare as text; a broken one has been named already."""
    for later, earlier in sheet.table.not_before:
        if _is_day(row[later]) and _is_day(row[earlier]) and row[later] < row[earlier]:
            text = N_("{later} is before the {name} {earlier}.")
            sheet.reject(row, later, text, later=row[later], name=earlier, earlier=row[earlier])


def _is_day(cell: str) -> bool:
    try:
        a_day(cell)
    except UserError:
        return False
    return True


def _check_item(sheet: Sheet, row: Row) -> None:
    """The instrument is one that the vault knows, and the item is one of its items."""
    if sheet.table is not ASSESSMENTS or not row["instrument"]:
        return
    held = sheet.instruments.get(row["instrument"])
    if held is None:
        text = N_("“{cell}” is not one of {known}.")
        sheet.reject(row, "instrument", text, cell=shown(row["instrument"]), known=", ".join(sheet.instruments))
    elif row["item_id"] and row["item_id"] not in {i.id for i in held.items}:
        text = N_("“{item}” is not an item of {instrument}.")
        sheet.reject(row, "item_id", text, item=shown(row["item_id"]), instrument=row["instrument"])


def _reject_doubles(sheet: Sheet) -> None:
    """Of rows with one key the first that holds is kept."""
    sheet.settle()
    if not sheet.table.key:
        return
    first: dict[tuple[str, ...], int] = {}
    for row in sheet.rows:
        key = tuple(row[c] for c in sheet.table.key)
        line = first.setdefault(key, row.line)
        if line != row.line:
            text = N_("The same {columns} is on line {first} already.")
            sheet.reject(row, sheet.table.key[-1], text, columns=" + ".join(sheet.table.key), first=line)
    sheet.settle()
