"""The caseload tables as a folder of CSV files, in and out (indicators.md §2)."""

from __future__ import annotations

from pathlib import Path

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.paths import write_new
from valmentaja.definitions.instruments import instruments
from valmentaja.domain.caseload import CaseloadRows, Known, Problem, Reading
from valmentaja.exchange.csv_text import compose, fault
from valmentaja.exchange.records import cells, records
from valmentaja.exchange.relations import relate
from valmentaja.exchange.sheets import Sheet, read_sheet
from valmentaja.exchange.tables import CLIENTS, TABLES

_NOTHING_KNOWN = Known()


def read_folder(folder: Path, *, known: Known = _NOTHING_KNOWN) -> Reading:
    """A dry run over the nine tables: the rows that can be imported and why each of the others cannot.

    clients.csv must be there; any other missing file has no rows and is named in `absent`.
    """
    if not folder.is_dir():
        raise UserError(N_("{folder} is not a folder. Choose the folder that holds clients.csv."), folder=str(folder))
    sheets = {table.name: read_sheet(folder, table, known.instruments or instruments()) for table in TABLES}
    _require_clients(sheets[CLIENTS.name])
    relate(sheets, known)
    return Reading(
        rows=records(sheets),
        problems=tuple(p for sheet in sheets.values() for p in sorted(sheet.problems, key=_line)),
        absent=tuple(sheet.table.file for sheet in sheets.values() if sheet.absent),
    )


def write_folder(rows: CaseloadRows, folder: Path) -> tuple[Path, ...]:
    """All nine files, each whole or not at all; rows sorted as text, so equal caseloads give equal bytes."""
    written = []
    filled = cells(rows)
    for table in TABLES:
        path = folder / table.file
        try:
            write_new(path, compose([table.header, *sorted(filled[table.name])]))
        except OSError as error:
            text = N_("{file} could not be written. Choose a folder where you may save.")
            raise StorageError(text, file=str(path)) from error
        written.append(path)
    return tuple(written)


def _require_clients(clients: Sheet) -> None:
    if clients.absent:
        clients.unreadable = True
        clients.problems.append(fault(CLIENTS.file, N_("The file is missing. A caseload needs its clients.")))


def _line(problem: Problem) -> int:
    return problem.line
