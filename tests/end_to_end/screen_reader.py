"""What a screen reader hears of a program at a desk: its accessible tree, over AT-SPI's own bus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.end_to_end.desk import Desk, wait_until
from tests.patience import PATIENCE_S

ENVIRONMENT = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
"""With it the program answers, whether or not the desktop knows of a screen reader."""

_PREFIX = "org.a11y.atspi."
_LINE = 3
"""ATSPI_TEXT_GRANULARITY_LINE."""
_SCREEN = 0
"""ATSPI_COORD_TYPE_SCREEN."""
_STATES = {1: "active", 4: "checked", 11: "focusable", 12: "focused", 25: "showing"}
"""ATSPI_STATE_…, those that are asked about here."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a screen reader finds; its lists of children and states are as they were then."""

    role: str
    name: str
    description: str
    states: frozenset[str]
    interfaces: frozenset[str]
    bus_name: str
    path: str


class ScreenReader:
    """Asks as Orca does. Use it in a `with` statement, inside that of its desk."""

    def __init__(self, desk: Desk) -> None:
        bus = open_dbus_connection(desk.environment["DBUS_SESSION_BUS_ADDRESS"])
        launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        (address,) = bus.send_and_get_reply(new_method_call(launcher, "GetAddress")).body
        bus.close()
        self._bus: DBusConnection = open_dbus_connection(address)
        self._registry = Thing(
            *("desktop frame", "", "", frozenset(), frozenset()),
            _PREFIX + "Registry",
            f"/{_PREFIX.replace('.', '/')}accessible/root",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bus.close()

    def window(self) -> Thing:
        """Return the program's window, once it is there."""
        found: list[Thing] = []

        def is_there() -> bool:
            programs = self.children(self._registry)
            found[:] = [window for program in programs for window in self.children(program)]
            return bool(found)

        wait_until(is_there, "no program for a screen reader")
        return found[-1]

    def children(self, thing: Thing) -> list[Thing]:
        """Return what is directly in `thing`."""
        (references,) = self._call(thing, "Accessible", "GetChildren")
        return [self._thing(bus_name, path) for bus_name, path in references]

    def below(self, thing: Thing) -> Iterator[Thing]:
        """Give all that shows in `thing`, parents first."""
        for child in self.children(thing):
            if "showing" in child.states:
                yield child
                yield from self.below(child)

    def find(self, role: str, name: str = "", *, within: Thing | None = None) -> Thing:
        """Return what has this role and this in its name, once it shows."""
        found: list[Thing] = []

        def is_there() -> bool:
            things = self.below(within or self.window())
            found[:] = [t for t in things if t.role == role and name in t.name]
            return bool(found)

        wait_until(is_there, f"no {role} {name!r} for a screen reader")
        return found[0]

    def focused(self) -> Thing:
        """Return what has the keyboard's focus."""
        wanted = {"focused", "focusable"}
        return [thing for thing in self.below(self.window()) if wanted <= thing.states][-1]

    def text(self, thing: Thing) -> str:
        """Return its whole text."""
        (text,) = self._call(thing, "Text", "GetText", "ii", (0, -1))
        return str(text)

    def caret(self, thing: Thing) -> int:
        """Return where the caret is in its text."""
        return int(self._property(thing, "Text", "CaretOffset"))

    def set_caret(self, thing: Thing, offset: int) -> None:
        """Put the caret there, as braille keys do."""
        self._call(thing, "Text", "SetCaretOffset", "i", (offset,))

    def line_at(self, thing: Thing, offset: int) -> tuple[str, int, int]:
        """Return the line around an offset of its text, its start and its end."""
        line, start, end = self._call(thing, "Text", "GetStringAtOffset", "iu", (offset, _LINE))
        return line, start, end

    def box_of(self, thing: Thing, offset: int) -> tuple[int, int, int, int]:
        """Return left, top, width and height on the screen of a character of its text."""
        left, top, width, height = self._call(
            thing, "Text", "GetCharacterExtents", "iu", (offset, _SCREEN)
        )
        return left, top, width, height

    def look_at(self, thing: Thing, offset: int) -> tuple[dict[str, str], int, int]:
        """Return how the letter at an offset of its text looks, and from where to where."""
        look, start, end = self._call(thing, "Text", "GetAttributes", "i", (offset,))
        return look, start, end

    def attributes(self, thing: Thing) -> dict[str, str]:
        """Return what else is told of it, such as a heading's level."""
        (attributes,) = self._call(thing, "Accessible", "GetAttributes")
        return dict(attributes)

    def at_point(self, x: int, y: int) -> Thing:
        """Return what is found under a point of the screen, as when one points with the mouse."""
        window = self.window()
        ((bus_name, path),) = self._call(
            window, "Component", "GetAccessibleAtPoint", "iiu", (x, y, _SCREEN)
        )
        return self._thing(bus_name, path)

    def offset_at_point(self, thing: Thing, x: int, y: int) -> int:
        """Return which letter of its text is under a point of the screen."""
        (offset,) = self._call(thing, "Text", "GetOffsetAtPoint", "iiu", (x, y, _SCREEN))
        return int(offset)

    def select(self, thing: Thing, start: int, end: int) -> None:
        """Select a passage of its text."""
        self._call(thing, "Text", "AddSelection", "ii", (start, end))

    def value(self, thing: Thing) -> float:
        """Return a slider's value."""
        return float(self._property(thing, "Value", "CurrentValue"))

    def set_value(self, thing: Thing, value: float) -> None:
        """Move a slider."""
        address = self._address(thing, "Value")
        self._ask(Properties(address).set("CurrentValue", "d", value))

    def _thing(self, bus_name: str, path: str) -> Thing:
        bare = Thing("", "", "", frozenset(), frozenset(), bus_name, path)
        (states,) = self._call(bare, "Accessible", "GetState")
        (interfaces,) = self._call(bare, "Accessible", "GetInterfaces")
        (role,) = self._call(bare, "Accessible", "GetRoleName")
        bits = states[0] | states[1] << 32
        return Thing(
            role,
            self._property(bare, "Accessible", "Name"),
            self._property(bare, "Accessible", "Description"),
            frozenset(name for bit, name in _STATES.items() if bits >> bit & 1),
            frozenset(interface.removeprefix(_PREFIX) for interface in interfaces),
            bus_name,
            path,
        )

    def _address(self, thing: Thing, interface: str) -> DBusAddress:
        return DBusAddress(thing.path, thing.bus_name, _PREFIX + interface)

    def _property(self, thing: Thing, interface: str, name: str) -> Any:
        ((_signature, value),) = self._ask(Properties(self._address(thing, interface)).get(name))
        return value

    def _call(
        self,
        thing: Thing,
        interface: str,
        method: str,
        signature: str = "",
        body: tuple[Any, ...] = (),
    ) -> tuple[Any, ...]:
        address = self._address(thing, interface)
        return self._ask(new_method_call(address, method, signature or None, body))

    def _ask(self, message: Any) -> tuple[Any, ...]:
        reply = self._bus.send_and_get_reply(message, timeout=PATIENCE_S)
        if reply.header.message_type is MessageType.error:
            raise LookupError(*reply.body)
        return tuple(reply.body)
