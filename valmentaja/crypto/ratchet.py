"""A key that only goes forward: whoever reads today's cannot make yesterday's tags (store.md §1.10)."""

from __future__ import annotations

import hmac
from hashlib import sha256

SIZE = 32


def tag(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA256 under this step's key, 32 bytes."""
    return hmac.digest(key, b"tag " + data, sha256)


def forward(key: bytes) -> bytes:
    """The next step's key; the way back is closed."""
    return hmac.digest(key, b"next", sha256)
