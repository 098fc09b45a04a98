"""From the pickup folder into the lake: inspect what is new, rule, write the months that changed.

Killed anywhere, it can be given again: lists and Parquet files are replaced as a whole, kept copies carry the SHA-256
of their content as their name, and the Parquet files follow from the set of files and the registry alone.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from valmentaja.central import deliveries, journal, keeping, months, pickup, registry, workers
from valmentaja.central.deliveries import Delivery, inspector
from valmentaja.central.inspection import inspect, keys_of, permission
from valmentaja.central.lake import PACKAGES, PART, QUARANTINE, Lake
from valmentaja.central.merging import LET_IN, Merged, Status, merge
from valmentaja.central.one_at_a_time import alone
from valmentaja.central.pickup import Found, Seen
from valmentaja.central.registry import Units
from valmentaja.i18n import tr

CHECKPOINT = 2_000
"""After so many files the lists are written, so that a killed ingest goes on from there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What one run did: files looked at, of them those never seen before and those let in, all files by status, months
    written or taken away.

    `damaged` are packages whose kept copy is not whole: their months stayed as they were."""

    inspected: int
    new: int
    let_in: int
    statuses: Mapping[Status, int]
    months: tuple[str, ...]
    damaged: tuple[str, ...]

    @property
    def refused_all(self) -> bool:
        """Whether there was something new and nothing could be let in."""
        return bool(self.new) and not self.let_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file to inspect; `name` is what it was delivered as."""

    path: Path
    name: str
    found: Found | None = None


def ingest(pickup_folder: Path, lake: Lake, *, registry_file: Path | None = None, count: int = 0) -> Ingested:
    """Bring the lake up to date with the pickup folder; `count` processes, as many as fit when 0.

    A `registry_file` becomes the lake's own registry."""
    number = count or workers.default_workers()
    with alone(lake):
        if registry_file is not None:
            registry.write(lake.registry, registry.read(registry_file))
        entries = registry.read(lake.registry)
        units = registry.by_unit(entries)
        _sweep(lake)
        listed = deliveries.read(lake.deliveries)
        known = {key: one for key, one in listed.items() if one.sha256}  # what could not even be read is read anew
        seen = pickup.read_seen(lake.seen)
        jobs = [*_again(lake, known, units), *_new(pickup_folder, lake, known, seen, units)]
        looked: set[tuple[str, str]] = set()
        for batch in workers.batches(_inspected(lake, jobs, units, number), CHECKPOINT):
            _remember(lake, batch, known, seen)
            looked.update(one.key for _, one in batch)
        merged = merge(known.values(), entries)
        written, damaged = _write_months(lake, merged, number)
        journal.write(lake, merged.rulings)
        _tidy(lake, merged)
    counting = {ruling.delivery.key for ruling in merged.rulings if ruling.status in LET_IN}
    return Ingested(
        inspected=len(jobs),
        new=len(looked - listed.keys()),
        let_in=len(looked & counting),
        statuses=Counter(ruling.status for ruling in merged.rulings),
        months=written,
        damaged=damaged,
    )


def _sweep(lake: Lake) -> None:
    """What a killed run left half-written."""
    for part in (
        *lake.folder.glob(f"*/.*{PART}"),
        *(lake.folder / PACKAGES).glob(f"*/.*{PART}"),
        *lake.folder.glob(f".*{PART}"),
    ):
        part.unlink(missing_ok=True)


def _again(lake: Lake, known: Mapping[tuple[str, str], Delivery], units: Units) -> Iterator[Job]:
    """Refused files that may be let in now, as far as their copies are whole."""
    for one in known.values():
        copy = lake.quarantined(one)
        if _is_open(one, units) and _is(copy, one.sha256):
            yield Job(path=copy, name=one.file)


def _is_open(one: Delivery, units: Units) -> bool:
    """Refused before the unit had its keys of now, or by a program that knew less or more."""
    return not one.sound and (one.public_key != " ".join(keys_of(one.file, units)) or one.inspector != inspector())


def _is(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _new(
    folder: Path, lake: Lake, known: Mapping[tuple[str, str], Delivery], seen: Seen, units: Units
) -> Iterator[Job]:
    """What was never read, and what has to be read again because its copy is gone."""
    held = {one.sha256 for one in known.values() if _is_settled(one, lake, units)}
    for found in pickup.search(folder):
        if seen.get(pickup.key(found)) not in held:
            yield Job(path=Path(found.path), name=found.name, found=found)


def _is_settled(one: Delivery, lake: Lake, units: Units) -> bool:
    return lake.kept(one).is_file() if one.sound else not _is_open(one, units)


def _inspected(lake: Lake, jobs: Sequence[Job], units: Units, number: int) -> Iterator[tuple[Job, Delivery]]:
    results = workers.each(partial(_inspect, lake.folder, units), jobs, number)
    results = workers.told(results, tr("Inspecting"), len(jobs))
    return zip(jobs, results, strict=True)


def _inspect(folder: Path, units: Units, job: Job) -> Delivery:
    """In a worker: the verdict, after what is to be kept has been kept."""
    lake, done = Lake(folder), inspect(job.path, job.name, units)
    one = done.delivery
    if one.sound:
        _keep(lake.kept(one), done.content)
    if one.sha256 and (not one.sound or permission(one, units.get(one.unit, ()))):
        _keep(lake.quarantined(one), done.data)
    return one


def _keep(path: Path, content: bytes) -> None:
    """Not synced one by one: a copy that a power cut emptied is not what its SHA-256 says and is asked for again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    part.write_bytes(content)
    os.replace(part, path)


def _remember(
    lake: Lake, batch: Sequence[tuple[Job, Delivery]], known: dict[tuple[str, str], Delivery], seen: Seen
) -> None:
    for job, delivery in batch:
        known[delivery.key] = delivery
        if job.found is not None and delivery.sha256:
            seen[pickup.key(job.found)] = delivery.sha256
    deliveries.write(lake.deliveries, known.values())
    pickup.write_seen(lake.seen, seen)


def _write_months(lake: Lake, merged: Merged, number: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Only the months whose file is not made from what counts now."""
    made = months.states(lake.month_files())
    stale = [
        (period, tuple(counted))
        for period, counted in sorted(merged.months.items())
        if made.get(lake.month_file(period)) != months.made_from(counted)
    ]
    results = workers.each(partial(_write_month, lake.folder), stale, number)
    damaged = list(workers.told(results, tr("Writing months"), len(stale)))
    gone = [path for path in lake.month_files() if path.stem not in merged.months]
    for path in gone:
        path.unlink()
    done = [period for (period, _), lacks in zip(stale, damaged, strict=True) if not lacks]
    return tuple(sorted([*done, *(path.stem for path in gone)])), tuple(filter(None, damaged))


def _write_month(folder: Path, month: tuple[str, tuple[Delivery, ...]]) -> str:
    return months.write(folder, *month)


def _tidy(lake: Lake, merged: Merged) -> None:
    """Out of the quarantine what counts by now, into it what counted until its key had a last day."""
    refused = {ruling.delivery.sha256: ruling.delivery for ruling in merged.rulings if ruling.status is Status.REJECTED}
    for one in refused.values():
        if one.sound and not _is(lake.quarantined(one), one.sha256) and (data := keeping.package(lake, one)):
            _keep(lake.quarantined(one), data)
    for copy in (lake.folder / QUARANTINE).glob("*.zip"):
        if copy.stem not in refused:
            copy.unlink()
