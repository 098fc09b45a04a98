"""Values that were replaced, kept beside the new ones."""

from __future__ import annotations

from collections.abc import Iterable

from valmentaja.domain.client import ClientId
from valmentaja.domain.rights import Correction
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Transaction

_COLUMNS = "client_id, entity, entity_id, field, before, after, reason, at"


def add(tx: Transaction, made: Iterable[Correction], *, imported: bool = False) -> None:
    """In the transaction that replaces the values."""
    tx.change_many(
        Event("import" if imported else "correct", "correction", ""),
        f"INSERT INTO correction ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(c.client, c.entity, c.entity_id, c.field, c.before, c.after, c.reason, c.at) for c in made],
    )


def of_client(store: Reader, client: ClientId) -> tuple[Correction, ...]:
    """Newest first."""
    found = store.rows(f"SELECT {_COLUMNS} FROM correction WHERE client_id = ? ORDER BY id DESC", client)
    return tuple(
        Correction(client=r[0], entity=r[1], entity_id=r[2], field=r[3], before=r[4], after=r[5], reason=r[6], at=r[7])
        for r in found
    )
