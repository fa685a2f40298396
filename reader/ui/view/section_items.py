"""The items of one section, with their heights: exact where known, estimated where not."""

from __future__ import annotations

import operator
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from reader.text.document import Block, BlockKind, Section, is_same_row
from reader.text.late_rows import LateRows
from reader.values import value

LONGEST_ITEM = 6000
"""Code points after which a block goes on in a new item, so that none takes long to lay out."""

_USUAL_PARAGRAPH = 400
"""Code points: of a section not read yet it isn't known how many paragraphs it has."""

_SPACE_LINES = 0.6
"""The space that a paragraph takes besides its lines."""

_CHUNK = 256


@cache
def _sentence_end() -> re.Pattern[str]:
    """Made for the first block that is too long: it takes as long as a module to import."""
    return re.compile(r"[.!?…]['\"”’)\]]*\s+")


@value
class Measure:
    """What heights are estimated by: characters in a line, and a line's height in pixels."""

    characters_per_line: float
    line_height: float

    def height_of(self, characters: int, paragraphs: float = 1.0) -> float:
        """Return about how high a text will be."""
        lines = characters / self.characters_per_line + _SPACE_LINES * paragraphs
        return lines * self.line_height


class SectionItems:
    """The items of one section; before it is read, one that stands for all of it."""

    def __init__(self, section: Section | None, length: int, measure: Measure) -> None:
        """`section` is None where it isn't read yet and only its estimated length is known."""
        self.is_stand_in = section is None
        self.starts = array("q")
        self.ends = array("q")
        self.first_blocks = array("q")
        if section is None:
            self.starts.append(0)
            self.ends.append(length)
            self.first_blocks.append(0)
        else:
            self._cut(section)
        self.estimate(measure)

    def __len__(self) -> int:
        return len(self.starts)

    def estimate(self, measure: Measure) -> None:
        """Forget every height: the look is another."""
        if self.is_stand_in:
            length = self.ends[0]
            values = array("d", [measure.height_of(length, length / _USUAL_PARAGRAPH)])
        else:
            lengths = zip(self.starts, self.ends, strict=True)
            values = array("d", [measure.height_of(end - start) for start, end in lengths])
        self.estimates = Sums(array("d", values))
        self.heights = Sums(values)

    def at(self, offset: int) -> int:
        """Return the number of the item that shows a place of the section, or of the nearest."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _cut(self, section: Section) -> None:
        blocks = section.blocks
        if isinstance(blocks, LateRows) and not _has_long(blocks):
            self._cut_late(blocks)
            return
        is_plain = all(b.cell is None and b.end - b.start <= LONGEST_ITEM for b in blocks)
        if is_plain:
            self.starts.extend([block.start for block in blocks])
            self.ends.extend([block.end for block in blocks])
            self.first_blocks.extend(range(len(blocks)))
            return
        for number, block in enumerate(blocks):
            if number and is_same_row(blocks[number - 1], block):
                self.ends[-1] = block.end
                continue
            for start, end in _pieces(section.text, block):
                self.starts.append(start)
                self.ends.append(end)
                self.first_blocks.append(number)

    def _cut_late(self, blocks: LateRows[Block]) -> None:
        """Make items of blocks without looking at any."""
        if not blocks.beside:
            self.starts.fromlist(blocks.starts.tolist())
            self.ends.fromlist(blocks.ends.tolist())
            self.first_blocks.extend(range(len(blocks)))
            return
        for number, (start, end) in enumerate(zip(blocks.starts, blocks.ends, strict=True)):
            if number in blocks.beside:
                self.ends[-1] = end
            else:
                self.starts.append(start)
                self.ends.append(end)
                self.first_blocks.append(number)


class Sums:
    """Numbers that change one at a time, with the sum of any prefix at hand."""

    def __init__(self, values: array[float]) -> None:
        self.values = values
        self._chunks = [sum(values[i : i + _CHUNK]) for i in range(0, len(values), _CHUNK)]

    @property
    def total(self) -> float:
        """The sum of all."""
        return sum(self._chunks)

    def set(self, index: int, value: float) -> None:
        """Put another number in the place of one."""
        self._chunks[index // _CHUNK] += value - self.values[index]
        self.values[index] = value

    def before(self, index: int) -> float:
        """Return the sum of all values before `index`."""
        chunk = index // _CHUNK
        return sum(self._chunks[:chunk]) + sum(self.values[chunk * _CHUNK : index])

    def between(self, first: int, last: int) -> float:
        """Return the sum of the values from `first` to before `last`; negative, if that is less."""
        if abs(last - first) > _CHUNK:
            return self.before(last) - self.before(first)
        if last < first:
            return -sum(self.values[last:first])
        return sum(self.values[first:last])

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


def _has_long(blocks: LateRows[Block]) -> bool:
    lengths = map(operator.sub, blocks.ends, blocks.starts)
    return max(lengths, default=0) > LONGEST_ITEM


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
    sentence_end = max((m.end() for m in _sentence_end().finditer(text, middle, limit)), default=0)
    return sentence_end or line_end or text.rfind(" ", middle, limit) + 1 or limit
