from __future__ import annotations

from pathlib import Path

import pytest
from backup_kit import Vault, make

from valmentaja.base.clock import FixedClock


@pytest.fixture
def vault(tmp_path: Path, clock: FixedClock) -> Vault:
    return make(tmp_path / "vault", clock)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder for backups."""
    folder = tmp_path / "tikku"
    folder.mkdir()
    return folder
