"""What the lake keeps of a sound package, and the package made again from it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from valmentaja.base.paths import sync_folder
from valmentaja.central.deliveries import Delivery
from valmentaja.central.lake import PART, Lake
from valmentaja.crypto import minisign
from valmentaja.definitions.indicators import every_version
from valmentaja.exchange import kept
from valmentaja.exchange.package import PackageHead
from valmentaja.exchange.package_check import verify
from valmentaja.indicators.calendar import Month


def figures(lake: Lake, delivery: Delivery) -> bytes:
    """indicators.csv as it was signed, if the kept copy is whole; nothing where there is no copy."""
    return kept.figures(_held(lake, delivery))


def package(lake: Lake, delivery: Delivery) -> bytes:
    """The file as it was delivered; nothing where it cannot be made again byte for byte."""
    definitions = every_version().get(delivery.definitions)
    if definitions is None:
        return b""
    head = PackageHead(
        unit=delivery.unit,
        municipality=delivery.municipality,
        month=Month.parse(delivery.period),
        revision=delivery.revision,
    )
    key_id = minisign.read_public_key(delivery.public_key).key_id.hex()
    held = _held(lake, delivery)
    made = kept.whole(held, head, created=delivery.created, definitions=definitions, key_id=key_id)
    return made if hashlib.sha256(made).hexdigest() == delivery.sha256 else b""


def shortened(data: bytes, delivery: Delivery) -> bytes:
    """What is kept of a package that was found sound; nothing where the data is not that package."""
    if hashlib.sha256(data).hexdigest() != delivery.sha256:
        return b""
    contents = verify(data, delivery.file, delivery.public_key).contents
    return kept.shortened(contents) if contents else b""


def write(path: Path, content: bytes) -> None:
    """Not synced one by one: a copy that a power cut emptied is not what its SHA-256 says and is asked for again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    part.write_bytes(content)
    os.replace(part, path)


def settle(path: Path) -> None:
    """Onto the disk itself, before the other copy of it goes."""
    with path.open("r+b") as written:
        os.fsync(written.fileno())
    sync_folder(path.parent)


def holds(path: Path, sha256: str) -> bool:
    """Whether the copy is there and whole."""
    return hashlib.sha256(read(path)).hexdigest() == sha256


def read(path: Path) -> bytes:
    """Nothing where there is no copy or it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _held(lake: Lake, delivery: Delivery) -> bytes:
    return read(lake.kept(delivery))
