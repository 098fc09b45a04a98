"""A coach's own figures for 100 clients of ten years, against reading the same rows; what the screen waits for first.

`own.py [CLIENTS]`; the vault is that of `month.py`. Only `read` runs on the screen's thread, the rest in the worker.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from month import TABLES, median, vault

from valmentaja.usecases import opening, own_figures
from valmentaja.usecases.own_figures import Topic

PERIOD, LENGTH = "2025-12", 24


def main(clients: int) -> None:
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        session = vault(Path(folder), clients)
        rows = median(lambda: [session.store.rows(f"SELECT * FROM {table}") for table in TABLES])
        found = own_figures.read(session, PERIOD)
        held = own_figures.caseload_of(found)
        acts = {
            "read, on the screen's thread": lambda: own_figures.read(session, PERIOD),
            "scores, in the worker": lambda: own_figures.caseload_of(found),
            "every topic at a glance": lambda: own_figures.glance(held, PERIOD),
        }
        for topic in Topic:
            acts[f"{topic.lower()} over {LENGTH} months"] = lambda t=topic: own_figures.detail(held, t, PERIOD, LENGTH)
        for name, act in acts.items():
            took = median(act)
            sys.stdout.write(f"{name}: {took * 1000:.0f} ms, {took / rows:.2f} × the rows ({rows * 1000:.0f} ms)\n")
        opening.close(session)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
