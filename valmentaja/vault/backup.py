"""Writing a backup: one zip with the key slots, the encrypted database and what is in it; whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.paths import sync_folder
from valmentaja.base.reasons import system_reason
from valmentaja.vault import manifest as manifests
from valmentaja.vault import unpacking
from valmentaja.vault.manifest import Facts, Manifest, Member

KEPT = 12
ROOM = 3
"""Free space asked for, in sizes of what is written (store.md §3)."""
_NAME = re.compile(r"valmentaja-varmuuskopio_[A-Z0-9]{2,12}_\d{8}-\d{6}(-\d+)?\.zip")
_MEGABYTE = 1_000_000

Progress = Callable[[int, int], None]
"""Bytes done, bytes in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What goes into a backup; `chunks` give exactly `size` bytes of the database named `database`."""

    facts: Facts
    unit: str
    header: bytes
    database: str
    size: int
    chunks: Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup file that has been read back; `sha256` is of the whole file."""

    path: Path
    manifest: Manifest
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """How the one who waits is told how far it is, and how it stops the work."""

    progress: Progress = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False

    def done(self, done: int, total: int) -> None:
        """UserError when the work is to stop."""
        if self.cancelled():
            raise UserError(N_("Cancelled. Nothing was left behind."))
        self.progress(done, total)


def write(folder: Path, source: Source, steps: Steps) -> Backup:
    """Write, sync, read back, and only then give the file its name; the oldest beyond twelve go after that."""
    require_room(folder, source.size * ROOM)
    target = _free_name(folder, source)
    part = part_of(target, source.facts.vault)
    try:
        _drop_parts(folder, source.facts.vault)
        _fill(part, source, steps)
        sha256 = unpacking.verify(part, lambda done: steps.done(source.size + done, 2 * source.size))
        into_place(part, target)
    except OSError as error:
        raise StorageError(
            N_("The backup could not be written to {folder} ({reason}). Earlier backups are as they were."),
            folder=str(folder),
            reason=system_reason(error),
        ) from error
    finally:
        _away(part)
    _keep_newest(folder, source.facts.vault, target)
    return Backup(path=target, manifest=unpacking.manifest_of(target), size=target.stat().st_size, sha256=sha256)


def backups(folder: Path, vault: str) -> tuple[Backup, ...]:
    """This vault's backups in `folder`, newest first; other files are passed over. Their content is not read."""
    found = []
    for path in _candidates(folder):
        try:
            held = unpacking.manifest_of(path)
        except (OSError, StorageError):
            continue
        if held.facts.vault == vault:
            found.append(Backup(path=path, manifest=held, size=path.stat().st_size, sha256=""))
    return tuple(sorted(found, key=lambda b: (b.manifest.facts.created, b.path.name), reverse=True))


def require_room(folder: Path, needed: int) -> None:
    """StorageError names needed and free space; also when the folder is not there."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise StorageError(
            N_("The folder {folder} is not there. Plug in the disk or choose another folder."), folder=str(folder)
        ) from error
    if free < needed:
        raise StorageError(
            N_("There is not enough room in {folder}: {needed} MB is needed, {free} MB is free. Nothing was written."),
            folder=str(folder),
            needed=-(-needed // _MEGABYTE),
            free=free // _MEGABYTE,
        )


def part_of(target: Path, vault: str) -> Path:
    """Where the file grows; the name says whose it is, so that only its own vault clears it away."""
    return target.with_name(f".{target.name}.{vault[:8]}.part")


def into_place(part: Path, target: Path) -> None:
    """Give the finished file its name, never over another file; FAT knows no links and is asked first instead."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise
        part.rename(target)
    sync_folder(target.parent)


def _free_name(folder: Path, source: Source) -> Path:
    at = datetime.fromisoformat(source.facts.created).replace(tzinfo=UTC).astimezone(HELSINKI)
    stem = f"valmentaja-varmuuskopio_{source.unit}_{at:%Y%m%d-%H%M%S}"
    names = (folder / f"{stem}{again}.zip" for again in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(path for path in names if not path.exists())


def _fill(part: Path, source: Source, steps: Steps) -> None:
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "w+b") as file:
        with ZipFile(file, "w", ZIP_STORED) as package:
            header = Member(size=len(source.header), sha256=hashlib.sha256(source.header).hexdigest())
            package.writestr(_entry("vault.json", source), source.header)
            database = _pour(package, source, steps)
            members = {"vault.json": header, source.database: database}
            listed = manifests.written(Manifest(facts=source.facts, members=members))
            package.writestr(_entry("manifest.json", source), listed)
        file.flush()
        os.fsync(file.fileno())


def _pour(package: ZipFile, source: Source, steps: Steps) -> Member:
    digest, done = hashlib.sha256(), 0
    with package.open(_entry(source.database, source), "w", force_zip64=True) as out:
        for piece in source.chunks():
            out.write(piece)
            digest.update(piece)
            done += len(piece)
            steps.done(done, 2 * source.size)
    return Member(size=done, sha256=digest.hexdigest())


def _entry(name: str, source: Source) -> ZipInfo:
    at = datetime.fromisoformat(source.facts.created)
    made = ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    made.external_attr = 0o600 << 16
    return made


def _candidates(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file()]
    except OSError:
        return []


def _keep_newest(folder: Path, vault: str, made: Path) -> None:
    """The one just made stays also when the computer's clock has been set back and it looks like the oldest."""
    others = [held.path for held in backups(folder, vault) if held.path != made]
    for old in others[KEPT - 1 :]:
        _away(old)


def _drop_parts(folder: Path, vault: str) -> None:
    """What an interrupted backup of this vault left; only one program has the vault open."""
    for part in folder.glob(f".valmentaja-varmuuskopio_*.{vault[:8]}.part"):
        _away(part)


def _away(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # A stick that was pulled out; what is left is no backup by its name.
        return
