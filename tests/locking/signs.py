"""Hears the signs of a D-Bus in a process of its own: prints each, until it is told enough."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from valmentaja.domain.locking import Sign
from valmentaja.ui.lock_linux import LOGIN, LinuxSigns

SENT = (
    ("/org/freedesktop/login1/session/_31", f"{LOGIN}.Session", "Lock", []),
    ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [True]),
    ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [False]),
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [False]),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
)
HEARD = 4
"""Waking and the screen saver's end are no signs."""


def main() -> None:
    app = QCoreApplication([])
    heard: list[Sign] = []
    signs = LinuxSigns(QObject(app), heard.append)
    for path, interface, name, values in SENT:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(values)
        QDBusConnection.systemBus().send(message)
    for _ in range(10_000):
        app.processEvents()
        if len(heard) >= HEARD:
            break
    sys.stdout.write(" ".join(sign.name for sign in heard) + f" {signs.is_holding}\n")


if __name__ == "__main__":
    main()
