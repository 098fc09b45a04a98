"""The pickup folder: which files lie there, and which of them need not be read again. It is never written to."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.central.deliveries import write_rows
from valmentaja.central.inspection import shown_name

HEADER = ("path", "size", "changed", "sha256")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Found:
    """A file and what the system says of it; the same three mean the same content, as for git's index."""

    path: str
    size: int
    changed: int

    @property
    def name(self) -> str:
        return os.path.basename(self.path)  # noqa: PTH119 – a name of the system's, not a path of ours


Seen = dict[tuple[str, int, int], str]
"""Path, size and time of change → SHA-256 of what was read then."""


def search(folder: Path) -> list[Found]:
    """Every file that could be a package, in all folders; links to folders are not followed."""
    if not folder.is_dir():
        raise UserError(N_("There is no folder {folder} to collect from."), folder=str(folder))
    found: list[Found] = []
    for place, _, names in os.walk(folder):
        found += [_found(os.path.join(place, name)) for name in names if name.lower().endswith(".zip")]  # noqa: PTH118
    return sorted(found)


def _found(path: str) -> Found:
    try:
        told = os.lstat(path)
    except OSError:
        return Found(path=path, size=-1, changed=0)
    return Found(path=path, size=told.st_size, changed=told.st_mtime_ns)


def key(found: Found) -> tuple[str, int, int]:
    """As it can be written down."""
    return shown_name(found.path), found.size, found.changed


def delivered(found: Iterable[Found], seen: Seen) -> set[tuple[str, str]]:
    """Name and content of what lies there, as deliveries are told apart; no content where it could not be read."""
    return {(shown_name(one.name), seen.get(key(one), "")) for one in found}


def read_seen(path: Path) -> Seen:
    """Only a help: a list that cannot be read means that every file is read again."""
    try:
        lines = csv.reader(io.StringIO(path.read_text("utf-8"), newline=""), strict=True)
        if tuple(next(lines)) != HEADER:
            return {}
        return {(name, int(size), int(changed)): sha256 for name, size, changed, sha256 in lines}
    except (OSError, ValueError, StopIteration, csv.Error):
        return {}


def write_seen(path: Path, seen: Seen) -> None:
    write_rows(path, HEADER, sorted((*place, sha256) for place, sha256 in seen.items()))
