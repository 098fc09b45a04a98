"""What a coach seals and signs with when a client's file goes to another coach: age (X25519) and Ed25519."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha256

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE_SIZE = 64
GROUPS, DIGITS = 6, 5


class SealError(Exception):
    """Not sealed to this key, not whole, or not sealed at all."""


class ForgedError(Exception):
    """Not this key's signature over these bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKeys:
    """The two keys of a coach's card: an age recipient, and an Ed25519 key in base64."""

    box: str
    sign: str

    @property
    def fingerprint(self) -> str:
        """30 digits in 6 groups, of the SHA-256 of both keys; to be read aloud."""
        number = int.from_bytes(sha256(f"{self.box}\n{self.sign}".encode()).digest(), "big")
        digits = f"{number % 10 ** (GROUPS * DIGITS):0{GROUPS * DIGITS}d}"
        return " ".join(digits[n : n + DIGITS] for n in range(0, GROUPS * DIGITS, DIGITS))

    @property
    def are_keys(self) -> bool:
        """False for text that is no pair of keys."""
        return is_box_key(self.box) and is_signing_key(self.sign)


def is_box_key(text: str) -> bool:
    """An age X25519 recipient, `age1…`."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def is_signing_key(text: str) -> bool:
    """A raw Ed25519 public key in base64."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except ValueError:
        return False
    return True


def new_box_secret() -> bytes:
    """An age identity; age draws its own chance."""
    return str(pyrage.x25519.Identity.generate()).encode()


def public_keys(box_secret: bytes, sign_secret: bytes) -> PublicKeys:
    signing = Ed25519PrivateKey.from_private_bytes(sign_secret).public_key().public_bytes_raw()
    return PublicKeys(box=str(_identity(box_secret).to_public()), sign=base64.b64encode(signing).decode())


def sign(sign_secret: bytes, message: bytes) -> bytes:
    """Ed25519, 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(sign_secret).sign(message)


def check(keys: PublicKeys, signature: bytes, message: bytes) -> None:
    """ForgedError unless it is this card's signature."""
    check_by(keys.sign, signature, message)


def check_by(signing_key: str, signature: bytes, message: bytes) -> None:
    """ForgedError unless it is the signature of this Ed25519 key, which is in base64."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(signing_key)).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise ForgedError from error


def seal(message: bytes, keys: PublicKeys) -> bytes:
    """An age file that only the owner of the card opens."""
    return seal_to(message, (keys.box,))


def seal_to(message: bytes, boxes: tuple[str, ...]) -> bytes:
    """An age file that each of these age recipients opens (documents.md §4)."""
    return pyrage.encrypt(message, [pyrage.x25519.Recipient.from_str(box) for box in boxes])


def unseal(sealed: bytes, box_secret: bytes) -> bytes:
    """SealError for everything that age does not open; its header is read before anything is proved."""
    try:
        return pyrage.decrypt(sealed, [_identity(box_secret)])
    except (pyrage.DecryptError, ValueError, OSError) as error:
        raise SealError from error


def _identity(box_secret: bytes) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(box_secret.decode())
