"""Asks the desktop to keep screen and machine awake, where there is one that can be asked."""

from __future__ import annotations

import sys

_CONNECTION = "sottovoce-awake"
_SERVICE, _PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"


class Wakefulness:
    """Keeps awake between `set_wanted(True)` and `set_wanted(False)`; both may be said twice."""

    def __init__(self) -> None:
        self._is_wanted = False

    def set_wanted(self, is_wanted: bool) -> None:
        """Ask for it, or no longer. Where nobody answers, nothing happens; it never waits."""
        if is_wanted == self._is_wanted or not sys.platform.startswith(("linux", "freebsd")):
            return
        self._is_wanted = is_wanted
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        if not is_wanted:
            QDBusConnection.disconnectFromBus(_CONNECTION)
            return
        # its own connection: the desktop forgets the wish of whoever leaves the bus, while to take
        # it back by its number needs a uint32, which PySide 6.11 can't send
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, _CONNECTION)
        if bus.isConnected():
            wish = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "Inhibit")
            wish.setArguments(["Sottovoce", "Reading aloud"])
            wish.setAutoStartService(False)
            bus.send(wish)
