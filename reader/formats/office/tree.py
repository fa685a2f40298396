"""Builds the tree of HTML that office documents become, from paragraphs as they come.

Word processors know paragraphs with styles, not elements inside each other: each paragraph here
brings all that surrounds it (its list's level, its quotation), and runs of text that look alike
are joined however often the program that wrote them cut them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml.etree import _Element as Element

from reader.formats.html.rules import HEADINGS, OWN_MARKER
from reader.text.xml_text import xml_text

_DEEPEST_LIST = 12
_LONGEST_ADDRESS = 2000
_FILE_NAME = re.compile(
    r"(?:[a-z]:\\|\\\\|file:|https?:).*"  # where the picture lay once
    r"|\S+\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?|emf|wmf)|(?:image|picture|grafik|bild)\s*\d*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TextShape:
    """How a run of text differs from plain text. `link` is an address, `#name` one inside."""

    strong: bool = False
    emphasis: bool = False
    strike: bool = False
    code: bool = False
    raised: bool = False
    lowered: bool = False
    language: str = ""
    link: str = ""


PLAIN = TextShape()


@dataclass(frozen=True, slots=True)
class ListItem:
    """A paragraph's place in a list: `level` from 1; no marker where it goes on with an item."""

    level: int
    marker: str


@dataclass(frozen=True, slots=True)
class ParagraphShape:
    """What a paragraph is. `tag` is p, h1 to h6, pre or figcaption."""

    tag: str = "p"
    item: ListItem | None = None
    is_quotation: bool = False
    is_right_to_left: bool = False


BODY_TEXT = ParagraphShape()


class _Piece:
    """A part of the open paragraph: text, or an element that is complete."""

    __slots__ = ("_texts", "element", "shape")

    def __init__(self, text: str, shape: TextShape, element: Element | None = None) -> None:
        self._texts = [text]
        self.shape = shape
        self.element = element

    def add(self, text: str) -> None:
        """Go on with text of the same shape; joined once, however often there is more."""
        self._texts.append(text)

    @property
    def text(self) -> str:
        """What it says; empty for an element."""
        if len(self._texts) > 1:
            self._texts = ["".join(self._texts)]
        return self._texts[0]


@dataclass(slots=True)
class _OpenParagraph:
    shape: ParagraphShape
    pieces: list[_Piece] = field(default_factory=list)


class OfficeTree:
    """Takes paragraphs, tables and notes in reading order; `finish` gives the HTML."""

    def __init__(self) -> None:
        self.root = etree.Element("html")
        self._body = etree.SubElement(self.root, "body")
        self._holders: list[Element] = [self._body]
        self._open: list[_OpenParagraph] = []
        self._boxes: list[tuple[int, Element]] = []
        self._last_code: Element | None = None
        self._languages: Counter[str] = Counter()
        self._right_to_left = 0
        self._notes: Element | None = None

    @property
    def is_paragraph_open(self) -> bool:
        """Whether a paragraph has begun that hasn't ended."""
        return bool(self._open)

    @property
    def language(self) -> str | None:
        """The language that most of the text is in; None where the file doesn't say."""
        found = self._languages.most_common(1)
        return found[0][0] or None if found else None

    @property
    def is_right_to_left(self) -> bool:
        """Whether most paragraphs run from right to left."""
        return self._right_to_left > 0

    # Paragraphs

    def begin_paragraph(self, shape: ParagraphShape = BODY_TEXT) -> None:
        """What is written next belongs to a paragraph of this shape. They may nest, as notes do."""
        self._open.append(_OpenParagraph(shape))

    def reshape(self, shape: ParagraphShape) -> None:
        """Change what the open paragraph is: some formats say so at its end."""
        self._open[-1].shape = shape

    def text_so_far(self) -> str:
        """Return the words of the open paragraph."""
        return "".join(piece.text for piece in self._open[-1].pieces)

    def drop_beginning(self, count: int) -> None:
        """Take so many characters from the open paragraph's beginning."""
        pieces = self._open[-1].pieces
        while count and pieces and pieces[0].element is None:
            piece = pieces.pop(0)
            if len(piece.text) > count:
                pieces.insert(0, _Piece(piece.text[count:], piece.shape))
            count = max(count - len(piece.text), 0)

    def write(self, text: str, shape: TextShape = PLAIN) -> None:
        """Add text to the open paragraph; outside of one, it opens one."""
        if not text:
            return
        if not self._open:
            if text.isspace():
                return
            self.begin_paragraph()
        pieces = self._open[-1].pieces
        text = xml_text(text)
        if pieces and pieces[-1].element is None and pieces[-1].shape == shape:
            pieces[-1].add(text)
        else:
            pieces.append(_Piece(text, shape))

    def write_first(self, text: str) -> None:
        """Put text before all others of the open paragraph, in the look of the first."""
        pieces = self._open[-1].pieces
        first = next((piece.shape for piece in pieces if piece.element is None), PLAIN)
        pieces.insert(0, _Piece(xml_text(text), replace(first, link="")))

    def break_line(self) -> None:
        """Begin a new line in the open paragraph."""
        self._add(etree.Element("br"))

    def break_page(self) -> None:
        """Begin a new paragraph of the same shape, if the open one holds something."""
        if self._open and self.text_so_far().strip():
            self.break_line()
            self.break_line()

    def add_anchor(self, name: str) -> None:
        """Name this place for links."""
        self._add(etree.Element("a", {"id": xml_text(name[:_LONGEST_ADDRESS])}))

    def add_image(self, address: str, *descriptions: str | None) -> None:
        """Put a picture here; of its descriptions, the first that says something is used."""
        described = ""
        for told in descriptions:
            words = " ".join((told or "").split())
            if words and not _FILE_NAME.fullmatch(words):
                described = words
                break
        if described or address:
            self._add(etree.Element("img", {"src": xml_text(address), "alt": xml_text(described)}))

    def refer_to_note(self, name: str, mark: str) -> None:
        """Put the mark of a note here that `begin_note` brings under that name."""
        raised = etree.Element("sup")
        link = etree.SubElement(raised, "a", {"role": "doc-noteref", "href": f"#{name}"})
        link.text = xml_text(mark)
        self._add(raised)

    def end_paragraph(self) -> None:
        """End the open paragraph; one without anything to see leaves nothing behind."""
        opened = self._open.pop()
        shape, pieces = opened.shape, opened.pieces
        holder = self._holders[-1]
        if shape.tag == "pre" and self._goes_on_with_code(holder):
            assert self._last_code is not None
            _append_text(self._last_code, "\n")
            self._fill(self._last_code, pieces)
            self._put_boxes()
            return
        if not any(piece.element is not None or not piece.text.isspace() for piece in pieces):
            self._put_boxes()
            return
        self._right_to_left += 1 if shape.is_right_to_left else -1
        if shape.tag in HEADINGS:
            pieces = _without_common_look(pieces)
        if shape.is_quotation:
            holder = etree.SubElement(holder, "blockquote")
        if shape.item is not None:
            for _ in range(min(shape.item.level, _DEEPEST_LIST)):
                holder = etree.SubElement(holder, "ul")
            marker = {OWN_MARKER: xml_text(shape.item.marker.strip())}
            holder = etree.SubElement(holder, "li", marker)
        paragraph = etree.SubElement(holder, shape.tag)
        self._last_code = paragraph if shape.tag == "pre" else None
        self._fill(paragraph, pieces)
        self._put_boxes()

    def add_rule(self) -> None:
        """Put a rule between paragraphs."""
        etree.SubElement(self._holders[-1], "hr")

    # Tables and notes

    def begin_table(self) -> None:
        """Rows and cells follow, each begun and ended."""
        self._begin("table")

    def begin_row(self) -> None:
        """Cells follow."""
        self._begin("tr")

    def begin_cell(self, *, is_header: bool = False, columns: int = 1, rows: int = 1) -> None:
        """Paragraphs of a cell follow."""
        cell = self._begin("th" if is_header else "td")
        if columns > 1:
            cell.set("colspan", str(columns))
        if rows > 1:
            cell.set("rowspan", str(rows))

    def end(self) -> None:
        """End what was begun last: a table, a row, a cell, a box or a note."""
        if len(self._holders) > 1:
            self._holders.pop()

    def begin_box(self) -> None:
        """Paragraphs of a text box follow; they stand behind the open paragraph."""
        box = etree.Element("div")
        self._boxes.append((len(self._open), box))
        self._holders.append(box)

    def begin_note(self, name: str, mark: str) -> None:
        """Paragraphs of a note follow; all notes stand behind the text."""
        if self._notes is None:
            section = etree.Element("section", {"role": "doc-endnotes"})
            self._notes = etree.SubElement(section, "ol")
        marker = {"id": xml_text(name), OWN_MARKER: xml_text(mark.strip() or "*")}
        self._holders.append(etree.SubElement(self._notes, "li", marker))

    def finish(self) -> Element:
        """Return the whole as HTML; nothing may be added afterwards."""
        while self._open:
            self.end_paragraph()
        self._holders = [self._body]
        for _, box in self._boxes:
            self._body.extend(box)
        if self._notes is not None and len(self._notes):
            section = self._notes.getparent()
            assert section is not None
            self._body.append(section)
        if self.language:
            self.root.set("lang", self.language)
        return self.root

    def _put_boxes(self) -> None:
        """Put the boxes here that belong to the paragraph just ended."""
        while self._boxes and self._boxes[-1][0] > len(self._open):
            first = next(i for i, (depth, _) in enumerate(self._boxes) if depth > len(self._open))
            for _, box in self._boxes[first:]:
                self._holders[-1].extend(box)
            del self._boxes[first:]

    def _begin(self, tag: str) -> Element:
        self._last_code = None
        element = etree.SubElement(self._holders[-1], tag)
        self._holders.append(element)
        return element

    def _add(self, element: Element) -> None:
        if not self._open:
            self.begin_paragraph()
            self._open[-1].pieces.append(_Piece("", PLAIN, element))
            self.end_paragraph()
            return
        self._open[-1].pieces.append(_Piece("", PLAIN, element))

    def _goes_on_with_code(self, holder: Element) -> bool:
        code = self._last_code
        return code is not None and code.getparent() is holder and holder[-1] is code

    def _fill(self, paragraph: Element, pieces: Sequence[_Piece]) -> None:
        told = {p.shape.language for p in pieces if p.element is None and not p.text.isspace()}
        of_all = next(iter(told)) if len(told) == 1 else ""
        if of_all:
            paragraph.set("lang", of_all)
        link: Element | None = None
        for piece in pieces:
            self._languages[piece.shape.language] += len(piece.text)
            address = piece.shape.link
            if link is not None and link.get("href") != address:
                link = None
            if link is None and address:
                address = xml_text(address[:_LONGEST_ADDRESS])
                link = etree.SubElement(paragraph, "a", {"href": address})
            holder = paragraph if link is None else link
            if piece.element is not None:
                holder.append(piece.element)
            else:
                _append_run(holder, piece, of_all)


def _without_common_look(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return a heading's pieces without what all of them have, which is just how it is set."""
    shapes = [piece.shape for piece in pieces if piece.element is None]
    strong, emphasis = all(s.strong for s in shapes), all(s.emphasis for s in shapes)
    return [
        _Piece(
            piece.text,
            replace(
                piece.shape,
                strong=piece.shape.strong and not strong,
                emphasis=piece.shape.emphasis and not emphasis,
            ),
            piece.element,
        )
        for piece in pieces
    ]


def _append_run(holder: Element, piece: _Piece, language_around: str) -> None:
    shape = piece.shape
    tags = [
        tag
        for tag, is_so in (
            ("strong", shape.strong),
            ("em", shape.emphasis),
            ("s", shape.strike),
            ("code", shape.code),
            ("sup", shape.raised),
            ("sub", shape.lowered),
        )
        if is_so
    ]
    if shape.language != language_around and shape.language:
        holder = etree.SubElement(holder, "span", {"lang": shape.language})
    for tag in tags if not piece.text.isspace() else ():
        holder = etree.SubElement(holder, tag)
    _append_text(holder, piece.text)


def _append_text(holder: Element, text: str) -> None:
    if len(holder):
        holder[-1].tail = (holder[-1].tail or "") + text
    else:
        holder.text = (holder.text or "") + text
