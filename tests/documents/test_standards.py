"""Every paper keeps PDF/UA-1 and PDF/A-3a, before and after signing, by two independent judges."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest

from tests.documents import own_checks
from tests.documents.everything import LANGUAGES, Printer
from tests.documents.papers import NAME
from tests.documents.validators import Judged, Standard
from valmentaja.documents.plan_pdf import SEAL_FIELD, field_of
from valmentaja.documents.signing import DeviceKey, approve, seal

pytestmark = pytest.mark.slow
DEFAULTS = {"plan-unsigned": "en", "plan-thick": "en"}
"""Papers whose name does not say their language, where it is not Finnish."""
MADE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_every_paper_keeps_both_standards(printers: dict[str, Printer], judged: Judged) -> None:
    found = {}
    for name, printed in printers.items():
        pdf = printed()
        found.update({(name, standard): broken for standard in Standard if (broken := judged(pdf, standard))})
    sys.stdout.write(f"\n{len(printers)} papers judged by {len(Standard)} standards, {len(found)} broken\n")
    assert found == {}


@pytest.mark.parametrize("name", ["plan-fi", "plan-unsigned", "plan-thick"])
def test_a_plan_keeps_both_standards_signed_once_and_thrice(
    printers: dict[str, Printer], judged: Judged, key: DeviceKey, name: str
) -> None:
    once = seal(printers[name](), key, at=MADE, field=SEAL_FIELD)
    thrice = once
    for party in ("authority", "wellbeing"):
        thrice = approve(thrice, key, at=MADE, field=field_of(party))
    for signed in (once, thrice):
        assert [judged(signed, standard) for standard in Standard] == [(), ()]


def test_every_paper_keeps_what_no_judge_looks_at(printers: dict[str, Printer]) -> None:
    found = {}
    for name, printed in printers.items():
        pdf = printed()
        wanted = name.rsplit("-", 1)[-1] if name.endswith(LANGUAGES) else DEFAULTS.get(name, "fi")
        told = {
            "fonts": own_checks.fonts(pdf),
            "alternatives": own_checks.alternatives(pdf),
            "headers": own_checks.headers(pdf),
            "language": own_checks.language(pdf, wanted),
            "unnamed": own_checks.unnamed(pdf, NAME),
            "same bytes": [] if printed() == pdf else ["printed again it is another file"],
        }
        found.update({(name, check): wrong for check, wrong in told.items() if wrong})
    assert found == {}
