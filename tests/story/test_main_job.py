"""The whole main job in the real window, with the program killed in the middle of an assessment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from valmentaja.usecases import checking

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "data" / "sample"
TARGETS = {
    "first run to an open vault": 8,
    "any list to any client": 2,
    "12 answers": 12,
    "interrupt and resume": 2,
    "a goal": 1,
    "a step": 3,
    "sign and hand over": 4,
    "month export": 5,
}
"""product.md §5.1; flows without a target are printed only."""


def sit(part: str, home: Path) -> subprocess.Popen[str]:
    surroundings = {
        **os.environ,
        "VALMENTAJA_DATA": str(home / "data"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": f"{HERE.parents[1]}{os.pathsep}{HERE}",
    }
    command = [sys.executable, str(HERE / "coach.py"), part, str(home / "vault"), str(SAMPLE)]
    return subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)


def told(sitting: subprocess.Popen[str], last: str) -> list[dict[str, Any]]:
    """What the sitting says, up to the line that has `last`."""
    found: list[dict[str, Any]] = []
    for line in sitting.stdout or ():
        found.append(json.loads(line))
        if last in found[-1]:
            return found
    return found


@pytest.mark.slow
def test_from_first_run_to_signed_plan_and_package(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "preferences.json").write_text('{"language": "en"}', "utf-8")
    with sit("first", tmp_path) as first:
        before = told(first, "at")
        first.kill()
    with sit("second", tmp_path) as second:
        after = told(second, "done")
    assert second.returncode == 0
    said = {key: value for line in (*before, *after) for key, value in line.items()}
    stopped = next(line for line in before if "at" in line)
    resumed = next(line for line in after if "resumed" in line)
    assert (resumed["answered"], resumed["resumed"]) == (stopped["answered"], stopped["at"])
    assert stopped["answered"] == 12
    assert "Every signature is intact." in said["checked"]
    _check_files(tmp_path / "vault-lahtevat")
    _check_actions([*before, *after])


def _check_files(outbox: Path) -> None:
    (pdf,), (package,), (key,) = (sorted(outbox.glob(f"*.{kind}")) for kind in ("pdf", "zip", "pub"))
    signed = subprocess.run(["pdfsig", str(pdf)], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in signed
    assert "Total document signed" in signed
    assert checking.check(package.name, package.read_bytes(), key.read_text("utf-8")).sound


def _check_actions(lines: list[dict[str, Any]]) -> None:
    """Printed beside the targets; none may be missed."""
    flows = [(line["flow"], line["actions"]) for line in lines if "flow" in line]
    for flow, actions in flows:
        target = TARGETS.get(flow)
        sys.stdout.write(f"{flow:<40} {actions:>3} actions   target {'–' if target is None else f'≤ {target}'}\n")
    assert {flow for flow, _ in flows} >= set(TARGETS)
    assert [pair for pair in flows if pair[1] > TARGETS.get(pair[0], 99)] == []
