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
KINDS = ("passphrase", "rotation")


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


def examine(vault: Path, code: str, pair: tuple[str, str], acknowledged: set[str]) -> tuple[str, bool]:
    """What is wrong, "" for nothing; and whether the second passphrase opens."""
    which = [opens(vault, words) for words in pair]
    if sum(which) != 1:
        return f"{sum(which)} of two passphrases open", which[1]
    return _whole(vault, code, acknowledged), which[1]


def _whole(vault: Path, code: str, acknowledged: set[str]) -> str:
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


class Victim:
    """Asks `changing.py` for one change after another; makes a new vault when the last one was spoilt."""

    def __init__(self, folder: Path, kind: str, zygote: subprocess.Popen[str]) -> None:
        self.folder, self.kind, self.zygote = folder, kind, zygote
        self.made, self.seen = 0, Seen()
        self.renew()

    def renew(self) -> None:
        self.made += 1
        self.vault, self.now, self.acknowledged = self.folder / f"v{self.made}", "neljä tavallista sanaa", set[str]()
        unit = Unit(code="U101", municipality="405", coach="")
        self.code = opening.create(self.vault, self.now, unit=unit, cost=CHEAP).recovery_code

    def suffer(self, n: int, wait: str) -> int:
        """One change, killed or measured; the microseconds measured."""
        assert self.zygote.stdin is not None and self.zygote.stdout is not None
        new = f"toinen salalause {n}"
        self.zygote.stdin.write(f"{self.vault}\t{self.kind}\t{self.now}\t{new}\t{wait}\n")
        self.zygote.stdin.flush()
        ended, client, took = self.zygote.stdout.readline().split()
        self.acknowledged.add(client)
        self.seen.ended[ended] += 1
        wrong, opened_by_new = examine(self.vault, self.code, (self.now, new), self.acknowledged)
        if wrong:
            self.seen.faults.append(wrong)
            self.renew()
        elif opened_by_new:
            self.seen.opened["new"] += 1
            self.now = new
        else:
            self.seen.opened["old"] += 1
        return int(took)


def kill_often(folder: Path, kind: str, kills: int, manner: str = "honest") -> Seen:
    """At random moments of the time that the change takes, measured first; those that came too late do not count."""
    chance = random.Random(16)
    command = [sys.executable, str(ROOT / "tests" / "vault" / "changing.py"), manner]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings
    ) as zygote:
        victim = Victim(folder, kind, zygote)
        took = sorted(victim.suffer(1000 + n, "unharmed") for n in range(3))[1]
        victim.seen = Seen()
        for n in range(4 * kills):
            if victim.seen.ended["killed"] == kills:
                break
            victim.suffer(n, str(chance.randrange(took * 11 // 10)))
        assert zygote.stdin is not None
        zygote.stdin.close()
    return victim.seen


@pytest.mark.parametrize("kind", KINDS)
def test_three_kills_leave_exactly_one_passphrase(tmp_path: Path, kind: str) -> None:
    seen = kill_often(tmp_path, kind, 3)
    assert seen.faults == []
    assert "failed" not in seen.ended


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_more_than_a_hundred_kills_leave_exactly_one_passphrase(tmp_path: Path, kind: str) -> None:
    seen = kill_often(tmp_path, kind, 110)
    sys.stdout.write(f"\n{kind}: {dict(seen.ended)}, opened by {dict(seen.opened)}, {len(seen.faults)} faults\n")
    assert seen.faults == []
    assert seen.ended["killed"] == 110
    assert seen.opened["old"] and seen.opened["new"]


@pytest.mark.slow
def test_the_same_kills_catch_a_header_written_in_place(tmp_path: Path) -> None:
    seen = kill_often(tmp_path, "passphrase", 40, "torn")
    sys.stdout.write(f"\ncontrol: {dict(seen.ended)}, {len(seen.faults)} faults\n")
    assert seen.faults
