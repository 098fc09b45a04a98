"""The backup that runs while the coach works: begun and ended here, copied in the worker."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer, Signal

from valmentaja.base.errors import UserError
from valmentaja.ui import tasks
from valmentaja.ui.hub import Hub
from valmentaja.usecases import backing_up, restoring
from valmentaja.usecases.backing_up import Backup, Job, Steps
from valmentaja.usecases.session import Session

FIRST_LOOK_MS = 5_000
LOOK_MS = 10 * 60_000
"""How often the schedule is asked whether a backup is due."""


class Backing(QObject):
    """One for an open vault, found through the hub; `progressed` carries bytes done and in all.

    `ended` carries the error of a backup, or None when it was made; `failure` is what the last one ended with.
    `looked` comes when the folder was looked at.
    """

    progressed = Signal(int, int)
    begun = Signal()
    ended = Signal(object)
    looked = Signal()

    def __init__(self, session: Session, hub: Hub) -> None:
        super().__init__(hub)
        self.session, self.hub = session, hub
        self.failure: UserError | None = None
        self._job: Job | None = None
        self._stop = threading.Event()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        restoring.clear_rehearsals(session)
        if not session.training:
            self._timer.start(LOOK_MS)
            QTimer.singleShot(FIRST_LOOK_MS, self, self.look)

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def look(self) -> None:
        """Make the backup that the schedule asks for; without its stick, look again later."""
        self.looked.emit()
        if self._job is None and backing_up.is_due(self.session) and backing_up.state(self.session).folder_is_there:
            self.start("scheduled")

    def start(self, kind: str = "asked") -> None:
        """Begin a backup; `ended` tells how it went."""
        if self._job is not None:
            return
        try:
            job = backing_up.begin(self.session, kind=kind)
        except UserError as error:
            self._end(error)
            return
        self._job, self._stop = job, threading.Event()
        steps = Steps(progress=self.progressed.emit, cancelled=self._stop.is_set)
        self.begun.emit()
        tasks.run(self, lambda: backing_up.write(job, steps), self._made, self._failed)

    def cancel(self) -> None:
        self._stop.set()

    def close(self) -> None:
        """Stop, before the vault is locked; what has been copied so far is thrown away."""
        self._timer.stop()
        self._stop.set()
        tasks.worker().wait()
        if self._job is not None:
            self._job = None
            backing_up.abandon(self.session)
        self.setParent(None)
        self.deleteLater()

    def _made(self, made: Backup) -> None:
        job, self._job = self._job, None
        if job is None:
            return
        try:
            changes = backing_up.finish(self.session, job, made)
        except UserError as error:
            self._end(error)
        else:
            self._end(None)
            self.hub.changed.emit(changes)

    def _failed(self, error: UserError) -> None:
        if self._job is not None:
            self._job = None
            backing_up.abandon(self.session)
            self._end(error)

    def _end(self, error: UserError | None) -> None:
        self.failure = error
        self.ended.emit(error)


def backing(session: Session, hub: Hub) -> Backing:
    """The one of this vault, made at first use."""
    found = hub.findChild(Backing)
    return found if isinstance(found, Backing) and found.session is session else Backing(session, hub)


def stop(hub: Hub) -> None:
    """Before the vault is closed."""
    for found in hub.findChildren(Backing):
        if isinstance(found, Backing):
            found.close()
