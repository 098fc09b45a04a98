"""The pages of a PDF as pictures, drawn inside the program so that no other one needs the file."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.speech import Say, said
from valmentaja.ui.widgets.card import empty
from valmentaja.ui.widgets.pages import POINTS, Pages, opened

DOTS = 80
"""Pixels an inch at 100 % text."""
EDGE = 40


class Viewer(QScrollArea):
    """Scrolls with arrows and Page Down when it has the focus; each page's text is its accessible name."""

    def __init__(self, name: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(said(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setMinimumHeight(theme.px(420))
        inside = QWidget()
        self._pages = QVBoxLayout(inside)
        self._pages.setSpacing(12)
        self.setWidget(inside)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(said(self._name))
            for number, page in enumerate(self.findChildren(QLabel)):
                page.setAccessibleName(tr("Page {n}", n=number + 1))
        super().changeEvent(event)

    @property
    def page_count(self) -> int:
        return self._pages.count()

    def show_pdf(self, content: bytes) -> None:
        """In place of what is shown; a scan may be a picture."""
        empty(self._pages)
        with opened(content) as pages:
            for number in range(len(pages)):
                self._pages.addWidget(self._page(pages, number), 0, Qt.AlignmentFlag.AlignHCenter)

    def _page(self, pages: Pages, number: int) -> QLabel:
        room = max(self.viewport().width() - EDGE, EDGE) / pages.size(number).width()
        label = QLabel()
        label.setPixmap(QPixmap.fromImage(pages.image(number, min(DOTS * theme.scale() / POINTS, room))))
        label.setAccessibleName(tr("Page {n}", n=number + 1))
        label.setAccessibleDescription(pages.words(number))
        return label
