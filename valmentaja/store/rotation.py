"""The whole database into a new file under another key (store.md §3, backup between keys)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlcipher3 import dbapi2

from valmentaja.base.errors import N_, StorageError
from valmentaja.base.paths import sync_folder
from valmentaja.base.reasons import system_reason
from valmentaja.store import connection as opening
from valmentaja.store.database import Store

ROOM = 3
"""Free space asked for, in sizes of the database: the copy, its log, and something left to work with."""


def require_room(path: Path) -> None:
    """StorageError before anything is written when the disk could fill up half-way."""
    needed = ROOM * path.stat().st_size
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise StorageError(
            N_("The disk has {free} MB free; this needs {needed} MB. Nothing was changed. Free some space."),
            free=free // 1_000_000,
            needed=-(-needed // 1_000_000),
        )


def copy(source: Store, target: Path, key: bytearray) -> None:
    """Every page into the new file `target`, checked and on the disk when this returns; the key buffer is wiped."""
    source.checkpoint()
    require_room(source.path)
    for name in (target.name, f"{target.name}-wal", f"{target.name}-journal"):
        target.with_name(name).unlink(missing_ok=True)
    try:
        made = opening.blank(target, key)
        try:
            source.copy_into(made)
            if made.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise StorageError(N_("The new copy of the database is not sound. Nothing was changed."))
        finally:
            made.close()
        target.with_name(f"{target.name}-journal").unlink(missing_ok=True)
        _sync(target)
    except dbapi2.Error as error:
        raise opening.said(error, target) from error
    except OSError as error:
        raise StorageError(N_("Nothing was saved ({reason})."), reason=system_reason(error)) from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(path.parent)
