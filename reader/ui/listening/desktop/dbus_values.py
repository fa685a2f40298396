"""Values as D-Bus wants them: what PySide makes of Python's own types is not always what is meant.

`Int64`, `ObjectPath`, `StringList` and dictionaries are written with exactly that type; bool, float
and str as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import ClassInfo, Property, QMetaType, QObject
from PySide6.QtDBus import (
    QDBusArgument,
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusVariant,
)

from reader.values import value

PROPERTIES_INTERFACE = "org.freedesktop.DBus.Properties"

Class = TypeVar("Class", bound=type[QObject])

_WIDE_PATH = "/org/sottovoce/wide"
_WIDE_INTERFACE = "org.sottovoce.Wide"


@value
class Int64:
    """A number of type "x"."""

    value: int


@value
class ObjectPath:
    """The name of an object, type "o"."""

    value: str


@value
class StringList:
    """Strings, type "as", also where there are none."""

    values: tuple[str, ...]


DBusValue = bool | float | str | Int64 | ObjectPath | StringList | Mapping[str, "DBusValue"]


class Marshaller:
    """Writes values for one connection."""

    def __init__(self, connection: QDBusConnection) -> None:
        self._connection = connection
        self._wide = _WideNumber()
        connection.registerObject(
            _WIDE_PATH, self._wide, QDBusConnection.RegisterOption.ExportAllProperties
        )

    def variant(self, value: DBusValue) -> QDBusVariant:
        """Return a value with its type beside it."""
        match value:
            case Int64(value=number):
                return self._int64(number)
            case ObjectPath(value=path):
                return QDBusVariant(QDBusObjectPath(path))
            case StringList(values=values):
                return QDBusVariant(string_array(values))
            case bool() | float() | str():
                return QDBusVariant(value)
            case _:
                return QDBusVariant(self.dictionary(value))

    def dictionary(self, values: Mapping[str, DBusValue]) -> QDBusArgument:
        """Return a dictionary of type "a{sv}"."""
        argument = QDBusArgument()
        argument.beginMap(
            QMetaType(QMetaType.Type.QString.value), QMetaType.fromName(b"QDBusVariant")
        )
        for name, entry in values.items():
            argument.beginMapEntry()
            # WORKAROUND(PySide 6.11): << takes a string for a byte or for a sequence
            argument.appendVariant(name)
            argument.appendVariant(self.variant(entry))
            argument.endMapEntry()
        argument.endMap()
        return argument

    def close(self) -> None:
        """Let the connection go."""
        self._connection.unregisterObject(_WIDE_PATH)

    def _int64(self, number: int) -> QDBusVariant:
        # WORKAROUND(PySide 6.11): an int below 2**31 always becomes an int32, which remote controls
        # don't take for a time. Only a declared property keeps the type; Qt answers without the bus
        self._wide.number = number
        call = QDBusMessage.createMethodCall(
            self._connection.baseService(), _WIDE_PATH, PROPERTIES_INTERFACE, "Get"
        )
        call.setArguments([_WIDE_INTERFACE, "wide"])
        answer = self._connection.call(call).arguments()
        return answer[0] if answer else QDBusVariant(number)


def string_array(values: tuple[str, ...]) -> QDBusArgument:
    """Return strings as an array of type "as"."""
    argument = QDBusArgument()
    argument.beginArray(QMetaType(QMetaType.Type.QString.value))
    for string in values:
        argument.appendVariant(string)
    argument.endArray()
    return argument


def dbus_interface(name: str, introspection: str | None = None) -> Callable[[Class], Class]:
    """Return a class decorator: what Qt exports of it belongs to this interface.

    `introspection` is its description in XML, if it is not to be what Qt makes of the class.
    """
    info = {"D-Bus Interface": name}
    if introspection is not None:
        info["D-Bus Introspection"] = introspection
    decorate: Callable[[Class], Class] = ClassInfo(info)  # type: ignore[call-arg, assignment] # the stub knows no arguments
    return decorate


@dbus_interface(_WIDE_INTERFACE)
class _WideNumber(QObject):
    """Has a number whose type is known to Qt."""

    number = 0

    def _number(self) -> int:
        return self.number

    wide = Property("qlonglong", _number)  # type: ignore[arg-type] # the stub knows no type names
