"""The log as CSV: codes and ids as they are stored, never a name."""

from __future__ import annotations

from collections.abc import Iterable

from valmentaja.domain.anchor import Anchor
from valmentaja.exchange.csv_text import compose

COLUMNS = ("seq", "at", "actor", "action", "entity", "id", "client", "rows", "hash", "anchor")


def log_csv(rows: Iterable[tuple[str, ...]], head: Anchor) -> bytes:
    """`head` stands in the first row: a later reader sees with it whether the log still has these entries."""
    filled = [(*row, head.line if place == 0 else "") for place, row in enumerate(rows)]
    return compose([COLUMNS, *(filled or [("",) * (len(COLUMNS) - 1) + (head.line,)])])
