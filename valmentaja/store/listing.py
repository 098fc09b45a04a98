"""The caseload as a list: one query for all rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from valmentaja.domain.client import ClientId
from valmentaja.store.clients import day
from valmentaja.store.database import Reader, Row
from valmentaja.store.meetings import HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """A line of the client list. `plan` is none, draft, frozen, signed or late; `assessment` none, open or closed."""

    id: ClientId
    family_name: str
    given_names: str
    sort_key: str
    hetu: str
    birth_date: date | None
    municipality: str
    language: str
    non_disclosure: bool
    intake_date: date
    exit_date: date | None
    last_meeting: date | None
    next_meeting: date | None
    plan: str
    review_due: date | None
    assessment: str
    owner: str = ""
    handed_over: date | None = None

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


_ROWS = f"""
SELECT c.id, c.family_name, c.given_names, c.sort_key, c.hetu, c.birth_date, c.municipality, c.language,
       c.non_disclosure, c.intake_date, c.exit_date,
       (SELECT MAX(date) FROM meeting WHERE client_id = c.id AND attended = 1 AND {HELD}),
       (SELECT MIN(date) FROM meeting WHERE client_id = c.id AND booked = 1 AND date >= ?1),
       p.frozen_at, p.signed, p.review_due, p.reviewed, p.rowid,
       (SELECT MAX(closed IS NULL) FROM assessment WHERE client_id = c.id),
       coalesce(nullif(c.owner, ''), (SELECT value FROM setting WHERE name = 'coach'), ''), c.handed_over
FROM client AS c
LEFT JOIN plan AS p ON p.rowid = (
    SELECT rowid FROM plan WHERE client_id = c.id ORDER BY signed DESC, frozen_at DESC LIMIT 1)
"""
# Namesakes by rowid: the index on sort_key holds them so, and nothing has to be sorted.
_ORDER = "ORDER BY c.sort_key, c.rowid"


def client_rows(store: Reader, today: date) -> tuple[ClientRow, ...]:
    """The whole caseload in alphabetical order."""
    found = store.rows(f"{_ROWS} {_ORDER}", today.isoformat())
    return tuple(_client_row(row, today) for row in found)


def rows_of(store: Reader, ids: Sequence[ClientId], today: date) -> tuple[ClientRow, ...]:
    """The rows of these clients, in the order given; ids that nobody has are left out."""
    asked = f"{_ROWS} WHERE c.id IN (SELECT value FROM json_each(?2))"
    found = {r[0]: _client_row(r, today) for r in store.rows(asked, today.isoformat(), json.dumps(list(ids)))}
    return tuple(found[one] for one in ids if one in found)


def _client_row(row: Row, today: date) -> ClientRow:
    exited, due = day(row[10]), day(row[15])
    is_open = exited is None or exited >= today
    return ClientRow(
        id=row[0],
        family_name=row[1],
        given_names=row[2],
        sort_key=row[3],
        hetu=row[4],
        birth_date=day(row[5]),
        municipality=row[6],
        language=row[7],
        non_disclosure=bool(row[8]),
        intake_date=date.fromisoformat(row[9]),
        exit_date=exited,
        last_meeting=day(row[11]),
        next_meeting=day(row[12]),
        plan=_plan_state(row, late=is_open and due is not None and due < today and row[16] is None),
        review_due=due if row[16] is None else None,
        assessment={None: "none", 1: "open", 0: "closed"}[row[18]],
        owner=row[19],
        handed_over=day(row[20]),
    )


def _plan_state(row: Row, *, late: bool) -> str:
    if row[17] is None:
        return "none"
    if row[13] is None and row[14] is None:
        return "draft"
    if late:
        return "late"
    return "frozen" if row[14] is None else "signed"
