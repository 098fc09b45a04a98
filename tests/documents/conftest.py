from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from authority import Authority, new_authority
from conftest import CHEAP, NOW
from PySide6.QtWidgets import QApplication

from tests.documents.everything import Printer, everything
from tests.documents.papers import a_paper
from tests.documents.validators import Judged, faults
from valmentaja.base.clock import FixedClock
from valmentaja.documents.plan_pdf import SEAL_FIELD, PlanPaper, render
from valmentaja.documents.signing import DeviceKey, new_device_key, seal
from valmentaja.usecases import opening, training

MADE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def application(qapp: QApplication) -> QApplication:
    """Arabic is laid out by Qt, which keeps the first application of a process: the one that the other tests need."""
    return qapp


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


@pytest.fixture(scope="session")
def sealed(plan: bytes, key: DeviceKey) -> bytes:
    return seal(plan, key, at=MADE, field=SEAL_FIELD)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    made = new_authority(tmp_path_factory.mktemp("authority"))
    made.add("Olli Esimerkki", "olli")
    return made


@pytest.fixture(scope="session")
def printers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printer]:
    """Every kind of paper by name, with its content read from one invented caseload."""
    folder, clock = tmp_path_factory.mktemp("everything"), FixedClock(NOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALMENTAJA_DATA", str(folder / "home"))
        key = training.make_training_vault(folder / "training", clock=clock, cost=CHEAP)
        opened = opening.open_session(folder / "training", key, clock=clock)
        try:
            return everything(opened)
        finally:
            opening.close(opened)


@pytest.fixture(scope="session")
def judged() -> Iterator[Judged]:
    """`faults` in one process of its own: a JVM takes seconds to start and changes how a process handles signals."""
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield lambda pdf, standard: pool.submit(faults, pdf, standard).result(timeout=120)
