"""The pages of a PDF as pictures, drawn inside the program so that no other one needs the file."""

from __future__ import annotations

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.speech import Say, said
from valmentaja.ui.widgets.card import empty

POINTS = 72
DOTS = 80
"""Pixels an inch at 100 % text."""
EDGE = 40


class Viewer(QScrollArea):
    """Scrolls with arrows and Page Down when it has the focus; each page's text is its accessible name."""

    def __init__(self, name: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(said(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setMinimumHeight(theme.px(420))
        inside = QWidget()
        self._pages = QVBoxLayout(inside)
        self._pages.setSpacing(12)
        self.setWidget(inside)

    @property
    def page_count(self) -> int:
        return self._pages.count()

    def show_pdf(self, pdf: bytes) -> None:
        """In place of what is shown."""
        empty(self._pages)
        document = pypdfium2.PdfDocument(pdf)
        try:
            for number in range(len(document)):
                self._pages.addWidget(self._page(document[number], number + 1), 0, Qt.AlignmentFlag.AlignHCenter)
        finally:
            document.close()

    def _page(self, page: pypdfium2.PdfPage, number: int) -> QLabel:
        room = max(self.viewport().width() - EDGE, EDGE) / page.get_width()
        scale = min(DOTS * theme.scale() / POINTS, room)
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)
        label = QLabel()
        label.setPixmap(QPixmap.fromImage(image))
        words = page.get_textpage().get_text_bounded()
        label.setAccessibleName(tr("Page {n}", n=number))
        label.setAccessibleDescription(words)
        return label
