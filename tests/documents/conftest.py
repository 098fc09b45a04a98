from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.documents.papers import a_paper
from valmentaja.documents.plan_pdf import PlanPaper, render
from valmentaja.documents.signing import DeviceKey, new_device_key

MADE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def key() -> DeviceKey:
    return new_device_key("Tuusulan työllisyyspalvelut", MADE)


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write bytes to a file poppler can read."""

    def save(pdf: bytes) -> Path:
        path = tmp_path / "plan.pdf"
        path.write_bytes(pdf)
        return path

    return save


@pytest.fixture(scope="session")
def paper() -> PlanPaper:
    return a_paper()


@pytest.fixture(scope="session")
def plan(paper: PlanPaper) -> bytes:
    return render(paper)
