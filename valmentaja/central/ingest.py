"""From the pickup folder into the lake: inspect what is new, rule, write the months that changed.

Killed anywhere, it can be given again: lists and Parquet files are replaced as a whole, kept copies carry the SHA-256
of their content as their name, and the Parquet files follow from the set of files and the registry alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from valmentaja.central import deliveries, journal, keeping, months, pickup, quarantine, registry, workers
from valmentaja.central.deliveries import Delivery, inspector
from valmentaja.central.inspection import inspect, keys_of, permission
from valmentaja.central.lake import PACKAGES, PART, Lake
from valmentaja.central.merging import LET_IN, Merged, Status, merge
from valmentaja.central.one_at_a_time import alone
from valmentaja.central.pickup import Found, Seen
from valmentaja.central.registry import Units
from valmentaja.i18n import tr

CHECKPOINT = 2_000
"""After so many files the lists are written, so that a killed ingest goes on from there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What one run did: files looked at, all files by status, months written or taken away.

    `new` are files that the last ingest which came to its end had not listed, `let_in` those of them that count or
    were replaced; `lying` and `counting` are the same of what lies in the pickup folder. `damaged` are packages whose
    kept copy is not whole: their months stayed as they were. `lost` are refused packages without a whole copy."""

    inspected: int
    new: int
    let_in: int
    lying: int
    counting: int
    statuses: Mapping[Status, int]
    months: tuple[str, ...]
    damaged: tuple[str, ...]
    lost: tuple[str, ...]


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
        listed = deliveries.read(lake.deliveries).items()
        known = {key: one for key, one in listed if one.sha256}  # what could not even be read is read anew
        quarantine.refill(lake, known.values())
        seen, found = pickup.read_seen(lake.seen), pickup.search(pickup_folder)
        jobs = [*_again(lake, known, units), *_new(found, lake, known, seen, units)]
        for batch in workers.batches(_inspected(lake, jobs, units, number), CHECKPOINT):
            _remember(lake, batch, known, seen)
        merged = merge(known.values(), entries)
        written, damaged = _write_months(lake, merged, number)
        before = journal.listed(lake)
        quarantine.tidy(lake, merged)
        lost = quarantine.lost(lake, merged)
        _forget(lake, seen, lost)
        journal.write(lake, merged.rulings)
    counting = {ruling.delivery.key for ruling in merged.rulings if ruling.status in LET_IN}
    new, lying = {ruling.delivery.key for ruling in merged.rulings} - before, pickup.delivered(found, seen)
    return Ingested(
        inspected=len(jobs),
        new=len(new),
        let_in=len(new & counting),
        lying=len(lying),
        counting=len(lying & counting),
        statuses=Counter(ruling.status for ruling in merged.rulings),
        months=written,
        damaged=damaged,
        lost=tuple(one.file for one in lost),
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
        if _is_open(one, units) and keeping.holds(copy, one.sha256):
            yield Job(path=copy, name=one.file)


def _is_open(one: Delivery, units: Units) -> bool:
    """Refused before the unit had its keys of now, or by a program that knew less or more."""
    return not one.sound and (one.public_key != " ".join(keys_of(one.file, units)) or one.inspector != inspector())


def _new(
    lying: Iterable[Found], lake: Lake, known: Mapping[tuple[str, str], Delivery], seen: Seen, units: Units
) -> Iterator[Job]:
    """What was never read, and what has to be read again because its copy is gone."""
    held = {one.sha256 for one in known.values() if _is_settled(one, lake, units)}
    for found in lying:
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
        keeping.write(lake.kept(one), done.content)
    if one.sha256 and (not one.sound or permission(one, units.get(one.unit, ()))):
        keeping.write(lake.quarantined(one), done.data)
    return one


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


def _forget(lake: Lake, seen: Seen, lost: Iterable[Delivery]) -> None:
    """What has no whole copy left is read again where it lies in the pickup folder."""
    gone = {one.sha256 for one in lost}
    if gone:
        pickup.write_seen(lake.seen, {place: sha256 for place, sha256 in seen.items() if sha256 not in gone})
