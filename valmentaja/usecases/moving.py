"""The caseload tables in and out: a dry run first, then all or nothing; the same folder twice changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.caseload import CaseloadRows, Problem
from valmentaja.domain.rights import Correction
from valmentaja.domain.rights import corrections as differences
from valmentaja.exchange import caseload_csv
from valmentaja.i18n import words
from valmentaja.store import assessments, caseload, corrections
from valmentaja.store.database import Reader
from valmentaja.usecases import instruments, leaving
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
    held = replace(caseload.known(session.store), instruments=instruments.known(session.store))
    read = caseload_csv.read_folder(folder, known=held)
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
    held, before = caseload.known(session.store), _held(session.store)
    new = _news(tried.rows, before)
    keys = [session.chance.token(16) for client in new.clients if client.id not in held.clients]
    with session.store.writing() as tx:
        caseload.bring_in(tx, new, held, keys=keys, at=session.now())
        instruments.keep_used(session, tx)
        corrections.add(tx, _replaced(before, new, at=session.now()), imported=True)
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


def _replaced(before: CaseloadRows, new: CaseloadRows, *, at: str) -> list[Correction]:
    """The values that an import replaces in rows that were there already."""
    keyed: tuple[tuple[str, Iterable[Any], Iterable[Any], Callable[[Any], Hashable], Callable[[Any], str]], ...] = (
        ("client", before.clients, new.clients, lambda c: c.id, lambda c: str(c.id)),
        ("labour_status", before.labour_status, new.labour_status, _of_day, lambda s: str(s.date)),
        ("benefit_reading", before.benefit_days, new.benefit_days, _of_day, lambda r: str(r.date)),
        (
            "service_period",
            before.service_periods,
            new.service_periods,
            lambda p: (p.client, p.service, p.start),
            lambda p: str(p.service),
        ),
        ("follow_up", before.followups, new.followups, _of_day, lambda f: str(f.date)),
        ("plan", before.plans, new.plans, lambda p: p.plan, lambda p: str(p.plan)),
        ("plan_step", before.plan_steps, new.plan_steps, lambda s: s.step, lambda s: str(s.step)),
    )
    found: list[Correction] = []
    for entity, old_rows, new_rows, key, entity_id in keyed:
        old = {key(row): row for row in old_rows}
        for row in new_rows:
            if key(row) in old:
                found += differences(old[key(row)], row, entity=entity, entity_id=entity_id(row), at=at)
    return found


def _of_day(row: Any) -> Hashable:
    return (row.client, row.date)


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
