"""product.md §6 tasks 15 and 16 in the real window: fifty other clients, a kill, and three PINs that are not right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import CHEAP, WORDS
from room import OTHERS, add_others

from valmentaja.usecases import caseload, opening, places
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Unit

HERE = Path(__file__).resolve().parent
Lines = list[dict[str, Any]]


def sit(part: str, client: str, *, last: str) -> Lines:
    """A sitting that is killed as soon as it has said `last`."""
    path = os.pathsep.join((str(HERE.parents[1]), str(HERE), str(HERE.parent / "client_view")))
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": path}
    command = [sys.executable, str(HERE / "client_view_sitting.py"), part, client]
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True) as child:
        said: Lines = []
        for line in child.stdout or ():
            said.append(json.loads(line))
            if last in said[-1]:
                break
        child.kill()
    assert any(last in line for line in said), f"{part}: {said}"
    return said


@pytest.mark.slow
def test_killed_in_the_client_view_the_program_comes_back_to_it_and_only_the_pin_leads_out(tmp_path: Path) -> None:
    folder, data = tmp_path / "vault", tmp_path / "home"
    data.mkdir()
    (data / "preferences.json").write_text('{"language": "en"}', "utf-8")
    unit = Unit(code="U101", municipality="405", coach="Veera Valmentaja")
    made = opening.create(folder, WORDS, unit=unit, cost=CHEAP)
    with opening.held(folder, made.key) as session:
        add_others(session, OTHERS)
        client = caseload.take_on(session, NewClient(family_name="Oma", given_names="Aino")).made
    places.remember_vault(folder)
    said = sit("first", client, last="waiting") + sit("second", client, last="done")
    seen = {line["at"]: line for line in said if "at" in line}
    for moment in ("begun", "answered", "unlocked", "wrong 1", "wrong 2", "wrong 3", "closed"):
        assert seen[moment]["seen"] == ["ClientWindow"], moment
        assert seen[moment]["texts"] > 5
        assert seen[moment]["foreign"] == []
    assert seen["right"]["seen"] == ["QStackedWidget"]
    resumed = next(line for line in said if "values" in line)
    assert (resumed["values"], resumed["resumes"]) == ([7, 3], 2)
    kept = next(line["kept"] for line in said if "kept" in line)
    assert kept == [["7", "client"], ["3", "client"]]
