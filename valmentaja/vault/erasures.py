"""The list of erased clients that lies outside the database: an older backup is cleaned with it after restoring.

A line names a client by the random record key, never by name, and carries an HMAC under a key derived from a secret
of the unit that travels inside the vault: nobody without the opened vault can plant a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from valmentaja.base.canonical import canonical
from valmentaja.base.errors import N_, StorageError
from valmentaja.base.paths import write_new
from valmentaja.base.reasons import system_reason
from valmentaja.crypto import keys

NAME = "erased.json"
FORMAT = "valmentaja-erased/1"
LABEL = b"erasure list"
LARGEST = 16 * 1024 * 1024
"""Bytes; a longer file is not one of ours."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Line:
    """One erased client; `record_key` in hex, `at` a UTC stamp."""

    at: str
    client: str
    record_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What folders hold: authentic lines, files of other vaults, and lines or files that nobody of this vault wrote."""

    lines: frozenset[Line] = frozenset()
    others: tuple[str, ...] = ()
    forged: tuple[str, ...] = field(default=())


def list_key(unit_secret: bytes) -> bytearray:
    """The key of the list's HMACs."""
    return bytearray(keys.mac(bytearray(unit_secret), LABEL))


def name_beside_backups(vault: str) -> str:
    """Backups of several vaults may share a folder."""
    return f"erased-{vault[:8]}.json"


def read(folders: Iterable[Path], *, vault: str, key: bytearray) -> Lists:
    """The lists in these folders; what cannot be believed is named, not raised."""
    lines: set[Line] = set()
    others, forged = [], []
    for path in (p for folder in folders for p in sorted(folder.glob("erased*.json"))):
        owner, found = _read(path)
        if owner is None:
            forged.append(path.name)
        elif owner != vault:
            others.append(path.name)
        else:
            authentic = {line for line, mac in found if keys.same(_mac(line, vault, key), mac)}
            lines |= authentic
            if len(authentic) < len(found):
                forged.append(path.name)
    return Lists(lines=frozenset(lines), others=tuple(others), forged=tuple(forged))


def write(path: Path, lines: Iterable[Line], *, vault: str, key: bytearray) -> None:
    """The whole list, whole or not at all; nothing is written when the same list lies there."""
    shown = [
        {"at": li.at, "client": li.client, "record_key": li.record_key, "mac": _mac(li, vault, key).hex()}
        for li in sorted(lines)
    ]
    held = canonical({"format": FORMAT, "vault": vault, "erased": [dict(line) for line in shown]})
    try:
        if not path.exists() or path.read_bytes() != held:
            write_new(path, held)
    except OSError as error:
        text = N_("The list of erased clients could not be written to {folder} ({reason}).")
        raise StorageError(text, folder=str(path.parent), reason=system_reason(error)) from error


def _read(path: Path) -> tuple[str | None, list[tuple[Line, bytes]]]:
    """The vault a file names and its lines with their HMACs; no vault when it is no such file."""
    try:
        if path.stat().st_size > LARGEST:
            return None, []
        held = json.loads(path.read_bytes())
        if held["format"] != FORMAT:
            return None, []
        lines = [
            (
                Line(at=str(e["at"]), client=str(e["client"]), record_key=bytes.fromhex(e["record_key"]).hex()),
                bytes.fromhex(e["mac"]),
            )
            for e in held["erased"]
        ]
        return str(held["vault"]), lines
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None, []


def _mac(line: Line, vault: str, key: bytearray) -> bytes:
    return keys.mac(key, canonical([vault, line.record_key, line.client, line.at]))
