"""Every paper keeps PDF/UA-1 and PDF/A-3a, before and after signing, by two independent judges."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pypdfium2 import PdfDocument

from tests.documents import own_checks
from tests.documents.everything import LANGUAGES, Printer, source, tongues
from tests.documents.papers import NAME
from tests.documents.validators import Judged, Standard
from valmentaja.documents.plan_pdf import SEAL_FIELD
from valmentaja.documents.signing import DeviceKey, approve, seal
from valmentaja.i18n import BESIDE

pytestmark = pytest.mark.slow
DEFAULTS = {"plan-unsigned": "en", "plan-thick": "en", "plan-line": "en"}
"""Papers whose name does not say their language, where it is not Finnish."""
PLANS = ("plan-fi", "plan-unsigned", "plan-thick", "plan-line", "plan-longest")
MADE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_every_paper_keeps_both_standards(printers: dict[str, Printer], judged: Judged) -> None:
    found = {}
    for name, printed in printers.items():
        pdf = printed()
        found.update({(name, standard): broken for standard in Standard if (broken := judged(pdf, standard))})
    sys.stdout.write(f"\n{len(printers)} papers judged by {len(Standard)} standards, {len(found)} broken\n")
    assert found == {}


@pytest.mark.parametrize("name", [*PLANS, *(f"plan-{other}-fi" for other in BESIDE)])
def test_a_plan_keeps_both_standards_and_its_words_signed_once_and_thrice(
    printers: dict[str, Printer], judged: Judged, key: DeviceKey, name: str
) -> None:
    with source() as written:
        bare = printers[name]()
    once = seal(bare, key, at=MADE, field=SEAL_FIELD)
    thrice = once
    for field in further(bare)[:2]:
        thrice = approve(thrice, key, at=MADE, field=field)
    assert thrice.count(b"/ByteRange") == 3
    for signed in (once, thrice):
        assert [judged(signed, standard) for standard in Standard] == [(), ()]
        assert own_checks.heard(signed, written) == []


def further(pdf: bytes) -> list[str]:
    """The empty fields of further parties."""
    return [name for name, _value, _field in enumerate_sig_fields(PdfFileReader(BytesIO(pdf))) if name != SEAL_FIELD]


def test_the_thick_plan_has_thirty_pages(printers: dict[str, Printer]) -> None:
    assert len(PdfDocument(printers["plan-thick"]())) >= 30


def test_every_paper_keeps_what_no_judge_looks_at(printers: dict[str, Printer]) -> None:
    found = {}
    for name, printed in printers.items():
        with tongues() as others:
            pdf = printed()
        wanted = name.rsplit("-", 1)[-1] if name.endswith(LANGUAGES) else DEFAULTS.get(name, "fi")
        told = {
            "fonts": own_checks.fonts(pdf),
            "alternatives": own_checks.alternatives(pdf),
            "headers": own_checks.headers(pdf),
            "language": own_checks.language(pdf, wanted),
            "unnamed": own_checks.unnamed(pdf, NAME),
            "other language": own_checks.tongues(pdf, others),
            "same bytes": [] if printed() == pdf else ["printed again it is another file"],
        }
        found.update({(name, check): wrong for check, wrong in told.items() if wrong})
    assert found == {}
