"""The values a text is made of once read: Document, Section, Block, Inline, Span and Place.

One coordinate everywhere: code points of a section's canonical text. UTF-16, CFI and pages exist
only at the edges that need them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

Fingerprint = NewType("Fingerprint", str)
"""`sha256:` and the hexadecimal SHA-256 of a document's canonical text."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One position: `offset` code points into the text of section number `section`."""

    section: int
    offset: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range [start, end) of code points in the text of section number `section`."""

    section: int
    start: int
    end: int

    @property
    def first_place(self) -> Place:
        """Where the span begins."""
        return Place(self.section, self.start)

    @property
    def is_empty(self) -> bool:
        """Whether it holds no character."""
        return self.end <= self.start

    def __contains__(self, place: object) -> bool:
        return (
            isinstance(place, Place)
            and place.section == self.section
            and self.start <= place.offset < self.end
        )

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.section == other.section and self.start < other.end and other.start < self.end


class BlockKind(StrEnum):
    """What a block is to the reader; the values are those of `text --json`."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    CODE = "code"
    TABLE_CELL = "table_cell"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class TableCell:
    """Where a block stands in a table: all counted from 0; `table` counts within the section."""

    table: int
    row: int
    column: int
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or the like: the range [start, end) of its section's text.

    Blocks are in order and don't overlap; between two of them stands only white space. A line feed
    inside a block of a kind other than CODE is shown and spoken as a space; U+2028 is a line break
    that the author made. A RULE may be empty, all others hold something.

    `level` is a heading's rank (1 to 6), or how deep a list item or quotation is nested (from 1).
    `marker` is what a list item shows before its text ("•", "3."); it is not part of the text.
    `language` is a BCP 47 tag, None where the document's holds.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    marker: str = ""
    language: str | None = None
    cell: TableCell | None = None


class InlineKind(StrEnum):
    """How a run inside a block differs from the text around it."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    STRIKE = "strike"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    LINK = "link"
    NOTE_REFERENCE = "note_reference"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Inline:
    """A run [start, end) of a section's text with a quality of its own. Runs may nest or overlap.

    `target` is a link's address (never followed by the app itself), or a LANGUAGE run's BCP 47 tag,
    or where a note reference's note starts, as "section:offset" (its link's address if unknown).
    """

    start: int
    end: int
    kind: InlineKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One piece of canonical text with its blocks and inline runs, both sorted by start."""

    index: int
    title: str
    text: str
    blocks: tuple[Block, ...]
    inlines: tuple[Inline, ...] = ()


class NoticeKind(StrEnum):
    """Something the reader should be told about how a file was read."""

    BAD_BYTES = "bad_bytes"
    ENCODING_GUESSED = "encoding_guessed"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Notice:
    """What was noticed, how often, and a detail such as an encoding's name."""

    kind: NoticeKind
    count: int = 1
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as the app knows it, whatever file it came from.

    `language` is a BCP 47 tag, or None where the file doesn't say. `sections` may be lazy.
    """

    title: str
    authors: tuple[str, ...]
    language: str | None
    sections: Sequence[Section]
    fingerprint: Fingerprint
    notices: tuple[Notice, ...] = ()


def fingerprint_of(texts: Iterable[str]) -> Fingerprint:
    """Identify a version of a text by the canonical texts of its sections, in order."""
    digest = hashlib.sha256()
    for number, text in enumerate(texts):
        if number:
            digest.update(b"\x1e")  # record separator: moving text across sections is a new version
        digest.update(text.encode("utf-8", "surrogatepass"))
    return Fingerprint("sha256:" + digest.hexdigest())
