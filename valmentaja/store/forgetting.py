"""What the search indexes still know of words that are gone: the first word of a page outlives its rows."""

from __future__ import annotations

import re
from bisect import bisect_left

from valmentaja.domain.client import ClientId
from valmentaja.store.database import Reader, Transaction

INDEXES = ("name_index", "note_index")
TELLING = 3
"""Shorter beginnings of words tell nothing of anybody."""


def words_of(store: Reader, client: ClientId) -> list[str]:
    """Every word by which a client's file is found, sorted."""
    texts = store.rows("SELECT folded, loosened FROM search_text WHERE client_id = ?", client)
    texts += store.rows("SELECT folded, loosened FROM client WHERE id = ?", client)
    return sorted({word for row in texts for text in row for word in re.findall(r"\w+", text)})


def forget(tx: Transaction, words: list[str]) -> None:
    """Make an index anew when it keeps the beginning of one of these words and of no word that is left."""
    for index in INDEXES:
        terms = {bytes(row[0])[1:].decode("utf-8", "ignore") for row in tx.rows(f"SELECT term FROM {index}_idx")}
        if any(_begins_one(words, term) and not _is_left(tx, index, term) for term in terms):
            tx.derive(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


def _begins_one(words: list[str], term: str) -> bool:
    place = bisect_left(words, term)
    return len(term) >= TELLING and place < len(words) and words[place].startswith(term)


def _is_left(tx: Transaction, index: str, term: str) -> bool:
    quoted = term.replace('"', '""')
    return tx.row(f"SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT 1", f'"{quoted}"*') is not None
