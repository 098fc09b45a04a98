from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from two_vaults import giver, meet, taker

from valmentaja.base.clock import FixedClock
from valmentaja.usecases import opening
from valmentaja.usecases.session import Session


@pytest.fixture
def one(tmp_path: Path, clock: FixedClock) -> Iterator[Session]:
    """The coach who has invented people."""
    session = giver(tmp_path / "one", clock)
    yield session
    opening.close(session)


@pytest.fixture
def other(tmp_path: Path, clock: FixedClock, one: Session) -> Iterator[Session]:
    """The coach who takes over; the two trust each other's cards."""
    session = taker(tmp_path / "other", clock)
    meet(one, session, tmp_path)
    yield session
    opening.close(session)
