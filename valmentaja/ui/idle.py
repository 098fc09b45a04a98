"""Folding the write-ahead log while nobody writes, so that little is ever in it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from valmentaja.ui.hub import Hub
from valmentaja.usecases import health
from valmentaja.usecases.session import Session

IDLE_MS = 2000
"""From the last write; typing stores after every pause, so nobody waits for this in the middle of a word."""


class Rest(QObject):
    """Lives with the window of an open vault. `later` starts the waiting anew."""

    def __init__(self, session: Session, hub: Hub, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(IDLE_MS)
        self.timer.timeout.connect(self._fold)
        hub.changed.connect(self.later)
        self.later()

    def later(self) -> None:
        self.timer.start()

    def _fold(self) -> None:
        health.rest(self._session)
