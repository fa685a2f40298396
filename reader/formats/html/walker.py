"""Walks a tree of HTML once, in document order, and writes what a reader sees of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element as Element

from reader.formats.html import rules
from reader.formats.html.tables import TableGrid, is_data_table
from reader.formats.office.list_numbers import numeral
from reader.formats.section_writer import SectionWriter
from reader.text.document import Block, BlockKind, Inline, InlineKind, Section, TableCell
from reader.values import replaced, value

_LONGEST_TARGET = 2000
_DEEPEST_RUNS = 8


class _Items:
    """A list being read; an unordered one has no next number."""

    __slots__ = ("next_number", "step", "style")

    def __init__(self, next_number: int | None, step: int = 1, style: str = "1") -> None:
        self.next_number = next_number
        self.step = step
        self.style = style


@value
class _Surroundings:
    """What the block elements around the text make of it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    quotes: int = 0
    lists: int = 0
    items: _Items | None = None
    marker: str = ""
    marked_block: int = -1
    language: str | None = None
    grid: TableGrid | None = None
    cell: TableCell | None = None
    is_table_head: bool = False
    is_preformatted: bool = False
    is_in_notes: bool = False


@value
class _Open:
    """What to put back at an element's end."""

    before: _Surroundings | None
    runs: tuple[InlineKind, ...] = ()
    closing_quote: bool = False


def write_html(
    root: Element,
    index: int,
    language: str | None,
    left_out: Collection[Element] = (),
    *,
    has_pictures: bool = False,
) -> Section:
    """Return the text below `root` as section number `index`, without a title.

    `language` is the document's; `left_out` are elements that are passed over, besides those that
    never hold text. Where the document has its pictures at hand, under the addresses that the
    images name, those that nothing describes are figures too.
    """
    walker = _Walker(index, language, left_out, has_pictures)
    walker.walk(root)
    return walker.section()


class _Walker:
    def __init__(
        self,
        index: int,
        language: str | None,
        left_out: Collection[Element],
        has_pictures: bool,
    ) -> None:
        self._index = index
        self._has_pictures = has_pictures
        self._language = language
        self._left_out = set(left_out)
        self._writer = SectionWriter()
        self._around = _Surroundings()
        self._is_shaped = False
        self._open: list[_Open] = []
        self._runs: Counter[InlineKind] = Counter()
        self._anchors: dict[str, tuple[int, int]] = {}
        self._tables = 0
        self._image_block: tuple[Element | None, bool] = (None, False)

    def walk(self, root: Element) -> None:
        """Write everything below `root`, without recursion: depth costs no stack."""
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            if event == "start":
                attributes = dict(element.items())
                if self._is_left_out(element, attributes):
                    events.skip_subtree()
                    self._open.append(_Open(None))
                    continue
                self._start(element, attributes)
                if element.text:
                    self._write(element.text)
            else:
                self._end()
                if element.tail and element is not root:
                    self._write(element.tail)

    def section(self) -> Section:
        """Return what was written, its note references pointed at the notes' blocks."""
        section = self._writer.section(self._index, "", self._anchors)
        pointed = tuple(self._pointed(run, section) for run in section.inlines)
        return replaced(section, inlines=pointed)

    def _pointed(self, run: Inline, section: Section) -> Inline:
        address, _, name = run.target.rpartition("#")
        if run.kind is not InlineKind.NOTE_REFERENCE or address.isdecimal():
            return run  # no note, or one in another section
        number, _ = self._anchors.get(name, (len(section.blocks), 0))
        if number >= len(section.blocks):
            return run
        return replaced(run, target=f"{self._index}:{section.blocks[number].start}")

    def _is_left_out(self, element: Element, attributes: Mapping[str, str]) -> bool:
        if element.tag in rules.LEFT_OUT:
            if element.tag == "input":
                self._tick(attributes)
            return True
        if element in self._left_out or (element.tag == "dialog" and "open" not in attributes):
            return True
        if not attributes:
            return False
        return rules.is_hidden(attributes) or (
            element.tag == "a" and rules.is_back_link(attributes)
        )

    def _start(self, element: Element, attributes: Mapping[str, str]) -> None:
        tag = str(element.tag)
        if tag in rules.BLOCKS:
            before = self._around
            self._writer.end_block()
            self._around = self._inside(element, tag, attributes)
            self._open.append(_Open(before))
            self._begin_block()
        elif tag in ("br", "img"):
            if tag == "br":
                self._break_line()
            else:
                self._write_image(element, attributes)
            self._open.append(_Open(None))
        else:
            self._open.append(self._start_run(element, tag, attributes))
        if attributes:
            self._note_id(attributes)

    def _end(self) -> None:
        opened = self._open.pop()
        if opened.closing_quote:
            self._write("”")
        for kind in opened.runs:
            self._writer.end_run()
            self._runs[kind] -= 1
        if opened.before is not None:
            self._around = opened.before
            self._begin_block()

    # Blocks

    def _begin_block(self) -> None:
        """What is written next begins a new block, of the kind that the surroundings make it."""
        self._writer.end_block()
        self._is_shaped = False

    def _shape_block(self) -> None:
        # Only now that there is something to write: most block elements hold others, not text.
        self._is_shaped = True
        around = self._around
        is_marked = around.marked_block == self._writer.next_block_number
        self._writer.begin_block(
            Block(
                0,
                0,
                around.kind if around.cell is None else BlockKind.TABLE_CELL,
                around.level if around.cell is None else 0,
                around.marker if is_marked else "",
                around.language,
                around.cell,
            )
        )

    def _inside(self, element: Element, tag: str, attributes: Mapping[str, str]) -> _Surroundings:
        around = self._around
        if attributes:
            around = self._with_attributes(around, attributes)
        if tag in rules.HEADINGS:
            if around.cell is not None:
                return around
            return replaced(around, kind=BlockKind.HEADING, level=rules.HEADINGS[tag])
        match tag:
            case "blockquote":
                quotes = around.quotes + 1
                return replaced(around, kind=BlockKind.QUOTATION, level=quotes, quotes=quotes)
            case "ul" | "ol" | "dir" | "menu" | "dl":
                items = _items_of(element, tag, attributes)
                return replaced(around, lists=around.lists + 1, items=items)
            case "li" | "dd" | "dt":
                return self._in_item(around, tag, attributes)
            case "pre" | "xmp" | "listing":
                kind = BlockKind.CODE if around.cell is None else around.kind
                return replaced(around, kind=kind, level=0, is_preformatted=True)
            case "caption" | "figcaption":
                return replaced(around, kind=BlockKind.CAPTION, level=0, cell=None)
            case "hr":
                self._writer.add_rule()
                return around
            case "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th":
                return self._in_table(around, element, tag)
        return around

    def _with_attributes(
        self, around: _Surroundings, attributes: Mapping[str, str]
    ) -> _Surroundings:
        language = rules.language_of(attributes)
        if language is not None:
            language = None if language == self._language else language
            around = replaced(around, language=language)
        if rules.holds_notes(attributes):
            around = replaced(around, kind=BlockKind.FOOTNOTE, level=0, is_in_notes=True)
        return around

    def _in_item(
        self, around: _Surroundings, tag: str, attributes: Mapping[str, str]
    ) -> _Surroundings:
        marker = "" if tag != "li" else self._next_marker(around, attributes)
        return replaced(
            around,
            kind=BlockKind.FOOTNOTE if around.is_in_notes else BlockKind.LIST_ITEM,
            level=max(around.lists - (tag == "dt"), 1) if not around.is_in_notes else 0,
            marker=marker,
            marked_block=self._writer.next_block_number,
        )

    def _next_marker(self, around: _Surroundings, attributes: Mapping[str, str]) -> str:
        if rules.OWN_MARKER in attributes:
            return attributes[rules.OWN_MARKER]
        items = around.items
        if items is None or items.next_number is None:
            return rules.BULLETS[min(max(around.lists, 1), len(rules.BULLETS)) - 1]
        told = attributes.get("value", "")
        number = int(told) if told.isascii() and told.isdigit() else items.next_number
        items.next_number = number + items.step
        return f"{numeral(number, items.style)}."

    def _tick(self, attributes: Mapping[str, str]) -> None:
        """Show a task's box as the marker of its list item."""
        if attributes.get("type", "").lower() == "checkbox" and self._around.marker:
            marker = "☑" if "checked" in attributes else "☐"
            self._around = replaced(self._around, marker=marker)
            if not self._writer.is_block_open:
                self._begin_block()

    def _in_table(self, around: _Surroundings, element: Element, tag: str) -> _Surroundings:
        if tag == "table":
            if not is_data_table(element):
                return replaced(around, grid=None)
            self._tables += 1
            return replaced(around, grid=TableGrid(self._tables - 1), is_table_head=False)
        if around.grid is None:
            return around
        match tag:
            case "thead":
                return replaced(around, is_table_head=True)
            case "tr":
                around.grid.begin_row()
            case "td" | "th":
                is_header = tag == "th" or around.is_table_head
                cell = around.grid.place(element, is_header=is_header)
                return replaced(around, kind=BlockKind.TABLE_CELL, level=0, cell=cell)
        return around

    # Text and runs

    def _write(self, text: str) -> None:
        if not self._is_shaped:
            if text.isspace() and not self._around.is_preformatted:
                return
            self._shape_block()
        if self._around.is_preformatted:
            self._writer.write_preformatted(text)
        else:
            self._writer.write(text)

    def _break_line(self) -> None:
        if self._around.is_preformatted:
            self._writer.write_preformatted("\n")
        else:
            self._writer.write_line_break()

    def _start_run(self, element: Element, tag: str, attributes: Mapping[str, str]) -> _Open:
        begun: list[InlineKind] = []
        kind = rules.RUNS.get(tag)
        if kind is not None and not (kind is InlineKind.CODE and self._around.is_preformatted):
            self._begin_run(kind, "", begun)
        if attributes:
            if tag == "a" and (target := attributes.get("href", "").strip()):
                if target.startswith("#"):
                    target = unquote(target)  # names of places are never written with %
                self._begin_link(element, target[:_LONGEST_TARGET], attributes, begun)
            language = rules.language_of(attributes)
            if language is not None and language != (self._around.language or self._language):
                self._begin_run(InlineKind.LANGUAGE, language, begun)
        if tag == "q":
            self._write("“")
        return _Open(None, tuple(begun), closing_quote=tag == "q")

    def _begin_run(self, kind: InlineKind, target: str, begun: list[InlineKind]) -> None:
        # Runs of a kind inside each other say nothing more, and unclosed ones pile up for ever.
        if self._runs[kind] < (_DEEPEST_RUNS if target else 1):
            self._runs[kind] += 1
            begun.append(kind)
            self._writer.begin_run(kind, target)

    def _begin_link(
        self, element: Element, target: str, attributes: Mapping[str, str], begun: list[InlineKind]
    ) -> None:
        is_raised = self._runs[InlineKind.SUPERSCRIPT] > 0 or (
            len(element) == 1 and element[0].tag == "sup" and not (element.text or "").strip()
        )
        if rules.is_note_reference(attributes) or (is_raised and "#" in target):
            self._begin_run(InlineKind.NOTE_REFERENCE, target, begun)
        elif not target.lower().startswith("javascript:"):
            self._begin_run(InlineKind.LINK, target, begun)

    def _note_id(self, attributes: Mapping[str, str]) -> None:
        for name in ("id", "name"):
            if name in attributes:
                place = (self._writer.next_block_number, self._writer.length)
                self._anchors.setdefault(attributes[name], place)

    # Images

    def _write_image(self, image: Element, attributes: Mapping[str, str]) -> None:
        """Write what stands for the image: in the line if it has text around it, else below."""
        is_decoration = attributes.get("role") in {"presentation", "none"}
        described = "" if is_decoration else " ".join(attributes.get("alt", "").split())
        picture = attributes.get("src", "") if self._has_pictures else ""
        if not described and not picture:
            return
        if self._around.cell is not None or self._stands_in_text(image, bool(described)):
            if picture:
                self._writer.begin_run(InlineKind.PICTURE, picture)
            self._write(described)
            if picture:
                self._writer.end_run()
            return
        shape = Block(0, 0, BlockKind.FIGURE, language=self._around.language, picture=picture)
        if described:
            self._writer.begin_block(shape)
            self._writer.write(described)
        else:
            self._writer.add_figure(shape)
        self._begin_block()

    def _stands_in_text(self, image: Element, is_described: bool) -> bool:
        block = image.getparent()
        while block is not None and block.tag not in rules.BLOCKS:
            block = block.getparent()
        if block is None or block.tag not in {"p", "li", "dd", "dt", *rules.HEADINGS}:
            return False
        if is_described and block.tag in rules.HEADINGS:
            return True  # a heading that is a picture of its words
        if self._image_block[0] is not block:  # asked once for a paragraph of many images
            has_text = any(not piece.isspace() for piece in block.itertext())
            self._image_block = (block, has_text)
        return self._image_block[1]


def _items_of(element: Element, tag: str, attributes: Mapping[str, str]) -> _Items:
    if tag != "ol":
        return _Items(None)
    told = attributes.get("start", "").strip()
    is_number = told.removeprefix("-").isascii() and told.removeprefix("-").isdigit()
    style = attributes.get("type", "1")
    if "reversed" in attributes:
        count = sum(child.tag == "li" for child in element)
        return _Items(int(told) if is_number else count, -1, style)
    return _Items(int(told) if is_number else 1, 1, style)
