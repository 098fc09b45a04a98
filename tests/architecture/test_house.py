"""The shape of the house: sizes, layers, and what a start may load."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("valmentaja", "packaging", "tests", "benchmarks")
LONGEST_FUNCTION, LONGEST_FILE = 50, 400


def sources(*parts: str) -> Iterator[Path]:
    for part in parts:
        yield from sorted((ROOT / part).rglob("*.py"))


def test_no_file_is_longer_than_400_lines() -> None:
    long = {str(p): n for p in sources(*PARTS) if (n := len(p.read_text("utf-8").splitlines())) > LONGEST_FILE}
    assert not long


def test_no_function_is_longer_than_50_lines() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path in sources(*PARTS)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long


def test_program_code_neither_asserts_nor_prints() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path in sources("valmentaja")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
    ]
    assert not found


def test_the_lock_file_names_no_registry() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text("utf-8")


@pytest.mark.parametrize("start", ["valmentaja.__main__", "valmentaja.usecases.signing", "valmentaja.usecases.papers"])
def test_a_start_loads_neither_reportlab_nor_pyhanko(start: str) -> None:
    code = f"import sys, {start}; print(sorted({{'reportlab', 'pyhanko'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


LOADING = """
import sys
from valmentaja.app import Program, application
from valmentaja.ui.page_list import PAGES, module_of
pages = {module_of(name) for name in PAGES}
print(sorted(pages & set(sys.modules)))
app = application()
program = Program(app)
while not pages <= set(sys.modules):
    app.processEvents()
print("all")
"""


def test_a_start_loads_no_page_and_the_idle_window_loads_them_all() -> None:
    begun = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", LOADING]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=begun, timeout=60, check=True)
    assert done.stdout.splitlines() == ["[]", "all"]


PLANTED = [
    ("valmentaja/domain/client.py", "from valmentaja.store import clients", "Layers point downwards"),
    ("valmentaja/usecases/meetings.py", "from PySide6 import QtCore", "Qt lives in ui, app and shaping only"),
    ("valmentaja/usecases/meetings.py", "from valmentaja import shaping", "Only papers are laid out by shaping"),
    ("valmentaja/store/clients.py", "import sqlite3", "Nobody uses the unencrypted sqlite3"),
    ("valmentaja/ui/page.py", "from valmentaja.store import clients", "The screen speaks to use-cases only"),
    (
        "valmentaja/ui/client_view/window.py",
        "from valmentaja.ui.widgets import secret",
        "The client's window cannot reach the vault",
    ),
    ("valmentaja/central/lake.py", "from valmentaja.usecases import session", "The centre never sees a vault"),
    ("valmentaja/indicators/month.py", "import duckdb", "Only the centre counts with DuckDB"),
    ("valmentaja/exchange/outbox.py", "import http.client", "No network"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "valmentaja", place / "valmentaja", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def lint(place: Path) -> subprocess.CompletedProcess[str]:
    go = "from importlinter.cli import lint_imports_command as go; go()"
    command = [sys.executable, "-c", go, "--no-cache"]
    return subprocess.run(command, cwd=place, capture_output=True, text=True)


def test_the_house_as_it_stands_keeps_every_contract(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(("file", "line", "contract"), PLANTED)
def test_a_planted_import_breaks_its_contract(copy: Path, file: str, line: str, contract: str) -> None:
    path = copy / file
    before = path.read_text("utf-8")
    path.write_text(before + f"\n{line}\n", "utf-8")
    try:
        done = lint(copy)
    finally:
        path.write_text(before, "utf-8")
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout
