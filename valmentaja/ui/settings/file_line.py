"""A line for a file's path with the buttons that open and browse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from valmentaja.i18n import tr
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.rows import wrapping


class FileLine:
    """Enter in the line does the same as the button: `act`."""

    def __init__(self, act: Callable[[], None]) -> None:
        self.line = QLineEdit()
        self._act = act
        self.line.returnPressed.connect(act)

    def path(self) -> Path:
        return Path(self.line.text().strip()).expanduser()

    def clear(self) -> None:
        self.line.clear()

    def buttons(self, words: Say) -> QWidget:
        return wrapping(
            secondary(words, "list-checks", act=self._act),
            secondary(lambda: tr("Browse …"), "folder-open", act=self._browse),
            gap=12,
        )

    def _browse(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self.line, tr("File"), self.line.text())
        if chosen:
            self.line.setText(chosen)
            self._act()
