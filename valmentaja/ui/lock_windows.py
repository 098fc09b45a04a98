"""The session's lock and sleep on Windows, written to Microsoft's documentation; NOT TESTED on Windows.

WM_WTSSESSION_CHANGE arrives at a window that asked for it with WTSRegisterSessionNotification; WM_POWERBROADCAST
arrives at every top-level window. Loaded on Windows only.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtGui import QWindow

from valmentaja.domain.locking import Sign

WM_POWERBROADCAST, PBT_APMSUSPEND = 0x0218, 0x0004
WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK = 0x02B1, 0x0007
NOTIFY_FOR_THIS_SESSION = 0
SIGNS = {
    (WM_POWERBROADCAST, PBT_APMSUSPEND): Sign.SLEEPING,
    (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK): Sign.SESSION_LOCKED,
}


class Message(ctypes.Structure):
    """MSG of winuser.h."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wParam", ctypes.c_size_t),
        ("lParam", ctypes.c_ssize_t),
        ("time", ctypes.c_uint),
        ("x", ctypes.c_long),
        ("y", ctypes.c_long),
    )


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, hear: Callable[[Sign], None]) -> None:
        super().__init__()
        self._hear = hear

    def nativeEventFilter(
        self, _kind: QByteArray | bytes | bytearray | memoryview[int], message: int
    ) -> tuple[bool, int]:
        found = Message.from_address(int(message))
        sign = SIGNS.get((found.message, found.wParam))
        if sign is not None:
            self._hear(sign)
        return False, 0


class WindowsSigns(QObject):
    """A hidden window of its own receives the session's messages for as long as the program runs."""

    def __init__(self, parent: QObject, hear: Callable[[Sign], None]) -> None:
        super().__init__(parent)
        self._window = QWindow()
        self._filter = _Filter(hear)
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._filter)
        handle = ctypes.c_void_p(int(self._window.winId()))
        register = getattr(ctypes, "windll").wtsapi32.WTSRegisterSessionNotification  # noqa: B009 - Windows only
        register(handle, NOTIFY_FOR_THIS_SESSION)
