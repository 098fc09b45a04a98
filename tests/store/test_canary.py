"""A name that is in the vault is in no file, while the program is open and after it was killed."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS

from valmentaja.usecases import opening
from valmentaja.usecases.session import Unit

ROOT = Path(__file__).resolve().parents[2]
CANARY = "Kanarianlintunen"
FORMS = tuple(text.encode(code) for text in (CANARY, CANARY.lower()) for code in ("utf-8", "utf-16-le"))
SHARED = Path("/var/tmp")


def files(*folders: Path) -> Iterator[Path]:
    """Plain files only: somebody else's folder under /var/tmp may hold devices, links and what we may not read."""
    for folder in folders:
        for place, _folders, names in os.walk(folder):
            yield from (path for name in names if is_plain(path := Path(place, name)))


def is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def open_files(process: int) -> Iterator[Path]:
    """What a process holds open, files that have no name any more included."""
    for path in Path(f"/proc/{process}/fd").iterdir():
        if str(path.readlink()).startswith("/"):
            yield path


def sightings(paths: Iterator[Path]) -> list[str]:
    """Where the canary is found, in any form."""
    found = []
    for path in paths:
        try:
            held = path.read_bytes()
        except OSError:
            continue
        if any(form in held for form in FORMS):
            found.append(str(path))
    return found


def prepared(tmp_path: Path, temporary: str) -> tuple[list[str], dict[str, str]]:
    """The child's command and surroundings, over a new vault."""
    unit = Unit(code="U101", municipality="405", coach="")
    made = opening.create(tmp_path / "vault", WORDS, unit=unit, cost=CHEAP)
    key, scratch = tmp_path / "key", tmp_path / "scratch"
    key.write_bytes(made.key.reveal())
    scratch.mkdir()
    child = [sys.executable, str(ROOT / "tests" / "store" / "holding.py"), str(tmp_path / "vault"), str(key), temporary]
    scratches = {"TMPDIR": str(scratch), "SQLITE_TMPDIR": str(scratch), "PYTHONPATH": str(ROOT)}
    return child, {**os.environ, **scratches}


def watched(tmp_path: Path, temporary: str) -> tuple[list[str], list[str]]:
    """Where the canary was seen in the middle of an edit and a sort, and after a kill -9."""
    child, surroundings = prepared(tmp_path, temporary)
    before = set(files(SHARED))
    with subprocess.Popen(child, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, env=surroundings) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        places = (tmp_path / "vault", tmp_path / "scratch")
        seen = sightings(files(*places)) + sightings(open_files(process.pid))
        seen += sightings(path for path in files(SHARED) if path not in before)
        process.kill()
    after = sightings(files(*places)) + sightings(path for path in files(SHARED) if path not in before)
    return seen, after


def temporary_files(tmp_path: Path, temporary: str) -> list[str]:
    """Names of SQLite's temporary files that the child opened, from its system calls."""
    child, surroundings = prepared(tmp_path, temporary)
    trace = tmp_path / "trace"
    strace = ["strace", "-f", "-e", "trace=openat", "-o", str(trace)]
    done = subprocess.run([*strace, *child], input="", capture_output=True, text=True, env=surroundings)
    if "PTRACE" in done.stderr:
        pytest.skip(f"strace may not trace here: {done.stderr.splitlines()[0]}")
    assert done.stdout == "open\n"
    return re.findall(r"etilqs_\w+", trace.read_text("utf-8", "replace"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_canary_is_in_no_file(tmp_path: Path) -> None:
    assert watched(tmp_path, "memory") == ([], [])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_temporary_files_would_show_the_canary(tmp_path: Path) -> None:
    """The control: the same search finds it when SQLite may use temporary files."""
    seen, _after = watched(tmp_path, "file")
    assert seen


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace, which Linux has")
def test_no_temporary_file_is_opened(tmp_path: Path) -> None:
    assert temporary_files(tmp_path, "memory") == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace, which Linux has")
def test_temporary_files_would_be_seen_being_opened(tmp_path: Path) -> None:
    assert temporary_files(tmp_path, "file")
