"""What holds at a place in an RTF file: each group begins with what held around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto


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
    SHAPE_NAME = auto()
    SHAPE_VALUE = auto()
    BOOKMARK = auto()


@dataclass(slots=True)
class Paragraph:
    """What `pard` sets back. Indents are in twips (1/1440 inch)."""

    style: int = 0
    outline: int | None = None
    is_in_table: bool = False
    is_right_to_left: bool = False
    left: int = 0
    right: int = 0
    first: int = 0
    list_level: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its tag and whether it is a quotation, and the style it is based on."""

    kind: tuple[str, bool] | None
    based_on: int | None
    language: str


@dataclass(slots=True)
class Field:
    """A field being read."""

    instruction: str = ""


@dataclass(slots=True)
class Picture:
    """A picture being read: its bytes in hexadecimal or as they are, and what describes it."""

    digits: list[bytes] = field(default_factory=list)
    data: bytes = b""
    is_shown: bool = False
    description: str = ""


@dataclass(slots=True)
class State:
    """All that a group hands on to those inside it; copied when one begins."""

    destination: Destination = Destination.TEXT
    around_alternative: Destination = Destination.TEXT
    paragraph: Paragraph = field(default_factory=Paragraph)
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
    based_on: int | None = None
    closes: str = ""
    """What ends with this very group: "note", "box"; not handed on."""
