from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from room import Room

from valmentaja.base.clock import FixedClock


@pytest.fixture
def room(qapp: QApplication, tmp_path: Path, clock: FixedClock) -> Iterator[Room]:
    """One client and no other."""
    made = Room(qapp, tmp_path / "vault", clock, others=0)
    yield made
    made.close()


@pytest.fixture
def crowd(qapp: QApplication, tmp_path: Path, clock: FixedClock) -> Iterator[Room]:
    """One client and fifty others."""
    made = Room(qapp, tmp_path / "vault", clock)
    yield made
    made.close()
