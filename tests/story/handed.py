"""Somebody at the program with hands: keys, Tab to a name, a click; stories of pages add what they look at."""

from __future__ import annotations

from hand import Hand
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from sitting import Sitting

from valmentaja.usecases.session import Session

MOST_TABS = 60


class Handed(Sitting):
    def __init__(self, session: Session, app: QApplication) -> None:
        super().__init__(app, session)
        self.program.window.activateWindow()
        self.hand = Hand(app)
        self.rest()

    def press(self, key: Qt.Key, *, times: int = 1) -> None:
        for _ in range(times):
            self.hand.press(key)
        self.rest()

    def tab_to(self, name: str) -> None:
        """With the Tab key, as somebody without a mouse goes there."""
        for _ in range(MOST_TABS):
            focus = self.app.focusWidget()
            if focus is not None and name in (focus.accessibleName(), getattr(focus, "text", str)()):
                return
            self.hand.press(Qt.Key.Key_Tab)
        raise AssertionError(name)

    def press_button(self, name: str) -> None:
        """By keys alone."""
        self.tab_to(name)
        self.press(Qt.Key.Key_Space)

    def click(self, words: str) -> None:
        found = [b for b in self.page.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(self.page)]
        self.hand.click(found[0])
        self.rest()

    def put_away(self) -> None:
        self.app.removeEventFilter(self.hand)
        self.hand.deleteLater()
        super().put_away()
