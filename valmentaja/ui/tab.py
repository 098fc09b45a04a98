"""What every tab of a page is: a part that reads again when its page does, and the row of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from valmentaja.ui.hub import perform
from valmentaja.ui.page import Page, Place
from valmentaja.ui.speech import Say, said
from valmentaja.usecases.session import Changes


class Tab(QWidget):
    """`page` is the page it belongs to: its session, its message bar, its way to other places."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.session = page, page.session
        self.client = page.about or ""
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 16, 0, 0)
        self.body.setSpacing(16)

    def reload(self) -> None:
        """Read from the use-cases and show."""

    def leave(self) -> bool:
        """Store what is being typed."""
        return True

    def do(self, action: Callable[[], Changes]) -> Changes | None:
        return perform(self.page, self.page.hub, action)

    def go(self, page: str, key: str) -> None:
        self.page.go.emit(Place(page=page, key=key))


TabKind = tuple[str, type[Tab], Say]
"""The name a place calls it by, its class, its words."""


class Tabs(QTabWidget):
    """A page's tabs, reached with Alt+1, Alt+2 …; `part` is the one shown first."""

    def __init__(self, page: Page, kinds: tuple[TabKind, ...], *, part: str, name: Say) -> None:
        super().__init__()
        self._kinds, self._name = kinds, name
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.parts: list[Tab] = []
        for n, (called, kind, words) in enumerate(kinds):
            made = kind(page)
            self.parts.append(made)
            self.addTab(made, said(words))
            QShortcut(QKeySequence(f"Alt+{n + 1}"), page).activated.connect(lambda n=n: self.setCurrentIndex(n))
            if called == part:
                self.setCurrentIndex(n)
        self.currentChanged.connect(lambda _place: self._fit())
        self._fit()
        self.retranslate()

    def heightForWidth(self, width: int) -> int:
        """As high as the tab that is shown, not as the highest one: no empty room to scroll to."""
        shown = self.parts[self.currentIndex()]
        high = shown.heightForWidth(width) if shown.hasHeightForWidth() else shown.sizeHint().height()
        return high + self.tabBar().sizeHint().height()

    def minimumSizeHint(self) -> QSize:
        """Words at their narrowest are high; that is no reason to scroll past the end at the width there is."""
        least = super().minimumSizeHint()
        wide = max(self.width(), least.width())
        return QSize(least.width(), min(least.height(), self.heightForWidth(wide)))

    @property
    def part(self) -> str:
        """The name of the tab that is shown."""
        return self._kinds[self.currentIndex()][0]

    def retranslate(self) -> None:
        self.setAccessibleName(said(self._name))
        for n, (_called, _kind, words) in enumerate(self._kinds):
            self.setTabText(n, said(words))

    def reload(self) -> None:
        for part in self.parts:
            part.reload()

    def _fit(self) -> None:
        """Tabs that are not shown take no room."""
        for place, part in enumerate(self.parts):
            policy = part.sizePolicy()
            is_shown = place == self.currentIndex()
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred if is_shown else QSizePolicy.Policy.Ignored)
            part.setSizePolicy(policy)

    def leave(self) -> bool:
        return all(part.leave() for part in self.parts)
