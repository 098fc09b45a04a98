"""The real window on a vault of this test's own, which can be locked and unlocked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from valmentaja.app import Program, application
from valmentaja.base.clock import FixedClock
from valmentaja.ui import tasks
from valmentaja.ui.closing import sweep
from valmentaja.ui.page import Page, Place
from valmentaja.usecases import caseload, opening, training
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session

CHEAP = opening.KdfCost(memory=64 * 1024, passes=1, lanes=1)
NAME = "Kanarialintu"
"""The family name of one client more."""


class Desk:
    """Program and training vault; `names` are what must not be seen once it is locked."""

    def __init__(self, app: QApplication, folder: Path, clock: FixedClock) -> None:
        application()
        self.app, self.folder, self.clock = app, folder, clock
        key = training.make_training_vault(folder, clock=clock, cost=CHEAP)
        self.program = Program(app)
        self.program.apply(Preferences(language="en"))
        self.program.window.resize(1366, 768)
        self.program.window.show()
        self._enter(key)
        self.client = caseload.take_on(self.session, NewClient(family_name=NAME, given_names="Aino")).made
        self.names = tuple(row.family_name for row in caseload.client_rows(self.session))

    @property
    def session(self) -> Session:
        if self.program.session is None:
            raise LookupError
        return self.program.session

    def show(self, place: Place) -> Page:
        if self.program.main is None:
            raise LookupError
        self.program.main.go(place)
        self.rest()
        return self.page

    @property
    def page(self) -> Page:
        if self.program.main is None or self.program.main.page is None:
            raise LookupError
        return self.program.main.page

    def unlock(self) -> Page:
        self._enter(opening.key_from_passphrase(self.folder, training.WORDS))
        self.rest()
        return self.page

    def rest(self) -> None:
        for _ in range(3):
            tasks.worker().wait()
            self.app.processEvents()
            sweep()

    def seen(self, *more: str) -> list[str]:
        """Every text of every visible widget in which a client's name or a further word stands."""
        found, words = [], (*self.names, *more)
        for widget in self.app.allWidgets():
            if widget.isVisible():
                found += [f"{type(widget).__name__}: {t}" for t in texts(widget) if any(w in t for w in words)]
        return found

    def _enter(self, key: opening.Key) -> None:
        self.program.open(opening.open_session(self.folder, key, clock=self.clock))
        self.rest()


def texts(widget: QWidget) -> list[str]:
    """What a widget shows or says."""
    asked = ("text", "toPlainText", "title", "currentText", "windowTitle", "toolTip")
    more = ("accessibleName", "accessibleDescription", "placeholderText", "windowFilePath")
    found = [getattr(widget, name)() for name in (*asked, *more) if callable(getattr(widget, name, None))]
    model = getattr(widget, "model", None)
    if callable(model) and model() is not None:
        cells = model()
        found += [
            str(cells.index(row, column).data())
            for row in range(cells.rowCount())
            for column in range(cells.columnCount())
        ]
    return [text for text in found if isinstance(text, str)]
