"""The session's lock and sleep on Linux, from D-Bus: login1 and the desktops' screen savers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor

from valmentaja.domain.locking import Sign

LOGIN = "org.freedesktop.login1"
WAIT_MS = 500
SIGNALS = (
    # Any path: a vault that locks with another person's session on the same computer does no harm.
    ("system", f"{LOGIN}.Session", "Lock", SLOT("locked()")),
    ("system", f"{LOGIN}.Manager", "PrepareForSleep", SLOT("sleeping(bool)")),
    ("session", "org.freedesktop.ScreenSaver", "ActiveChanged", SLOT("covered(bool)")),
    ("session", "org.gnome.ScreenSaver", "ActiveChanged", SLOT("covered(bool)")),
)


class LinuxSigns(QObject):
    """Without a bus nothing is heard and nothing is said; idle time and the clocks still lock."""

    def __init__(self, parent: QObject, hear: Callable[[Sign], None]) -> None:
        super().__init__(parent)
        self._hear = hear
        self._delay: QDBusUnixFileDescriptor | None = None
        buses = {"system": QDBusConnection.systemBus(), "session": QDBusConnection.sessionBus()}
        for bus, interface, name, slot in SIGNALS:
            if buses[bus].isConnected():
                # The stub wants bytes, PySide 6.11 refuses them.
                buses[bus].connect("", "", interface, name, self, slot)  # type: ignore[call-overload]
        self._system = buses["system"]
        self.hold()

    @property
    def is_holding(self) -> bool:
        """The system has promised to wait before it sleeps."""
        return self._delay is not None and self._delay.isValid()

    def hold(self) -> None:
        """Ask that sleep waits (at most five seconds) until the vault is locked."""
        if not self._system.isConnected():
            return
        asked = QDBusMessage.createMethodCall(LOGIN, "/org/freedesktop/login1", f"{LOGIN}.Manager", "Inhibit")
        asked.setArguments(["sleep", "Valmentaja", "Locks the vault", "delay"])
        given = self._system.call(asked, timeout=WAIT_MS).arguments()
        self._delay = given[0] if given and isinstance(given[0], QDBusUnixFileDescriptor) else None

    @Slot()
    def locked(self) -> None:
        self._hear(Sign.SESSION_LOCKED)

    @Slot(bool)
    def covered(self, on: bool) -> None:
        if on:
            self._hear(Sign.SESSION_LOCKED)

    @Slot(bool)
    def sleeping(self, begins: bool) -> None:
        """Lock first, then let the computer go; after waking ask for the delay again."""
        if begins:
            self._hear(Sign.SLEEPING)
            self._delay = None
        else:
            self.hold()
