"""How much larger than usual the desktop has texts, where Qt doesn't make them so by itself.

GNOME and its kin keep it as `text-scaling-factor`. On X11 it comes in the screen's resolution,
which Qt heeds; on Wayland nobody is told who doesn't ask the settings portal for it
(xdg-desktop-portal, org.freedesktop.portal.Settings).
"""

from __future__ import annotations

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusVariant,
)

_SERVICE, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SETTINGS = "org.freedesktop.portal.Settings"
_SETTING = ["org.gnome.desktop.interface", "text-scaling-factor"]


class DesktopTextSize(QObject):
    """Tells the desktop's factor once it is known, and whenever it changes; 1.0 isn't told."""

    told = Signal(float)

    def __init__(self, bus: QDBusConnection, parent: QObject | None = None) -> None:
        """Ask on the desktop's session bus; where nobody answers nothing is told."""
        super().__init__(parent)
        if not bus.isConnected():
            return
        heard = SLOT("on_setting_changed(QDBusMessage)")
        # the stub asks for bytes, PySide for text
        bus.connect(_SERVICE, _PATH, _SETTINGS, "SettingChanged", self, heard)  # type: ignore[call-overload]
        question = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SETTINGS, "Read")
        question.setArguments(list(_SETTING))
        self._answer = QDBusPendingCallWatcher(bus.asyncCall(question), self)
        self._answer.finished.connect(self._on_answered)

    def _on_answered(self, answer: QDBusPendingCallWatcher) -> None:
        arguments = answer.reply().arguments()
        if not answer.isError() and arguments:
            self._tell(arguments[0], is_first=True)

    @Slot(QDBusMessage)
    def on_setting_changed(self, message: QDBusMessage) -> None:
        """Tell it if it is that setting."""
        *setting, value = message.arguments()
        if setting == _SETTING:
            self._tell(value)

    def _tell(self, value: object, *, is_first: bool = False) -> None:
        while isinstance(value, QDBusVariant):
            value = value.variant()
        if isinstance(value, float) and not (is_first and value == 1.0):
            self.told.emit(value)
