"""A document as a column of items, of which only those near the screen are laid out.

Items not laid out yet have an estimated height. The scroll bar counts in estimates alone, so that
it stands still while exact heights replace them; everything on the screen counts in exact heights.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator

from reader.text.document import Block, BlockKind, Document, Place, Section, Span
from reader.ui.block_styles import COLUMN_WIDTH, TEXT_LINE, TEXT_SIZE
from reader.ui.item_builder import ItemBuilder, ItemRange
from reader.ui.text_items import Frame, TextItem
from reader.ui.theme import Theme

LONGEST_ITEM = 6000
"""Code points after which a block goes on in a new item, so that none takes long to lay out."""

_CHARACTERS_PER_LINE = 66.0
_CHUNK = 256
_KEPT_ITEMS = 240
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*\s+")


class TextFlow:
    """The items of a document in one theme and one width, laid out when asked for."""

    def __init__(self, document: Document, theme: Theme, width: float) -> None:
        self.document = document
        self._starts = array("q")
        self._ends = array("q")
        self._first_blocks = array("q")
        self._section_bases: list[int] = []
        for section in document.sections:
            self._section_bases.append(len(self._starts))
            self._add_section(section)
        self.set_look(theme, width)

    def set_look(self, theme: Theme, width: float) -> None:
        """Take another theme or width: everything is to be laid out anew."""
        self._builder = ItemBuilder(self.document, theme, width)
        self._items: dict[int, TextItem] = {}
        self._space_at_top = round(theme.px(40))
        self._space_at_bottom = round(theme.px(36))
        line = theme.px(TEXT_SIZE * TEXT_LINE)
        per_line = _CHARACTERS_PER_LINE * width / theme.px(COLUMN_WIDTH)
        self._heights = array(
            "d",
            [
                ((end - start) / per_line + 0.6) * line
                for start, end in zip(self._starts, self._ends, strict=True)
            ],
        )
        self._estimates = _Sums(array("d", self._heights))
        self._known = _Sums(self._heights)

    def __len__(self) -> int:
        return len(self._starts)

    def _add_section(self, section: Section) -> None:
        blocks = section.blocks
        is_plain = all(b.cell is None and b.end - b.start <= LONGEST_ITEM for b in blocks)
        if is_plain:
            self._starts.extend([block.start for block in blocks])
            self._ends.extend([block.end for block in blocks])
            self._first_blocks.extend(range(len(blocks)))
            return
        for number, block in enumerate(blocks):
            if number and _is_same_row(blocks[number - 1], block):
                self._ends[-1] = block.end
                continue
            for start, end in _pieces(section.text, block):
                self._starts.append(start)
                self._ends.append(end)
                self._first_blocks.append(number)

    def range_of(self, index: int) -> ItemRange:
        """Return what item `index` shows."""
        number = self.section_of(index)
        base = self._section_bases[number]
        first = self._first_blocks[index]
        following = index + 1
        stop = (
            self._section_bases[number + 1] if number + 1 < len(self._section_bases) else len(self)
        )
        blocks = self.document.sections[number].blocks
        last = self._first_blocks[following] if following < stop else len(blocks)
        assert base <= index < stop
        return ItemRange(
            number, self._starts[index], self._ends[index], first, max(last, first + 1)
        )

    def section_of(self, index: int) -> int:
        """Return the number of the section item `index` is in."""
        return bisect_right(self._section_bases, index) - 1

    def span_of(self, index: int) -> Span:
        """Return what item `index` shows, as a span."""
        return Span(self.section_of(index), self._starts[index], self._ends[index])

    def index_of(self, place: Place) -> int:
        """Return the item that shows `place`; the nearest one for a place outside all blocks."""
        section = min(max(place.section, 0), len(self._section_bases) - 1)
        low = self._section_bases[section]
        is_last = section + 1 == len(self._section_bases)
        high = len(self) if is_last else self._section_bases[section + 1]
        found = bisect_right(self._starts, place.offset, low, high) - 1
        return min(max(found, low, 0), max(len(self) - 1, 0))

    def indexes_of(self, span: Span) -> range:
        """Return the items that show some of `span`."""
        first = self.index_of(span.first_place)
        last = self.index_of(Place(span.section, max(span.end - 1, span.start)))
        return range(first, last + 1)

    def item(self, index: int) -> TextItem:
        """Return item `index` laid out."""
        found = self._items.get(index)
        if found is None:
            if len(self._items) >= _KEPT_ITEMS:
                self._drop_far_from(index)
            is_last = index + 1 == len(self)
            found = self._builder.build(
                self.range_of(index),
                0 if index else self._space_at_top,
                self._space_at_bottom if is_last else 0,
            )
            self._items[index] = found
            self._known.set(index, found.height)
        return found

    def is_laid_out(self, index: int) -> bool:
        """Whether the item's layout is at hand."""
        return index in self._items

    def laid_out_count(self) -> int:
        """How many layouts are kept now."""
        return len(self._items)

    def height(self, index: int) -> float:
        """Return the item's height: exact if it was ever laid out in this look, else estimated."""
        return self._heights[index]

    def distance(self, first: int, last: int) -> float:
        """Return the pixels from the top of item `first` to that of `last`, as known so far."""
        return self._known.before(last) - self._known.before(first)

    def bar_position(self, index: int, offset: float) -> float:
        """Return where `offset` pixels into an item are on the scroll bar, in estimated pixels."""
        share = offset / self._heights[index] if self._heights[index] > 0 else 0.0
        return self._estimates.before(index) + share * self._estimates.values[index]

    def at_bar_position(self, position: float) -> tuple[int, float]:
        """Return the item and the offset into it at a scroll bar's position; lays the item out."""
        index = self._estimates.index_at(position)
        estimate = self._estimates.values[index]
        inside = position - self._estimates.before(index)
        share = min(max(inside / estimate, 0.0), 1.0) if estimate > 0 else 0.0
        return index, round(share * self.item(index).height)

    def first_place(self) -> Place:
        """Return where the text begins."""
        return Place(self.section_of(0), self._starts[0])

    def last_place(self) -> Place:
        """Return where the text ends."""
        last = len(self) - 1
        return Place(self.section_of(last), self._ends[last])

    def place_across_blocks(self, index: int, frame: Frame, *, is_forward: bool) -> Place | None:
        """Return the nearest place in the frame after or before one of item `index`'s, if any."""
        frames = self.item(index).frames
        number = frames.index(frame) + (1 if is_forward else -1)
        if not 0 <= number < len(frames):
            index += 1 if is_forward else -1
            if not 0 <= index < len(self):
                return None
            frames = self.item(index).frames
            number = 0 if is_forward else len(frames) - 1
        found = frames[number]
        return Place(self.section_of(index), found.start if is_forward else found.end)

    def items_from(
        self, index: int, top: float, bottom: float
    ) -> Iterator[tuple[int, TextItem, float]]:
        """Yield number, item and top from item `index`, itself at `top`, down to `bottom`."""
        while index < len(self) and top < bottom:
            item = self.item(index)
            yield index, item, top
            top += item.height
            index += 1

    def _drop_far_from(self, index: int) -> None:
        by_distance = sorted(self._items, key=lambda kept: abs(kept - index))
        for far in by_distance[_KEPT_ITEMS // 2 :]:
            del self._items[far]


class _Sums:
    """Numbers that change one at a time, with the sum of any prefix at hand."""

    def __init__(self, values: array[float]) -> None:
        self.values = values
        self._chunks = [sum(values[i : i + _CHUNK]) for i in range(0, len(values), _CHUNK)]

    def set(self, index: int, value: float) -> None:
        self._chunks[index // _CHUNK] += value - self.values[index]
        self.values[index] = value

    def before(self, index: int) -> float:
        """Return the sum of all values before `index`."""
        chunk = index // _CHUNK
        return sum(self._chunks[:chunk]) + sum(self.values[chunk * _CHUNK : index])

    def index_at(self, total: float) -> int:
        """Return the last index whose prefix sum is at most `total`."""
        chunk = 0
        while chunk + 1 < len(self._chunks) and total >= self._chunks[chunk]:
            total -= self._chunks[chunk]
            chunk += 1
        index = chunk * _CHUNK
        while index + 1 < len(self.values) and total >= self.values[index]:
            total -= self.values[index]
            index += 1
        return index


def _is_same_row(block: Block, following: Block) -> bool:
    one, other = block.cell, following.cell
    return (
        one is not None and other is not None and (one.table, one.row) == (other.table, other.row)
    )


def _pieces(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Cut a very long block where a line's end shows least: after a line, a sentence, a word."""
    start = block.start
    while block.end - start > LONGEST_ITEM:
        end = _cut(text, start, start + LONGEST_ITEM, is_code=block.kind is BlockKind.CODE)
        yield start, end
        start = end
    yield start, block.end


def _cut(text: str, start: int, limit: int, *, is_code: bool) -> int:
    middle = (start + limit) // 2
    line_end = text.rfind("\n", middle, limit) + 1
    if is_code and line_end:
        return line_end
    sentence_end = max((m.end() for m in _SENTENCE_END.finditer(text, middle, limit)), default=0)
    return sentence_end or line_end or text.rfind(" ", middle, limit) + 1 or limit
