"""Two ingests into one lake would overwrite each other's lists; the system lets go of the lock when a process dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from valmentaja.base.errors import N_, UserError
from valmentaja.central.lake import Lake


@contextmanager
def alone(lake: Lake) -> Iterator[None]:
    """UserError when somebody else is at work in the lake."""
    handle = os.open(lake.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(handle)
        except OSError as error:
            text = N_("Another ingest is at work in {folder}. Wait until it is done.")
            raise UserError(text, folder=str(lake.folder)) from error
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
