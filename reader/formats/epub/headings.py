"""Headings that a book has as mere paragraphs, known by its contents, which name them.

Books made with InDesign, and most Japanese ones, have no heading elements at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from reader.text.document import Block, BlockKind, ContentsEntry, Section
from reader.values import replaced

_MOST_BLOCKS = 3
"""A number, a title and a subtitle may stand in paragraphs of their own."""

_NO_LETTER = re.compile(r"[\W_]+")
_LOWEST = 6


def with_headings(section: Section, lines: Sequence[ContentsEntry]) -> Section:
    """Return the section with headings where those contents lead to paragraphs of the same words.

    `lines` lead into this section.
    """
    blocks = list(section.blocks)
    for line in lines:
        name = line.target.partition("#")[2]
        offset = section.anchors.get(name) if name else 0
        if offset is not None:
            for number in _named(section.text, blocks, offset, line.title):
                level = min(line.level, _LOWEST)
                blocks[number] = replaced(blocks[number], kind=BlockKind.HEADING, level=level)
    return replaced(section, blocks=tuple(blocks)) if blocks != list(section.blocks) else section


def _named(text: str, blocks: Sequence[Block], offset: int, title: str) -> range:
    """Return the numbers of the paragraphs from an offset on that together are a title."""
    wanted = _letters(title)
    first = bisect_left(blocks, offset, key=lambda block: block.end)
    while first < len(blocks) and blocks[first].kind in (BlockKind.FIGURE, BlockKind.RULE):
        first += 1
    found = ""
    for number in range(first, min(first + _MOST_BLOCKS, len(blocks))):
        block = blocks[number]
        found += _letters(text[block.start : block.end])
        if block.kind is not BlockKind.PARAGRAPH or not wanted.startswith(found):
            break
        if found == wanted:
            return range(first, number + 1)
    return range(0)


def _letters(words: str) -> str:
    return _NO_LETTER.sub("", words).casefold()
