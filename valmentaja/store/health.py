"""Is the whole vault readable and as it should be? Slow: every page is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.errors import N_, DamagedError, StorageError, Value
from valmentaja.store import log_check
from valmentaja.store.database import Reader, Store

SCHEMA = Path(__file__).parent / "schema.sql"
INDEXES = ("name_index", "note_index")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a msgid and the values that fill it."""

    text: str
    values: tuple[tuple[str, Value], ...] = ()


def problems(store: Store) -> tuple[Problem, ...]:
    """Everything that is wrong, worst first; empty for a sound vault."""
    # With an open write-ahead log the integrity check gives false alarms (store.md §3).
    store.checkpoint()
    found: list[Problem] = []
    for look in LOOKS:
        try:
            found += look(store)
        except DamagedError as error:
            # After such an error the connection answers nothing more that can be trusted.
            found.append(Problem(error.text, tuple(error.values.items())))
            break
    return tuple(found)


def _pages(store: Reader) -> Iterator[Problem]:
    damaged = [str(row[0]) for row in store.rows("PRAGMA cipher_integrity_check")]
    if damaged:
        text = N_("{n} pages of the database are damaged or altered. The first: {first}.")
        yield Problem(text, (("n", len(damaged)), ("first", damaged[0])))


def _structure(store: Reader) -> Iterator[Problem]:
    for (said,) in store.rows("PRAGMA quick_check(5)"):
        if said != "ok":
            yield Problem(N_("The database does not hang together: {what}."), (("what", str(said)),))


def _relations(store: Reader) -> Iterator[Problem]:
    orphans = store.rows("PRAGMA foreign_key_check")
    if orphans:
        text = N_("{n} rows belong to something that is not there. The first is in {table}.")
        yield Problem(text, (("n", len(orphans)), ("table", str(orphans[0][0]))))


def _schema(store: Store) -> Iterator[Problem]:
    if store.schema() != SCHEMA.read_text(encoding="utf-8"):
        yield Problem(N_("The tables are not the ones this program makes. Another program has changed them."))


def _search(store: Reader) -> Iterator[Problem]:
    for index in INDEXES:
        try:
            # An INSERT by its looks only: FTS5 compares its index with the texts and writes nothing.
            store.rows(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except StorageError:
            yield Problem(N_("The search index {name} does not match the texts."), (("name", index),))


def _chain(store: Store) -> Iterator[Problem]:
    broken = log_check.first_break(store)
    if broken is not None:
        yield Problem(N_("The log breaks at entry {n}: entries were changed or are missing."), (("n", broken.seq),))


LOOKS: tuple[Callable[[Store], Iterator[Problem]], ...] = (_pages, _structure, _relations, _schema, _search, _chain)
