"""Every page by name, loaded when it is first shown or when nobody waits: half of a start was loading pages."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollArea

from valmentaja.ui.hub import Hub
from valmentaja.ui.page import Page, Place
from valmentaja.usecases.session import Session

PAGES = {
    "today": "TodayPage",
    "clients": "ClientsPage",
    "client": "ClientPage",
    "new-client": "NewClientPage",
    "moving": "MovingPage",
    "outbox": "OutboxPage",
    "change": "ChangePage",
    "brief": "BriefPage",
    "summary": "SummaryPage",
    "case": "CasePage",
    "runner": "RunnerPage",
    "paper": "PaperPage",
    "plan": "PlanPage",
    "review": "ReviewPage",
    "difference": "DifferencePage",
    "signing": "SigningPage",
    "month": "MonthPage",
    "reports": "ReportsPage",
    "own": "OwnPage",
    "settings": "SettingsPage",
}
"""Name of a place → class in the module of that name; in the order in which they are loaded."""
SHARED = ("valmentaja.usecases.signing", "valmentaja.ui.printing", "valmentaja.ui.client.assessment")
"""What several pages need, before them, so that no step takes long."""
AFTER_MS = 150
"""From the window's making: the first page is painted by then."""


def make(session: Session, hub: Hub, place: Place) -> Page:
    """The page of that place."""
    return page_class(place.page)(session, hub, place)


def page_class(name: str) -> Callable[[Session, Hub, Place], Page]:
    return cast("Callable[[Session, Hub, Place], Page]", getattr(import_module(module_of(name)), PAGES[name]))


def module_of(name: str) -> str:
    return f"valmentaja.ui.pages.{name.replace('-', '_')}"


class Loading(QObject):
    """Loads page after page, one at a time so that a click never waits for two."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = [*SHARED, *map(module_of, PAGES)]
        QTimer.singleShot(AFTER_MS, self, self._begin)

    def _begin(self) -> None:
        # An event filter sees a scroll area's own parts; to name their type PySide then makes every type it knows.
        QScrollArea().deleteLater()
        self._next()

    def _next(self) -> None:
        if self._left:
            import_module(self._left.pop(0))
            QTimer.singleShot(0, self, self._next)
