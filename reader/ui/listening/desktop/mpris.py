"""The media session of Linux desktops: MPRIS 2.2 over D-Bus.

https://specifications.freedesktop.org/mpris-spec/2.2/ — here a track is a text, and next and
previous are sentences.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusAbstractAdaptor,
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusVariant,
)

from reader.playback.stream.stretch import MAX_SPEED, MIN_SPEED
from reader.ui.listening.desktop.dbus_values import (
    PROPERTIES_INTERFACE,
    DBusValue,
    Int64,
    Marshaller,
    ObjectPath,
    StringList,
    dbus_interface,
    string_array,
)
from reader.ui.listening.desktop.media_session import MediaControls, MediaStatus, NowReading

BUS_NAME = "org.mpris.MediaPlayer2.sottovoce"
PATH = "/org/mpris/MediaPlayer2"
ROOT_INTERFACE = "org.mpris.MediaPlayer2"
PLAYER_INTERFACE = "org.mpris.MediaPlayer2.Player"
NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"

_MICROSECONDS = 1_000_000

_ROOT_XML = """  <interface name="org.mpris.MediaPlayer2">
    <method name="Raise"/>
    <method name="Quit"/>
    <property name="CanQuit" type="b" access="read"/>
    <property name="CanRaise" type="b" access="read"/>
    <property name="HasTrackList" type="b" access="read"/>
    <property name="Identity" type="s" access="read"/>
    <property name="DesktopEntry" type="s" access="read"/>
    <property name="SupportedUriSchemes" type="as" access="read"/>
    <property name="SupportedMimeTypes" type="as" access="read"/>
  </interface>
"""

_PLAYER_XML = """  <interface name="org.mpris.MediaPlayer2.Player">
    <method name="Next"/>
    <method name="Previous"/>
    <method name="Pause"/>
    <method name="PlayPause"/>
    <method name="Stop"/>
    <method name="Play"/>
    <method name="Seek"><arg name="Offset" type="x" direction="in"/></method>
    <method name="SetPosition">
      <arg name="TrackId" type="o" direction="in"/>
      <arg name="Position" type="x" direction="in"/>
    </method>
    <method name="OpenUri"><arg name="Uri" type="s" direction="in"/></method>
    <signal name="Seeked"><arg name="Position" type="x"/></signal>
    <property name="PlaybackStatus" type="s" access="read"/>
    <property name="Rate" type="d" access="readwrite"/>
    <property name="MinimumRate" type="d" access="read"/>
    <property name="MaximumRate" type="d" access="read"/>
    <property name="Metadata" type="a{sv}" access="read"/>
    <property name="Volume" type="d" access="readwrite"/>
    <property name="Position" type="x" access="read"/>
    <property name="CanGoNext" type="b" access="read"/>
    <property name="CanGoPrevious" type="b" access="read"/>
    <property name="CanPlay" type="b" access="read"/>
    <property name="CanPause" type="b" access="read"/>
    <property name="CanSeek" type="b" access="read"/>
    <property name="CanControl" type="b" access="read"/>
  </interface>
"""

ROOT_PROPERTIES: Mapping[str, DBusValue] = {
    "CanQuit": True,
    "CanRaise": True,
    "HasTrackList": False,
    "Identity": "Sottovoce",
    "DesktopEntry": "org.sottovoce.Sottovoce",
    "SupportedUriSchemes": StringList(()),
    "SupportedMimeTypes": StringList(()),
}


def track_id(now: NowReading | None) -> str:
    """Return the object path that stands for a text."""
    if now is None:
        return NO_TRACK
    return "/org/sottovoce/text/" + re.sub(r"[^A-Za-z0-9]", "_", now.fingerprint)


def metadata(now: NowReading | None) -> dict[str, DBusValue]:
    """Return what is read; `xesam:asText` is the sentence, which changes as it is read."""
    values: dict[str, DBusValue] = {"mpris:trackid": ObjectPath(track_id(now))}
    if now is not None:
        values["mpris:length"] = microseconds(now.length_s)
        values["xesam:title"] = now.title
        if now.authors:
            values["xesam:artist"] = StringList(now.authors)
        if now.sentence:
            values["xesam:asText"] = now.sentence
    return values


def player_properties(now: NowReading | None) -> dict[str, DBusValue]:
    """Return all properties of the player's interface."""
    has_text = now is not None
    return {
        "PlaybackStatus": str(MediaStatus.STOPPED if now is None else now.status),
        "Rate": 1.0 if now is None else float(now.speed),
        "MinimumRate": float(MIN_SPEED),
        "MaximumRate": float(MAX_SPEED),
        "Metadata": metadata(now),
        "Volume": 1.0,
        "Position": microseconds(0.0 if now is None else now.position_s),
        "CanGoNext": has_text,
        "CanGoPrevious": has_text,
        "CanPlay": has_text,
        "CanPause": has_text,
        "CanSeek": has_text,
        "CanControl": True,
    }


def microseconds(seconds: float) -> Int64:
    """Return a time in MPRIS's unit."""
    return Int64(round(seconds * _MICROSECONDS))


def open_mpris(controls: MediaControls) -> MprisSession | None:
    """Return a session on the session bus, None if there is no bus."""
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return None
    session = MprisSession(controls, bus)
    if not session.begin():
        session.close()
        return None
    return session


class MprisSession:
    """A `MediaSession` under a name of its own on a bus."""

    def __init__(self, controls: MediaControls, bus: QDBusConnection) -> None:
        self._controls, self._bus = controls, bus
        self._marshaller = Marshaller(bus)
        self._object = QObject()
        self._name = ""
        self._told: dict[str, DBusValue] = {}
        _RootAdaptor(self._object, controls)
        self._player = _PlayerAdaptor(self._object, controls)
        _PropertiesAdaptor(self._object, self, bus)

    def begin(self) -> bool:
        """Be seen; whether that was allowed. Another window has the plain name: take a longer."""
        self._told = self._changing()
        if not self._bus.registerObject(PATH, self._object):
            return False
        for name in (BUS_NAME, f"{BUS_NAME}.instance{os.getpid()}"):
            if self._bus.registerService(name):
                self._name = name
                return True
        return False

    def update(self) -> None:
        """Tell the properties that are others now."""
        values = self._changing()
        changed = {name: value for name, value in values.items() if value != self._told[name]}
        if changed:
            self._told = values
            signal = QDBusMessage.createSignal(PATH, PROPERTIES_INTERFACE, "PropertiesChanged")
            signal.setArguments(
                [PLAYER_INTERFACE, self._marshaller.dictionary(changed), string_array(())]
            )
            self._bus.send(signal)

    def jumped(self) -> None:
        """Tell the new position."""
        now = self._controls.now()
        if now is not None:
            self._player.Seeked.emit(microseconds(now.position_s).value)

    def close(self) -> None:
        """Give the name back."""
        if self._name:
            self._bus.unregisterService(self._name)
        self._bus.unregisterObject(PATH)
        self._marshaller.close()

    def properties(self, interface: str) -> Mapping[str, DBusValue] | None:
        """Return an interface's properties as they are now, None if it isn't one of ours."""
        if interface == ROOT_INTERFACE:
            return ROOT_PROPERTIES
        if interface == PLAYER_INTERFACE:
            return player_properties(self._controls.now())
        return None

    def arguments(self, values: Mapping[str, DBusValue]) -> list[object]:
        """Return properties as the one argument of an answer."""
        return [self._marshaller.dictionary(values)]

    def argument(self, value: DBusValue) -> list[object]:
        """Return one property as the one argument of an answer."""
        return [self._marshaller.variant(value)]

    def set_rate(self, speed: float) -> None:
        """Read at this speed; 0 is the specification's other word for a pause."""
        if speed == 0:
            self._controls.pause()
        else:
            self._controls.set_speed(speed)

    def _changing(self) -> dict[str, DBusValue]:
        """Return what others are told when it changes: all but the position, which always does."""
        values = player_properties(self._controls.now())
        del values["Position"]
        return values


# WORKAROUND(PySide 6.11): a slot with another name for D-Bus, Slot(name=…), crashes when called, so
# that the methods below bear the specifications' names
@dbus_interface(ROOT_INTERFACE, _ROOT_XML)
class _RootAdaptor(QDBusAbstractAdaptor):
    """The methods every media player has."""

    def __init__(self, parent: QObject, controls: MediaControls) -> None:
        super().__init__(parent)
        self._controls = controls

    @Slot()
    def Raise(self) -> None:
        self._controls.show_window()

    @Slot()
    def Quit(self) -> None:
        self._controls.quit()


@dbus_interface(PLAYER_INTERFACE, _PLAYER_XML)
class _PlayerAdaptor(QDBusAbstractAdaptor):
    """The methods that play."""

    # the stub knows no type names
    Seeked = Signal("qlonglong")  # type: ignore[arg-type]

    def __init__(self, parent: QObject, controls: MediaControls) -> None:
        super().__init__(parent)
        self._controls = controls

    @Slot()
    def Play(self) -> None:
        self._controls.play()

    @Slot()
    def Pause(self) -> None:
        self._controls.pause()

    @Slot()
    def PlayPause(self) -> None:
        self._controls.play_or_pause()

    @Slot()
    def Stop(self) -> None:
        # the place in a text is never given up
        self._controls.pause()

    @Slot()
    def Next(self) -> None:
        self._controls.next()

    @Slot()
    def Previous(self) -> None:
        self._controls.previous()

    @Slot("qlonglong")
    def Seek(self, offset_us: int) -> None:
        now = self._controls.now()
        if now is None:
            return
        position_s = now.position_s + offset_us / _MICROSECONDS
        if position_s > now.length_s:
            self._controls.next()
        else:
            self._controls.move_to(max(0.0, position_s))

    @Slot(QDBusObjectPath, "qlonglong")
    def SetPosition(self, track: QDBusObjectPath, position_us: int) -> None:
        now = self._controls.now()
        position_s = position_us / _MICROSECONDS
        if now is not None and track.path() == track_id(now) and 0 <= position_s <= now.length_s:
            self._controls.move_to(position_s)

    @Slot(str, QDBusMessage)
    def OpenUri(self, _uri: str, message: QDBusMessage) -> None:
        # required by the specification, even where no kind of address is offered
        _refuse(QDBusConnection.sessionBus(), message, "NotSupported", "No address is opened.")


@dbus_interface(PROPERTIES_INTERFACE, introspection="")
class _PropertiesAdaptor(QDBusAbstractAdaptor):
    """Answers instead of Qt, which would not write all types as the specification wants them."""

    def __init__(self, parent: QObject, session: MprisSession, bus: QDBusConnection) -> None:
        super().__init__(parent)
        self._session, self._bus = session, bus

    @Slot(str, str, QDBusMessage)
    def Get(self, interface: str, name: str, message: QDBusMessage) -> None:
        values = self._session.properties(interface)
        if values is None or name not in values:
            _refuse(self._bus, message, "UnknownProperty", f"No {interface} {name} here.")
        else:
            _answer(self._bus, message, self._session.argument(values[name]))

    @Slot(str, QDBusMessage)
    def GetAll(self, interface: str, message: QDBusMessage) -> None:
        values = self._session.properties(interface)
        if values is None:
            _refuse(self._bus, message, "UnknownInterface", f"No {interface} here.")
        else:
            _answer(self._bus, message, self._session.arguments(values))

    @Slot(str, str, QDBusVariant, QDBusMessage)
    def Set(self, interface: str, name: str, variant: QDBusVariant, message: QDBusMessage) -> None:
        value = variant.variant()
        values = self._session.properties(interface)
        if values is None or name not in values:
            _refuse(self._bus, message, "UnknownProperty", f"No {interface} {name} here.")
        elif name not in ("Rate", "Volume"):
            _refuse(self._bus, message, "PropertyReadOnly", f"{name} can't be set.")
        elif not isinstance(value, (int, float)):
            _refuse(self._bus, message, "InvalidArgs", f"{name} is a number.")
        else:
            if name == "Rate":
                self._session.set_rate(float(value))
            _answer(self._bus, message, [])


def _answer(bus: QDBusConnection, message: QDBusMessage, arguments: list[object]) -> None:
    message.setDelayedReply(True)
    reply = message.createReply()
    reply.setArguments(arguments)
    bus.send(reply)


def _refuse(bus: QDBusConnection, message: QDBusMessage, error: str, reason: str) -> None:
    message.setDelayedReply(True)
    bus.send(message.createErrorReply(f"org.freedesktop.DBus.Error.{error}", reason))
