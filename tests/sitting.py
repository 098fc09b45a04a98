"""The real window on an open vault, for tests of pages: shown, looked at, put away."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel

from valmentaja.app import Program, application
from valmentaja.ui import tasks
from valmentaja.ui.page import Page, Place
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session


class Sitting:
    """Somebody at the program; a test's own hands and eyes are added by inheriting."""

    def __init__(self, app: QApplication, session: Session, *, language: str = "en") -> None:
        application()
        self.app, self.session, self.program = app, session, Program(app)
        self.program.apply(Preferences(language=language))
        self.program.window.setFixedSize(1366, 768)
        self.program.window.show()
        self.program.open(session)

    @property
    def page(self) -> Page:
        main = self.program.main
        assert main is not None
        assert main.page is not None
        return main.page

    def go(self, place: Place) -> Page:
        assert self.program.main is not None
        self.program.main.go(place)
        self.rest()
        return self.page

    def texts(self) -> str:
        """Every label that can be read on the page."""
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisibleTo(self.page))

    def rest(self) -> None:
        rest(self.app)

    def put_away(self) -> None:
        """The session stays open: it is the fixture's."""
        self.program.apply(Preferences(language="en"))
        if self.program.main is not None:
            self.program.main.leave()
        self.program.session = None
        put_away(self.app, self.program)


def rest(app: QApplication) -> None:
    """Until worker and layout have come to rest."""
    for _ in range(4):
        tasks.worker().wait()
        app.processEvents()
        # Outside of exec() nobody else deletes what was put off.
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def put_away(app: QApplication, program: Program) -> None:
    program.close()
    program.window.close()
    program.window.deleteLater()
    program.deleteLater()
    rest(app)
