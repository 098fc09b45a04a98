"""One worker for what takes long; its answer is dropped when the one who asked is gone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from shiboken6 import isValid

from valmentaja.base.errors import UserError

T = TypeVar("T")


class _Answer(QObject):
    """Brings one result from the worker to the screen's thread."""

    ready = Signal(object)


class Worker(QObject):
    """The single background thread; lives as a child of the application."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("worker")
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")
        self._waiting: set[_Answer] = set()

    def run(
        self, owner: QObject, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[UserError], None]
    ) -> None:
        answer = _Answer(self)
        self._waiting.add(answer)

        def deliver(future: Future[T]) -> None:
            self._waiting.discard(answer)
            answer.deleteLater()
            if isValid(owner):
                _hand_over(future, done, failed)

        answer.ready.connect(deliver, Qt.ConnectionType.QueuedConnection)
        self._pool.submit(work).add_done_callback(answer.ready.emit)

    @property
    def is_busy(self) -> bool:
        """Something runs, or its answer is on its way."""
        return bool(self._waiting)

    def wait(self) -> None:
        """Let what runs come to its end; its answer is on its way then."""
        self._pool.submit(_nothing).result()

    def finish(self) -> None:
        """Let what runs come to its end and its answer be taken in."""
        self.wait()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)

    def afterwards(self, owner: QObject, done: Callable[[], None]) -> None:
        """Call `done` here once what runs now has ended and its answer was taken in."""
        self.run(owner, _nothing, lambda _none: done(), lambda _error: done())

    def stop(self) -> None:
        """Finish what runs, drop what waits; called once, when the program ends."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _nothing() -> None:
    """Comes last in the queue."""


def _hand_over(future: Future[T], done: Callable[[T], None], failed: Callable[[UserError], None]) -> None:
    if future.cancelled():
        return
    error = future.exception()
    if error is None:
        done(future.result())
    elif isinstance(error, UserError):
        failed(error)
    else:
        sys.excepthook(type(error), error, error.__traceback__)


def worker() -> Worker:
    """The application's worker, started at first use."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("no application")
    found = app.findChild(Worker, "worker")
    return found if isinstance(found, Worker) else Worker(app)


def run(owner: QObject, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[UserError], None]) -> None:
    """Run `work` in the worker, then `done(result)` or `failed(UserError)` here.

    `work` gets frozen values only and touches neither widgets nor the session.
    """
    worker().run(owner, work, done, failed)
