"""Consents and refusals, which are never changed, and the texts of the presentation card."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.client import ClientId
from valmentaja.domain.presentation import Consent
from valmentaja.store.audit import Event
from valmentaja.store.clients import day, iso
from valmentaja.store.database import Reader, Row, Transaction

_COLUMNS = "id, client_id, purpose, given, date, expires, scope, withdrawn, at"


def add(tx: Transaction, consent: Consent) -> None:
    c = consent
    tx.change(
        Event("consent" if c.given else "refusal", "consent", c.id, c.client),
        f"INSERT INTO consent ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(c.id, c.client, c.purpose, int(c.given), iso(c.on), iso(c.expires), c.scope, iso(c.withdrawn), c.at),
    )


def withdraw(tx: Transaction, consent: Consent, *, on: date) -> None:
    tx.change(
        Event("withdraw", "consent", consent.id, consent.client),
        "UPDATE consent SET withdrawn = ? WHERE id = ?",
        *(iso(on), consent.id),
    )


def of_client(store: Reader, client: ClientId, purpose: str) -> tuple[Consent, ...]:
    """Oldest first."""
    sql = f"SELECT {_COLUMNS} FROM consent WHERE client_id = ? AND purpose = ? ORDER BY date, at, id"
    return tuple(_consent(r) for r in store.rows(sql, client, purpose))


def of_purpose(store: Reader, purpose: str) -> tuple[Consent, ...]:
    """Of every client, each one's oldest first."""
    sql = f"SELECT {_COLUMNS} FROM consent WHERE purpose = ? ORDER BY client_id, date, at, id"
    return tuple(_consent(r) for r in store.rows(sql, purpose))


def keep_field(tx: Transaction, client: ClientId, field: str, value: str) -> None:
    tx.change(
        Event("edit", "card_field", field, client),
        "INSERT INTO card_field VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        *(client, field, value),
    )


def fields(store: Reader, client: ClientId) -> dict[str, str]:
    return {r[0]: r[1] for r in store.rows("SELECT field, value FROM card_field WHERE client_id = ?", client)}


def _consent(row: Row) -> Consent:
    return Consent(
        id=row[0],
        client=row[1],
        purpose=row[2],
        given=bool(row[3]),
        on=date.fromisoformat(row[4]),
        expires=day(row[5]),
        scope=row[6],
        withdrawn=day(row[7]),
        at=row[8],
    )
