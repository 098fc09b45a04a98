"""Is the lake what its packages say, and what has not come in?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from valmentaja.central import deliveries, months, quarantine, registry
from valmentaja.central.deliveries import Delivery
from valmentaja.central.lake import Lake
from valmentaja.central.merging import Merged, Status, merge
from valmentaja.central.registry import Registry, by_unit
from valmentaja.indicators.calendar import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """`damaged` months are not byte for byte what the kept packages give; `missing` names unit and months,
    `lost` refused packages of which no whole copy is left."""

    months: int
    damaged: tuple[str, ...]
    missing: dict[str, tuple[str, ...]]
    refused: int
    conflicts: tuple[str, ...]
    lost: tuple[str, ...]


def check(lake: Lake) -> Checked:
    """Every month is made again beside the lake and compared; nothing is changed."""
    entries = registry.read(lake.registry)
    merged = merge(deliveries.read(lake.deliveries).values(), entries)
    rulings = merged.rulings
    held: dict[str, set[str]] = {}
    for period, counted in merged.months.items():
        for one in counted:
            held.setdefault(one.unit, set()).add(period)
    return Checked(
        months=len(merged.months),
        damaged=tuple(_damaged(lake, merged)),
        missing=missing(held, entries),
        refused=sum(ruling.status is Status.REJECTED for ruling in rulings),
        conflicts=tuple(sorted({r.delivery.file for r in rulings if r.status is Status.CONFLICT})),
        lost=tuple(one.file for one in quarantine.lost(lake, merged)),
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


def missing(held: Mapping[str, set[str]], entries: Registry) -> dict[str, tuple[str, ...]]:
    """By unit, the months between its first and the newest of all in which nothing of it counts.

    `held` are the months that count, by unit; a unit of which none do is awaited from its key's first day, or from
    the lake's first month. A registry entry's first and last day narrow what is waited for."""
    every = sorted(set().union(*held.values()))
    if not every:
        return {}
    span = _months(every[0], every[-1])
    lacks = {unit: _lacks(mine, held.get(unit, set()), span) for unit, mine in sorted(by_unit(entries).items())}
    return {unit: periods for unit, periods in lacks.items() if periods}


def _months(first: str, last: str) -> list[tuple[str, date]]:
    """Every month with the first day on which its file can be made."""
    month, found = Month.parse(first), []
    while str(month) <= last:
        found.append((str(month), month.following.first))
        month = month.following
    return found


def _lacks(mine: Registry, has: set[str], span: Sequence[tuple[str, date]]) -> tuple[str, ...]:
    known = [f"{entry.valid_from:%Y-%m}" for entry in mine if entry.valid_from]
    begins = min(has) if has else min(known, default=span[0][0])
    lacks = [(m, day) for m, day in span if m >= begins and m not in has]
    return tuple(m for m, day in lacks if any(entry.holds_on(day) for entry in mine))
