"""No key of the vault is found in the memory of the running program, unlocked or locked (store.md §7, check 11)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from valmentaja.crypto import keys
from valmentaja.usecases import opening
from valmentaja.usecases.session import Unit
from valmentaja.vault import header as headers

ROOT = Path(__file__).resolve().parents[2]
WORDS = "neljä tavallista sanaa"
Counts = dict[str, int]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may read this memory"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("scan") / "vault"
    opening.create(place, WORDS, unit=Unit(code="U101", municipality="405", coach="Veera Valmentaja"))
    return place


def secrets(folder: Path) -> dict[str, bytes]:
    """Every key that opens the vault or a part of it, and the words themselves."""
    key = opening.key_from_passphrase(folder, WORDS)
    data, database = bytes(key.reveal()), bytes(key.child("database"))
    slot = headers.read(folder).passphrase
    return {
        "data key": data,
        "database key": database,
        "header key": bytes(key.child("header mac")),
        "passphrase key": bytes(keys.stretch(WORDS, slot.salt, slot.cost)),
        "data key in hex": data.hex().encode(),
        "data key in HEX": data.hex().upper().encode(),
        "database key in hex": database.hex().encode(),
        "database key in HEX": database.hex().upper().encode(),
        "passphrase": unicodedata.normalize("NFC", WORDS).encode(),
        "passphrase in latin-1": unicodedata.normalize("NFC", WORDS).encode("latin-1"),
        "passphrase in UTF-16": unicodedata.normalize("NFC", WORDS).encode("utf-16-le"),
    }


def memory(pid: int) -> Iterator[bytes]:
    """Every readable piece of the process's memory."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as held:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            found = re.match(r"([0-9a-f]+)-([0-9a-f]+) r.*?(\[v\w+\])?$", line)
            if found is None or found[3] in ("[vvar]", "[vsyscall]"):
                continue
            first, last = int(found[1], 16), int(found[2], 16)
            held.seek(first)
            try:
                yield held.read(last - first)
            except OSError:
                continue


def count(pid: int, wanted: dict[str, bytes]) -> Counts:
    found = dict.fromkeys(wanted, 0)
    for piece in memory(pid):
        for name, secret in wanted.items():
            found[name] += piece.count(secret)
    return found


def scanned(folder: Path, home: Path, *, kept: str = "") -> tuple[Counts, Counts]:
    """Counts while unlocked, and one second after locking."""
    wanted = secrets(folder)
    surroundings = {
        **os.environ,
        "VALMENTAJA_DATA": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests' / 'story'}",
    }
    command = [sys.executable, str(Path(__file__).with_name("sitter.py")), str(folder)]
    with subprocess.Popen(
        command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as sitter:
        if sitter.stdin is None or sitter.stdout is None:
            raise TypeError
        sitter.stdin.write("\n".join([kept, *WORDS]) + "\n\n")
        assert sitter.stdout.readline() == "open\n"
        unlocked = count(sitter.pid, wanted)
        sitter.stdin.write("\n")
        assert sitter.stdout.readline() == "locked\n"
        time.sleep(1)
        locked = count(sitter.pid, wanted)
        sitter.stdin.write("\n")
    assert sitter.returncode == 0
    for name in wanted:
        sys.stdout.write(f"{name:<24} unlocked {unlocked[name]:>2}   locked {locked[name]:>2}\n")
    return unlocked, locked


KEYS = ("data key", "database key", "header key", "passphrase key")


def test_no_key_is_in_memory_unlocked_or_locked(folder: Path, tmp_path: Path) -> None:
    unlocked, locked = scanned(folder, tmp_path)
    for name in unlocked:
        if name.startswith(KEYS):
            assert (unlocked[name], locked[name]) == (0, 0), name


def test_a_key_that_is_kept_is_found(folder: Path, tmp_path: Path) -> None:
    kept = opening.key_from_passphrase(folder, WORDS).reveal().hex()
    unlocked, locked = scanned(folder, tmp_path, kept=kept)
    assert unlocked["data key"] >= 1
    assert locked["data key"] >= 1
