"""The program with fifty further clients in its vault, and everything that a screen reader finds in a window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from valmentaja.app import Program, application
from valmentaja.base.clock import FixedClock
from valmentaja.crypto.keys import KdfCost
from valmentaja.domain.codes import PlanKind
from valmentaja.ui import tasks
from valmentaja.ui.client_view.window import ClientWindow
from valmentaja.ui.closing import sweep
from valmentaja.ui.page import Place
from valmentaja.ui.window import MainWindow
from valmentaja.usecases import assessing, caseload, meetings, opening, planning
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session, Unit

CHEAP = KdfCost(memory=64 * 1024, passes=1, lanes=1)
WORDS, PIN = "neljä tavallista sanaa", "2468"
OTHERS = 50
MARKS = ("Zorvakko", "Xantippe", "Qvisling", "Wzeta")
"""Words that stand in every other client's family name, given name, notes and plan, and nowhere else."""
KINDS = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)


class Room:
    """Program, vault and the one client whose assessment is under way."""

    def __init__(self, app: QApplication, folder: Path, clock: FixedClock, *, others: int = OTHERS) -> None:
        application()
        self.app, self.folder, self.clock = app, folder, clock
        unit = Unit(code="U101", municipality="405", coach="Veera Valmentaja")
        key = opening.create(folder, WORDS, unit=unit, clock=clock, cost=CHEAP).key
        self.program = Program(app)
        self.program.apply(Preferences(language="en"))
        self.program.window.resize(1366, 768)
        self.program.window.show()
        self.enter(key)
        add_others(self.session, others)
        self.client = caseload.take_on(self.session, NewClient(family_name="Oma", given_names="Aino")).made
        meetings.start(self.session, self.client)
        self.assessment = assessing.begin(self.session, self.client).made
        self.main.go(Place(page="runner", key=self.assessment))
        self.rest()

    @property
    def session(self) -> Session:
        if self.program.session is None:
            raise LookupError
        return self.program.session

    @property
    def main(self) -> MainWindow:
        if self.program.main is None:
            raise LookupError
        return self.program.main

    @property
    def window(self) -> ClientWindow:
        if self.program.presenter.window is None:
            raise LookupError
        return self.program.presenter.window

    def begin(self, *, screen: int = -1) -> ClientWindow:
        """F8, the PIN twice where it is asked, and the button."""
        self.main.open_client_view()
        asked = self.program.presenter.dialog
        asked.choices[screen].setChecked(True)
        if not asked.field.isHidden():
            asked.pin.setText(PIN)
            asked.again.setText(PIN)
        asked.begin()
        self.rest()
        return self.window

    def enter(self, key: opening.Key | None = None) -> None:
        """Unlock."""
        found = key or opening.key_from_passphrase(self.folder, WORDS)
        self.program.open(opening.open_session(self.folder, found, clock=self.clock))
        self.rest()

    def type_pin(self, pin: str) -> None:
        self.window.ask_pin()
        self.window.door.pad.edit.setText(pin)
        self.window.door.pad.send()
        self.rest()

    def rest(self) -> None:
        sweep()  # before any timer of what was put off can fire
        for _ in range(3):
            tasks.worker().wait()
            self.app.processEvents()
            sweep()

    def close(self) -> None:
        self.program.close()
        self.program.window.close()
        self.program.window.deleteLater()
        self.program.deleteLater()
        self.rest()


def add_others(session: Session, count: int) -> None:
    """Clients with a name, a meeting with notes, an answer with a note, and a plan with a goal."""
    for number in range(count):
        new = NewClient(family_name=f"{MARKS[0]}{number}", given_names=f"{MARKS[1]}{number}")
        made = caseload.take_on(session, new).made
        held = meetings.start(session, made).made
        meetings.keep_notes(session, int(held), notes=f"{MARKS[2]} {number}", agreed=f"{MARKS[2]} {number}")
        meetings.end(session, int(held))
        assessing.answer(session, assessing.begin(session, made).made, "A1", 7, note=f"{MARKS[2]} note")
        plan = planning.draft(session, made, PlanKind.VALMENNUS).made
        planning.add_goal(session, plan, words=f"{MARKS[3]} {number}")


def spoken(window: QWidget) -> list[str]:
    """Every text of the accessibility tree of one window: names, descriptions, values, help, and text itself."""
    found: list[str] = []
    for node in nodes(QAccessible.queryAccessibleInterface(window)):
        found += [text for kind in KINDS if (text := node.text(kind))]
        written = node.textInterface()
        if written is not None and written.characterCount():
            found.append(written.text(0, written.characterCount()))
    return found


def nodes(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield root
    for place in range(root.childCount()):
        child = root.child(place)
        if child is not None and child.isValid():
            yield from nodes(child)
