"""Start → first paint: the main window on an open training vault, and a bare Qt window; fresh processes, one run.

The key is derived beforehand, because Argon2id is meant to be slow and has nothing to do with painting.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 9
PAINTED = """
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            QTimer.singleShot(0, tell)
            QApplication.instance().removeEventFilter(self)
        return False

def tell():
    loaded = sorted({"reportlab", "pyhanko"} & set(sys.modules))
    print(time.perf_counter() - begun, loaded or "")
    sys.stdout.flush()
    os._exit(0)
"""
BARE = f"""
import os, sys, time
begun = time.perf_counter()
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
{PAINTED}
app = QApplication([])
watch = Watch()
app.installEventFilter(watch)
window = QWidget()
window.resize(1366, 768)
window.show()
app.exec()
"""
OURS = f"""
import os, sys, time
begun = time.perf_counter()
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from valmentaja.app import Program, application
from valmentaja.crypto.keys import DataKey
from valmentaja.usecases import opening
{PAINTED}
app = application()
session = opening.open_session(Path(sys.argv[1]), DataKey(bytearray(Path(sys.argv[2]).read_bytes())))
program = Program(app)
program.open(session)
watch = Watch()
app.installEventFilter(watch)
program.window.show()
app.exec()
"""

SIGNING = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from valmentaja.app import Program, application
from valmentaja.crypto.keys import DataKey
from valmentaja.domain.queue import QueueKind
from valmentaja.ui import tasks
from valmentaja.ui.page import Place
from valmentaja.usecases import opening, today
app = application()
session = opening.open_session(Path(sys.argv[1]), DataKey(bytearray(Path(sys.argv[2]).read_bytes())))
program = Program(app)
program.open(session)
program.window.show()
shown = time.perf_counter()
while time.perf_counter() - shown < 2:  # nobody clicks sooner; the pages are loaded meanwhile
    app.processEvents()
    time.sleep(0.001)
plan = next(e for e in today.queue(session) if e.kind is QueueKind.SIGNATURE).about
longest, begun = 0.0, time.perf_counter()
steps = [lambda: program.main.go(Place(page="signing", key=plan))]
while steps or tasks.worker().is_busy or time.perf_counter() - begun < 1:
    since = time.perf_counter()
    (steps.pop() if steps else app.processEvents)()
    longest = max(longest, time.perf_counter() - since)
    time.sleep(0.001)
print(longest)
sys.stdout.flush()
os._exit(0)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"QT_QPA_PLATFORM": "offscreen", "VALMENTAJA_DATA": folder, "PYTHONPATH": str(ROOT)}
        sys.path.insert(0, str(ROOT))
        from valmentaja.usecases.training import make_training_vault

        vault, key = Path(folder) / "vault", Path(folder) / "key"
        key.write_bytes(make_training_vault(vault).reveal())
        times: dict[str, list[float]] = {"bare Qt": [], "valmentaja": []}
        stalls = [first_paint(SIGNING, str(vault), str(key)) * 1000 for _ in range(ROUNDS)]
        for _ in range(ROUNDS):
            times["bare Qt"].append(first_paint(BARE))
            times["valmentaja"].append(first_paint(OURS, str(vault), str(key)))
    medians = {name: statistics.median(taken[1:]) * 1000 for name, taken in times.items()}
    for name, median in medians.items():
        sys.stdout.write(f"{name:<11} median {median:.0f} ms to the first paint\n")
    said = f"median {statistics.median(stalls):.0f} ms, longest {max(stalls):.0f} ms"
    sys.stdout.write(f"signing page, first opened two seconds after the start: longest stall {said}\n")
    sys.stdout.write(f"valmentaja / bare Qt: {medians['valmentaja'] / medians['bare Qt']:.2f}\n")


def first_paint(code: str, *arguments: str) -> float:
    """Seconds; a start that has loaded what only papers need is an error."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    seconds, *loaded = done.stdout.split()
    if loaded:
        raise RuntimeError(f"loaded at start: {loaded}")
    return float(seconds)


if __name__ == "__main__":
    main()
