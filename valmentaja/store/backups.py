"""Backups that were made and rehearsed, and what a backup is checked against."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.store import log
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Transaction

COUNTED = ("client", "meeting", "assessment", "answer", "plan", "service_period", "document")
"""Tables whose rows a backup's list of contents counts; they are in every schema version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRow:
    """`rehearsed` is the UTC stamp of the newest rehearsal and `sound` its result; None when there was none."""

    id: int
    at: str
    kind: str
    path: str
    bytes: int
    sha256: str
    rehearsed: str | None
    sound: bool | None


def made(store: Reader) -> tuple[BackupRow, ...]:
    """Newest first."""
    rows = store.rows(
        "SELECT id, at, kind, path, bytes, sha256, rehearsed, sound FROM backup_made ORDER BY at DESC, id DESC"
    )
    return tuple(
        BackupRow(
            id=r[0], at=r[1], kind=r[2], path=r[3], bytes=r[4], sha256=r[5], rehearsed=r[6],
            sound=None if r[7] is None else bool(r[7]),
        )
        for r in rows
    )  # fmt: skip


def add(tx: Transaction, *, at: str, kind: str, path: str, size: int, sha256: str) -> int:
    """`kind` is asked, scheduled or migration; the new row's id."""
    sql = "INSERT INTO backup_made (at, kind, path, bytes, sha256) VALUES (?, ?, ?, ?, ?)"
    return tx.change(Event("back up", "backup_made", ""), sql, at, kind, path, size, sha256)


def forget(tx: Transaction, row: int) -> None:
    """The file was removed because twelve newer ones are kept."""
    tx.change(Event("remove", "backup_made", str(row)), "DELETE FROM backup_made WHERE id = ?", row)


def rehearse(tx: Transaction, row: int, *, at: str, sound: bool) -> None:
    sql = "UPDATE backup_made SET rehearsed = ?, sound = ? WHERE id = ?"
    tx.change(Event("rehearse", "backup_made", str(row)), sql, at, int(sound), row)


def counts(store: Reader) -> dict[str, int]:
    return {table: store.number(f"SELECT COUNT(*) FROM {table}") for table in COUNTED}


def pages_are_whole(store: Reader) -> bool:
    """Every page's HMAC, every table's and index's structure, every reference."""
    return (
        not store.rows("PRAGMA cipher_integrity_check")
        and store.text("PRAGMA integrity_check") == "ok"
        and not store.rows("PRAGMA foreign_key_check")
    )


def log_head(store: Reader) -> tuple[int, str]:
    """Number and hash of the last entry of the log."""
    head = log.head(store, "")
    return head.seq, head.hash
