"""What the lake keeps of a sound package, and the package made again from it."""

from __future__ import annotations

import hashlib

from valmentaja.central.deliveries import Delivery
from valmentaja.central.lake import Lake
from valmentaja.crypto import minisign
from valmentaja.definitions.indicators import every_version
from valmentaja.exchange import kept
from valmentaja.exchange.package import PackageHead
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


def _held(lake: Lake, delivery: Delivery) -> bytes:
    try:
        return lake.kept(delivery).read_bytes()
    except OSError:
        return b""
