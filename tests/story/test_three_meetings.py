"""An assessment over three meetings in the real window, killed in each of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import CHEAP, WORDS
from three_meetings import FIRST, SECOND

from valmentaja.base.paths import data_folder
from valmentaja.crypto.keys import DataKey
from valmentaja.domain.codes import Rater
from valmentaja.store import assessments
from valmentaja.usecases import assessing, caseload, logs, opening, places, unfinished
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session, Unit

HERE = Path(__file__).resolve().parent
TARGETS = {
    f"{len(FIRST)} answers": len(FIRST),
    f"{len(SECOND)} answers": len(SECOND),
    "interrupt and resume": 2,
    "resume from the card": 2,
}
"""product.md §5.1: one key an answer, two actions to resume."""
MEANT = {"N": "EI_KYSYTTY", "X": "EI_HALUA", "E": "EI_KOSKE", "T": "10"}
Lines = list[dict[str, Any]]


def sit(part: str, *, last: str) -> Lines:
    """A sitting that is killed as soon as it has said `last`; one that says it is done ends by itself."""
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": f"{HERE.parents[1]}{os.pathsep}{HERE}"}
    command = [sys.executable, str(HERE / "three_meetings.py"), part]
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True) as child:
        said: Lines = []
        for line in child.stdout or ():
            said.append(json.loads(line))
            if last in said[-1]:
                break
        if last != "done":
            child.kill()
    assert any(last in line for line in said), f"{part}: {said}"
    return said


def of(said: Lines, name: str) -> list[Any]:
    return [line[name] for line in said if name in line]


@pytest.fixture
def key(tmp_path: Path) -> bytes:
    """A vault with one client that the program will ask to unlock."""
    unit = Unit(code="U101", municipality="405", coach="Veera Valmentaja")
    made = opening.create(tmp_path / "vault", WORDS, unit=unit, cost=CHEAP)
    kept = bytes(made.key.reveal())
    session = opening.open_session(tmp_path / "vault", made.key)
    caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi"))
    opening.close(session)
    places.remember_vault(tmp_path / "vault")
    (data_folder() / "preferences.json").write_text('{"language": "en"}', "utf-8")
    return kept


@pytest.mark.slow
def test_three_meetings_with_a_kill_in_each_lose_nothing(tmp_path: Path, key: bytes) -> None:
    first, second, third = (sit(part, last="at") for part in ("first", "second", "third"))
    fourth = sit("fourth", last="done")
    session = opening.open_session(tmp_path / "vault", DataKey(bytearray(key)))
    try:
        order = assessing.runner(session, assessing.assessments(session, "U101-001")[0].id).order
        _check_cards(order, first, second, third, fourth)
        _check_answers(session, order, third)
        assert logs.first_break(session) is None
        assert unfinished.unfinished(session) is None
    finally:
        opening.close(session)
    _check_actions([*first, *second, *third, *fourth])


def _check_cards(order: tuple[str, ...], first: Lines, second: Lines, third: Lines, fourth: Lines) -> None:
    """Each card names the question that was open; a refused one is gone; after a proper end there is none."""
    opened = [of(said, "at")[0] for said in (first, second, third)]
    assert opened == [order[12], order[29], order[27]]
    named = [f"Testi Esimerkki (U101-001), question {item}" for item in opened]
    assert of(first, "card") == [""]
    assert of(second, "card") == [named[0], ""]
    assert of(third, "card") == [named[1]]
    assert of(fourth, "card") == [named[2], ""]
    assert [of(said, "resumed")[0] for said in (second, third, fourth)] == opened
    assert of(second, "list") == [True]
    assert of(third, "list") == [True]
    assert of(fourth, "note") == ["Puhuttiin tästä pitkään."]
    assert of(fourth, "led") == of(fourth, "wanted") == [order[31]]
    assert of(fourth, "closed") == [True]


def _check_answers(session: Session, order: tuple[str, ...], third: Lines) -> None:
    (held,) = assessing.assessments(session, "U101-001")
    typed = [MEANT.get(key, key) for key in f"{FIRST}{SECOND}55"]
    assert of(third, "given")[0] == dict(zip(order, typed, strict=False))
    expected = [*typed, *["6"] * (len(order) - len(typed))]
    assert {item: str(value) for item, value in held.values().items()} == dict(zip(order, expected, strict=True))
    meetings = {answer.meeting for answer in held.answers}
    assert len(meetings) == 3
    assert None not in meetings
    history = assessments.history(session.store, held.id, order[0], Rater.ASIAKAS)
    assert [value for _at, value in history] == ["7"]


def _check_actions(said: Lines) -> None:
    """Printed beside the targets; none may be missed."""
    flows = [(line["flow"], line["actions"]) for line in said if "flow" in line]
    for flow, actions in flows:
        target = TARGETS.get(flow)
        sys.stdout.write(f"{flow:<40} {actions:>3} actions   target {'–' if target is None else f'≤ {target}'}\n")
    assert {flow for flow, _ in flows} >= set(TARGETS)
    assert [pair for pair in flows if pair[1] > TARGETS.get(pair[0], 99)] == []
