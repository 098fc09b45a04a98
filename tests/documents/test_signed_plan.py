"""A sealed plan: what poppler says of it, and that any change shows."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from valmentaja.documents.plan_pdf import PlanPaper, render
from valmentaja.documents.signing import DeviceKey, approve
from valmentaja.documents.verify import verify

Save = Callable[[bytes], Path]
MADE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def told(program: str, path: Path) -> str:
    return subprocess.run([program, str(path)], capture_output=True, text=True, check=True).stdout


def test_poppler_finds_the_signature_valid_over_the_whole_file(sealed: bytes, saved: Save) -> None:
    about = told("pdfsig", saved(sealed))
    assert "Signature is Valid" in about
    assert "Total document signed" in about


def test_the_paper_is_tagged_has_a_title_and_hides_the_name(sealed: bytes, saved: Save, paper: PlanPaper) -> None:
    about = told("pdfinfo", saved(sealed))
    assert "Tagged:          yes" in about
    assert "Title:" in about
    assert paper.client_name not in about


def test_every_word_of_the_plan_can_be_read_back(plan: bytes, saved: Save, paper: PlanPaper) -> None:
    path = saved(plan)
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    words = set(text.split())
    for goal in paper.plan.goals:
        assert set(goal.words.split()[1:-1]) <= words


def test_the_same_paper_gives_the_same_bytes(plan: bytes, paper: PlanPaper) -> None:
    assert render(paper) == plan


def test_a_sealed_plan_holds(sealed: bytes, key: DeviceKey) -> None:
    check = verify(sealed)
    (signature,) = check.signatures
    assert check.holds
    assert (signature.certification, signature.covers_whole, signature.signer) == (True, True, key.name)


def test_a_further_signature_leaves_the_first_intact(sealed: bytes, key: DeviceKey) -> None:
    check = verify(approve(sealed, key, at=MADE, field=other_field(sealed)))
    assert check.holds
    assert len(check.signatures) == 2


def test_any_flipped_byte_shows(sealed: bytes) -> None:
    step = len(sealed) // 60
    unnoticed = []
    for place in range(20, len(sealed), step):
        changed = bytearray(sealed)
        changed[place] ^= 0x01
        if verify(bytes(changed)).holds:
            unnoticed.append(place)
    assert unnoticed == []


def test_any_flipped_byte_of_the_signature_itself_shows(sealed: bytes) -> None:
    """No signature covers all of its own container: lists, versions and padding are checked by their form."""
    held = next(re.finditer(rb"/Contents\s*<([0-9A-Fa-f]+)>", sealed))
    container = bytes.fromhex(held[1].decode())
    end = int.from_bytes(container[2:4]) + 4
    changed = [
        sealed[: held.start(1)] + with_flip(container, place).hex().encode() + sealed[held.end(1) :]
        for place in (*range(60), *range(60, end, 5), end, len(container) - 1)
    ]
    assert not [pdf for pdf in changed if verify(pdf).holds]


def with_flip(held: bytes, place: int) -> bytes:
    changed = bytearray(held)
    changed[place] ^= 0x01
    return bytes(changed)


@pytest.mark.parametrize("noise", [b"", b"%PDF-1.7", b"\x00" * 5000, b"%PDF-2.0\n" + bytes(range(256)) * 40])
def test_noise_gives_remarks_and_never_an_exception(noise: bytes) -> None:
    check = verify(noise)
    assert not check.holds
    assert check.remarks


def test_a_file_cut_off_or_added_to_does_not_hold(sealed: bytes) -> None:
    assert not verify(sealed[:-1000]).holds
    assert not verify(sealed + b"\n1 0 obj\n<<>>\nendobj\n").holds


def other_field(pdf: bytes) -> str:
    """A signature field that is still empty."""
    names = [name for name, _value, _holder in enumerate_sig_fields(PdfFileReader(BytesIO(pdf)), filled_status=False)]
    return str(names[0])
