"""The outbox: the one folder the program writes finished files to."""

from __future__ import annotations

from pathlib import Path

from valmentaja.base.errors import N_, StorageError
from valmentaja.base.paths import write_new
from valmentaja.base.reasons import system_reason


def deliver(folder: Path, name: str, data: bytes) -> Path:
    """Write the file whole or not at all and say where it is; a different file of that name is never replaced.

    When the same bytes lie there already, nothing is written.
    """
    if name != Path(name).name or name in ("", ".", ".."):
        raise ValueError("a file name, not a path")
    target = folder / name
    try:
        if target.exists() or target.is_symlink():
            _require_same(target, data)
        else:
            write_new(target, data)
    except OSError as error:
        text = N_(
            "{file} could not be written to {folder} ({reason}). Nothing was written. "
            "Check that the folder is there and that you may write to it, or choose another outbox."
        )
        raise StorageError(text, file=name, folder=str(folder), reason=system_reason(error)) from error
    return target


def _require_same(target: Path, data: bytes) -> None:
    """Compares sizes first, so that a huge stranger is not read."""
    if target.stat().st_size == len(data) and target.read_bytes() == data:
        return
    text = N_("A different {file} is already in {folder}. Move it away or choose another outbox; nothing was written.")
    raise StorageError(text, file=target.name, folder=str(target.parent))
