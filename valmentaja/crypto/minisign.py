"""minisign signatures, prehashed (`ED`): BLAKE2b-512 of the message signed with Ed25519.

Written here because the PyPI packages named minisign overwrite each other. Format: https://jedisct1.github.io/minisign/
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_SIZE = 32
KEY_ID_SIZE = 8
SIGNATURE_SIZE = 64
_KEY_ALGORITHM = b"Ed"
_PREHASHED = b"ED"
_UNTRUSTED = "untrusted comment: "
_TRUSTED = "trusted comment: "
UNSIGNED_COMMENT = "signature from valmentaja"


class MinisignError(Exception):
    """Not this key's signature over this message, or not written as minisign writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """An Ed25519 public key; `key_id` only helps to find it and proves nothing."""

    key_id: bytes
    raw: bytes

    @property
    def fingerprint(self) -> str:
        """The key id as minisign shows it: byte-reversed, capitals, no leading zeros."""
        return f"{int.from_bytes(self.key_id, 'little'):X}"

    @property
    def line(self) -> str:
        """The second line of the public key file; also what a registry keeps."""
        return _base64(_KEY_ALGORITHM + self.key_id + self.raw)

    @property
    def file(self) -> str:
        """The public key file as `minisign -V -p` reads it."""
        return f"{_UNTRUSTED}minisign public key {self.fingerprint}\n{self.line}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature file taken apart; nothing in it is believed before `check`."""

    key_id: bytes
    over_message: bytes
    trusted_comment: str
    over_comment: bytes


def new_private_key(seed: bytes) -> bytes:
    """A private key from 32 random bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).private_bytes_raw()


def public_key_of(private_key: bytes) -> PublicKey:
    """Its key id is the first 8 bytes of the SHA-256 of the public key (indicators.md §8)."""
    raw = Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()
    return PublicKey(key_id=hashlib.sha256(raw).digest()[:KEY_ID_SIZE], raw=raw)


def sign(private_key: bytes, message: bytes, *, trusted_comment: str) -> str:
    """The text of the `.minisig` file; the same key, message and comment give the same text."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    over_message = key.sign(_prehash(message))
    over_comment = key.sign(over_message + trusted_comment.encode())
    head = _PREHASHED + public_key_of(private_key).key_id
    first, third = f"{_UNTRUSTED}{UNSIGNED_COMMENT}", f"{_TRUSTED}{trusted_comment}"
    return f"{first}\n{_base64(head + over_message)}\n{third}\n{_base64(over_comment)}\n"


def check(public_key: PublicKey, message: bytes, signature: Signature) -> None:
    """MinisignError unless both signatures are this key's, over the message and over the trusted comment."""
    if signature.key_id != public_key.key_id:
        raise MinisignError("another key")
    key = Ed25519PublicKey.from_public_bytes(public_key.raw)
    try:
        key.verify(signature.over_message, _prehash(message))
        key.verify(signature.over_comment, signature.over_message + signature.trusted_comment.encode())
    except InvalidSignature as error:
        raise MinisignError("does not match") from error


def read_signature(text: str, *, comment: str | None = None) -> Signature:
    """Take a signature file apart; MinisignError when it is not exactly four lines of the format.

    The first line is signed by nobody; `comment` says what it must be, where a changed byte must not pass.
    """
    lines = text.split("\n")
    if len(lines) != 5 or lines[4]:
        raise MinisignError("not four lines")
    if comment not in (None, _after(lines[0], _UNTRUSTED)):
        raise MinisignError("another first line")
    body, over_comment = _bytes(lines[1]), _bytes(lines[3])
    if len(body) != 2 + KEY_ID_SIZE + SIGNATURE_SIZE or body[:2] != _PREHASHED or len(over_comment) != SIGNATURE_SIZE:
        raise MinisignError("not a prehashed minisign signature")
    return Signature(
        key_id=body[2 : 2 + KEY_ID_SIZE],
        over_message=body[2 + KEY_ID_SIZE :],
        trusted_comment=_after(lines[2], _TRUSTED),
        over_comment=over_comment,
    )


def read_public_key(text: str) -> PublicKey:
    """From a public key file or from its second line alone; MinisignError when it is neither."""
    lines = [line for line in text.splitlines() if line and not line.startswith(_UNTRUSTED)]
    body = _bytes(lines[0].strip()) if len(lines) == 1 else b""
    if len(body) != 2 + KEY_ID_SIZE + KEY_SIZE or body[:2] != _KEY_ALGORITHM:
        raise MinisignError("not a minisign public key")
    return PublicKey(key_id=body[2 : 2 + KEY_ID_SIZE], raw=body[2 + KEY_ID_SIZE :])


def _prehash(message: bytes) -> bytes:
    return hashlib.blake2b(message, digest_size=64).digest()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    """Only the one spelling that encoding gives: base64 otherwise leaves bits that nobody signs."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise MinisignError("not base64") from error
    if _base64(raw) != text:
        raise MinisignError("not base64")
    return raw


def _after(line: str, prefix: str) -> str:
    if not line.startswith(prefix):
        raise MinisignError("a comment is missing")
    return line.removeprefix(prefix)
