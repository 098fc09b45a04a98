"""Sealed packages with figures of one's own, to print the month's summary from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from valmentaja.crypto import minisign
from valmentaja.definitions.indicators import RowKey, definitions
from valmentaja.exchange.package import PackageHead, build
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.month import CASELOAD, FLAG_NOT_COLLECTED, FLAG_SMALL, PublishedRow, row_keys

KEY = minisign.new_private_key(hashlib.sha256(b"package key of a test unit").digest())
PUBLIC = minisign.public_key_of(KEY).file
CANARY = 7177
"""An exact figure that no month has published."""
Figure = Callable[[RowKey], int]


def some(key: RowKey) -> int:
    """Many zeros, no 1 and no 2, some figures of two digits."""
    drawn = hashlib.sha256(repr(key).encode()).digest()[0]
    return 0 if drawn < 120 else 3 + drawn % 21


def a_package(
    month: str = "2026-10",
    revision: int = 1,
    *,
    figure: Figure = some,
    small: bool = False,
    off: frozenset[str] = frozenset(),
) -> tuple[str, bytes]:
    """File name and bytes; every exact figure is the canary."""
    head = PackageHead(unit="U101", municipality="405", month=Month.parse(month), revision=revision)
    rows = tuple(_row(key, figure, small=small, off=off) for key in row_keys(head.month, definitions()))
    created = f"{head.month.following.following}-02T06:00:00Z"
    made = build(rows, head, created=created, definitions=definitions(), private_key=KEY)
    return made.name, made.data


def _row(key: RowKey, figure: Figure, *, small: bool, off: frozenset[str]) -> PublishedRow:
    flag = FLAG_SMALL if small and key != CASELOAD else FLAG_NOT_COLLECTED if key.indicator in off else ""
    published = None if flag else figure(key)
    return PublishedRow(key=key, exact=CANARY, published=published, flag=flag, reason="")
