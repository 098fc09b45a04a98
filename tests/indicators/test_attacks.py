"""The attack figures of docs/dpia.md are what the command prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["attacks.py", "attack_fit.py"])
def test_the_figures_for_the_data_protection_officer_are_those_the_command_prints(command: str) -> None:
    text = (ROOT / "docs" / "dpia.md").read_text("utf-8")
    told = re.search(f"<!-- {command} -->\n(.*?)<!-- /{command} -->", text, re.DOTALL)
    done = subprocess.run(
        [sys.executable, f"benchmarks/{command}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told is not None
    assert told[1].strip() == done.stdout.strip()
