"""A desk for each story that needs no process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk
from PySide6.QtWidgets import QApplication

from valmentaja.base.clock import FixedClock


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    made = Desk(qapp, tmp_path / "vault", clock)
    yield made
    made.program.close()
    made.program.window.close()
    made.program.window.deleteLater()
    made.program.auto_lock.deleteLater()
    made.program.deleteLater()
    made.rest()
