"""Types a form a second time in the real window until it is killed: `again.py VAULT KEYFILE ASSESSMENT`.

It says each row once its key has done its work.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.paper.forms import key_for
from tests.story.hand import Hand
from valmentaja.app import Program, application
from valmentaja.crypto.keys import DataKey
from valmentaja.ui.page import Place
from valmentaja.ui.pages.paper import PaperPage
from valmentaja.usecases import opening


def main(vault: Path, key: Path, assessment: str) -> None:
    app = application()
    hand, page = Hand(app), shown(app, vault, key, assessment)
    for n in range(sum(len(sheet.lines) for sheet in page.desk.sheets)):
        if page.asked:
            hand.press(page.desk.sheets[page.asked - 1].code.check)
        row = page.grid.lines[page.grid.at].row.id
        hand.press(key_for(n + 1))
        sys.stdout.write(row + "\n")
        sys.stdout.flush()


def shown(app: QApplication, vault: Path, key: Path, assessment: str) -> PaperPage:
    program = Program(app)
    program.window.show()
    program.window.activateWindow()
    program.open(opening.open_session(vault, DataKey(bytearray(key.read_bytes()))))
    window = program.main
    if window is None:
        raise TypeError
    window.go(Place(page="paper", key=assessment, part="second"))
    if not isinstance(window.page, PaperPage):
        raise TypeError
    return window.page


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
