"""Walks the text of an ODT file and tells an OfficeTree what a reader sees (ODF 1.3, part 3).

What was deleted with changes tracked lies apart from the text and is passed over, as are comments,
and sections and passages that are hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from reader.formats.mathml import spoken_form
from reader.formats.odt.lists import ListStyles, OpenList
from reader.formats.odt.names import DRAW, LOEXT, OFFICE, SVG, TABLE, TEXT, XLINK, count_of
from reader.formats.odt.styles import ParagraphStyle, Styles
from reader.formats.office.tree import PLAIN, ListItem, OfficeTree, ParagraphShape, TextShape
from reader.formats.xml_trees import line_of

BLOCKS = (f"{TEXT}p", f"{TEXT}h", f"{TEXT}list", f"{TEXT}section", f"{TABLE}table")
_TABLES = (f"{TABLE}table", f"{LOEXT}table")
"""The second is how LibreOffice writes a table inside a shape."""
_SPACES = re.compile(r"[ \t\r\n]+")
_HOLDERS = frozenset(
    f"{TEXT}{name}"
    for name in (
        *("index-body", "index-title", "table-of-content", "illustration-index", "table-index"),
        *("object-index", "user-index", "alphabetical-index", "bibliography", "page-sequence"),
    )
)
_PASSED_OVER = frozenset(
    {
        *(f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{OFFICE}forms"),
        *(f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{TEXT}variable-decls"),
        *(
            f"{TEXT}user-field-decls",
            f"{TEXT}script",
            f"{TEXT}hidden-paragraph",
            f"{TEXT}ruby-text",
        ),
        *(f"{TEXT}note-citation", f"{TEXT}alphabetical-index-mark", f"{TEXT}toc-mark"),
        *(f"{TEXT}table-of-content-source", f"{OFFICE}event-listeners", f"{DRAW}glue-point"),
    }
)
_ANCHORS = frozenset(
    f"{TEXT}{name}"
    for name in ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start")
)
_REFERENCES = frozenset(f"{TEXT}{name}" for name in ("bookmark-ref", "reference-ref"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else of the file the text needs; `formula_in` returns the MathML of an object."""

    styles: Styles
    lists: ListStyles
    picture_of: Callable[[Element], str]
    formula_in: Callable[[str], Element | None]


@dataclass(slots=True)
class _Item:
    """The list item that paragraphs are in; its marker is shown once."""

    opened: OpenList
    style: str
    level: int
    start: str | None = None
    is_marked: bool = False


class BodyReader:
    """Reads blocks one after the other into `tree`."""

    def __init__(self, tree: OfficeTree, around: Surroundings) -> None:
        self._tree = tree
        self._around = around
        self._item: _Item | None = None
        self._paragraph = ParagraphStyle()
        self._boxes: list[list[Element]] = []
        self._notes: list[tuple[str, str, Element]] = []
        self._inline: dict[str, Callable[[Element, TextShape], None]] = {
            f"{TEXT}s": self._blanks,
            f"{TEXT}tab": lambda _, shape: self._write("\t", shape),
            f"{TEXT}line-break": lambda _element, _shape: self._tree.break_line(),
            f"{TEXT}span": self._span,
            f"{TEXT}a": self._link,
            f"{TEXT}note": self._note,
            f"{DRAW}frame": self._frame,
            f"{DRAW}a": self._link,
        }

    def read_blocks(self, blocks: Iterable[Element]) -> None:
        """Read paragraphs, lists, tables and what holds them."""
        for block in blocks:
            tag = str(block.tag)
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                self._read_paragraph(block)
            elif tag == f"{TEXT}list":
                self._list(block)
            elif tag in _TABLES:
                self._table(block)
            elif tag == f"{TEXT}section":
                if not self._around.styles.is_section_hidden(block):
                    self.read_blocks(block)
            elif tag == f"{TEXT}numbered-paragraph" or tag in _HOLDERS:
                self.read_blocks(block)
            elif tag.startswith(DRAW):
                self._inlines_of(block, PLAIN)
                self._read_boxes()

    def read_notes(self) -> None:
        """Read the notes that the text has referred to, in that order."""
        for kind in ("footnote", "endnote"):
            notes = [note for note in self._notes if note[2].get(f"{TEXT}note-class") == kind]
            for name, mark, note in notes:
                self._item = None
                body = note.find(f"{TEXT}note-body")
                self._tree.begin_note(name, mark)
                self.read_blocks(() if body is None else body)
                self._tree.end()

    # Paragraphs and lists

    def _read_paragraph(self, block: Element) -> None:
        around = self._paragraph
        style = self._around.styles.paragraph(block.get(f"{TEXT}style-name") or "")
        self._paragraph = style
        if style.is_hidden or _is_hidden(block):
            self._paragraph = around
            return
        prefix, shape = self._shape(block, style)
        self._tree.begin_paragraph(shape)
        if prefix:
            self._tree.write(f"{prefix} ")
        base = style.shape
        if shape.tag.startswith("h"):
            base = replace(base, strong=False, emphasis=False)
        self._inlines(block, base)
        is_rule = style.is_rule and not self._tree.text_so_far().strip()
        self._tree.end_paragraph()
        if is_rule:
            self._tree.add_rule()
        self._paragraph = around
        self._read_boxes()

    def _shape(self, block: Element, style: ParagraphStyle) -> tuple[str, ParagraphShape]:
        """Return the number before a heading, and the paragraph's shape."""
        marker, item = self._marker()
        tag, prefix = style.tag, ""
        if block.tag == f"{TEXT}h":
            level = max(count_of(block.get(f"{TEXT}outline-level"), 1, 10), 1)
            tag = f"h{min(level, 6)}"
            prefix = marker if item else self._around.lists.heading_number(block, level)
            item = None
        shape = ParagraphShape(tag, item, style.is_quotation, style.is_right_to_left)
        return prefix, shape

    def _marker(self) -> tuple[str, ListItem | None]:
        at = self._item
        if at is None:
            return "", None
        marker = ""
        if not at.is_marked:
            at.is_marked = True
            marker = self._around.lists.marker(at.opened, at.style, at.level, at.start)
        return marker, ListItem(at.level, marker)

    def _list(self, element: Element) -> None:
        outer = self._item
        style = element.get(f"{TEXT}style-name") or ("" if outer is None else outer.style)
        opened = self._around.lists.begin(element) if outer is None else outer.opened
        level = 1 if outer is None else outer.level + 1
        if outer is not None and style != outer.style:
            opened = OpenList(style)  # a list of another style counts for itself
        for item in element:
            if item.tag == f"{TEXT}list-item":
                start = item.get(f"{TEXT}start-value")
                self._item = _Item(opened, style, level, start)
                self.read_blocks(item)
            elif item.tag == f"{TEXT}list-header":
                self._item = _Item(opened, style, level, is_marked=True)
                self.read_blocks(item)
        self._item = outer

    # Inside a paragraph

    def _inlines(self, holder: Element, shape: TextShape) -> None:
        if holder.text:
            self._write(_SPACES.sub(" ", holder.text), shape)
        self._inlines_of(holder, shape)

    def _inlines_of(self, holder: Element, shape: TextShape) -> None:
        for child in holder:
            tag = str(child.tag)
            known = self._inline.get(tag)
            if known is not None:
                known(child, shape)
            elif tag in _ANCHORS:
                self._tree.add_anchor(child.get(f"{TEXT}name") or "")
            elif tag in _REFERENCES:
                name = child.get(f"{TEXT}ref-name") or ""
                self._inlines(child, replace(shape, link=f"#{name}"))
            elif tag == f"{TEXT}hidden-text" or tag in _PASSED_OVER:
                pass
            elif tag.startswith(DRAW):
                self._shape_with_text(child)
            else:
                self._inlines(child, shape)
            if child.tail and holder.tag != f"{DRAW}g":
                self._write(_SPACES.sub(" ", child.tail), shape)

    def _write(self, text: str, shape: TextShape) -> None:
        languages = self._paragraph.languages
        if not shape.language:
            shape = replace(shape, language=languages.of(text))
        self._tree.write(text, shape)

    def _blanks(self, element: Element, shape: TextShape) -> None:
        self._write(" " * count_of(element.get(f"{TEXT}c"), 1), shape)

    def _span(self, span: Element, shape: TextShape) -> None:
        style = self._around.styles.run(span.get(f"{TEXT}style-name") or "")
        if style.is_hidden:
            return
        shape = style.applied_to(shape)
        if style.languages.western or style.languages.complex or style.languages.asian:
            languages = style.languages.over(self._paragraph.languages)
            shape = replace(shape, language=languages.of("".join(span.itertext())))
        self._inlines(span, shape)

    def _link(self, link: Element, shape: TextShape) -> None:
        address = link.get(f"{XLINK}href") or ""
        if address.startswith("#"):
            address = address.partition("|")[0]  # "#name|outline", as LibreOffice writes
        self._inlines(link, replace(shape, link=address or shape.link))

    def _note(self, note: Element, _: TextShape) -> None:
        citation = note.find(f"{TEXT}note-citation")
        told = None if citation is None else citation.get(f"{TEXT}label")
        mark = told or ("" if citation is None else "".join(citation.itertext())) or "*"
        name = note.get(f"{TEXT}id") or f"note-{len(self._notes)}"
        self._notes.append((name, mark, note))
        self._tree.refer_to_note(name, mark)

    # Frames

    def _frame(self, frame: Element, _: TextShape) -> None:
        described = (_words(frame.find(f"{SVG}desc")), _words(frame.find(f"{SVG}title")))
        box = frame.find(f"{DRAW}text-box")
        if box is not None:
            self._boxes.append(list(box))
            return
        for thing in frame.iter(f"{DRAW}object"):
            formula = self._around.formula_in(thing.get(f"{XLINK}href") or "")
            inside = next(iter(thing), None) if formula is None else formula
            if inside is not None and str(inside.tag).endswith("math"):
                self._write(spoken_form(inside), PLAIN)
                return
        for image in frame.iter(f"{DRAW}image"):
            picture = self._around.picture_of(image)
            self._tree.add_image(picture, *described)
            return  # others are the same picture in other formats
        self._tree.add_image("", *described)

    def _shape_with_text(self, drawing: Element) -> None:
        if drawing.tag == f"{DRAW}g":
            self._inlines_of(drawing, PLAIN)
        blocks = [block for block in drawing if block.tag in BLOCKS or block.tag in _TABLES]
        if blocks:
            self._boxes.append(blocks)

    def _read_boxes(self) -> None:
        """Text boxes are read behind the paragraph they are fixed to."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.read_blocks(box)

    # Tables

    def _table(self, table: Element) -> None:
        outer, self._item = self._item, None
        self._tree.begin_table()
        self._rows(table, is_header=False)
        self._tree.end()
        self._item = outer

    def _rows(self, holder: Element, *, is_header: bool) -> None:
        for child in holder:
            name = _name_in_table(child)
            if name == "table-row":
                self._tree.begin_row()
                for cell in child:
                    if _name_in_table(cell) == "table-cell":
                        self._cell(cell, is_header=is_header)
                self._tree.end()
            elif name == "table-header-rows":
                self._rows(child, is_header=True)
            elif name in ("table-rows", "table-row-group"):
                self._rows(child, is_header=is_header)

    def _cell(self, cell: Element, *, is_header: bool) -> None:
        self._tree.begin_cell(
            is_header=is_header,
            columns=count_of(cell.get(f"{TABLE}number-columns-spanned")),
            rows=count_of(cell.get(f"{TABLE}number-rows-spanned")),
        )
        self.read_blocks(cell)
        self._tree.end()


def _name_in_table(element: Element) -> str:
    return str(element.tag).removeprefix(TABLE).removeprefix(LOEXT)


def _is_hidden(block: Element) -> bool:
    hidden = block.find(f"{TEXT}hidden-paragraph")
    return hidden is not None and hidden.get(f"{TEXT}is-hidden") == "true"


def _words(element: Element | None) -> str:
    return "" if element is None else line_of(element)
