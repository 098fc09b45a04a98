"""Window and command line alike leave no core file and cannot be read by other programs of the user."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASK = """
import ctypes, pathlib, sys
{before}
limits = pathlib.Path('/proc/self/limits').read_text()
core = next(line.split()[4:6] for line in limits.splitlines() if line.startswith('Max core file size'))
print(core, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
START = "sys.argv = ['valmentaja', '--version']; from valmentaja.__main__ import main; main()"


def asked(before: str) -> str:
    allow = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (1, 1))"
    code = ASK.format(before=f"{allow}\n{before}")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="the calls are Linux's")
def test_a_start_turns_core_dumps_off() -> None:
    assert asked(START) == "['0', '0'] 0"
    assert asked("") == "['1', '1'] 1"
