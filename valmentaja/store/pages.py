"""Reading the pages of a database that SQLite has open, still encrypted (docs/decisions/0010).

POSIX drops all of a process's locks on a file when it closes any descriptor of that file. So there is one descriptor
of our own a database: opened before SQLite opens the file, shared in this process, closed after SQLite has closed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

from valmentaja.base.errors import N_, StorageError

CHUNK = 1024 * 1024
"""Bytes read at a time."""

_gate = threading.Lock()
_pinned: dict[tuple[int, int], Pages] = {}


class Pages:
    """The one descriptor; get it with `pin` and give it back with `close`."""

    def __init__(self, handle: int) -> None:
        self.handle, self.holders = handle, 0

    @property
    def size(self) -> int:
        """Bytes."""
        return os.fstat(self.handle).st_size

    def read(self, at: int, size: int) -> bytes:
        """StorageError when the database has been closed meanwhile."""
        with _gate:
            if not self.holders:
                raise _closed()
            if hasattr(os, "pread"):
                return os.pread(self.handle, size, at)
            os.lseek(self.handle, at, os.SEEK_SET)
            return os.read(self.handle, size)

    def close(self) -> None:
        """The last holder closes the descriptor; SQLite must have closed the file before."""
        with _gate:
            self.holders -= 1
            if not self.holders:
                for where in [key for key, pages in _pinned.items() if pages is self]:
                    del _pinned[where]
                os.close(self.handle)


def pin(path: Path) -> Pages:
    """Hold a descriptor of the database at `path`, before SQLite opens it; OSError when it cannot be read."""
    with _gate:
        found = path.stat()
        where = found.st_dev, found.st_ino
        if where not in _pinned:
            _pinned[where] = Pages(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)))
        _pinned[where].holders += 1
        return _pinned[where]


class Copying:
    """The database file as it stands between `Store.hold_still` and `Store.let_go`; may be read in the worker."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self.size = pages.size
        self.torn = False

    def chunks(self) -> Iterator[bytes]:
        """The whole file; StorageError instead of its end when the store did not hold still so long."""
        for at in range(0, self.size, CHUNK):
            wanted = min(CHUNK, self.size - at)
            piece = self._pages.read(at, wanted)
            if len(piece) != wanted:
                raise _closed()
            yield piece
        if self.torn:
            raise _closed()


def is_locked(path: Path) -> bool:
    """True while SQLite has the database open in this or another process; on Windows a rename tells the same."""
    found = path.stat()
    with _gate:
        if (found.st_dev, found.st_ino) in _pinned:
            return True
    if os.name == "nt":
        return False
    import fcntl

    with path.open("rb") as file:
        try:
            # SQLite's shared bytes: an exclusive lock holds all of them.
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, 510, 0x40000002)
        except OSError:
            return True
    return False


def _closed() -> StorageError:
    return StorageError(N_("The vault was locked before the backup was finished. No backup was made this time."))
