"""What the coach copies leaves the clipboard again: after ten seconds, and when the vault locks."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MS = 10_000
_KDE = "x-kde-passwordManagerHint"
_WINDOWS = 'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"'
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class Clipboard(QObject):
    """Only what this program put there is cleared, never what another one put there since.

    Clipboard histories of KDE and Windows are asked not to keep it; other systems have no such hint.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._board = QGuiApplication.clipboard()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(KEPT_MS)
        self._timer.timeout.connect(self.clear)
        self._board.dataChanged.connect(self._copied)
        self._board.selectionChanged.connect(self._marked)

    def clear(self) -> None:
        """Now; called when the vault locks."""
        self._timer.stop()
        for mode in _MODES:
            if self._is_ours(mode) and self._board.text(mode):
                self._board.clear(mode)

    def _copied(self) -> None:
        if not self._is_ours(QClipboard.Mode.Clipboard):
            self._timer.stop()
            return
        text = self._board.text()
        if not text:
            return
        self._timer.start()
        held = self._board.mimeData()
        if held is not None and not held.hasFormat(_KDE):
            self._board.setMimeData(concealed(text))

    def _marked(self) -> None:
        """What is merely selected is on X11's other clipboard."""
        if self._is_ours(QClipboard.Mode.Selection) and not self._timer.isActive():
            self._timer.start()

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        return self._board.ownsSelection() if mode is QClipboard.Mode.Selection else self._board.ownsClipboard()


def concealed(text: str) -> QMimeData:
    """Plain text with the hints that keep it out of clipboard histories."""
    made = QMimeData()
    made.setText(text)
    made.setData(_KDE, b"secret")
    made.setData(_WINDOWS, b"\x00\x00\x00\x00")
    return made
