"""Reads a Lua file that returns one table of plain values, as KOReader keeps its settings.

Source: the Lua 5.1 reference manual, 2.1 and 2.5.7. Nothing is run: anything but strings,
numbers, booleans, nil and tables is a fault.
"""

from __future__ import annotations

import re
from math import inf, isinf

LuaValue = None | bool | float | str | dict["str | int", "LuaValue"]

_MOST_DEPTH = 60
_TOKEN = re.compile(
    r"""
    (?P<space>\s+|--\[\[.*?\]\]|--[^\n]*)
  | (?P<long>\[(?P<level>=*)\[.*?\](?P=level)\])
  | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
  | (?P<number>-?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))
  | (?P<name>[A-Za-z_]\w*)
  | (?P<sign>[{}\[\]=,;])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(\d{1,3}|\r?\n|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "nil": None}


class NotALuaTable(ValueError):
    """The text is no table of plain values."""


def read_lua_table(text: str) -> dict[str | int, LuaValue]:
    """Return the table that a Lua file returns; what has no key is numbered from 1.

    Raises:
        NotALuaTable: it does something else.
    """
    reader = _Reader(text)
    if reader.take() != ("name", "return"):
        raise NotALuaTable("it does not begin with return")
    found = reader.value(0)
    if not isinstance(found, dict):
        raise NotALuaTable("it returns no table")
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._next = self._read()

    def take(self) -> tuple[str, str]:
        """Return the next token's kind and text, and go on."""
        token, self._next = self._next, self._read()
        return token

    def value(self, depth: int) -> LuaValue:
        """Return the value that comes next."""
        kind, text = self.take()
        match kind:
            case "string":
                return _unescaped(text[1:-1])
            case "long":
                inner = text[text.index("[", 1) + 1 : text.rindex("]", 0, -1)]
                return inner.removeprefix("\n")
            case "number":
                return _number(text)
            case "name" if text in _WORDS:
                return _WORDS[text]
            case "sign" if text == "{" and depth < _MOST_DEPTH:
                return self._table(depth + 1)
        raise NotALuaTable(f"it has no value before character {self._at}")

    def _table(self, depth: int) -> dict[str | int, LuaValue]:
        found: dict[str | int, LuaValue] = {}
        count = 0
        while self._next != ("sign", "}"):
            key: LuaValue = None
            if self._next == ("sign", "["):
                self.take()
                key = self.value(depth)
                self._expect("]")
                self._expect("=")
            elif self._next[0] == "name" and self._next[1] not in _WORDS:
                key = self.take()[1]
                self._expect("=")
            value = self.value(depth)
            if key is None:
                count += 1
                key = float(count)
            if isinstance(key, float):
                found[int(key)] = value
            elif isinstance(key, str):
                found[key] = value
            if self._next in (("sign", ","), ("sign", ";")):
                self.take()
            elif self._next != ("sign", "}"):
                raise NotALuaTable(f"a table does not end before character {self._at}")
        self.take()
        return found

    def _expect(self, sign: str) -> None:
        if self.take() != ("sign", sign):
            raise NotALuaTable(f"{sign} is missing before character {self._at}")

    def _read(self) -> tuple[str, str]:
        while self._at < len(self._text):
            found = _TOKEN.match(self._text, self._at)
            if found is None:
                raise NotALuaTable(f"character {self._at} begins no value")
            self._at = found.end()
            kind = next(
                k for k in ("space", "long", "string", "number", "name", "sign") if found[k]
            )
            if kind != "space":
                return kind, found[kind]
        return "end", ""


def _number(text: str) -> float:
    try:
        number = float(int(text, 16)) if "x" in text.lower() else float(text)
    except OverflowError:
        number = inf
    if isinf(number):  # as a key it would be no place in a list
        raise NotALuaTable(f"the number {text[:20]} is too large")
    return number


def _unescaped(text: str) -> str:
    def meant(found: re.Match[str]) -> str:
        escape = found[1]
        if escape.isdecimal():
            return chr(int(escape))
        return "\n" if escape in ("\n", "\r\n") else _ESCAPES.get(escape, escape)

    return _ESCAPE.sub(meant, text) if "\\" in text else text
