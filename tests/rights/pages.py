"""Reads an encrypted database without SQLCipher: every page of the file and of its write-ahead log, free ones too.

SQLCipher 4 with a raw key: AES-256-CBC, page 4096, the last 80 bytes of a page are IV (16) and HMAC-SHA512 (64); the
first 16 bytes of page 1 are the salt. A log is a 32-byte header and frames of 24 bytes and a page.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SIZE, RESERVE, SALT = 4096, 80, 16
LOG_HEAD, FRAME_HEAD = 32, 24


def database_pages(path: Path, key: bytes) -> list[bytes]:
    """Decrypted pages; ValueError when a page is not authentic, so a wrong reading cannot pass for an empty one."""
    held = path.read_bytes()
    mac_key = _mac_key(key, held[:SALT])
    pages = [held[at : at + SIZE] for at in range(0, len(held), SIZE)]
    return [_plain(page, key, mac_key, number) for number, page in enumerate(pages, start=1)]


def log_pages(path: Path, key: bytes, salt: bytes) -> list[bytes]:
    """Decrypted pages of every frame, committed or stale; none for a log of no bytes."""
    held = path.read_bytes() if path.exists() else b""
    mac_key, found = _mac_key(key, salt), []
    for at in range(LOG_HEAD, len(held), FRAME_HEAD + SIZE):
        number = int.from_bytes(held[at : at + 4], "big")
        found.append(_plain(held[at + FRAME_HEAD : at + FRAME_HEAD + SIZE], key, mac_key, number))
    return found


def hits(pages: list[bytes], canary: str) -> int:
    """Pages that hold the word in any case, as UTF-8 or UTF-16."""
    forms = [word.encode(code) for word in {canary, canary.lower(), canary.upper()} for code in ("utf-8", "utf-16-le")]
    return sum(any(form in page for form in forms) for page in pages)


def _mac_key(key: bytes, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", key, bytes(b ^ 0x3A for b in salt), 2, 32)


def _plain(page: bytes, key: bytes, mac_key: bytes, number: int) -> bytes:
    start = SALT if number == 1 else 0
    body, iv, tag = page[start : SIZE - RESERVE], page[SIZE - RESERVE : SIZE - RESERVE + 16], page[SIZE - 64 :]
    signed = page[start : SIZE - 64] + number.to_bytes(4, "little")
    if not hmac.compare_digest(hmac.digest(mac_key, signed, "sha512"), tag):
        raise ValueError(f"page {number} is not authentic")
    reader = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return reader.update(body) + reader.finalize()
