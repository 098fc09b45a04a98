"""Saving what can be read of a damaged vault into a new folder; the damaged one is left as it is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.clock import Clock, SystemClock
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.reasons import system_reason
from valmentaja.crypto.keys import DataKey
from valmentaja.store import salvage
from valmentaja.store.salvage import Saved
from valmentaja.vault import vault

__all__ = ["Rescue", "Saved"]
ROOM = 3
"""The copy, the new database and its write-ahead log, in sizes of the damaged one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescue:
    """The new vault opens with the same passphrase and recovery code. `lost` may count rows that never were."""

    folder: Path
    tables: tuple[Saved, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def lost(self) -> int:
        return sum(table.lost for table in self.tables)


def rescue(folder: Path, target: Path, key: DataKey, *, clock: Clock | None = None) -> Rescue:
    """Into the new or empty folder `target`; slow, safe in the worker. Wipes the key."""
    try:
        _check(folder, target)
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=target) as scratch:
            copy = _copied(vault.database(folder), Path(scratch))
            made = target / copy.name
            tables = salvage.salvage(copy, lambda: key.child("database"), made, clock or SystemClock())
        vault.copy_header(folder, target)
    except OSError as error:
        raise StorageError(
            N_("The new vault could not be written to {folder} ({reason})."),
            folder=str(target),
            reason=system_reason(error),
        ) from error
    finally:
        key.wipe()
    return Rescue(folder=target, tables=tables)


def _check(folder: Path, target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UserError(N_("{folder} is not empty. Choose a new folder for the vault."), folder=str(target))
    if target.resolve().is_relative_to(folder.resolve()):
        raise UserError(N_("The new folder must not be inside the damaged vault. Choose another folder."))
    place = next(parent for parent in (target, *target.resolve().parents) if parent.exists())
    needed = ROOM * sum(path.stat().st_size for path in _files(vault.database(folder)))
    if shutil.disk_usage(place).free < needed:
        raise StorageError(
            N_("The disk of {folder} needs {n} MB of free space. Choose another disk."),
            folder=str(target),
            n=needed // 1_000_000 + 1,
        )


def _copied(database: Path, scratch: Path) -> Path:
    """The database and its write-ahead log: reading may write, and the damaged files must stay as they are."""
    for path in _files(database):
        shutil.copyfile(path, scratch / path.name)
    return scratch / database.name


def _files(database: Path) -> Iterable[Path]:
    return [path for path in (database, database.with_name(f"{database.name}-wal")) if path.exists()]
