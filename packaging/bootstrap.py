"""From a fresh clone to the running program or its checks; standard library only, because nothing is installed yet."""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PROGRAMS = {"valmentaja": "valmentaja.__main__", "valmentaja-kokoaja": "valmentaja.central.__main__"}
"""Command beside the interpreter → module whose `main` it runs."""
LOCK = ROOT / "requirements.lock"
SPARK_LOCK = ROOT / "requirements-spark.lock"
"""PySpark alone: 450 MB as source, and only the slow tests of the centre want it."""
SPARK_JAVA = 17

Libraries = dict[str, str]
"""File to probe → Debian package that brings it."""
OFFSCREEN: Libraries = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
X11: Libraries = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
WAYLAND: Libraries = {
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
TEST_PROGRAMS = {
    "pdfsig": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "minisign": "minisign",
    "mutool": "mupdf-tools",
    "strace": "strace",
    "softhsm2-util": "softhsm2",
    "pkcs11-tool": "opensc",
}


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in ("run", "test"):
        say("Give ./run or ./test.")
        return 2
    mode, rest = arguments[0], arguments[1:]
    missing = missing_packages(mode)
    if missing and not install(missing):
        return 1
    make_environment()
    compile_catalogues()
    return run(rest) if mode == "run" else check(rest)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def has_display() -> bool:
    """QApplication aborts the process without one, so it is asked for before."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM"))


def missing_packages(mode: str) -> list[str]:
    """Debian packages whose library or program is not there; nothing to say on other systems."""
    if sys.platform != "linux":
        return []
    wanted = dict(OFFSCREEN) if mode == "test" or has_display() else {}
    if os.environ.get("DISPLAY"):
        wanted |= X11
    if os.environ.get("WAYLAND_DISPLAY"):
        wanted |= WAYLAND
    missing = [package for library, package in wanted.items() if not can_load(library)]
    if mode == "test":
        missing += [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
    return sorted(set(missing))


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install(packages: list[str]) -> bool:
    """As root through apt-get; otherwise say what to type."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        say(f"Something is missing. Give: sudo apt-get install {' '.join(packages)}")
        say("Then give the same command again.")
        return False
    say(f"Installing {' '.join(packages)} ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-q", *command], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            say(done.stdout + done.stderr)
            say(f"apt-get could not install {' '.join(packages)}. Mend that, then give the same command again.")
            return False
    return True


def make_environment() -> None:
    """.venv from the lock; remade only when the lock, this file or the interpreter has changed."""
    wanted = hashlib.sha256(LOCK.read_bytes() + Path(__file__).read_bytes() + sys.version.encode()).hexdigest()
    stamp = ENVIRONMENT / "made-from"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    say("Making .venv ...")
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "-q", "install"]
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]
    # pip's own warnings would hide what matters; they are shown when it fails.
    done = subprocess.run([*pip, *locked], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nThe packages could not be installed. Give the same command again.")
    add_program()
    stamp.write_text(wanted, encoding="utf-8")


def add_spark() -> None:
    """PySpark into .venv where Java can run it; without it its tests are skipped, and say so."""
    stamp = ENVIRONMENT / "spark-made-from"
    wanted = hashlib.sha256(SPARK_LOCK.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    if java_version() < SPARK_JAVA:
        say(f"No Java {SPARK_JAVA} or newer: the tests of --engine spark will be skipped.")
        return
    say("Installing PySpark (450 MB) ...")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "-q", "install"]
    # Built with the setuptools of requirements.lock: pip would fetch one that no hash was asked of.
    how = ["--require-hashes", "--no-deps", "--no-build-isolation", "--no-binary", "pyspark", "-r", str(SPARK_LOCK)]
    done = subprocess.run([*pip, *how], capture_output=True, text=True, check=False)
    if done.returncode:
        say(f"{done.stderr}\nPySpark could not be installed: the tests of --engine spark will be skipped.")
        return
    stamp.write_text(wanted, encoding="utf-8")


def java_version() -> int:
    """The first number of what `java -version` says; 0 without Java."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if java is None:
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


def add_program() -> None:
    """The package as it lies here, and its two commands beside the interpreter."""
    ask = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip())
    (packages / "valmentaja.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    for name, module in PROGRAMS.items():
        if os.name == "nt":
            (BIN / f"{name}.cmd").write_text(f'@"{PYTHON}" -m {module} %*\n', encoding="utf-8")
            continue
        code = f"#!{PYTHON}\nimport sys\n\nfrom {module} import main\n\nsys.exit(main())\n"
        (BIN / name).write_text(code, encoding="utf-8")
        (BIN / name).chmod(0o755)


def compile_catalogues() -> None:
    subprocess.run([str(PYTHON), str(ROOT / "packaging" / "catalogues.py"), "compile"], check=True)


def run(rest: Sequence[str]) -> int:
    """The window on the training vault; without a display the same job without one."""
    if has_display():
        return subprocess.run([str(PYTHON), "-m", "valmentaja", "--training", *rest], check=False).returncode
    folder = Path(tempfile.mkdtemp(prefix="valmentaja-")) / "demo"
    say("There is no display, so the main job runs without a window:")
    return subprocess.run([str(PYTHON), "-m", "valmentaja", "demo", str(folder), *rest], check=False).returncode


def check(rest: Sequence[str]) -> int:
    """Every check in turn; stops at the first that fails."""
    slow = "--slow" in rest
    more = [word for word in rest if word != "--slow"]
    steps = {
        "ruff": ["-m", "ruff", "check", "."],
        "format": ["-m", "ruff", "format", "--check", "."],
        "mypy": ["-m", "mypy"],
        "layers": ["-c", "from importlinter.cli import lint_imports_command as go; go()"],
        "dependencies": ["-m", "deptry", "."],
        "catalogues": ["packaging/catalogues.py", "check"],
        "tests": ["-m", "pytest", "-n", "auto", "-m", "not slow", *more],
    }
    if slow:
        add_spark()
        # One at a time, and what they count is shown: kills, states, flips.
        steps["slow tests"] = ["-m", "pytest", "-s", "-m", "slow", *more]
    for name, command in steps.items():
        begun = time.perf_counter()
        quiet = not name.endswith("tests")
        done = subprocess.run([str(PYTHON), *command], cwd=ROOT, capture_output=quiet, text=True, check=False)
        took = time.perf_counter() - begun
        say(f"{name:<12} {'ok' if done.returncode == 0 else 'FAILED'} {took:6.1f} s")
        if done.returncode:
            say((done.stdout or "") + (done.stderr or ""))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
