"""Whose client it is, the cards this coach trusts, and what was handed over to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.domain.client import ClientId
from valmentaja.store.audit import Event
from valmentaja.store.clients import day
from valmentaja.store.database import Reader, Transaction

TAKEN_BACK = "back "
"""Stands before the stamp in `receipt` of a handover that was taken back before its receipt came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachCard:
    """Another coach as far as this vault trusts them; `name` says name and unit, `trusted` is a UTC stamp."""

    fingerprint: str
    name: str
    box_key: str
    sign_key: str
    trusted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Who answers for a client; `handed_over` is the day the client went to another coach."""

    owner: str = ""
    substitute: str = ""
    handed_over: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRow:
    """One client in one package; `coach` is the other side's fingerprint, `receipt` a stamp, "" when none came."""

    package: str
    client: ClientId
    client_name: str
    direction: str
    coach: str
    coach_name: str
    at: str
    receipt: str

    @property
    def taken_back(self) -> bool:
        return self.receipt.startswith(TAKEN_BACK)

    @property
    def waits(self) -> bool:
        """Sent, and no receipt has come."""
        return self.direction == "out" and not self.receipt


def trust(tx: Transaction, card: CoachCard) -> None:
    tx.change(
        Event("trust", "coach_card", card.fingerprint),
        "INSERT INTO coach_card VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name",
        *(card.fingerprint, card.name, card.box_key, card.sign_key, card.trusted),
    )


def distrust(tx: Transaction, fingerprint: str) -> None:
    tx.change(Event("remove", "coach_card", fingerprint), "DELETE FROM coach_card WHERE fingerprint = ?", fingerprint)


def cards(store: Reader) -> tuple[CoachCard, ...]:
    rows = store.rows("SELECT fingerprint, name, box_key, sign_key, trusted FROM coach_card ORDER BY name, fingerprint")
    return tuple(CoachCard(fingerprint=r[0], name=r[1], box_key=r[2], sign_key=r[3], trusted=r[4]) for r in rows)


def care(store: Reader, client: ClientId) -> Care:
    row = store.row("SELECT owner, substitute, handed_over FROM client WHERE id = ?", client)
    return Care() if row is None else Care(owner=row[0], substitute=row[1], handed_over=day(row[2]))


def keep_care(tx: Transaction, client: ClientId, *, owner: str, substitute: str) -> None:
    tx.change(
        Event("edit", "client", client, client),
        "UPDATE client SET owner = ?, substitute = ? WHERE id = ?",
        *(owner, substitute, client),
    )


def away(store: Reader) -> frozenset[ClientId]:
    """Clients who were handed over: their copy here is locked."""
    return frozenset(str(r[0]) for r in store.rows("SELECT id FROM client WHERE handed_over IS NOT NULL"))


def send(tx: Transaction, package: str, client: ClientId, *, coach: str, at: str, on: date) -> None:
    """Log the handover and lock the copy that stays."""
    _keep(tx, "hand over", (package, client, "out", coach, at, None))
    tx.change(
        Event("lock", "client", client, client),
        "UPDATE client SET handed_over = ? WHERE id = ?",
        on.isoformat(),
        client,
    )


def take_over(tx: Transaction, package: str, client: ClientId, *, coach: str, at: str) -> None:
    _keep(tx, "take over", (package, client, "in", coach, at, None))


def unlock(tx: Transaction, client: ClientId, action: str) -> None:
    tx.change(Event(action, "client", client, client), "UPDATE client SET handed_over = NULL WHERE id = ?", client)


def mark(tx: Transaction, action: str, row: HandoverRow, receipt: str) -> None:
    """What became of one client's handover."""
    tx.change(
        Event(action, "handover", row.package, row.client),
        "UPDATE handover SET receipt = ? WHERE package = ? AND client_id = ?",
        *(receipt, row.package, row.client),
    )


def forget(tx: Transaction, package: str) -> None:
    """A package whose file could not be written was never handed over."""
    tx.change(Event("take back", "handover", package), "DELETE FROM handover WHERE package = ?", package)


def handovers(store: Reader, *, package: str | None = None, client: ClientId | None = None) -> tuple[HandoverRow, ...]:
    """Newest first."""
    found = store.rows(
        "SELECT h.package, h.client_id, coalesce(trim(c.given_names || ' ' || c.family_name), ''), h.direction, "
        "h.coach, coalesce(k.name, ''), h.at, coalesce(h.receipt, '') FROM handover AS h "
        "LEFT JOIN client AS c ON c.id = h.client_id LEFT JOIN coach_card AS k ON k.fingerprint = h.coach "
        "WHERE (?1 IS NULL OR h.package = ?1) AND (?2 IS NULL OR h.client_id = ?2) "
        "ORDER BY h.at DESC, h.package, h.client_id",
        package,
        client,
    )
    return tuple(
        HandoverRow(
            package=r[0],
            client=r[1],
            client_name=r[2],
            direction=r[3],
            coach=r[4],
            coach_name=r[5],
            at=r[6],
            receipt=r[7],
        )
        for r in found
    )


def _keep(tx: Transaction, action: str, values: tuple[str | None, ...]) -> None:
    tx.change(
        Event(action, "handover", str(values[0]), str(values[1])),
        "INSERT INTO handover VALUES (?, ?, ?, ?, ?, ?)",
        *values,
    )
