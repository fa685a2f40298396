"""The items of one section, with their heights: exact where known, estimated where not."""

from __future__ import annotations

import operator
import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, compress, pairwise

from reader.text.document import Block, BlockKind, Section, is_same_row
from reader.text.late_rows import LateRows, extents_of
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

    def heights_of(self, lengths: Iterable[int]) -> array[float]:
        """Return about how high paragraphs of these lengths will be: thousands in a millisecond."""
        space = _SPACE_LINES * self.line_height
        a_character = self.line_height / self.characters_per_line
        return array("d", [length * a_character + space for length in lengths])


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
            values = measure.heights_of(map(operator.sub, self.ends, self.starts))
        self.estimates = Sums(array("d", values))
        self.heights = Sums(values)

    def at(self, offset: int) -> int:
        """Return the number of the item that shows a place of the section, or of the nearest."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _cut(self, section: Section) -> None:
        """Make an item of each block, of each row of a table, and of each piece of a long block.

        Of rows that are made late none is made but those of long blocks.
        """
        blocks = section.blocks
        starts, ends = extents_of(blocks)
        count = len(starts)
        is_first = bytearray(b"\1") * count
        for number in _beside(blocks):
            is_first[number] = 0
        firsts = array("q", compress(range(count), is_first))
        behind = chain(firsts[1:], (count,) if firsts else ())
        if max(map(operator.sub, ends, starts), default=0) <= LONGEST_ITEM:
            self.starts.extend(compress(starts, is_first))
            self.ends.extend([ends[number - 1] for number in behind])
            self.first_blocks = firsts
            return
        for first, end in zip(firsts, behind, strict=True):
            if ends[first] - starts[first] <= LONGEST_ITEM:
                self.starts.append(starts[first])
                self.ends.append(ends[first])
                self.first_blocks.append(first)
            else:
                for piece_start, piece_end in _pieces(section.text, blocks[first]):
                    self.starts.append(piece_start)
                    self.ends.append(piece_end)
                    self.first_blocks.append(first)
            self.ends[-1] = ends[end - 1]


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


def _beside(blocks: Sequence[Block]) -> Collection[int]:
    """Return the numbers of the cells that stand in one line with the block before them."""
    if isinstance(blocks, LateRows):
        return blocks.beside
    pairs = enumerate(pairwise(blocks), 1)
    return [number for number, (before, block) in pairs if is_same_row(before, block)]


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
