"""Who has confirmed the texts that stand beside Finnish on a plan; a confirmation is of exactly those texts."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """`at` is a UTC stamp."""

    name: str
    at: str


def confirm(tx: Transaction, language: str, fingerprint: str, confirmed: Confirmed) -> None:
    """Confirmed again, the newer name stands."""
    tx.change(
        Event("check", "translation_check", language),
        "INSERT INTO translation_check (language, fingerprint, name, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET name = excluded.name, at = excluded.at",
        *(language, fingerprint, confirmed.name, confirmed.at),
    )


def confirmed(store: Reader, language: str, fingerprint: str) -> Confirmed | None:
    row = store.row(
        "SELECT name, at FROM translation_check WHERE language = ? AND fingerprint = ?", language, fingerprint
    )
    return None if row is None else Confirmed(name=row[0], at=row[1])
