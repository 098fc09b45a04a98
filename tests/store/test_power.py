"""The power goes after every system call of a recorded session: everything acknowledged is there afterwards."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS
from power import CALLS, replay
from session_child import words

from valmentaja.base.errors import UserError
from valmentaja.crypto.keys import DataKey
from valmentaja.store import settings
from valmentaja.usecases import caseload, health, opening
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session, Unit
from valmentaja.vault import header

ROOT = Path(__file__).resolve().parents[2]
MANNERS = ("none", "all", "some", "torn")
Files = dict[str, bytes]
State = tuple[Files, int, int]
"""What is found on the disk, and the last commit and the last header that had been acknowledged."""


@pytest.fixture
def vault(tmp_path: Path) -> tuple[Path, Path]:
    """A closed vault with one client, and a file with its key."""
    made = opening.create(tmp_path / "vault", WORDS, unit=Unit(code="U101", municipality="405", coach=""), cost=CHEAP)
    key = tmp_path / "key"
    key.write_bytes(made.key.reveal())
    session = opening.open_session(tmp_path / "vault", made.key)
    caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi"))
    opening.close(session)
    return tmp_path / "vault", key


def recorded(vault: Path, key: Path, manner: str) -> tuple[Path, Path]:
    """The system calls of a whole session, and the folder as it was before."""
    before, trace = vault.with_name("before"), vault.with_name("trace")
    shutil.copytree(vault, before)
    strace = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-o", str(trace), "-e", f"trace={CALLS}"]
    child = [sys.executable, str(ROOT / "tests" / "store" / "session_child.py"), str(vault), str(key), manner]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*strace, *child], env=surroundings, capture_output=True, text=True)
    if "PTRACE" in done.stderr:
        pytest.skip(f"strace may not trace here: {done.stderr.splitlines()[0]}")
    assert done.returncode == 0, done.stderr
    return trace, before


def states(trace: Path, vault: Path, before: Path, seed: int) -> list[State]:
    """Every different state the disk may be in after a power cut, at every call."""
    chance, seen, found = random.Random(seed), set[bytes](), list[State]()
    for disk, told in replay(trace, vault, before):
        commit, head = _last(told, "saved"), _last(told, "header")
        for manner in MANNERS if disk.is_unsure() else ("all",):
            files = disk.after_cut(chance, manner)
            state = hashlib.sha256(repr((sorted(files.items()), commit, head)).encode()).digest()
            if state not in seen:
                seen.add(state)
                found.append((files, commit, head))
    return found


def _last(told: list[str], word: str) -> int:
    return max((int(text.split()[1]) for text in told if text.startswith(word)), default=0)


def fault(state: State, folder: Path, key: bytes) -> str:
    """What is wrong with the vault after this power cut, "" for nothing."""
    files, commit, head = state
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, held in files.items():
        (folder / name).write_bytes(held)
    try:
        if header.read(folder).sequence < head:
            return "header"
        session = opening.open_session(folder, DataKey(bytearray(key)))
    except (UserError, KeyError) as error:
        return str(error)
    try:
        return lacks(session, commit)
    except UserError as error:
        return str(error)
    finally:
        opening.close(session)


def lacks(session: Session, commit: int) -> str:
    found = health.check(session).problems
    if found:
        return found[0].text
    lost = [n for n in range(1, commit + 1) if settings.setting(session.store, f"saved {n}") != words(n)]
    return f"lost {lost}" if lost else ""


def looked(vault: tuple[Path, Path], manner: str, least: int, seconds: int) -> tuple[int, list[str]]:
    """How many states were looked at and what was wrong; an even sample of them when time is short."""
    folder, key = vault
    trace, before = recorded(folder, key, manner)
    every = states(trace, folder, before, 5)
    random.Random(6).shuffle(every)
    begun, faults, seen = time.monotonic(), list[str](), 0
    for state in every:
        if seen >= least and time.monotonic() - begun > seconds:
            break
        seen += 1
        found = fault(state, folder.with_name("cut"), key.read_bytes())
        faults += [found] if found else []
    sys.stdout.write(f"\n{manner}: {len(every)} states, {seen} looked at, {len(faults)} bad {faults[:3]}\n")
    return seen, faults


linux_only = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace, which Linux has")


@pytest.mark.slow
@linux_only
def test_no_power_cut_loses_what_was_acknowledged(vault: tuple[Path, Path]) -> None:
    seen, faults = looked(vault, "careful", 1000, 150)
    assert seen >= 1000
    assert faults == []


@pytest.mark.slow
@linux_only
def test_the_same_cuts_catch_a_database_that_does_not_wait_for_the_disk(vault: tuple[Path, Path]) -> None:
    _seen, faults = looked(vault, "careless", 150, 30)
    assert faults
