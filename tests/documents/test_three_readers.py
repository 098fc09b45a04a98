"""Three readers of a signed file agree that it is whole, and ours alone tells when it was changed in any way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.documents.poppler import run
from valmentaja.documents.plan_pdf import SEAL_FIELD, field_of
from valmentaja.documents.signing import DeviceKey, approve, seal
from valmentaja.documents.verify import Change, verify

Save = Callable[[bytes], Path]
UNCHANGED, ADDED_TO = "The document is unchanged since signing", "The signature is valid but there have been edits"
DIFFERENT = "Signature invalidated by change to document"
MADE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def thrice(plan: bytes, key: DeviceKey) -> bytes:
    """Sealed, then signed by two parties."""
    made = seal(plan, key, at=MADE, field=SEAL_FIELD)
    for party in ("authority", "wellbeing"):
        made = approve(made, key, at=MADE, field=field_of(party))
    return made


def test_pyhanko_poppler_and_mupdf_agree_on_three_signatures(thrice: bytes, saved: Save) -> None:
    check, path = verify(thrice), saved(thrice)
    assert check.holds
    assert [s.certification for s in check.signatures] == [True, False, False]
    assert [s.change for s in check.signatures] == [Change.SIGNING, Change.SIGNING, Change.NOTHING]
    assert [s.covers_whole for s in check.signatures] == [False, False, True]
    assert run("pdfsig", str(path)).count("Signature is Valid") == 3
    told = run("mutool", "sign", "-v", str(path))
    assert (told.count(UNCHANGED), told.count(ADDED_TO)) == (1, 2)


def test_one_flipped_byte_breaks_every_signature_over_it(thrice: bytes, saved: Save) -> None:
    changed = bytearray(thrice)
    changed[thrice.index(b"/ViewerPreferences") + 1] ^= 0x20
    check = verify(bytes(changed))
    assert not check.holds
    assert all(s.change is Change.BROKEN for s in check.signatures)
    path = saved(bytes(changed))
    assert run("pdfsig", str(path)).count("Digest Mismatch") == 3
    assert run("mutool", "sign", "-v", str(path)).count(DIFFERENT) == 3


def test_a_page_changed_by_a_later_revision_is_reported_by_us_though_others_call_it_valid(
    thrice: bytes, saved: Save
) -> None:
    blank = _with_a_blank_first_page(thrice)
    check = verify(blank)
    assert not check.holds
    assert {s.change for s in check.signatures} == {Change.UNEXPLAINED}
    path = saved(blank)
    assert run("pdfsig", str(path)).count("Signature is Valid") == 3, "the reason why our own check is the gate"
    assert run("mutool", "sign", "-v", str(path)).count(ADDED_TO) == 3


def _with_a_blank_first_page(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[NameObject("/Contents")] = writer.add_object(StreamObject(DictionaryObject(), stream_data=b"q Q"))
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
