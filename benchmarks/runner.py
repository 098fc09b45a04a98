"""500 answers a minute typed into the assessment's page: every one stored, and how long each key holds the screen.

The first half is answered one question a screen, the second half in the list with the ratings below it.
In the same run, between the answers, the same keys go into a plain list of 45 spin boxes that stores nothing.
`runner.py [PER_MINUTE]`; 0 types as fast as it can. "Own" is what this program computed; the rest of a frame is the
disk, and other programs on the same machine.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1", "QT_FONT_DPI": "96"}

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFormLayout, QSpinBox, QWidget

from valmentaja.app import Program, application
from valmentaja.crypto.keys import KdfCost
from valmentaja.ui.page import Place
from valmentaja.ui.pages.runner import RunnerPage
from valmentaja.usecases import assessing, caseload, opening
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session, Unit

ANSWERS, PER_MINUTE, BOXES = 500, 500, 45
CHEAP = KdfCost(memory=KdfCost.FLOOR, passes=1, lanes=1)
KEYS = "7483T6N5X9E2"
MEANT = {"N": "EI_KYSYTTY", "X": "EI_HALUA", "E": "EI_KOSKE", "T": "10"}


Frame = tuple[float, float]
"""Milliseconds by the clock, and milliseconds of computing."""


def main(per_minute: int) -> None:
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        os.environ["VALMENTAJA_DATA"] = f"{folder}/data"
        app = application()
        session, assessment = vault(Path(folder))
        program = Program(app)
        program.window.show()
        program.open(session)
        page = opened(program, assessment)
        plain, boxes = plain_list()
        times: dict[str, list[Frame]] = {"runner": [], "spin boxes": []}
        typed: list[tuple[str, str]] = []
        begun = time.perf_counter()
        for n in range(ANSWERS):
            wait(app, begun + n * 60 / per_minute if per_minute else 0.0)
            key = KEYS[n % len(KEYS)]
            typed.append((page.item, MEANT.get(key, key)))
            times["runner"].append(frame(app, page, key))
            times["spin boxes"].append(frame(app, boxes[n % BOXES], key))
            if n == ANSWERS // 2:
                page.switch_list()
            if page.item == typed[-1][0]:
                page.go_to(page.runner.order[0])
        taken = time.perf_counter() - begun
        report(times, taken, stored(session, assessment) == typed)
        plain.close()
        program.close()


def vault(folder: Path) -> tuple[Session, str]:
    """A fresh vault with one client and an open assessment."""
    unit = Unit(code="U101", municipality="405", coach="")
    made = opening.create(folder / "vault", "neljä tavallista sanaa", unit=unit, cost=CHEAP)
    session = opening.open_session(folder / "vault", made.key)
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    return session, assessing.begin(session, client).made


def opened(program: Program, assessment: str) -> RunnerPage:
    if program.main is None:
        raise LookupError
    program.main.go(Place(page="runner", key=assessment))
    if not isinstance(program.main.page, RunnerPage):
        raise TypeError
    program.app.processEvents()
    return program.main.page


def plain_list() -> tuple[QWidget, list[QSpinBox]]:
    window = QWidget()
    rows = QFormLayout(window)
    boxes = [QSpinBox() for _ in range(BOXES)]
    for n, box in enumerate(boxes):
        rows.addRow(f"Question {n}", box)
    window.resize(1366, 768)
    window.show()
    return window, boxes


def frame(app: QApplication, widget: QWidget, key: str) -> Frame:
    """From the key to the picture."""
    begun, own = time.perf_counter(), time.thread_time()
    QTest.keyClick(widget, key, Qt.KeyboardModifier.NoModifier)
    app.processEvents()
    return (time.perf_counter() - begun) * 1000, (time.thread_time() - own) * 1000


def wait(app: QApplication, until: float) -> None:
    while time.perf_counter() < until:
        app.processEvents()
        time.sleep(0.001)


def stored(session: Session, assessment: str) -> list[tuple[str, str]]:
    """Every answer that was stored, in order, with earlier ones of the same question."""
    found = session.store.rows("SELECT item, value FROM answer WHERE assessment_id = ? ORDER BY seq", assessment)
    return [(item, value) for item, value in found]


def report(times: dict[str, list[Frame]], taken: float, whole: bool) -> None:
    medians = {name: statistics.median(clock for clock, _own in found) for name, found in times.items()}
    for name, found in times.items():
        clock, own = (sorted(column) for column in zip(*found, strict=True))
        at = round(len(found) * 0.99) - 1
        sys.stdout.write(
            f"{name:<10} median {medians[name]:.1f} ms, 99 % {clock[at]:.1f}, longest {clock[-1]:.1f} ms; "
        )
        sys.stdout.write(f"own: median {statistics.median(own):.1f}, 99 % {own[at]:.1f}, longest {own[-1]:.1f} ms\n")
    sys.stdout.write(f"runner / spin boxes: {medians['runner'] / medians['spin boxes']:.1f}\n")
    sys.stdout.write(f"{ANSWERS} answers in {taken:.1f} s, {'all' if whole else 'NOT all'} stored\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PER_MINUTE)
