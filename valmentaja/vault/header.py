"""vault.json: shape-checked before use, with checksum and MAC (store.md §1.1, §1.6, §3)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from valmentaja.base.canonical import Json, canonical, fingerprint
from valmentaja.base.errors import N_, StorageError
from valmentaja.base.paths import write_new
from valmentaja.crypto.keys import DataKey, KdfCost, mac, same, wipe

FORMAT = "valmentaja-vault/1"
NAME, SPARE = "vault.json", "vault.json.bak"
DATABASE = re.compile(r"caseload-[0-9]{4}\.db")
_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseSlot:
    cost: KdfCost
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedSlot:
    """The data key sealed to a public key; `role` is recovery or organisation."""

    role: str
    public_key: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    vault: str
    sequence: int
    database: str
    passphrase: PassphraseSlot
    sealed: tuple[SealedSlot, ...]
    mac: bytes = b""

    def slot_context(self, role: str) -> bytes:
        """What a slot is bound to, so that it cannot be moved to another vault or role."""
        return f"{FORMAT} {self.vault} {role}".encode()


def signed(header: Header, key: DataKey) -> Header:
    return replace(header, mac=_mac(header, key))


def is_authentic(header: Header, key: DataKey) -> bool:
    """False when a slot was added or the cost weakened by someone without the data key."""
    return same(header.mac, _mac(header, key))


def _mac(header: Header, key: DataKey) -> bytes:
    under = key.child("header mac")
    try:
        return mac(under, canonical(_body(header)))
    finally:
        wipe(under)


def write(folder: Path, header: Header) -> None:
    """First vault.json, then the spare; each whole or not at all."""
    data = spelled(header)
    for name in (NAME, SPARE):
        write_new(folder / name, data)


def spelled(header: Header) -> bytes:
    """The file's bytes."""
    body = {**_body(header), "mac": header.mac.hex()}
    return canonical({**body, "checksum": fingerprint(canonical(body))})


def damaged_copies(folder: Path) -> tuple[str, ...]:
    """Names of the copies that are missing, unreadable or older than the other one."""
    newest = read(folder)
    return tuple(name for name in (NAME, SPARE) if _read_one(folder / name) != newest)


def read(folder: Path) -> Header:
    """The newest readable copy; StorageError says which of the ways it failed."""
    if not folder.is_dir():
        raise StorageError(
            N_("The folder {folder} is not there. Connect the disk, or choose another vault."), folder=str(folder)
        )
    if not any((folder / name).exists() for name in (NAME, SPARE)):
        if any(folder.glob("caseload-*.db")):
            raise StorageError(
                N_("The key file vault.json is missing in {folder}. Restore the newest backup."), folder=str(folder)
            )
        raise StorageError(
            N_("There is no vault in {folder}. Choose another folder or create a vault there."), folder=str(folder)
        )
    found = [header for name in (NAME, SPARE) if (header := _read_one(folder / name)) is not None]
    if not found:
        raise StorageError(
            N_("Both copies of the key file in {folder} are damaged. Restore the newest backup."), folder=str(folder)
        )
    return max(found, key=lambda header: header.sequence)


def mend(folder: Path) -> None:
    """Make both copies the newest one: after a power cut between them the older one still opens with old words."""
    newest = read(folder)
    if any(_read_one(folder / name) != newest for name in (NAME, SPARE)):
        write(folder, newest)


def _read_one(path: Path) -> Header | None:
    try:
        if path.stat().st_size > _LARGEST:
            return None
        parsed = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return _checked(parsed) if isinstance(parsed, dict) else None


def _checked(parsed: dict[str, object]) -> Header | None:
    try:
        _require_whole(parsed)
        version = parsed["format"]
        if version == FORMAT:
            return _parse(parsed)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None
    raise StorageError(
        N_("The vault was made by a newer version ({found}; this program reads {known}). Update the program."),
        found=str(version),
        known=FORMAT,
    )


def _require_whole(parsed: dict[str, object]) -> None:
    """The checksum first, a rule for every format to come: a flipped bit must not pass for a newer program's file."""
    stated = parsed.pop("checksum")
    if stated != fingerprint(json.dumps(parsed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()):
        raise ValueError("checksum")


def _parse(parsed: dict[str, object]) -> Header:
    slots = _list(parsed["slots"])
    passphrase = [_passphrase_slot(s) for s in slots if s["kind"] == "passphrase"]
    sealed = [_sealed_slot(s) for s in slots if s["kind"] == "sealed"]
    if len(passphrase) != 1 or len(passphrase) + len(sealed) != len(slots) or len(slots) > 8:
        raise ValueError("slots")
    return Header(
        vault=_text(parsed["vault"], 32),
        sequence=_number(parsed["sequence"]),
        database=_database(parsed["database"]),
        passphrase=passphrase[0],
        sealed=tuple(sealed),
        mac=_bytes(parsed["mac"], 32),
    )


def _passphrase_slot(slot: dict[str, object]) -> PassphraseSlot:
    cost = KdfCost(memory=_number(slot["memory"]), passes=_number(slot["passes"]), lanes=_number(slot["lanes"]))
    return PassphraseSlot(
        cost=cost,
        salt=_bytes(slot["salt"], 16),
        nonce=_bytes(slot["nonce"], 12),
        wrapped=_bytes(slot["wrapped"], 48),
    )


def _sealed_slot(slot: dict[str, object]) -> SealedSlot:
    if slot["role"] not in ("recovery", "organisation"):
        raise ValueError("role")
    return SealedSlot(
        role=str(slot["role"]),
        public_key=_bytes(slot["public_key"], 32),
        sealed=_bytes(slot["sealed"], 80),
    )


def _spelled(header: Header) -> bytes:
    body = {**_body(header), "mac": header.mac.hex()}
    return canonical({**body, "checksum": fingerprint(canonical(body))})


def _list(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise TypeError("slots")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**31:
        raise TypeError("number")
    return value


def _text(value: object, size: int) -> str:
    if not isinstance(value, str) or len(value) != size:
        raise TypeError("text")
    return value


def _database(value: object) -> str:
    name = _text(value, len("caseload-0001.db"))
    if not DATABASE.fullmatch(name):
        raise ValueError("database")
    return name


def _bytes(value: object, size: int) -> bytes:
    raw = bytes.fromhex(_text(value, 2 * size))
    if len(raw) != size:  # fromhex skips blanks
        raise ValueError("bytes")
    return raw


def _body(header: Header) -> dict[str, Json]:
    slot = header.passphrase
    slots: list[Json] = [
        {
            "kind": "passphrase",
            "memory": slot.cost.memory,
            "passes": slot.cost.passes,
            "lanes": slot.cost.lanes,
            "salt": slot.salt.hex(),
            "nonce": slot.nonce.hex(),
            "wrapped": slot.wrapped.hex(),
        }
    ]
    slots += [
        {"kind": "sealed", "role": s.role, "public_key": s.public_key.hex(), "sealed": s.sealed.hex()}
        for s in header.sealed
    ]
    return {
        "format": FORMAT,
        "vault": header.vault,
        "sequence": header.sequence,
        "database": header.database,
        "slots": slots,
    }
