"""A signature's container, byte by byte: every length as DER has it, and nothing in it that no reader asks for.

What a signature does not cover stands in its own container; a reader passes over what it does not know there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A first length byte above this says how many length bytes follow; this bit says that there are parts inside.
LONG, PARTS = 0x80, 0x20
DEEPEST = 64
# The tags of the parts in each, in order (RFC 5652 3, 5.1–5.3; RFC 5280 4.1.1.2).
CONTENT_INFO = re.compile(rb"\x06\xa0")
SIGNED_DATA = re.compile(rb"\x02\x31\x30\xa0?\xa1?\x31")
CONTENT = re.compile(rb"\x06\xa0?")
WRAPPED = re.compile(rb"[\x04\x30]")
SIGNER_INFO = re.compile(rb"\x02[\x30\x80]\x30\xa0\x30\x04\xa1?")
SIGNER = re.compile(rb"\x30\x02")
# Without parameters or NULL; those of RSASSA-PSS are a sequence (RFC 8017 A.2.3), ECDSA has none (RFC 5758 3.2).
ALGORITHM, WITH_PARAMETERS = re.compile(rb"\x06\x05?"), re.compile(rb"\x06[\x05\x30]?")
ECDSA = b"\x06\x08\x2a\x86\x48\xce\x3d\x04\x03"


def whole(element: bytes | memoryview) -> int | None:
    """How long the element at the beginning is with its head; None when its length is not written as DER has it."""
    if len(element) < 2 or element[0] == 0 or element[0] & 0x1F == 0x1F:  # no tag; a tag of many bytes
        return None
    if element[1] < LONG:
        return 2 + element[1]
    count = element[1] - LONG
    length = int.from_bytes(element[2 : 2 + count])
    shortest = count == max(1, (length.bit_length() + 7) // 8) and length >= LONG
    return 2 + count + length if shortest else None


def is_exact(element: memoryview, deep: int = 0) -> bool:
    """One element and nothing behind it, and so for every part in it; not where they are nested without end."""
    if whole(element) != len(element) or deep > DEEPEST:
        return False
    if not element[0] & PARTS:
        return True
    try:
        return all(is_exact(part, deep + 1) for part in parts(element))
    except ValueError:
        return False


def parts(element: memoryview) -> Iterator[memoryview]:
    """What stands in an element, in order; ValueError where a length is not as DER has it."""
    rest = element[2 + (element[1] - LONG if element[1] > LONG else 0) :]
    while rest:
        size = whole(rest)
        if size is None or size > len(rest):
            raise ValueError("length")
        yield rest[:size]
        rest = rest[size:]


def is_signature(container: bytes) -> bool:
    """Signed data of one signer in every length and every part as the standard has it (RFC 5652 5)."""
    element = memoryview(container)
    if not is_exact(element):
        return False
    try:
        return _is_signed_data(element)
    except ValueError:
        return False


def _is_signed_data(element: memoryview) -> bool:
    (signed,) = parts(_made_of(CONTENT_INFO, element)[1])
    inside = _made_of(SIGNED_DATA, signed)
    for algorithm in parts(inside[1]):
        _made_of(ALGORITHM, algorithm)
    for content in _made_of(CONTENT, inside[2])[1:]:
        _made_of(WRAPPED, content)
    (signer,) = parts(inside[-1])
    held = _made_of(SIGNER_INFO, signer)
    if held[1][0] & PARTS:
        _made_of(SIGNER, held[1])
    _made_of(ALGORITHM, held[2])
    by, *parameters = _made_of(WITH_PARAMETERS, held[4])
    return not (parameters and bytes(by).startswith(ECDSA))


def _made_of(tags: re.Pattern[bytes], element: memoryview) -> list[memoryview]:
    """The parts, by their tags; ValueError when there are others, more or fewer."""
    found = list(parts(element))
    if not tags.fullmatch(bytes(part[0] for part in found)):
        raise ValueError("parts")
    return found
