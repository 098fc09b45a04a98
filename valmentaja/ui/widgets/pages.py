"""One page of a file as a picture: of a PDF, or a scan that is a picture itself. On the screen's thread only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import pypdfium2
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage

POINTS = 72


class Pages(Protocol):
    """`size` in points; `image` at so many pixels a point; `words` for a screen reader."""

    def __len__(self) -> int: ...

    def size(self, number: int) -> QSizeF: ...

    def image(self, number: int, scale: float) -> QImage: ...

    def words(self, number: int) -> str: ...


@contextmanager
def opened(content: bytes) -> Iterator[Pages]:
    """The pages of a stored file while it is open."""
    if not content.startswith(b"%PDF-"):
        yield _Picture(content)
        return
    document = pypdfium2.PdfDocument(content)
    try:
        yield _Pdf(document)
    finally:
        document.close()


class _Pdf:
    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def size(self, number: int) -> QSizeF:
        page = self._document[number]
        return QSizeF(page.get_width(), page.get_height())

    def image(self, number: int, scale: float) -> QImage:
        bitmap = self._document[number].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        shape = QImage.Format.Format_RGBX8888
        return QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, shape).copy()

    def words(self, number: int) -> str:
        return str(self._document[number].get_textpage().get_text_bounded())


class _Picture:
    """A scan fills a sheet of A4 as far as its shape allows."""

    WIDTH, HEIGHT = 595.0, 842.0

    def __init__(self, content: bytes) -> None:
        self._image = QImage.fromData(content)

    def __len__(self) -> int:
        return 0 if self._image.isNull() else 1

    def size(self, _number: int) -> QSizeF:
        sheet = QSizeF(self.WIDTH, self.HEIGHT)
        return QSizeF(self._image.size()).scaled(sheet, Qt.AspectRatioMode.KeepAspectRatio)

    def image(self, number: int, scale: float) -> QImage:
        size = (self.size(number) * scale).toSize()
        way = Qt.TransformationMode.SmoothTransformation
        return self._image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, way)

    def words(self, _number: int) -> str:
        return ""
