"""The file of anchors beside what has left: one line each, only ever added to."""

from __future__ import annotations

from pathlib import Path

from valmentaja.base.errors import N_, StorageError
from valmentaja.base.paths import write_new
from valmentaja.base.reasons import system_reason
from valmentaja.domain.anchor import Anchor, anchors_in

NAME = "ankkurit.txt"
LARGEST_FILE = 64 * 2**20


def known(path: Path) -> tuple[Anchor, ...]:
    """The anchors a file holds: a list of them, a sealed PDF, an exported log; none when there is no such file."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return ()
        # An anchor is ASCII; what stands around it may be a PDF.
        return anchors_in(path.read_bytes().decode("latin-1"))
    except OSError as error:
        text = N_("{file} cannot be read ({reason}).")
        raise StorageError(text, file=str(path), reason=system_reason(error)) from error


def gathered(place: Path) -> tuple[Anchor, ...]:
    """The anchors of one file, or of every file right in a folder."""
    files = sorted(place.iterdir()) if place.is_dir() else [place]
    return tuple(dict.fromkeys(anchor for file in files for anchor in known(file)))


def add(folder: Path, anchor: Anchor) -> None:
    """One more line, the file whole or not at all; a line that is there already is not written again."""
    path = folder / NAME
    try:
        before = path.read_bytes() if path.exists() else b""
        line = anchor.line.encode()
        if line not in before.splitlines():
            write_new(path, before + (b"\n" if before and not before.endswith(b"\n") else b"") + line + b"\n")
    except OSError as error:
        text = N_("{file} could not be written to {folder} ({reason}). Check that you may write there.")
        raise StorageError(text, file=NAME, folder=str(folder), reason=system_reason(error)) from error
