"""The printed recovery code: 128 bits as 8 groups of 6 digits, each a multiple of 11 (store.md §1.5)."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from valmentaja.base.errors import N_, UserError
from valmentaja.crypto import keys

GROUPS = 8
_CHECK = 11
_LABEL = b"valmentaja recovery code 1"


def code_for(secret: bytes) -> str:
    """16 bytes → `ddd ddd`-style text: each group holds 16 bits times 11."""
    if len(secret) != 2 * GROUPS:
        raise ValueError("recovery secret size")
    parts = (int.from_bytes(secret[i : i + 2], "big") for i in range(0, 2 * GROUPS, 2))
    return "-".join(f"{part * _CHECK:06d}" for part in parts)


def secret_of(code: str) -> bytes:
    """The 16 bytes behind a typed code; the error names the mistyped group."""
    digits = "".join(c for c in code if c in "0123456789")
    if len(digits) != 6 * GROUPS:
        raise UserError(N_("The recovery code has {n} digits; it must have 48, in 8 groups of 6."), n=len(digits))
    return b"".join(_group(digits[i * 6 : i * 6 + 6], i + 1) for i in range(GROUPS))


def group_is_sound(digits: str) -> bool:
    """Whether six digits can stand in a code; false for nearly every slip of the finger."""
    return len(digits) == 6 and digits.isdecimal() and int(digits) % _CHECK == 0 and int(digits) // _CHECK <= 0xFFFF


def _group(digits: str, number: int) -> bytes:
    value = int(digits) // _CHECK
    if not group_is_sound(digits):
        raise UserError(
            N_("Group {number} of the recovery code is mistyped. Check it on the printed sheet."), number=number
        )
    return value.to_bytes(2, "big")


def public_key(secret: bytes) -> bytes:
    """What a vault is sealed to so that the code opens it."""
    return keys.public_bytes(keys.box_key(seed_of(secret)))


def seed_of(secret: bytes) -> bytearray:
    """The X25519 seed that the code stands for."""
    return bytearray(HKDF(hashes.SHA256(), 32, None, _LABEL).derive(secret))
