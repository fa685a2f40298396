"""Where words begin and end around a place: what the ends of a passage snap to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reader.text.document import Document, Place, Section, Span
from reader.text.lazy_sections import section_at_hand
from reader.text.segment import word_ranges

_AROUND = 400
"""Code points looked at to both sides first; a block may have a million."""


def nearest_edge(section: Section, offset: int, *, is_start: bool) -> int:
    """Return the beginning (or the end) of a word that is nearest to an offset in its block."""
    near = _edges(section, *_around(section, _block_range(section, offset), offset), is_start)
    return min(near, key=lambda edge: abs(edge - offset), default=offset)


def has_whole_words(document: Document, span: Span) -> bool:
    """Whether a passage begins where a word does, and ends where one does."""
    section = document.sections[span.section]
    return (
        nearest_edge(section, span.start, is_start=True) == span.start
        and nearest_edge(section, span.end, is_start=False) == span.end
    )


def edge_beside(
    document: Document, place: Place, *, is_start: bool, is_forward: bool
) -> Place | None:
    """Return the next word's beginning (or end) after a place, or the last one before it.

    It goes on from block to block and from section to section, as far as they are read.
    """
    section = section_at_hand(document.sections, place.section)
    step = 1 if is_forward else -1
    while section is not None:
        offset = place.offset if section.index == place.section else None
        found = _beside(section, offset, is_start=is_start, is_forward=is_forward)
        if found is not None:
            return Place(section.index, found)
        number = section.index + step
        if not 0 <= number < len(document.sections):
            return None
        section = section_at_hand(document.sections, number)
    return None


def _beside(
    section: Section, offset: int | None, *, is_start: bool, is_forward: bool
) -> int | None:
    """Return the edge beside an offset; the section's first, or its last, where that is None."""
    blocks = section.blocks
    number = 0 if is_forward else len(blocks) - 1
    if offset is None:
        offset = -1 if is_forward else len(section.text) + 1
    else:
        number = max(bisect_right(blocks, offset, key=lambda block: block.start) - 1, 0)
    while 0 <= number < len(blocks):
        block = (blocks[number].start, blocks[number].end)
        for start, end in (_around(section, block, offset), block):
            edges = _edges(section, start, end, is_start)
            if is_forward:
                found = next((edge for edge in edges if edge > offset), None)
            else:
                found = next((edge for edge in reversed(edges) if edge < offset), None)
            if found is not None:
                return found
        number += 1 if is_forward else -1
    return None


def _around(section: Section, block: tuple[int, int], offset: int) -> tuple[int, int]:
    """Return the part of a block around an offset, from space to space: no word is cut."""
    start, end = block
    at = min(max(offset, start), end)
    before = section.text.rfind(" ", start, max(at - _AROUND, start))
    behind = section.text.find(" ", at + _AROUND, end)
    return max(before, start), end if behind < 0 else behind


def _block_range(section: Section, offset: int) -> tuple[int, int]:
    if not section.blocks:
        return 0, len(section.text)
    number = bisect_right(section.blocks, offset, key=lambda block: block.start) - 1
    block = section.blocks[max(number, 0)]
    return block.start, max(block.end, offset)


def _edges(section: Section, start: int, end: int, is_start: bool) -> Sequence[int]:
    return [word[0 if is_start else 1] for word in word_ranges(section.text, start, end)]
