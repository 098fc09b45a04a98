"""What the organisation decides for every vault on this computer: policy.toml, read strictly (setup.md §2)."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.errors import N_
from valmentaja.base.paths import ROOT
from valmentaja.base.reader import Node, read_toml
from valmentaja.crypto.coach_keys import is_box_key, is_signing_key
from valmentaja.crypto.keys import is_public_key
from valmentaja.definitions.loading import require_unique

_ID = re.compile(r"[a-z0-9-]{1,20}")
SETTINGS = ("passphrase_length", "lock_minutes", "retention_days", "organisation_key", "backup_folder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom finished papers are sent to: `key` is an age recipient; `receipt_key`, if named, signs what comes back.

    `id` stands in file names. `receipt_key` is a raw Ed25519 public key in base64.
    """

    id: str
    name: str
    key: str
    receipt_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """None is undecided: the coach or the program decides. What is in `locked` the coach may not change.

    `passphrase_length` in characters, `organisation_key` is a raw X25519 public key.
    """

    passphrase_length: int | None = None
    lock_minutes: int | None = None
    retention_days: int | None = None
    organisation_key: bytes | None = None
    backup_folder: Path | None = None
    locked: frozenset[str] = frozenset()
    recipients: tuple[Recipient, ...] = ()


def policy() -> Policy:
    """The policy in force; an empty one when there is no file. UserError names the file and key that is wrong."""
    path = policy_file()
    return Policy() if path is None else read_policy(path)


def policy_file() -> Path | None:
    """The computer's own file; VALMENTAJA_POLICY names one only where there is none, so that it cannot bypass it."""
    own = _place()
    if own.exists():
        return own
    named = os.environ.get("VALMENTAJA_POLICY")
    return Path(named) if named else None


def read_policy(path: Path) -> Policy:
    top = read_toml(path)
    settings = top.node("settings") if top.has("settings") else Node(path.name, {})
    made = Policy(
        passphrase_length=_number(settings, "passphrase_length", range(10, 129)),
        lock_minutes=_number(settings, "lock_minutes", range(1, 241)),
        retention_days=_number(settings, "retention_days", range(1, 36501)),
        organisation_key=_public_key(settings),
        backup_folder=_folder(settings),
        locked=_locked(top),
        recipients=_recipients(top),
    )
    top.finish()
    return made


def _place() -> Path:
    """Only where an administrator writes; never ProgramData, where anybody does."""
    places = {
        "win32": ROOT / "policy.toml",
        "darwin": Path("/Library/Application Support/Valmentaja/policy.toml"),
    }
    return places.get(sys.platform, Path("/etc/valmentaja/policy.toml"))


def _number(settings: Node, key: str, allowed: range) -> int | None:
    if not settings.has(key):
        return None
    value = settings.integer(key)
    if value not in allowed:
        raise settings.wrong(key, N_("{file}: “{key}” is out of its range."))
    return value


def _public_key(settings: Node) -> bytes | None:
    if not settings.has("organisation_key"):
        return None
    text = settings.text("organisation_key")
    plain = len(text) == 64 and all(c in "0123456789abcdef" for c in text)
    if not plain or not is_public_key(bytes.fromhex(text)):
        raise settings.wrong("organisation_key", N_("{file}: “{key}” must be 64 digits 0–9 a–f of a public key."))
    return bytes.fromhex(text)


def _folder(settings: Node) -> Path | None:
    if not settings.has("backup_folder"):
        return None
    path = Path(settings.text("backup_folder"))
    if not path.is_absolute():
        raise settings.wrong("backup_folder", N_("{file}: “{key}” must be a whole path, from the root."))
    return path


def _locked(top: Node) -> frozenset[str]:
    names = top.texts("locked") if top.has("locked") else ()
    if not set(names) <= set(SETTINGS):
        raise top.wrong("locked", N_("{file}: “{key}” names a setting that is not known."))
    return frozenset(names)


def _recipients(top: Node) -> tuple[Recipient, ...]:
    if not top.has("recipients"):
        return ()
    found = tuple(_recipient(node) for node in top.nodes("recipients"))
    require_unique(top, (r.id for r in found))
    return found


def _recipient(node: Node) -> Recipient:
    made = Recipient(
        id=node.text("id"), name=node.text("name"), key=node.text("key"), receipt_key=node.text("receipt_key", "")
    )
    if not _ID.fullmatch(made.id):
        raise node.wrong("id", N_("{file}: “{key}” may hold 1–20 small letters a–z, digits and hyphens."))
    if not is_box_key(made.key):
        raise node.wrong("key", N_("{file}: “{key}” must be an age public key, age1…"))
    if made.receipt_key and not is_signing_key(made.receipt_key):
        raise node.wrong("receipt_key", N_("{file}: “{key}” must be an Ed25519 public key in base64."))
    return made
