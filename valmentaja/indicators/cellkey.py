"""Disclosure control `valmentaja-ck2/1`: a two-stage cell key over frozen probability tables (indicators.md §6)."""

from __future__ import annotations

import hmac
import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from valmentaja.base.canonical import Json, fingerprint
from valmentaja.base.errors import N_, StorageError
from valmentaja.base.paths import RESOURCES
from valmentaja.indicators.facts import RecordKey

METHOD = "valmentaja-ck2/1"
PTABLE_SHA256 = "7db503bde3a5134cce90e50732b640456d3a0562660f66b761716efc2281e5ba"
LARGEST_DEVIATION = 8
NEVER_PUBLISHED = (1, 2)
RECORD_KEY_SIZE = 16
UNIT_SECRET_SIZE = 32


@dataclass(frozen=True, slots=True)
class Line:
    """The distribution for one true count: `values[j]` is drawn while u < `cumulative[j]`, weights of 2³²."""

    values: tuple[int, ...]
    cumulative: tuple[int, ...]


Table = tuple[Line, ...]
"""Line n is for the count n; counts beyond the last line take it and add the rest."""


def publish(people: Iterable[RecordKey], unit_secret: bytes, *, period: str, revision: int) -> int:
    """The protected count of a cell with these people; the same people, period and revision give the same figure."""
    keys = sorted(set(people))
    if not keys:
        return 0
    _require_sizes(keys, unit_secret)
    stage1, stage2 = _tables()
    body = b"".join(keys)
    kept = draw(stage1, len(keys), _chance(unit_secret, body, b"persistent"))
    if kept == 0:
        return 0
    return draw(stage2, kept, _chance(unit_secret, body, b"period", period.encode("ascii"), b"%d" % revision))


def draw(table: Table, count: int, chance: int) -> int:
    """The value at the first place whose cumulative weight exceeds `chance`."""
    top = len(table) - 1
    line = table[min(count, top)]
    return line.values[bisect_right(line.cumulative, chance)] + max(0, count - top)


def chances(count: int) -> dict[int, Fraction]:
    """How likely each figure is published for that true count, over all secrets; what an attacker may know."""
    stage1, stage2 = _tables()
    found: dict[int, Fraction] = {}
    for kept, first in _weights(stage1, count).items():
        after = _weights(stage2, kept) if kept else {0: Fraction(1)}
        for figure, second in after.items():
            found[figure] = found.get(figure, Fraction(0)) + first * second
    return found


def _weights(table: Table, count: int) -> dict[int, Fraction]:
    if count == 0:
        return {0: Fraction(1)}
    top = len(table) - 1
    line = table[min(count, top)]
    bounds = zip((0, *line.cumulative), line.cumulative, line.values, strict=False)
    return {value + max(0, count - top): Fraction(upper - lower, 1 << 32) for lower, upper, value in bounds}


def method_card() -> dict[str, Json]:
    """The method as every package describes it."""
    return {
        "id": METHOD,
        "name": "two-stage cell key",
        "stage1": {"D": 4, "V": 2, "js": 0, "key": "persistent"},
        "stage2": {"D": 4, "V": 2, "js": 2, "key": "period+revision"},
        "unbiased": True,
        "zero_preserved": True,
        "max_abs_deviation": LARGEST_DEVIATION,
        "variance_from_5": 4,
        "never_published": list(NEVER_PUBLISHED),
        "additive": False,
        "ptable_sha256": PTABLE_SHA256,
    }


def read_tables(content: bytes) -> tuple[Table, Table]:
    """Both stages from the bytes of ptable.json; any other bytes are refused."""
    if fingerprint(content) != PTABLE_SHA256:
        raise StorageError(N_("ptable.json is not the file shipped with the program. Install the program again."))
    held = json.loads(content)
    return _table(held["stage1"]), _table(held["stage2"])


@cache
def _tables() -> tuple[Table, Table]:
    return read_tables((RESOURCES / "ptable.json").read_bytes())


def _table(lines: dict[str, list[list[int]]]) -> Table:
    found = (lines[str(n)] for n in range(len(lines)))
    return tuple(Line(tuple(values), tuple(cumulative)) for values, cumulative in found)


def _chance(unit_secret: bytes, *parts: bytes) -> int:
    """32 bits from HMAC-SHA256 over the parts, joined by zero bytes."""
    return int.from_bytes(hmac.digest(unit_secret, b"\0".join(parts), "sha256")[:4], "big")


def _require_sizes(keys: list[RecordKey], unit_secret: bytes) -> None:
    """Joined keys of another length could stand for other people."""
    if len(unit_secret) != UNIT_SECRET_SIZE or any(len(key) != RECORD_KEY_SIZE for key in keys):
        raise ValueError("unit secret must be 32 bytes, record keys 16")
