"""Where the program's own files lie and where a user's data goes."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
TRANSLATIONS = ROOT / "translations"


def data_folder() -> Path:
    """The folder for vaults and settings; `VALMENTAJA_DATA` overrides the platform's place."""
    chosen = os.environ.get("VALMENTAJA_DATA")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_dir

    return Path(user_data_dir("Valmentaja", appauthor=False, roaming=False))


def write_new(path: Path, data: bytes) -> None:
    """Write `data` to `path` atomically: whole or not at all, never over another file's name half-way.

    A temporary file beside the target is synced and renamed; the folder is synced after it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
