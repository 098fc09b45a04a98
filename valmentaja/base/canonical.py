"""One byte form for what is fingerprinted: sorted keys, no spaces, UTF-8."""

from __future__ import annotations

import hashlib
import json

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def canonical(value: Json) -> bytes:
    """UTF-8 JSON with sorted keys and no insignificant space; floats are refused by type."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()
