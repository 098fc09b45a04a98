"""kill -9 in a stream of answers: what was acknowledged is there afterwards."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS

from valmentaja.crypto.keys import DataKey
from valmentaja.domain.codes import Rater
from valmentaja.store import assessments
from valmentaja.usecases import caseload, logs, opening
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Unit

ROOT = Path(__file__).resolve().parents[2]
Acknowledged = tuple[str, str, str]
"""Assessment, item, value."""


@pytest.fixture
def vault(tmp_path: Path) -> tuple[Path, Path]:
    """A vault with one client, and a file with its key: deriving it a hundred times would test Argon2id."""
    made = opening.create(tmp_path / "vault", WORDS, unit=Unit(code="U101", municipality="405", coach=""), cost=CHEAP)
    key = tmp_path / "key"
    key.write_bytes(made.key.reveal())
    session = opening.open_session(tmp_path / "vault", made.key)
    caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi"))
    opening.close(session)
    return tmp_path / "vault", key


def killed(vault: Path, key: Path, manner: str, after: int) -> list[Acknowledged]:
    """Answers acknowledged by a child that is killed after so many of them."""
    command = [sys.executable, str(ROOT / "tests" / "store" / "answering.py"), str(vault), str(key), manner]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as child:
        lines = [child.stdout.readline() for _ in range(after)] if child.stdout else []
        child.kill()
        rest = child.stdout.read() if child.stdout else ""
    told = [line.split() for line in [*lines, *rest.splitlines()] if line.count(" ") == 2]
    return [(a, item, value.strip()) for a, item, value in told]


def lost(vault: Path, key: Path, told: list[Acknowledged]) -> list[Acknowledged]:
    """Acknowledged answers that are not in the history of their item; the log must be whole."""
    session = opening.open_session(vault, DataKey(bytearray(key.read_bytes())))
    try:
        assert logs.first_break(session) is None
        held: dict[tuple[str, str], list[str]] = {}
        for assessment, item, _value in told:
            history = assessments.history(session.store, assessment, item, Rater.ASIAKAS)
            held[assessment, item] = [value for _at, value in history]
        return [row for row in told if row[2] not in held[row[0], row[1]] or _count(told, row) > _held(held, row)]
    finally:
        opening.close(session)


def _count(told: list[Acknowledged], row: Acknowledged) -> int:
    return told.count(row)


def _held(held: dict[tuple[str, str], list[str]], row: Acknowledged) -> int:
    return held[row[0], row[1]].count(row[2])


def kill_often(vault: tuple[Path, Path], kills: int, manner: str) -> tuple[int, int]:
    """How many answers were acknowledged and how many of them were lost."""
    chance, acknowledged, missing = random.Random(4), 0, 0
    for _ in range(kills):
        told = killed(*vault, manner, chance.randint(1, 25))
        acknowledged += len(told)
        missing += len(lost(*vault, told))
    return acknowledged, missing


def test_five_kills_lose_no_acknowledged_answer(vault: tuple[Path, Path]) -> None:
    acknowledged, missing = kill_often(vault, 5, "honest")
    assert acknowledged >= 5
    assert missing == 0


@pytest.mark.slow
def test_250_kills_lose_no_acknowledged_answer(vault: tuple[Path, Path]) -> None:
    acknowledged, missing = kill_often(vault, 250, "honest")
    sys.stdout.write(f"\n250 kills, {acknowledged} acknowledged answers, {missing} lost\n")
    assert missing == 0


@pytest.mark.slow
def test_the_same_kills_catch_a_program_that_acknowledges_too_early(vault: tuple[Path, Path]) -> None:
    acknowledged, missing = kill_often(vault, 40, "hasty")
    sys.stdout.write(f"\ncontrol: 40 kills, {acknowledged} acknowledged answers, {missing} lost\n")
    assert missing > 0
