"""The values a text is made of once read: Document, Section, Block, Inline, Span and Place.

One coordinate everywhere: code points of a section's canonical text. UTF-16, CFI and pages exist
only at the edges that need them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NewType, Protocol, runtime_checkable

from reader.text.digest import sha256, sha256_of_much
from reader.values import ordered_value, value

if TYPE_CHECKING:
    from reader.text.markup import Markup
    from reader.text.printed_pages import PrintedPages

Fingerprint = NewType("Fingerprint", str)
"""`sha256:` and a hexadecimal SHA-256: texts with the same one are the same version.

Over the canonical texts of all sections (`fingerprint_of`) where they are at hand anyway; over what
the archive tells of their sources, in reading order (`fingerprint_of_sources`), where sections are
read lazily: known at once, and the same for the same book packed again or under another name.
The latter says nothing of how sources become text, which may change with the app: notes are found
by their quotes all the same.
"""


@ordered_value
class Place:
    """One position: `offset` code points into the text of section number `section`."""

    section: int
    offset: int


@ordered_value
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
    FIGURE = "figure"
    FORMULA = "formula"
    """One that is set apart from the text."""
    LABELS = "labels"
    """The words in a drawing: what its axes and lines are called."""
    RULE = "rule"
    PAGE_FURNITURE = "page_furniture"
    """What a page carries besides its text: its number, a running head."""


@value
class TableCell:
    """Where a block stands in a table: all counted from 0; `table` counts within the section."""

    table: int
    row: int
    column: int
    is_header: bool = False


@value
class Block:
    """A paragraph or the like: the range [start, end) of its section's text.

    Blocks are in order and don't overlap; between two of them stands only white space. A line feed
    inside a block of a kind other than CODE is shown and spoken as a space; U+2028 is a line break
    that the author made. A RULE or FIGURE may be empty, all others hold something.

    `level` is a heading's rank (1 to 6), or how deep a list item or quotation is nested (from 1).
    `marker` is what a list item shows before its text ("•", "3."); it is not part of the text.
    `language` is a BCP 47 tag, None where the document's holds.
    `picture` is the address of a FIGURE's picture; the block's text is what describes it.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    marker: str = ""
    language: str | None = None
    cell: TableCell | None = None
    picture: str = ""


def is_same_row(block: Block, following: Block) -> bool:
    """Whether two blocks are cells in one row of a table."""
    one, other = block.cell, following.cell
    return (
        one is not None and other is not None and (one.table, one.row) == (other.table, other.row)
    )


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
    PICTURE = "picture"


@value
class Inline:
    """A run [start, end) of a section's text with a quality of its own. Runs may nest or overlap.

    `target` is a link's address (never followed by the app itself; `Document.place_of` knows those
    that lead into the document), or a LANGUAGE run's BCP 47 tag, or the address of a PICTURE that
    the run describes, or where a note reference's note starts, as "section:offset" (its link's
    address where that isn't known yet). A PICTURE that nothing describes is an empty run.
    """

    start: int
    end: int
    kind: InlineKind
    target: str = ""


class NoticeKind(StrEnum):
    """Something the reader should be told about how a file was read."""

    BAD_BYTES = "bad_bytes"
    ENCODING_GUESSED = "encoding_guessed"
    LEFT_OUT = "left_out"
    PART_MISSING = "part_missing"
    PART_DAMAGED = "part_damaged"
    LAYOUT_LOST = "layout_lost"
    """Its pages are laid out like a poster's, and are shown as running text."""


@value
class Notice:
    """What was noticed, how often, and a detail: an encoding's name, the name of a book's part."""

    kind: NoticeKind
    count: int = 1
    detail: str = ""


@value
class Section:
    """One piece of canonical text with its blocks and inline runs, both sorted by start.

    `anchors` are the names that links use for its places, with their offsets. `notices` are what
    showed only when this section was read.
    """

    index: int
    title: str
    text: str
    blocks: Sequence[Block]
    inlines: Sequence[Inline] = ()
    anchors: Mapping[str, int] = MappingProxyType({})
    notices: tuple[Notice, ...] = ()


@value
class ContentsEntry:
    """A line of the contents or of the page list: `level` counts from 1.

    `target` leads to its place through `Document.place_of`; empty for a line that leads nowhere.
    """

    title: str
    target: str
    level: int


class Pictures(Protocol):
    """Hands out the pictures that a document carries with it. Called from any thread."""

    def read(self, address: str) -> bytes | None:
        """Return the bytes of an image file (or SVG); None if it isn't there or is no image."""


@runtime_checkable
class PicturesWithHeads(Pictures, Protocol):
    """Pictures whose first bytes can be had without the rest."""

    def head(self, address: str) -> bytes | None:
        """Return its first bytes, enough to tell its size by. None as for `read`."""


_TARGET = re.compile(r"(\d{0,9})(?::(\d{1,12})|#(.*))", re.DOTALL)


@value
class Document:
    """A text as the app knows it, whatever file it came from.

    `language` is a BCP 47 tag, or None where the file doesn't say. `direction` is "ltr", "rtl" or
    empty. `sections` may be lazy (`reader.text.lazy_sections`). `cover` is an address for
    `pictures`, empty without one. `pages` are those of the printed edition; `printed` shows them
    where the file holds them as they look.
    """

    title: str
    authors: tuple[str, ...]
    language: str | None
    sections: Sequence[Section]
    fingerprint: Fingerprint
    notices: tuple[Notice, ...] = ()
    contents: tuple[ContentsEntry, ...] = ()
    pages: tuple[ContentsEntry, ...] = ()
    direction: str = ""
    cover: str = ""
    pictures: Pictures | None = None
    address: str = ""
    printed: PrintedPages | None = None
    markup: Markup | None = None
    """What its sections come from, where that is a tree of elements."""

    def section_of(self, target: str, section: int = 0) -> int | None:
        """Return the number of the section that `place_of` would find a place in; reads none."""
        found = _TARGET.fullmatch(target)
        if found is None:
            return None
        number = int(found[1]) if found[1] else section
        return number if number < len(self.sections) else None

    def place_of(self, target: str, section: int = 0) -> Place | None:
        """Return the place in this document that a link in section number `section` leads to.

        `target` is "section:offset", "section#name", or "#name" for a place in the same section;
        None for any other address. May read the section it leads to.
        """
        found = _TARGET.fullmatch(target)
        number = self.section_of(target, section)
        if found is None or number is None:
            return None
        if found[2] is not None:
            return Place(number, int(found[2]))
        if not found[3]:
            return Place(number, 0)
        offset = self.sections[number].anchors.get(found[3])
        if offset is None:
            return Place(number, 0) if found[1] else None
        return Place(number, offset)

    def place_named(self, name: str) -> Place | None:
        """Return the first place of a name, in whichever section. May read all of them."""
        for number, section in enumerate(self.sections):
            if (offset := section.anchors.get(name)) is not None:
                return Place(number, offset)
        return None


_MUCH_BYTES = 1_000_000


def fingerprint_of(texts: Iterable[str]) -> Fingerprint:
    """Identify a version of a text by the canonical texts of its sections, in order."""
    # record separator: moving text across sections is a new version
    content = b"\x1e".join([text.encode("utf-8", "surrogatepass") for text in texts])
    is_much = len(content) > _MUCH_BYTES
    digest = sha256_of_much(content) if is_much else sha256(content).hexdigest()
    return Fingerprint(f"sha256:{digest}")


def fingerprint_of_sources(format_name: str, sources: Iterable[tuple[int, int]]) -> Fingerprint:
    """Identify a version of a text by its sections' sources: CRC-32 and size in bytes of each.

    Both stand in an archive's directory, so nothing is unpacked. Two versions of a book could be
    taken for one only if every part that differs kept its size and its CRC-32.
    """
    digest = sha256(format_name.encode())
    for checksum, size_bytes in sources:
        digest.update(b"\x1e%08x:%d" % (checksum, size_bytes))
    return Fingerprint("sha256:" + digest.hexdigest())
