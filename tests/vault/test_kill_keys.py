"""kill -9 while keys change: exactly one of two passphrases opens, the code opens, nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import CHEAP

from valmentaja.base.errors import UserError
from valmentaja.usecases import caseload, logs, opening
from valmentaja.usecases.session import Unit

ROOT = Path(__file__).resolve().parents[2]
SPAN = {"passphrase": 14_000, "rotation": 50_000}
"""Microseconds after "begin" within which the kill falls; about what the change takes on two cores, and a bit more."""


@dataclass
class Seen:
    """`faults` are vaults that were not what they should be."""

    ended: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def opens(vault: Path, passphrase: str) -> bool:
    try:
        opening.key_from_passphrase(vault, passphrase).wipe()
    except UserError:
        return False
    return True


def examine(vault: Path, code: str, pair: tuple[str, str], acknowledged: set[str]) -> str:
    """What is wrong, "" for nothing."""
    which = [opens(vault, words) for words in pair]
    if sum(which) != 1:
        return f"{sum(which)} of two passphrases open"
    try:
        session = opening.open_session(vault, opening.key_from_code(vault, code), actor="recovery")
    except UserError as error:
        return f"the code: {error}"
    try:
        lost = acknowledged - {row.id for row in caseload.client_rows(session)}
        if lost or logs.first_break(session) is not None:
            return f"lost {lost}, break {logs.first_break(session)}"
    finally:
        opening.close(session)
    named = {p.name for p in vault.iterdir() if p.name.startswith("caseload")}
    return "" if len(named) == 1 else f"left over: {named}"


def kill_often(folder: Path, kind: str, kills: int, manner: str = "honest") -> Seen:
    chance, seen, acknowledged = random.Random(16), Seen(), set()
    now, code, vault = "neljä tavallista sanaa", "", folder
    command = [sys.executable, str(ROOT / "tests" / "vault" / "changing.py"), manner]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings
    ) as zygote:
        assert zygote.stdin is not None and zygote.stdout is not None
        for n in range(kills):
            if not code:
                vault, acknowledged = folder / f"v{n}", set()
                unit = Unit(code="U101", municipality="405", coach="")
                made = opening.create(vault, now, unit=unit, cost=CHEAP)
                code = made.recovery_code
            new = f"toinen salalause {n}"
            wait = chance.randrange(SPAN[kind])
            zygote.stdin.write(f"{vault}\t{kind}\t{now}\t{new}\t{wait}\n")
            zygote.stdin.flush()
            ended, client = zygote.stdout.readline().split()
            acknowledged.add(client)
            seen.ended[ended] += 1
            wrong = examine(vault, code, (now, new), acknowledged)
            if wrong:
                seen.faults.append(wrong)
                code = ""
            elif opens(vault, new):
                seen.opened["new"] += 1
                now = new
            else:
                seen.opened["old"] += 1
        zygote.stdin.close()
    return seen


@pytest.mark.parametrize("kind", SPAN)
def test_three_kills_leave_exactly_one_passphrase(tmp_path: Path, kind: str) -> None:
    seen = kill_often(tmp_path, kind, 3)
    assert seen.faults == []
    assert "failed" not in seen.ended


@pytest.mark.slow
@pytest.mark.parametrize("kind", SPAN)
def test_a_hundred_and_twenty_kills_leave_exactly_one_passphrase(tmp_path: Path, kind: str) -> None:
    seen = kill_often(tmp_path, kind, 150)
    sys.stdout.write(f"\n{kind}: {dict(seen.ended)}, opened by {dict(seen.opened)}, {len(seen.faults)} faults\n")
    assert seen.faults == []
    assert seen.ended["killed"] >= 100
    assert min(seen.opened["old"], seen.opened["new"]) >= 10


@pytest.mark.slow
def test_the_same_kills_catch_a_header_written_in_place(tmp_path: Path) -> None:
    seen = kill_often(tmp_path, "passphrase", 60, "torn")
    sys.stdout.write(f"\ncontrol: {dict(seen.ended)}, {len(seen.faults)} faults\n")
    assert seen.faults
