"""What every tab of a client is: a part of the client's page that reads again when the page does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.ui.hub import perform
from valmentaja.ui.page import Page, Place
from valmentaja.usecases.session import Changes


class Tab(QWidget):
    """`page` is the client's page: its session, its message bar, its way to other places."""

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
