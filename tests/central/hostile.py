"""Files nobody should believe: damaged, replayed, renamed, wrongly signed, incomplete, too large, escaping."""

from __future__ import annotations

import base64
import io
import json
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from units import CREATED, Unit

from valmentaja.base.canonical import fingerprint
from valmentaja.crypto import minisign
from valmentaja.exchange.package import MEMBERS, Package, manifest, pack

ONE, TWO, STRANGER = Unit("U101"), Unit("U102", "091"), Unit("U666")
FIGURES, CODES, DESCRIPTOR, MANIFEST, SIGNATURE = (
    "indicators.csv",
    "codes.csv",
    "datapackage.json",
    "MANIFEST.sha256",
    "MANIFEST.sha256.minisig",
)
Members = dict[str, bytes]
SHAPE = "exactly|not a zip|not packed|must be stored"
CHANGED = "checksum differs|signature does not match"


@dataclass(frozen=True)
class Hostile:
    """A file's name, what is in it, and a pattern for the reason it must be refused with."""

    id: str
    name: str
    data: bytes
    reason: str


@cache
def sound() -> Package:
    return ONE.package("2025-12")


def members() -> Members:
    with zipfile.ZipFile(io.BytesIO(sound().data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def resealed(held: Members, key: bytes = ONE.private_key, comment: str = "") -> bytes:
    """Described, listed and signed anew by whoever holds the key."""
    described = json.loads(held[DESCRIPTOR])
    for resource in described["resources"]:
        inner = held[resource["path"]]
        resource |= {"bytes": len(inner), "hash": f"sha256:{fingerprint(inner)}"}
    return resigned(held | {DESCRIPTOR: dumped(described)}, key, comment)


def resigned(held: Members, key: bytes = ONE.private_key, comment: str = "") -> bytes:
    held = held | {MANIFEST: manifest(held)}
    told = comment or f"{sound().name.removesuffix('.zip')} valmentaja-ind/1"
    return pack(held | {SIGNATURE: minisign.sign(key, held[MANIFEST], trusted_comment=told).encode()})


def dumped(described: Any) -> bytes:
    return (json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def described(**changes: Any) -> bytes:
    """The owner signs another descriptor; a name with `__` reaches into the part `valmentaja`."""
    content = json.loads(members()[DESCRIPTOR])
    for name, value in changes.items():
        outer, _, inner = name.partition("__")
        if inner:
            content[outer][inner] = value
        else:
            content[outer] = value
    return resigned(members() | {DESCRIPTOR: dumped(content)})


def figures(change: Callable[[list[str]], list[str]]) -> bytes:
    """The owner signs other rows; the first line is the header."""
    lines = members()[FIGURES].decode().split("\n")[:-1]
    return resealed(members() | {FIGURES: ("\n".join(change(lines)) + "\n").encode()})


def with_value(value: str, flag: str = "") -> bytes:
    def change(lines: list[str]) -> list[str]:
        place = next(n for n, line in enumerate(lines) if ",AR_A,P,," in line)
        return [*lines[:place], ",".join([*lines[place].split(",")[:6], value, flag]), *lines[place + 1 :]]

    return figures(change)


def zipped(entries: list[tuple[str, bytes]], compression: int = zipfile.ZIP_STORED, comment: bytes = b"") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = compression, 3, 0o100644 << 16
            archive.writestr(entry, content)
        archive.comment = comment
    return held.getvalue()


def flipped(member: str) -> bytes:
    """One bit of a member, found by its content."""
    data, content = bytearray(sound().data), members()[member]
    data[data.index(content) + len(content) // 2] ^= 1
    return bytes(data)


def every() -> list[Hostile]:
    name = sound().name
    cases = [*_broken(name), *_zips(name), *_named(name), *_signed(name), *_rows(name), *_described(name)]
    return [Hostile(*case) for case in cases]


Case = tuple[str, str, bytes, str]


def _broken(name: str) -> Iterator[Case]:
    data = sound().data
    yield "empty", name, b"", SHAPE
    yield "noise", name, bytes(range(256)) * 40, SHAPE
    yield "half", name, data[: len(data) // 2], SHAPE
    yield "one byte short", name, data[:-1], SHAPE
    yield "one byte long", name, data + b"\0", SHAPE
    yield "something before it", name, b"MZ" + data, SHAPE
    yield "two in one", name, data + data, SHAPE
    yield "too large", name, data + bytes(1_100_000), "larger than"
    yield "far too large", name, bytes(17 * 2**20), "larger than"
    for member in MEMBERS:
        yield f"a bit of {member}", name, flipped(member), f"{SHAPE}|{CHANGED}"


def _zips(name: str) -> Iterator[Case]:
    held = list(members().items())
    for place, (member, _) in enumerate(held):
        yield f"without {member}", name, zipped(held[:place] + held[place + 1 :]), SHAPE
    yield "one member more", name, zipped([*held, ("note.txt", b"hello")]), SHAPE
    yield "a member twice", name, _twice(held), SHAPE
    yield "another order", name, zipped([held[1], held[0], *held[2:]]), SHAPE
    yield "compressed", name, zipped(held, zipfile.ZIP_DEFLATED), SHAPE
    bomb = [(member, bytes(300_000_000) if member == FIGURES else content) for member, content in held]
    yield "a bomb", name, zipped(bomb, zipfile.ZIP_DEFLATED), SHAPE
    yield "a stored size that lies", name, _lying(), "larger than"
    yield "a comment", name, zipped(held, comment=b"x"), SHAPE
    for odd in ("../indicators.csv", "/etc/passwd", "..\\indicators.csv", "C:indicators.csv", "indicators.csv/"):
        yield f"the path {odd}", name, zipped([(odd if m == FIGURES else m, c) for m, c in held]), SHAPE
    yield "encrypted", name, _encrypted(), SHAPE
    yield "no members", name, zipped([]), SHAPE


def _twice(held: list[tuple[str, bytes]]) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped([*held, held[1]])


def _lying() -> bytes:
    """The directory says that a member is four gigabytes."""
    data = bytearray(sound().data)
    place = data.index(b"PK\x01\x02")
    data[place + 20 : place + 28] = struct.pack("<II", 0xFFFFFFF0, 0xFFFFFFF0)
    return bytes(data)


def _encrypted() -> bytes:
    data = bytearray(sound().data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def _named(name: str) -> Iterator[Case]:
    data = sound().data
    renamed = "another file|has been renamed"
    yield "another month", name.replace("2025-12", "2025-09"), data, renamed
    yield "another revision", name.replace("_r1", "_r2"), data, renamed
    yield "another unit's name", name.replace("405_U101", "091_U102"), data, "another key"
    yield "another municipality's name", name.replace("_405_", "_091_"), data, renamed
    yield "no name of a package", "figures.zip", data, "name is not"
    yield "a sixth revision", name.replace("_r1", "_r6"), data, "name is not"
    yield "capitals", name.replace(".zip", ".ZIP"), data, "name is not"
    yield "a thirteenth month", name.replace("2025-12", "2025-13"), data, "name is not|not a month"
    yield "a name that calculates", "=HYPERLINK(1).zip", data, "name is not"
    yield "a name of two lines", "vi_405\n_U101.zip", data, "name is not"
    yield "a long name", "v" * 240 + ".zip", data, "name is not"


def _signed(name: str) -> Iterator[Case]:
    held = members()
    yield "signed by another unit", name, resealed(held, TWO.private_key), "another key"
    yield "signed by a stranger", name, resealed(held, STRANGER.private_key), "another key"
    yield "a stranger with the unit's key id", name, _forged(), "does not match"
    yield "a unit nobody registered", STRANGER.package("2025-12").name, STRANGER.package("2025-12").data, "registry"
    yield "an old signature", name, _replayed(), CHANGED
    yield "another trusted comment", name, resealed(held, comment="vi_405_U101_2025-12_r2 x"), "renamed"
    yield "an old month under a new name", name, ONE.package("2025-09").data, "renamed"
    yield "no signature", name, pack(held | {SIGNATURE: b""}), "does not match"
    told = held[SIGNATURE].replace(b"signature from", b"Signature from")
    yield "text in the untrusted comment", name, pack(held | {SIGNATURE: told}), "does not match"
    yield "not ASCII", name, pack(held | {SIGNATURE: b"\xff" + held[SIGNATURE]}), "does not match"


def _forged() -> bytes:
    """The signature says it is the unit's key."""
    held = members()
    own = ONE.public_key.key_id
    stranger = minisign.sign(STRANGER.private_key, held[MANIFEST], trusted_comment="x").splitlines()
    body = base64.b64decode(stranger[1])
    stranger[1] = base64.b64encode(body[:2] + own + body[10:]).decode()
    return pack(held | {SIGNATURE: ("\n".join(stranger) + "\n").encode()})


def _replayed() -> bytes:
    """Other figures under the signature of the true ones."""
    held = members()
    return pack(held | {FIGURES: held[FIGURES].replace(b",CL01,,,", b",CL01,,,9")})


def _rows(name: str) -> Iterator[Case]:
    for value in ("1", "2", "-3", "10001", "3.0", "03", "3e0", " 3", "٣"):
        yield f"the value {value}", name, with_value(value), "not a protected|row is not"
    yield "an empty value", name, with_value(""), "row is not"
    yield "a value and a flag", name, with_value("3", "s"), "row is not|not a protected"
    yield "one row small", name, with_value("", "s"), "flags contradict"
    yield "one row not collected", name, with_value("", "n"), "flags contradict"
    yield "another flag", name, with_value("", "x"), "row is not"
    yield "a row missing", name, figures(lambda lines: lines[:-1]), "rows of this month"
    yield "a row more", name, figures(lambda lines: [*lines, lines[-1]]), "rows of this month"
    yield "a row twice", name, figures(lambda lines: [*lines[:-1], lines[-2]]), "row is not"
    yield "two rows changed about", name, figures(lambda ls: [*ls[:-2], ls[-1], ls[-2]]), "row is not"
    yield "another header", name, figures(lambda ls: [ls[0].upper(), *ls[1:]]), "rows of this month"
    yield "another unit inside", name, figures(lambda ls: [x.replace("U101", "U102") for x in ls]), "row is not"
    yield "CRLF", name, figures(lambda ls: [x + "\r" for x in ls]), "rows of this month|row is not"
    yield "a mark of byte order", name, figures(lambda ls: ["\ufeff" + ls[0], *ls[1:]]), "rows of this month"
    yield "a formula", name, with_value("=1+1"), "not a protected|row is not"


def _described(name: str) -> Iterator[Case]:
    misfit = "does not fit|cannot be understood|not known"
    yield "another format", name, described(valmentaja__format="valmentaja-ind-package/2"), "not known"
    yield "other definitions", name, described(valmentaja__definitions="valmentaja-ind/9"), "not known"
    yield "another method", name, described(valmentaja__method={"id": "none"}), misfit
    yield "another unit described", name, described(valmentaja__unit="U102"), misfit
    yield "another month described", name, described(valmentaja__period="2025-11"), misfit
    yield "another revision described", name, described(valmentaja__revision=2), misfit
    yield "something more", name, described(more="x"), misfit
    yield "not JSON", name, resigned(members() | {DESCRIPTOR: b"{"}), misfit
    yield "deep JSON", name, resigned(members() | {DESCRIPTOR: b"[" * 100_000}), misfit
    yield "a list", name, resigned(members() | {DESCRIPTOR: b"[]"}), misfit
    yield "made before the month was over", name, described(created="2025-12-31T12:00:00Z"), "before|does not fit"
    yield "made on no day", name, described(created="2026-02-31T12:00:00Z"), misfit
    yield "made at no time", name, described(created=CREATED.replace("Z", "")), misfit
    yield "a number for a time", name, described(created=5), f"{misfit}|text"
    yield "other codes", name, resealed(members() | {CODES: members()[CODES] + b"x\n"}), f"codes.csv|{misfit}"
    yield "no codes", name, resealed(members() | {CODES: b""}), f"codes.csv|{misfit}"
