"""Is the lake what its packages say, and what has not come in?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from valmentaja.central import deliveries, months, registry
from valmentaja.central.deliveries import Delivery
from valmentaja.central.lake import Lake
from valmentaja.central.merging import Merged, Status, merge
from valmentaja.central.registry import Registry
from valmentaja.indicators.calendar import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """`damaged` months are not byte for byte what the kept packages give; `missing` names unit and months."""

    months: int
    damaged: tuple[str, ...]
    missing: dict[str, tuple[str, ...]]
    refused: int
    conflicts: tuple[str, ...]


def check(lake: Lake) -> Checked:
    """Every month is made again beside the lake and compared; nothing is changed."""
    entries = registry.read(lake.registry)
    merged = merge(deliveries.read(lake.deliveries).values(), entries)
    rulings = merged.rulings
    return Checked(
        months=len(merged.months),
        damaged=tuple(_damaged(lake, merged)),
        missing=missing(merged, entries),
        refused=sum(ruling.status is Status.REJECTED for ruling in rulings),
        conflicts=tuple(sorted({r.delivery.file for r in rulings if r.status is Status.CONFLICT})),
    )


def _damaged(lake: Lake, merged: Merged) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for period, counted in sorted(merged.months.items()):
            if not _same(lake, Path(folder) / f"{period}.parquet", period, counted):
                yield period
    yield from (path.stem for path in lake.month_files() if path.stem not in merged.months)


def _same(lake: Lake, again: Path, period: str, counted: Sequence[Delivery]) -> bool:
    path = lake.month_file(period)
    if not path.is_file() or not all(months.is_whole(lake, one) for one in counted):
        return False
    months.make(lake, again, counted)
    same = again.read_bytes() == path.read_bytes()
    again.unlink()
    return same


def missing(merged: Merged, entries: Registry) -> dict[str, tuple[str, ...]]:
    """By unit, the months between its first and the newest of all in which nothing of it counts.

    A registry entry with a first or last day narrows the months that are waited for."""
    newest = max(merged.months, default="")
    held: dict[str, set[str]] = {entry.unit: set() for entry in entries}
    for period, counted in merged.months.items():
        for one in counted:
            held[one.unit].add(period)
    lacks = {
        unit: tuple(p for p in _awaited(unit, entries, min(has, default=""), newest) if p not in has)
        for unit, has in sorted(held.items())
    }
    return {unit: periods for unit, periods in lacks.items() if periods}


def _awaited(unit: str, entries: Registry, first: str, newest: str) -> Iterator[str]:
    if not newest:
        return
    begins = first or min((f"{e.valid_from:%Y-%m}" for e in entries if e.unit == unit and e.valid_from), default=newest)
    month = Month.parse(begins)
    while str(month) <= newest:
        if any(e.unit == unit and e.holds_on(month.last) for e in entries):
            yield str(month)
        month = month.following
