"""What went to the outbox: added once; only its receipt comes later."""

from __future__ import annotations

from valmentaja.domain.client import ClientId
from valmentaja.domain.sending import Sending
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Row, Transaction

_COLUMNS = "id, client_id, document_id, file_name, recipient, sha256, at, picked_up, receipt"


def add(tx: Transaction, sending: Sending) -> None:
    s = sending
    tx.change(
        Event("send", "sending", s.id, s.client),
        f"INSERT INTO sending ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(s.id, s.client, s.document, s.file_name, s.recipient, s.sha256, s.at, s.picked_up, s.receipt),
    )


def mark_picked_up(tx: Transaction, sending: Sending, *, at: str, receipt: str) -> None:
    tx.change(
        Event("receipt", "sending", sending.id, sending.client),
        "UPDATE sending SET picked_up = ?, receipt = ? WHERE id = ?",
        *(at, receipt, sending.id),
    )


def every(store: Reader) -> tuple[Sending, ...]:
    """Newest first."""
    return tuple(_sending(r) for r in store.rows(f"SELECT {_COLUMNS} FROM sending ORDER BY at DESC, id DESC"))


def of_client(store: Reader, client: ClientId) -> tuple[Sending, ...]:
    """Newest first."""
    return tuple(s for s in every(store) if s.client == client)


def by_file(store: Reader, file_name: str) -> Sending | None:
    row = store.row(f"SELECT {_COLUMNS} FROM sending WHERE file_name = ?", file_name)
    return None if row is None else _sending(row)


def _sending(row: Row) -> Sending:
    return Sending(
        id=row[0],
        client=row[1],
        document=row[2],
        file_name=row[3],
        recipient=row[4],
        sha256=row[5],
        at=row[6],
        picked_up=row[7],
        receipt=row[8],
    )
