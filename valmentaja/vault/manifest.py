"""manifest.json of a backup: what is in it, read back strictly because it may come from anywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from valmentaja.base.canonical import canonical
from valmentaja.base.errors import N_, StorageError

FORMAT = "valmentaja-backup/1"
ERASURES = "erased.json"
"""Lists of erased clients lie beside backups and in vaults under this name, never inside a backup."""
LARGEST = 64 * 1024
_DIGITS = frozenset("0123456789abcdef")


class DamagedBackupError(StorageError):
    """The backup is not what it was when it was made; another one has to be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file inside the backup: its length in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a vault held when the copying began; `created` is a UTC stamp, `anchor` the head of its log."""

    vault: str
    created: str
    program: str
    schema: int
    counts: Mapping[str, int]
    anchor: tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`members` are vault.json and the one database."""

    facts: Facts
    members: Mapping[str, Member]

    @property
    def database(self) -> str:
        return next(name for name in self.members if name.endswith(".db"))

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(member.size for member in self.members.values())


def written(manifest: Manifest) -> bytes:
    facts = manifest.facts
    return canonical(
        {
            "format": FORMAT,
            "vault": facts.vault,
            "created": facts.created,
            "program": facts.program,
            "schema": facts.schema,
            "counts": dict(facts.counts),
            "anchor": {"seq": facts.anchor[0], "hash": facts.anchor[1]},
            "members": {name: {"bytes": m.size, "sha256": m.sha256} for name, m in manifest.members.items()},
            "erasures": ERASURES,
        }
    )


def read(data: bytes, file: str) -> Manifest:
    """DamagedBackupError when it cannot be understood, StorageError when it is of a newer program."""
    try:
        parsed = json.loads(data)
        found = parsed["format"]
        if isinstance(found, str) and found.startswith("valmentaja-backup/") and found != FORMAT:
            raise StorageError(
                N_("{file} was made by a newer version ({found}; this program reads {known}). Update the program."),
                file=file,
                found=found[:40],
                known=FORMAT,
            )
        return _parsed(parsed)
    except (KeyError, TypeError, ValueError, RecursionError, AttributeError) as error:
        raise DamagedBackupError(
            N_("The list of contents in {file} cannot be understood. Use another backup."), file=file
        ) from error


def _parsed(parsed: dict[str, object]) -> Manifest:
    if set(parsed) != {
        "format", "vault", "created", "program", "schema", "counts", "anchor", "members", "erasures",
    } or parsed["format"] != FORMAT:  # fmt: skip
        raise ValueError("keys")
    anchor, counts, members = _table(parsed["anchor"]), _table(parsed["counts"]), _table(parsed["members"])
    if sorted(name.endswith(".db") for name in members) != [False, True] or "vault.json" not in members:
        raise ValueError("members")
    return Manifest(
        facts=Facts(
            vault=_hex(parsed["vault"], 32),
            created=_stamp(parsed["created"]),
            program=_text(parsed["program"]),
            schema=_number(parsed["schema"]),
            counts={name: _number(count) for name, count in counts.items()},
            anchor=(_number(anchor["seq"]), _text(anchor["hash"])),
        ),
        members={_member_name(name): _member(value) for name, value in members.items()},
    )


def _member(value: object) -> Member:
    table = _table(value)
    return Member(size=_number(table["bytes"]), sha256=_hex(table["sha256"], 64))


def _member_name(name: str) -> str:
    if name != "vault.json" and not (name[:9] == "caseload-" and name[9:13].isdecimal() and name[13:] == ".db"):
        raise ValueError("member")
    return name


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("table")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise TypeError("number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 100:
        raise TypeError("text")
    return value


def _hex(value: object, size: int) -> str:
    text = _text(value)
    if len(text) != size or not _DIGITS.issuperset(text):
        raise ValueError("hex")
    return text


def _stamp(value: object) -> str:
    text = _text(value)
    if datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M:%SZ") != text:
        raise ValueError("stamp")
    return text
