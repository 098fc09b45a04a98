"""A check of an open vault, and its rest when nobody is writing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from valmentaja.base.errors import N_, StorageError
from valmentaja.store import health, log
from valmentaja.store.health import Problem
from valmentaja.usecases.session import Session
from valmentaja.vault import vault

__all__ = ["Checkup", "Problem"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """What was looked at and what is wrong; `pages` of 4 KiB, `entries` of the log."""

    pages: int
    entries: int
    problems: tuple[Problem, ...]


def check(session: Session) -> Checkup:
    """Read every page of the vault; slow."""
    pages = session.store.number("PRAGMA page_count")
    entries = log.head(session.store, "").seq
    return Checkup(pages=pages, entries=entries, problems=(*_header(session), *health.problems(session.store)))


def rest(session: Session) -> None:
    """Fold the write-ahead log into the database while nobody writes (store.md §1.8)."""
    with suppress(StorageError):  # nothing is lost: it stays in the log, and the next rest tries again
        session.store.checkpoint()


def _header(session: Session) -> tuple[Problem, ...]:
    return tuple(
        Problem(N_("The copy {name} of the key file is missing or damaged."), (("name", name),))
        for name in vault.damaged_copies(session.folder)
    )
