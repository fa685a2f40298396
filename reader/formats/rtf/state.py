"""What holds at a place in an RTF file: each group begins with what held around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from reader.formats.rtf.characters import language_of_number


class Destination(Enum):
    """What becomes of text."""

    TEXT = auto()
    NOWHERE = auto()
    FONT = auto()
    STYLE = auto()
    PROPERTY = auto()
    INSTRUCTION = auto()
    MARKER = auto()
    PICTURE = auto()
    LISTS = auto()
    LEVEL_TEXT = auto()
    SHAPE_NAME = auto()
    SHAPE_VALUE = auto()
    BOOKMARK = auto()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What `pard` sets back. Indents are in twips (1/1440 inch)."""

    style: int = 0
    outline: int | None = None
    is_in_table: bool = False
    is_right_to_left: bool = False
    left: int = 0
    right: int = 0
    first: int = 0
    list_number: int = 0
    list_level: int = 0


@dataclass(slots=True)
class Field:
    """A field being read."""

    instruction: str = ""
    has_result: bool = False


@dataclass(slots=True)
class Picture:
    """A picture being read: its bytes in hexadecimal or as they are, and what describes it."""

    digits: list[bytes] = field(default_factory=list)
    data: bytes = b""
    is_shown: bool = False
    description: str = ""

    def content(self) -> bytes:
        """Return its bytes, empty where they are damaged."""
        if self.data:
            return self.data
        digits = b"".join(b"".join(self.digits).split())
        try:
            return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
        except (ValueError, UnicodeDecodeError):
            return b""


@dataclass(slots=True)
class State:
    """All that a group hands on to those inside it; copied when one begins."""

    destination: Destination = Destination.TEXT
    around_alternative: Destination = Destination.TEXT
    paragraph: Paragraph = Paragraph()
    strong: bool = False
    emphasis: bool = False
    strike: bool = False
    raised: bool = False
    lowered: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    is_right_to_left: bool = False
    font: int = -1
    language: str = ""
    complex_language: str = ""
    link: str = ""
    fallback_count: int = 1
    field: Field | None = None
    picture: Picture | None = None
    property: str = ""
    shape_property: str = ""
    based_on: int | None = None
    is_copy: bool = False
    """Whether it says for older programs what has been said already."""
    closes: str = ""
    """What ends with this very group: "inside" (a note, a box), "picture"; not handed on."""

    def inside(self) -> State:
        """Return what holds in a group that begins here."""
        made = State.__new__(State)  # groups are many, and `copy` is slow
        for name in _HANDED_ON:
            setattr(made, name, getattr(self, name))
        made.closes = ""
        return made


_HANDED_ON = tuple(name for name in State.__slots__ if name != "closes")

CHARACTER_WORDS: dict[str, tuple[str, Callable[[int], object]]] = {
    "b": ("strong", bool),
    "i": ("emphasis", bool),
    "strike": ("strike", bool),
    "striked": ("strike", bool),
    "v": ("is_hidden", bool),
    "deleted": ("is_deleted", bool),
    "lang": ("language", language_of_number),
    "alang": ("complex_language", language_of_number),
    "rtlch": ("is_right_to_left", lambda _: True),
    "ltrch": ("is_right_to_left", lambda _: False),
    "sbasedon": ("based_on", int),
}
"""Words that set a quality of the text that follows: which one, and what their number makes it."""

PARAGRAPH_WORDS: dict[str, tuple[str, Callable[[int], object]]] = {
    "intbl": ("is_in_table", bool),
    "itap": ("is_in_table", bool),
    "outlinelevel": ("outline", int),
    "li": ("left", int),
    "ri": ("right", int),
    "fi": ("first", int),
    "ilvl": ("list_level", lambda number: min(max(number, 0), 8)),
    "ls": ("list_number", int),
    "rtlpar": ("is_right_to_left", lambda _: True),
}
"""Words that set a quality of the paragraph, likewise."""
