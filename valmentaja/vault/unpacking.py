"""Reading a backup that may come from anywhere: names, sizes and sums are checked before anything counts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from valmentaja.base.errors import N_, StorageError
from valmentaja.vault import header as headers
from valmentaja.vault import manifest as manifests
from valmentaja.vault.manifest import DamagedBackupError, Manifest, Member

_LISTED = "manifest.json"
_CHUNK = 1024 * 1024
_OVERHEAD = 64 * 1024
"""Bytes that a backup may have besides its members: the manifest and the zip's own tables."""

Done = Callable[[int], None]
"""Bytes read so far."""


def manifest_of(path: Path) -> Manifest:
    """The contents as listed; the structure is checked, the sums are not."""
    with _opened(path) as package:
        return _checked(package, path)


def verify(path: Path, done: Done = lambda _done: None) -> str:
    """Check every sum, and give the SHA-256 of the whole file."""
    with _opened(path) as package:
        held = _checked(package, path)
        read = 0
        for name in held.members:
            for piece in _pieces(package, name, held.members[name], path):
                read += len(piece)
                done(read)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpack(path: Path, folder: Path, done: Done = lambda _done: None) -> Manifest:
    """Write the members into the empty `folder`, the key file last: before it, nothing there looks like a vault."""
    with _opened(path) as package:
        held = _checked(package, path)
        read = 0
        for name in (held.database, headers.NAME):
            for piece in _written(folder / name, _pieces(package, name, held.members[name], path)):
                read += piece
                done(read)
    header = (folder / headers.NAME).read_bytes()
    for _piece in _written(folder / headers.SPARE, iter((header,))):
        done(read)
    _require_same_vault(folder, held, path)
    return held


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(path) as package:
            yield package
    except FileNotFoundError as error:
        raise StorageError(N_("The backup {file} is not there."), file=str(path)) from error
    except (BadZipFile, NotImplementedError, EOFError, UnicodeDecodeError, RuntimeError, ValueError) as error:
        raise DamagedBackupError(N_("{file} is not a whole backup. Use another one."), file=path.name) from error


def _checked(package: ZipFile, path: Path) -> Manifest:
    entries = _by_name(package, path)
    listing = entries.get(_LISTED)
    if listing is None:
        raise _missing(_LISTED, path)
    if listing.file_size > manifests.LARGEST or listing.compress_type != ZIP_STORED:
        raise _odd(_LISTED, path)
    held = manifests.read(package.read(listing), path.name)
    for name in entries:
        if name != _LISTED and name not in held.members:
            raise _odd(name, path)
    for name, member in held.members.items():
        _require_as_listed(entries.get(name), name, member, path)
    if path.stat().st_size > held.size + _OVERHEAD + listing.file_size:
        raise _odd("…", path)
    return held


def _by_name(package: ZipFile, path: Path) -> dict[str, ZipInfo]:
    found: dict[str, ZipInfo] = {}
    for entry in package.infolist():
        if entry.filename in found:
            raise _odd(entry.filename, path)
        found[entry.filename] = entry
    return found


def _require_as_listed(entry: ZipInfo | None, name: str, member: Member, path: Path) -> None:
    if entry is None:
        raise _missing(name, path)
    if entry.compress_type != ZIP_STORED or entry.compress_size != entry.file_size:
        raise _odd(name, path)
    if name == headers.NAME and member.size > manifests.LARGEST:
        raise _odd(name, path)
    if entry.file_size != member.size:
        raise DamagedBackupError(
            N_("{member} in {file} is {found} bytes and should be {known}. Use another backup."),
            member=name,
            file=path.name,
            found=entry.file_size,
            known=member.size,
        )


def _pieces(package: ZipFile, name: str, member: Member, path: Path) -> Iterator[bytes]:
    """The member's bytes; DamagedBackupError at their end when the sum differs."""
    digest = hashlib.sha256()
    try:
        with package.open(name) as source:
            while piece := source.read(_CHUNK):
                digest.update(piece)
                yield piece
    except BadZipFile as error:
        raise _changed(name, path) from error
    if digest.hexdigest() != member.sha256:
        raise _changed(name, path)


def _written(target: Path, pieces: Iterator[bytes]) -> Iterator[int]:
    """Write and sync; gives the length of every piece."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as out:
        for piece in pieces:
            out.write(piece)
            yield len(piece)
        out.flush()
        os.fsync(out.fileno())


def _require_same_vault(folder: Path, held: Manifest, path: Path) -> None:
    try:
        header = headers.read(folder)
    except StorageError as error:
        if "known" in error.values:  # of a newer program
            raise
        raise _changed(headers.NAME, path) from error
    if (header.vault, header.database) != (held.facts.vault, held.database):
        raise DamagedBackupError(N_("The key file in {file} is of another vault. Use another backup."), file=path.name)


def _missing(name: str, path: Path) -> DamagedBackupError:
    return DamagedBackupError(N_("{member} is missing from {file}. Use another backup."), member=name, file=path.name)


def _odd(name: str, path: Path) -> DamagedBackupError:
    return DamagedBackupError(
        N_("{file} holds something that backups do not have ({member}). Use another backup."),
        member=name[:60],
        file=path.name,
    )


def _changed(name: str, path: Path) -> DamagedBackupError:
    return DamagedBackupError(
        N_("{member} in {file} has changed since the backup was made. Use another backup."),
        member=name,
        file=path.name,
    )
