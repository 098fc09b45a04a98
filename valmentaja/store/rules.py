"""What the unit has changed in the shipped rules; a change is added and never taken away."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.rule_change import RuleChange
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Row, Transaction

_COLUMNS = "rule, at, enabled, least, most, valid_from, valid_to, source, reason"


def add(tx: Transaction, change: RuleChange) -> None:
    c = change
    tx.change(
        Event("edit", "rule_change", c.rule),
        f"INSERT INTO rule_change ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(c.rule, c.at, int(c.enabled), c.least, c.most, _iso(c.valid_from), _iso(c.valid_to), c.source, c.reason),
    )


def changes(store: Reader) -> tuple[RuleChange, ...]:
    """Oldest first."""
    return tuple(_change(r) for r in store.rows(f"SELECT {_COLUMNS} FROM rule_change ORDER BY at"))


def _change(row: Row) -> RuleChange:
    return RuleChange(
        rule=row[0],
        at=row[1],
        enabled=bool(row[2]),
        least=row[3],
        most=row[4],
        valid_from=_day(row[5]),
        valid_to=_day(row[6]),
        source=row[7],
        reason=row[8],
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
