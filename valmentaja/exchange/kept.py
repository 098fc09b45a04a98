"""A sound package in a tenth of its size: the figures and the seal. The rest is the same in every package.

The file is indicators.csv, an empty line, the program that made it, and the signature; without the last three it is
indicators.csv alone, as older lakes keep it.
"""

from __future__ import annotations

from valmentaja.definitions.indicators import Definitions
from valmentaja.exchange import package
from valmentaja.exchange.package import CODES, DESCRIPTOR, FIGURES, MANIFEST, SIGNATURE, PackageHead
from valmentaja.exchange.package_check import Contents

_SEAM = b"\n\n"


def shortened(contents: Contents) -> bytes:
    """What the figures are kept as."""
    return contents.content + b"\n" + contents.application.encode() + b"\n" + contents.signature


def figures(kept: bytes) -> bytes:
    """indicators.csv as it was signed."""
    content, seam, _ = kept.partition(_SEAM)
    return content + b"\n" if seam else kept


def whole(kept: bytes, head: PackageHead, *, created: str, definitions: Definitions, key_id: str) -> bytes:
    """The package as it was delivered; the caller compares its SHA-256. Empty where the seal was not kept."""
    content, seam, seal = kept.partition(_SEAM)
    application, _, signature = seal.partition(b"\n")
    if not seam:
        return b""
    members = {FIGURES: content + b"\n", CODES: package.codes_csv(definitions), SIGNATURE: signature}
    members[DESCRIPTOR] = package.descriptor(
        members, head, created=created, definitions=definitions, key_id=key_id, application=application.decode("ascii")
    )
    members[MANIFEST] = package.manifest(members)
    return package.pack(members)
