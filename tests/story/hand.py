"""A coach's hand: real key and mouse events on the real window, counted as they arrive."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

PATIENCE = 20
"""Seconds; only a broken program needs them."""


class Hand(QObject):
    """`actions` counts presses of keys and buttons; typing of content is not counted (product.md §5.1)."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.app, self.actions = app, 0
        self._typing, self._last = False, 0
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An event that is passed on to a parent is still one action."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress) and isinstance(watched, QWidget):
            pointer = Shiboken.getCppPointer(event)[0]
            self.actions += not self._typing and pointer != self._last
            self._last = pointer
        elif event.type() in (QEvent.Type.KeyRelease, QEvent.Type.MouseButtonRelease):
            self._last = 0
        return False

    def press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key where the focus is."""
        QTest.keyClick(self._focus(), key, modifiers)
        self.app.processEvents()

    def type(self, text: str) -> None:
        """Content, where the focus is; QTest's own typing knows ASCII only."""
        self._typing = True
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                self.app.sendEvent(self._focus(), event)
        self._typing = False

    def click(self, widget: QWidget) -> None:
        self.until(lambda: widget.isVisible() and widget.isEnabled())
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.app.processEvents()

    def draw(self, widget: QWidget) -> None:
        """One stroke with the mouse."""
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(widget, left, pos=QPoint(40, 120))
        for step in range(1, 12):
            QTest.mouseMove(widget, QPoint(40 + 20 * step, 120 - 60 * (step % 2)))
        QTest.mouseRelease(widget, left, pos=QPoint(280, 90))

    def until(self, condition: Callable[[], object]) -> None:
        """Let the program go on until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            self.app.processEvents()
            if time.monotonic() > deadline:
                raise TimeoutError

    def _focus(self) -> QWidget:
        if self.app.activeWindow() is None:
            # What a window manager does when a dialog closes; offscreen there is none.
            next(w for w in self.app.topLevelWidgets() if w.isVisible()).activateWindow()
        self.until(lambda: self.app.focusWidget() is not None)
        found = self.app.focusWidget()
        if found is None:
            raise TimeoutError
        return found
