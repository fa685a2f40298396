"""A settings portal on a session bus of its own, as xdg-desktop-portal is on a real desktop."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_NAME, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SETTINGS = "org.freedesktop.portal.Settings"


class SettingsPortal:
    """Answers what it is asked for with its `settings`, by namespace and key."""

    def __init__(self, address: str, settings: dict[tuple[str, str], float]) -> None:
        self.address = address
        self._settings = settings
        self._bus: DBusConnection = open_dbus_connection(address)
        self._bus.send_and_get_reply(message_bus.RequestName(_NAME))
        self._thread = Thread(target=self._serve, name="settings portal")
        self._thread.start()

    def change(self, namespace: str, key: str, value: float) -> None:
        """Change a setting and tell everybody."""
        self._settings[namespace, key] = value
        emitter = DBusAddress(_PATH, interface=_SETTINGS)
        body = (namespace, key, ("d", value))
        self._bus.send(new_signal(emitter, "SettingChanged", "ssv", body))

    def close(self) -> None:
        """Return once it has left."""
        with open_dbus_connection(self.address) as other:
            leave = DBusAddress(_PATH, _NAME, _SETTINGS)
            other.send_and_get_reply(new_method_call(leave, "Leave"))
        self._thread.join()
        self._bus.close()

    def _serve(self) -> None:
        while True:
            message = self._bus.receive()
            if message.header.message_type is not MessageType.method_call:
                continue
            self._bus.send(self._answer(message))
            if message.header.fields[HeaderFields.member] == "Leave":
                return

    def _answer(self, message: Message) -> Message:
        if message.header.fields[HeaderFields.member] != "Read":
            return new_method_return(message)
        return new_method_return(message, "v", (("v", ("d", self._settings[message.body])),))


@contextmanager
def settings_portal(settings: dict[tuple[str, str], float]) -> Iterator[SettingsPortal]:
    """Give a portal on a bus of its own."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as daemon:
        assert daemon.stdout is not None
        portal = SettingsPortal(daemon.stdout.readline().decode().strip(), settings)
        try:
            yield portal
        finally:
            portal.close()
            daemon.terminate()
