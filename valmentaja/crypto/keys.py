"""The data key of a vault, what is derived from it, and the slots that wrap it (store.md §1.2–1.4)."""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_SIZE = 32
BoxKey = X25519PrivateKey
"""Opens what was sealed to its public half."""
SALT_SIZE = 16
NONCE_SIZE = 12


class WrongKeyError(Exception):
    """The passphrase or code does not open this slot."""


class DataKey:
    """The vault's 32-byte key in one wipeable buffer; every other key is derived from it."""

    def __init__(self, buffer: bytearray) -> None:
        if len(buffer) != KEY_SIZE:
            raise ValueError("data key size")
        self._buffer = buffer

    def child(self, label: str) -> bytearray:
        """A 32-byte HKDF-SHA256 child for `label`."""
        out = bytearray(KEY_SIZE)
        HKDF(hashes.SHA256(), KEY_SIZE, None, label.encode()).derive_into(self._buffer, out)
        return out

    def reveal(self) -> bytearray:
        """The live buffer itself, for wrapping; wiped together with the key."""
        return self._buffer

    def copy(self) -> DataKey:
        """The same key in a buffer of its own, wiped separately."""
        return DataKey(bytearray(self._buffer))

    def wipe(self) -> None:
        wipe(self._buffer)


def wipe(buffer: bytearray) -> None:
    """Overwrite `buffer` with zeros in place."""
    buffer[:] = bytes(len(buffer))


def mac(key: bytearray, data: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    return hmac.digest(key, data, sha256)


def same(a: bytes, b: bytes) -> bool:
    return hmac.compare_digest(a, b)


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfCost:
    """Argon2id cost; `memory` in KiB. The floor and ceiling hold for what is read from a header."""

    memory: int = 256 * 1024
    passes: int = 3
    lanes: int = 4

    FLOOR = 64 * 1024
    CEILING = 1024 * 1024

    def is_sane(self) -> bool:
        """False for a weakened header or a memory bomb; asked before anything is allocated."""
        return self.FLOOR <= self.memory <= self.CEILING and 1 <= self.passes <= 16 and 1 <= self.lanes <= 16


def stretch(passphrase: str, salt: bytes, cost: KdfCost) -> bytearray:
    """Argon2id of the NFC-normalised passphrase: 32 bytes."""
    out = bytearray(KEY_SIZE)
    kdf = Argon2id(salt=salt, length=KEY_SIZE, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    kdf.derive_into(unicodedata.normalize("NFC", passphrase).encode(), out)
    return out


def wrap(key: DataKey, under: bytearray, *, nonce: bytes, bound_to: bytes) -> bytes:
    """AES-256-GCM of the data key, bound to the slot's place."""
    return AESGCM(under).encrypt(nonce, bytes(key.reveal()), bound_to)


def unwrap(sealed: bytes, under: bytearray, *, nonce: bytes, bound_to: bytes) -> DataKey:
    """The data key; WrongKeyError when `under` is not the key it was wrapped with."""
    out = bytearray(KEY_SIZE)
    try:
        AESGCM(under).decrypt_into(nonce, sealed, bound_to, out)
    except (InvalidTag, ValueError) as error:
        raise WrongKeyError from error
    return DataKey(out)


_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def box_key(seed: bytearray) -> X25519PrivateKey:
    """The X25519 key pair that a recovery code stands for."""
    return X25519PrivateKey.from_private_bytes(bytes(seed))


def public_bytes(key: X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def is_public_key(raw: bytes) -> bool:
    """False for the wrong length and for the few points to which nothing can be sealed."""
    if len(raw) != KEY_SIZE:
        return False
    try:
        _SUITE.encrypt(b"", X25519PublicKey.from_public_bytes(raw), b"")
    except ValueError:
        return False
    return True


def seal_to(key: DataKey, public_key: bytes, *, bound_to: bytes) -> bytes:
    """HPKE (RFC 9180, X25519, HKDF-SHA256, AES-256-GCM) of the data key to a public key."""
    return _SUITE.encrypt(bytes(key.reveal()), X25519PublicKey.from_public_bytes(public_key), bound_to)


def open_sealed(sealed: bytes, private_key: X25519PrivateKey, *, bound_to: bytes) -> DataKey:
    """WrongKeyError when `private_key` does not match."""
    try:
        return DataKey(bytearray(_SUITE.decrypt(sealed, private_key, bound_to)))
    except (InvalidTag, ValueError) as error:
        raise WrongKeyError from error
