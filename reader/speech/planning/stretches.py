"""Cuts long blocks into stretches that can be planned one by one, from any place on."""

from __future__ import annotations

from collections.abc import Iterator

from reader.text.document import Block
from reader.text.segment import sentence_ranges

STRETCH = 4000
"""Code points of a block that are planned at once; longer blocks are cut at sentences."""

_LOOK_BACK, _LOOK_AHEAD = 600, 2400


class Stretches:
    """The stretches of one block; a block that isn't spoken (`is_whole`) is one, however long."""

    def __init__(self, text: str, block: Block, language: str, *, is_whole: bool) -> None:
        self._text = text
        self._block = block
        self._language = language
        self._count = 1 if is_whole else max(1, round((block.end - block.start) / STRETCH))
        self._starts = {0: block.start, self._count: block.end}

    def onwards(self, offset: int = 0) -> Iterator[tuple[int, int]]:
        """Yield the ranges from the one that holds `offset` on."""
        number = self._number_at(offset)
        start = self._start(number)
        if start > offset and number > 0:
            number -= 1
            start = self._start(number)
        for following in range(number + 1, self._count + 1):
            end = self._start(following)
            yield start, end
            start = end

    def backwards(self, offset: int) -> Iterator[tuple[int, int]]:
        """Yield the ranges from the one that holds `offset` back."""
        number = self._number_at(offset)
        end = self._start(number + 1)
        while number >= 0:
            start = self._start(number)
            yield start, end
            number, end = number - 1, start

    def _number_at(self, offset: int) -> int:
        return min(max(offset - self._block.start, 0) // STRETCH, self._count - 1)

    def _start(self, number: int) -> int:
        """Return where stretch `number` starts: at a sentence near a fixed place.

        It depends on the text around that place alone, so that a start in the middle of a long
        block needn't go through all that is before.
        """
        found = self._starts.get(number)
        if found is None:
            found = self._starts[number] = self._found_start(number)
        return found

    def _found_start(self, number: int) -> int:
        text, block = self._text, self._block
        wanted = block.start + number * STRETCH
        ahead = min(wanted + _LOOK_AHEAD, block.end)
        for start, _ in sentence_ranges(text, wanted - _LOOK_BACK, ahead, self._language)[1:]:
            if start >= wanted:
                return start
        for at in range(wanted, ahead):
            if text[at].isspace():
                return at
        return wanted
