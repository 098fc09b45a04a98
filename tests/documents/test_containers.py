"""What a signature does not cover, in its own container, has no room for anything more."""

from __future__ import annotations

import re

import pytest

from valmentaja.documents import der
from valmentaja.documents.verify import verify

JUNK = b"\x04\x0ahello junk"
HEX = re.compile(rb"/Contents\s*<([0-9A-Fa-f]+)>")
# Where a part is added, as the way down from the container (RFC 5652 3, 5.1, 5.3).
PLACES = {
    "behind everything": (),
    "the explicit mark": (1,),
    "signed data": (1, 0),
    "a digest algorithm": (1, 0, 1, 0),
    "content": (1, 0, 2),
    "the signers": (1, 0, -1),
    "the signer": (1, 0, -1, 0),
    "who the signer is": (1, 0, -1, 0, 1),
    "the signer's digest": (1, 0, -1, 0, 2),
    "the signature's algorithm": (1, 0, -1, 0, 4),
}


def container(pdf: bytes) -> bytes:
    found = HEX.search(pdf)
    assert found is not None
    held = bytes.fromhex(found[1].decode())
    return held[: der.whole(held)]


def with_container(pdf: bytes, held: bytes) -> bytes:
    found = HEX.search(pdf)
    assert found is not None
    return pdf[: found.start(1)] + held.hex().encode().ljust(len(found[1]), b"0") + pdf[found.end(1) :]


def element(tag: int, inside: bytes) -> bytes:
    size = len(inside)
    if size < 0x80:
        return bytes((tag, size)) + inside
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 + len(length))) + length + inside


def with_junk(held: bytes, way: tuple[int, ...], junk: bytes = JUNK) -> bytes:
    inside = [bytes(part) for part in der.parts(memoryview(held))]
    if not way:
        return element(held[0], b"".join((*inside, junk)))
    inside[way[0]] = with_junk(inside[way[0]], way[1:], junk)
    return element(held[0], b"".join(inside))


def test_the_container_put_together_again_is_the_same(sealed: bytes) -> None:
    held = container(sealed)
    assert with_junk(held, (1, 0, -1, 0), b"") == held
    assert verify(with_container(sealed, held)).holds


@pytest.mark.parametrize("way", PLACES.values(), ids=PLACES.keys())
def test_a_part_that_nobody_asks_for_is_noticed(sealed: bytes, way: tuple[int, ...]) -> None:
    added = with_junk(container(sealed), way)
    assert der.is_exact(memoryview(added))
    assert not verify(with_container(sealed, added)).holds


def test_what_is_nested_without_end_is_no_signature() -> None:
    deep = b""
    for _ in range(5000):
        deep = element(0x30, deep)
    assert not der.is_signature(deep)


@pytest.mark.parametrize("broken", [b"", b"\x30", b"\x30\x05\x02", b"\x30\x81\x01\x05", b"\x00\x00", b"\x30\x00"])
def test_a_length_that_is_not_so_is_no_signature(broken: bytes) -> None:
    assert not der.is_signature(broken)


def test_a_curve_takes_no_parameters(sealed: bytes) -> None:
    added = with_junk(container(sealed), (1, 0, -1, 0, 4), element(0x30, JUNK))
    assert not verify(with_container(sealed, added)).holds
