"""The same input gives the same file, whatever order a process hashes in: a document can be made again and compared."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

from valmentaja.base.paths import ROOT
from valmentaja.documents.plan_pdf import PlanPaper, render

AGAIN = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from tests.documents.papers import ARABIC, a_paper, a_paper_of, a_template
from valmentaja.documents.plan_pdf import render
from valmentaja.i18n import BESIDE
for language in ("fi", "sv", "en"):
    print(hashlib.sha256(render(a_paper(language=language))).hexdigest())
for beside in BESIDE:
    print(hashlib.sha256(render(a_paper_of(a_template(), ARABIC, beside=beside))).hexdigest())
"""


def _made(seed: str) -> list[str]:
    """In a process without a window, as the command line is: Arabic brings a Qt of its own."""
    environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "DISPLAY")}
    environment |= {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", AGAIN, str(ROOT)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.split()


def test_another_process_makes_the_same_bytes() -> None:
    first = _made("1")
    assert len(first) == 10 and first == _made("2026")


def test_made_again_in_one_process_it_is_the_same(paper: PlanPaper, plan: bytes) -> None:
    assert hashlib.sha256(render(paper)).digest() == hashlib.sha256(plan).digest()
