"""How large the desktop has texts, as its settings portal tells it on a real bus."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from reader.ui.look.desktop_text_size import DesktopTextSize
from tests.fakes.settings_portal import settings_portal

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="there is no bus")

FACTOR = ("org.gnome.desktop.interface", "text-scaling-factor")
_CONNECTION = "text size"


def test_the_desktops_factor_is_told_and_so_is_each_change(qtbot: QtBot) -> None:
    told: list[float] = []
    with settings_portal({FACTOR: 1.5}) as portal:
        bus = QDBusConnection.connectToBus(portal.address, _CONNECTION)
        size = DesktopTextSize(bus)
        size.told.connect(told.append)
        qtbot.waitUntil(lambda: told == [1.5])
        portal.change("org.gnome.desktop.interface", "cursor-size", 48.0)
        portal.change(*FACTOR, 1.25)
        qtbot.waitUntil(lambda: told == [1.5, 1.25])
        portal.change(*FACTOR, 1.0)
        qtbot.waitUntil(lambda: told == [1.5, 1.25, 1.0])
        QDBusConnection.disconnectFromBus(_CONNECTION)


def test_without_a_bus_nothing_is_told(qtbot: QtBot) -> None:
    size = DesktopTextSize(QDBusConnection("no such connection"))
    with qtbot.assertNotEmitted(size.told, wait=10):
        pass
