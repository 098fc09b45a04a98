"""Merging a record that comes with the one that is here: what is missing is added, nothing is overwritten unasked."""

from __future__ import annotations

import json
from collections.abc import Callable

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.client import ClientId
from valmentaja.domain.merge import WHOLE, Difference, compare, rows_of_plan
from valmentaja.domain.record import Cell, Record, renamed
from valmentaja.store import handovers, records
from valmentaja.store.database import Transaction
from valmentaja.usecases.session import Session

_WITH_IDS = (
    *("assessment_case", "case_meeting", "clarification", "assessment", "other_result"),
    *("plan", "plan_goal", "plan_step", "plan_review", "document", "consent", "ura_entry"),
)


def merge(
    session: Session, tx: Transaction, record: Record, into: ClientId, *, theirs: frozenset[str], package: str
) -> None:
    """`theirs` are the places of differences where the coming value is taken; the other one goes to the corrections."""
    ours = records.read(tx, into)
    coming = _named_as_here(tx, ours, record, into, session.new_id)
    found = compare(ours, coming)
    if found.conflicting_plan:
        raise UserError(N_("Both have the same plan frozen with different contents. They cannot be merged."))
    if handovers.care(tx, into).handed_over is not None:
        handovers.unlock(tx, into, "take over")
    meetings = records.meeting_ids(tx, into)
    here = {place: meetings[mine] for place, mine in found.meetings.items()}
    records.add_rows(tx, coming, found.missing, here)
    for cell in found.filled:
        _set(tx, into, cell, meetings)
    for difference in found.differences:
        chosen = difference.place in theirs
        _keep_other(session, tx, into, difference, meetings, chosen=chosen, package=package)
        if chosen and difference.column == WHOLE:
            _replace_draft(tx, coming, difference, here)
        elif chosen:
            _set(tx, into, difference, meetings)
    records.retell(tx, into)


def with_free_ids(tx: Transaction, record: Record, new_id: Callable[[], str]) -> Record:
    """New ids for the rows whose ids somebody else's rows have; a fingerprinted plan keeps its own or is refused."""
    names: dict[str, dict[str, str]] = {}
    for table in _WITH_IDS:
        taken = records.taken(tx, table, [str(row["id"]) for row in record.tables[table]])
        names[table] = {old: new_id() for old in sorted(taken)}
    for plan in record.tables["plan"]:
        if plan["fingerprint"] is not None and str(plan["id"]) in names["plan"]:
            raise UserError(N_("A plan of this package is here already, under another client. Nothing was taken over."))
    free = renamed(record, names)
    return _with_free_names(tx, free)


def _with_free_names(tx: Transaction, record: Record) -> Record:
    papers = tuple(
        {**row, "file_name": records.free_file_name(tx, str(row["file_name"]))} for row in record.tables["document"]
    )
    return record.with_rows(document=papers)


def _named_as_here(tx: Transaction, ours: Record, coming: Record, into: ClientId, new_id: Callable[[], str]) -> Record:
    """The coming record under the number it has here; ids that other clients of this vault use get new ones."""
    names: dict[str, dict[str, str]] = {}
    for table in _WITH_IDS:
        mine = {row["id"] for row in ours.tables[table]}
        strange = [str(row["id"]) for row in coming.tables[table] if row["id"] not in mine]
        names[table] = {old: new_id() for old in sorted(records.taken(tx, table, strange))}
    held = {row["id"] for row in ours.tables["document"]}
    free = renamed(coming, names).with_client(id=into)
    papers = tuple(
        row if row["id"] in held else {**row, "file_name": records.free_file_name(tx, str(row["file_name"]))}
        for row in free.tables["document"]
    )
    return free.with_rows(document=papers)


def _set(tx: Transaction, client: ClientId, cell: Difference, meetings: dict[int, int]) -> None:
    records.change_cell(tx, client, cell.table, _key(cell, meetings), cell.column, cell.theirs)


def _key(cell: Difference, meetings: dict[int, int]) -> dict[str, Cell]:
    """Where the row is; a meeting's place becomes its row id."""
    key = dict(cell.key)
    if cell.table == "meeting":
        key["id"] = meetings[int(str(key["id"]))]
    return key


def _replace_draft(tx: Transaction, coming: Record, difference: Difference, meetings: dict[int, int]) -> None:
    plan = dict(difference.key)["id"]
    records.remove_draft(tx, coming.id, str(plan))
    records.add_rows(tx, coming, rows_of_plan(coming, plan), meetings)


def _keep_other(
    session: Session,
    tx: Transaction,
    client: ClientId,
    difference: Difference,
    meetings: dict[int, int],
    *,
    chosen: bool,
    package: str,
) -> None:
    """What was not chosen stays readable as the value before."""
    ours: Cell = difference.ours
    if difference.column == WHOLE:
        ours = _draft(tx, client, dict(difference.key)["id"]) if chosen else ""
    before, after = (ours, difference.theirs) if chosen else (difference.theirs, ours)
    records.add_correction(
        tx,
        client,
        entity=difference.table,
        entity_id=" ".join(str(v) for v in _key(difference, meetings).values()) or client,
        field=difference.column,
        before=_text(before),
        after=_text(after),
        reason=f"luovutus {package}",
        at=session.now(),
    )


def _draft(tx: Transaction, client: ClientId, plan: Cell) -> str:
    rows = rows_of_plan(records.read(tx, client), plan)
    return json.dumps({name: [dict(r) for r in held] for name, held in rows.items()}, ensure_ascii=False)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
