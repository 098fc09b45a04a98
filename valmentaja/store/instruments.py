"""Instruments kept in the vault: what an assessment was begun with stays readable, whatever is shipped later."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.definitions.instrument import Instrument
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The file as it was, and the fingerprint of what it says."""

    id: str
    fingerprint: str
    source: bytes


def add(tx: Transaction, instrument: Instrument, *, at: str) -> None:
    """Nothing happens when it is there already: a kept instrument never changes."""
    if tx.row("SELECT 1 FROM instrument WHERE id = ?", instrument.id) is None:
        tx.change(
            Event("store", "instrument", instrument.id),
            "INSERT INTO instrument (id, fingerprint, source, kept) VALUES (?, ?, ?, ?)",
            *(instrument.id, instrument.fingerprint, instrument.source, at),
        )


def all_kept(store: Reader) -> tuple[Kept, ...]:
    found = store.rows("SELECT id, fingerprint, source FROM instrument ORDER BY id")
    return tuple(Kept(id=row[0], fingerprint=row[1], source=row[2]) for row in found)


def used_but_not_kept(store: Reader) -> tuple[str, ...]:
    """Ids that assessments name, of vaults from before instruments were kept and of imports."""
    found = store.rows(
        "SELECT DISTINCT instrument FROM assessment WHERE instrument NOT IN (SELECT id FROM instrument) ORDER BY 1"
    )
    return tuple(row[0] for row in found)
