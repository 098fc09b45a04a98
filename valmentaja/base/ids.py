"""Random ids and keys; the only place that asks the system for chance."""

from __future__ import annotations

import secrets
from typing import Protocol


class Chance(Protocol):
    def token(self, size: int) -> bytes:
        """`size` random bytes."""
        ...


class SystemChance:
    def token(self, size: int) -> bytes:
        return secrets.token_bytes(size)


def new_id(chance: Chance) -> str:
    """A 128-bit id as 26 lower-case base32 characters."""
    import base64

    return base64.b32encode(chance.token(16)).decode().rstrip("=").lower()
