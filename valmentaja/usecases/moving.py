"""The caseload tables in and out: a dry run first, then all or nothing; the same folder twice changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.caseload import CaseloadRows, Problem
from valmentaja.exchange import caseload_csv
from valmentaja.i18n import words
from valmentaja.store import assessments, caseload
from valmentaja.store.database import Reader
from valmentaja.usecases import leaving
from valmentaja.usecases.session import Area, Changes, Session

TABLES = tuple(field.name for field in fields(CaseloadRows))
EVERYTHING = frozenset({Area.CLIENT, Area.MEETING, Area.ASSESSMENT, Area.PLAN, Area.SERVICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What an import would do. `counts` are (table, good rows, new or changed ones); `absent` the missing files."""

    folder: Path
    rows: CaseloadRows
    counts: tuple[tuple[str, int, int], ...]
    problems: tuple[Problem, ...]
    absent: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        return not any(new for _table, _total, new in self.counts)


def dry_run(session: Session, folder: Path) -> Trial:
    """Read and check the folder against the vault; nothing is written."""
    read = caseload_csv.read_folder(folder, known=caseload.known(session.store))
    new = _news(read.rows, _held(session.store))
    return Trial(
        folder=folder,
        rows=read.rows,
        counts=tuple((table, len(getattr(read.rows, table)), len(getattr(new, table))) for table in TABLES),
        problems=read.problems,
        absent=read.absent,
    )


def problem_sentence(problem: Problem, language: str) -> str:
    """File, line, column and reason in that language."""
    return problem.sentence(words(language))


def bring_in(session: Session, tried: Trial, *, skip_bad: bool = False) -> Changes:
    """Write what is new or changed in one transaction; rows that are gone from the files stay in the vault."""
    if tried.problems and not skip_bad:
        raise UserError(N_("Some rows have a problem. Mend them, or leave them out on purpose."))
    held = caseload.known(session.store)
    new = _news(tried.rows, _held(session.store))
    keys = [session.chance.token(16) for client in new.clients if client.id not in held.clients]
    with session.store.writing() as tx:
        caseload.bring_in(tx, new, held, keys=keys, at=session.now())
    return Changes(areas=EVERYTHING)


def take_out(session: Session, folder: Path) -> tuple[Path, ...]:
    """Write the nine tables, unencrypted; logged before it happens."""
    leaving.require_newest(session, folder)
    with session.store.writing() as tx:
        caseload.note_export(tx)
    written = caseload_csv.write_folder(caseload.tables(session.store), folder)
    leaving.remember(session, folder)
    return written


def list_out(session: Session) -> None:
    """Log that the list of everybody is about to be given out."""
    with session.store.writing() as tx:
        caseload.note_listing(tx)


def _held(store: Reader) -> CaseloadRows:
    """The vault as tables, with the answers of open assessments too."""
    held = caseload.tables(store)
    under_way = caseload.answer_rows(assessments.open_ones(store))
    return replace(held, assessments=(*held.assessments, *under_way))


def _news(read: CaseloadRows, held: CaseloadRows) -> CaseloadRows:
    new: dict[str, Any] = {table: _missing(getattr(read, table), getattr(held, table)) for table in TABLES}
    return replace(read, **new)


def _missing(read: Iterable[Hashable], held: Iterable[Hashable]) -> tuple[Hashable, ...]:
    """The rows that are not among the held ones; of equal rows, as of two calls on a day, each counts."""
    known = Counter(held)
    found = []
    for row in read:
        if known[row]:
            known[row] -= 1
        else:
            found.append(row)
    return tuple(found)
