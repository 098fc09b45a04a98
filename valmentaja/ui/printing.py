"""Printing what is shown: the choice of printer, the line in the log, then the pages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from shiboken6 import isValid

from valmentaja.base.errors import N_, UserError
from valmentaja.i18n import tr
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page
from valmentaja.ui.widgets.pages import POINTS, Pages, opened

FINEST = 300
"""Dots an inch: a finer picture of a page takes much memory and looks the same on paper."""


def ask_and_print(page: Page, take: Callable[[], bytes]) -> None:
    """`take` logs the printing and gives the file; it is called once a printer is chosen, before anything is drawn."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, page)
    if dialog.exec() and isValid(page):  # the vault may have locked behind the dialog
        send(page, lambda: _go(page, printer, take))


def _go(page: Page, printer: QPrinter, take: Callable[[], bytes]) -> None:
    print_on(printer, take())
    page.show_notice(lambda: tr("Sent to the printer. The printing is in the log."))


def print_on(printer: QPrinter, content: bytes) -> None:
    """Every page that was asked for, as large as the paper allows; UserError when the printer does not answer."""
    with opened(content) as pages:
        first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
        painter = QPainter()
        if not painter.begin(printer):
            raise UserError(N_("The printer does not answer. Nothing was printed. Choose another one."))
        try:
            for number in range(first - 1, min(last, len(pages))):
                if number >= first and not printer.newPage():
                    raise UserError(N_("The printer stopped in the middle. Look at it and print the rest again."))
                _draw(painter, printer, pages, number)
        finally:
            painter.end()


def _draw(painter: QPainter, printer: QPrinter, pages: Pages, number: int) -> None:
    dots = min(printer.resolution(), FINEST)
    image = pages.image(number, dots / POINTS)
    room = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
    natural = pages.size(number) * (printer.resolution() / POINTS)
    size = natural.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio) if _is_too_large(natural, room) else natural
    painter.drawImage(QRectF((room.width() - size.width()) / 2, 0, size.width(), size.height()), image)


def _is_too_large(size: QSizeF, room: QRectF) -> bool:
    return size.width() > room.width() or size.height() > room.height()
