"""No network, no real home, no screen: every test gets its own folder and a clock that stands still."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["QT_FONT_DPI"] = "96"

import pytest
from hypothesis import settings

from valmentaja.base.clock import FixedClock
from valmentaja.crypto.keys import DataKey, KdfCost
from valmentaja.i18n import set_language
from valmentaja.usecases import opening, training
from valmentaja.usecases.session import Session, Unit

# Property tests are judged by what they find, not by how busy the machine is.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
WORDS = "neljä tavallista sanaa"
CHEAP = KdfCost(memory=64 * 1024, passes=1, lanes=1)
"""The floor of what a vault accepts; a real one costs four times as much."""


@pytest.fixture(autouse=True)
def closed_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("a test opened a network connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv("VALMENTAJA_DATA", str(tmp_path / "home"))
    set_language("en")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def session(tmp_path: Path, clock: FixedClock) -> Iterator[Session]:
    """An empty vault of unit U101."""
    unit = Unit(code="U101", municipality="405", coach="Veera Valmentaja")
    made = opening.create(tmp_path / "vault", WORDS, unit=unit, clock=clock, cost=CHEAP)
    opened = opening.open_session(tmp_path / "vault", made.key, clock=clock)
    yield opened
    opening.close(opened)


@pytest.fixture(scope="session")
def training_vault(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DataKey]:
    """Made once; each test works on a copy."""
    folder = tmp_path_factory.mktemp("made") / "training"
    return folder, training.make_training_vault(folder, clock=FixedClock(NOW), cost=CHEAP)


@pytest.fixture
def training_session(tmp_path: Path, clock: FixedClock, training_vault: tuple[Path, DataKey]) -> Iterator[Session]:
    """A vault full of invented people."""
    made, known = training_vault
    key = known.copy()
    shutil.copytree(made, tmp_path / "training")
    opened = opening.open_session(tmp_path / "training", key, clock=clock)
    yield opened
    opening.close(opened)
