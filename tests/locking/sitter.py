"""The real window in a process of its own: `sitter.py VAULT`; unlocks by typing, then obeys lines on stdin.

The first line is a key in hex that it keeps on purpose, so that the scan has something to find, or empty. Then come
the letters of the passphrase, one a line, so that this script never holds them side by side.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hand import Hand
from PySide6.QtCore import Qt

from valmentaja.app import Program, application
from valmentaja.base.process import forbid_dumps
from valmentaja.usecases import places

KEPT: list[bytearray] = []


def main(folder: Path) -> None:
    forbid_dumps()
    places.remember_vault(folder)
    KEPT.append(bytearray.fromhex(sys.stdin.readline().strip()))
    app = application()
    program = Program(app)
    program.show_gate()
    program.window.show()
    program.window.activateWindow()
    hand = Hand(app)
    while letter := sys.stdin.readline().rstrip("\n"):
        hand.type(letter)
    hand.press(Qt.Key.Key_Return)
    hand.until(lambda: program.main is not None)
    hand.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    told("open")
    hand.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: program.main is None)
    for _ in range(3):
        app.processEvents()
    told("locked")


def told(what: str) -> None:
    """Say where the program is, and wait until the scan is done."""
    sys.stdout.write(what + "\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
