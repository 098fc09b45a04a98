"""Two records of one person: what the one lacks, and where they say different things. Nothing is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from valmentaja.domain.record import TABLES, Cell, Record, RecordRow, Table

NEVER = frozenset({"id", "record_key"})
AFTER_FREEZING = {
    "plan": frozenset({"signed", "reviewed"}),
    "plan_step": frozenset({"realised_start", "done"}),
    "signature": frozenset({"state", "name", "capacity", "on_date", "reason", "ink"}),
}
"""What may still be recorded on a frozen plan."""
WHOLE = "*"
"""The column of a difference between a draft and the same plan, frozen: the one or the other, whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One cell that the two records fill differently; `key` finds the fact among the client's rows of `table`."""

    table: str
    key: tuple[tuple[str, Cell], ...]
    column: str
    ours: Cell
    theirs: Cell

    @property
    def place(self) -> str:
        """A name for it that stays the same while the two records do."""
        facts = "·".join("" if value is None else str(value) for _name, value in self.key)
        return f"{self.table}·{facts}·{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`missing` rows are theirs alone; `filled` are cells that are empty in ours; `meetings` theirs → ours by place."""

    missing: Mapping[str, tuple[RecordRow, ...]]
    filled: tuple[Difference, ...]
    differences: tuple[Difference, ...]
    meetings: Mapping[int, int]
    conflicting_plan: str = ""


@dataclass(slots=True)
class _Found:
    missing: dict[str, list[RecordRow]] = field(default_factory=dict)
    filled: list[Difference] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    meetings: dict[int, int] = field(default_factory=dict)
    conflict: str = ""


def compare(ours: Record, theirs: Record) -> Comparison:
    """`conflicting_plan` names a plan that is frozen in both with different contents: these cannot be merged."""
    found = _Found()
    drafts = _plans(ours, theirs, found)
    for table in TABLES:
        if table.added_only:
            found.missing[table.name] = _added(table, ours, theirs)
        else:
            _compare_table(table, ours, theirs, drafts, found)
    return Comparison(
        missing={name: tuple(rows) for name, rows in found.missing.items()},
        filled=tuple(found.filled),
        differences=tuple(found.differences),
        meetings=found.meetings,
        conflicting_plan=found.conflict,
    )


def rows_of_plan(record: Record, plan: Cell) -> dict[str, tuple[RecordRow, ...]]:
    """The plan with all that hangs on it."""
    hanging = {t.name: _where(record, t.name, "plan_id", plan) for t in TABLES if t.of == "plan"}
    return {"plan": _where(record, "plan", "id", plan), **hanging}


def _plans(ours: Record, theirs: Record, found: _Found) -> dict[Cell, str]:
    """How the rows of each plan that both have are compared: `open` cell by cell, `frozen`, or `whole`."""
    held = {row["id"]: row for row in ours.tables["plan"]}
    how: dict[Cell, str] = {}
    for row in theirs.tables["plan"]:
        mine = held.get(row["id"])
        if mine is None:
            continue
        if mine["fingerprint"] == row["fingerprint"]:
            how[row["id"]] = "open" if mine["fingerprint"] is None else "frozen"
        elif mine["fingerprint"] is None:
            how[row["id"]] = "whole"
            found.differences.append(_difference("plan", (("id", row["id"]),), WHOLE, None, row["fingerprint"]))
        elif row["fingerprint"] is None:
            how[row["id"]] = "older"
        else:
            how[row["id"]] = "older"
            found.conflict = str(row["id"])
    return how


def _compare_table(table: Table, ours: Record, theirs: Record, plans: Mapping[Cell, str], found: _Found) -> None:
    held = dict(_keyed(table, ours))
    for key, row in _keyed(table, theirs):
        how = plans.get(row["id" if table.name == "plan" else "plan_id"], "") if _of_plan(table) else ""
        mine = held.get(key)
        if how in ("whole", "older"):
            continue
        if mine is None:
            found.missing.setdefault(table.name, []).append(row)
            continue
        if table.name == "meeting":
            found.meetings[int(str(row["id"]))] = int(str(mine["id"]))
        _compare_row(table, mine, row, how, found)


def _compare_row(table: Table, mine: RecordRow, row: RecordRow, how: str, found: _Found) -> None:
    if table.name == "document":
        return
    if table.name == "meeting":
        key: tuple[tuple[str, Cell], ...] = (("id", mine["id"]),)
    else:
        key = tuple((name, row[name]) for name in table.key)
    fixed = NEVER | set(table.key)
    allowed = AFTER_FREEZING.get(table.name, frozenset()) if how == "frozen" else frozenset(table.names)
    for column in table.names:
        if column in fixed or column not in allowed or mine[column] == row[column] or row[column] in (None, ""):
            continue
        said = _difference(table.name, key, column, mine[column], row[column])
        (found.filled if mine[column] in (None, "") else found.differences).append(said)


def _keyed(table: Table, record: Record) -> list[tuple[tuple[Cell, ...], RecordRow]]:
    """Rows under their key; of two meetings with one key, the first and the second."""
    seen: Counter[tuple[Cell, ...]] = Counter()
    found = []
    for row in record.tables[table.name]:
        key = tuple(row[name] for name in table.key)
        seen[key] += 1
        found.append(((*key, seen[key]), row))
    return found


def _added(table: Table, ours: Record, theirs: Record) -> list[RecordRow]:
    """Rows that are only ever added; the same row twice counts twice."""
    names = [name for name in table.names if name != "meeting_id"]
    held = Counter(tuple(row[name] for name in names) for row in ours.tables[table.name])
    found = []
    for row in theirs.tables[table.name]:
        what = tuple(row[name] for name in names)
        if held[what]:
            held[what] -= 1
        else:
            found.append(row)
    return found


def _of_plan(table: Table) -> bool:
    return table.name == "plan" or table.of == "plan"


def _where(record: Record, table: str, cell: str, value: Cell) -> tuple[RecordRow, ...]:
    return tuple(row for row in record.tables[table] if row[cell] == value)


def _difference(table: str, key: tuple[tuple[str, Cell], ...], column: str, ours: Cell, theirs: Cell) -> Difference:
    return Difference(table=table, key=key, column=column, ours=ours, theirs=theirs)
