"""Selected text as it is pasted elsewhere, and the natural ends of selections."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from reader.text.document import Block, BlockKind, Document, InlineKind, Place, Section, Span
from reader.text.lazy_sections import readable_section, section_at_hand
from reader.values import value

_ROW_NEIGHBOURS = "\t"
_LIST_NEIGHBOURS = "\n"
_LONGEST_LINK = 20_000
_PARAGRAPHS = "\n\n"
_LINKS = frozenset((InlineKind.LINK, InlineKind.NOTE_REFERENCE))


def plain_text(document: Document, spans: Iterable[Span]) -> str:
    """Return the spans' text with paragraphs, list items and table cells apart.

    Line feeds become the spaces they are shown as, but stay in code. What can't be read any more
    is left out, as everything here is None in such a section: its file went away.
    """
    return _PARAGRAPHS.join(
        _text_of(section, span)
        for span in spans
        if (section := readable_section(document.sections, span.section)) is not None
    )


def _text_of(section: Section, span: Span) -> str:
    parts: list[str] = []
    previous: Block | None = None
    for number in range(_block_at(section, span.start), len(section.blocks)):
        block = section.blocks[number]
        if block.start >= span.end:
            break
        start, end = max(block.start, span.start), min(block.end, span.end)
        if start >= end:
            continue
        if previous is not None:
            parts.append(_between(previous, block))
        if block.marker and start == block.start and previous is not None:
            parts.append(block.marker + " ")
        text = section.text[start:end]
        parts.append(text if block.kind is BlockKind.CODE else " ".join(text.splitlines()))
        previous = block
    return "".join(parts)


def block_span(document: Document, place: Place) -> Span | None:
    """Return the whole block at a place, None in a text without blocks."""
    section = readable_section(document.sections, place.section)
    if section is None or not section.blocks:
        return None
    block = section.blocks[_block_at(section, place.offset)]
    return Span(place.section, block.start, block.end)


def section_span(document: Document, number: int) -> Span | None:
    """Return all blocks of a section as one span, None in a section without blocks."""
    section = readable_section(document.sections, number)
    blocks = () if section is None else section.blocks
    return Span(number, blocks[0].start, blocks[-1].end) if blocks else None


def spans_between(anchor: Place, place: Place, document: Document) -> tuple[Span, ...]:
    """Return what lies between two places, a span for each section that has some of it.

    A section in between that isn't read ends it: nobody has seen what would be selected.
    """
    first, last = sorted((anchor, place))
    towards = range(first.section, last.section + 1)
    if place < anchor:
        towards = towards[::-1]
    spans = []
    for number in towards:
        if section_at_hand(document.sections, number) is None:
            break
        whole = section_span(document, number)
        if whole is None:
            continue
        start = first.offset if number == first.section else whole.start
        end = last.offset if number == last.section else whole.end
        span = Span(number, start, end)
        if not span.is_empty:
            spans.append(span)
    return tuple(sorted(spans))


def trimmed(document: Document, span: Span) -> Span | None:
    """Return a span without the white space at its ends; None where it has nothing else."""
    section = readable_section(document.sections, span.section)
    if section is None:
        return None
    text = section.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    end = span.end - (len(text) - len(text.rstrip()))
    return Span(span.section, start, end) if start < end else None


@value
class Link:
    """A link or note reference: where it stands and what it leads to."""

    target: str
    span: Span
    is_note: bool


def link_at(document: Document, place: Place) -> Link | None:
    """Return the link or note reference that shows a character, None if there is none."""
    section = readable_section(document.sections, place.section)
    inlines = () if section is None else section.inlines
    stop = bisect_right(inlines, place.offset, key=lambda inline: inline.start)
    first = bisect_left(inlines, place.offset - _LONGEST_LINK, key=lambda inline: inline.start)
    for inline in reversed(inlines[first:stop]):
        if place.offset < inline.end and inline.kind in _LINKS:
            span = Span(place.section, inline.start, inline.end)
            return Link(inline.target, span, inline.kind is InlineKind.NOTE_REFERENCE)
    return None


def link_beside(document: Document, place: Place, *, is_forward: bool) -> Link | None:
    """Return the next link after a place in its section, or the last one before it."""
    found = None
    section = readable_section(document.sections, place.section)
    for inline in () if section is None else section.inlines:
        if inline.kind not in _LINKS or not inline.target:
            continue
        if is_forward and inline.start > place.offset:
            return link_at(document, Place(place.section, inline.start))
        if not is_forward and inline.start < place.offset:
            found = inline
    return None if found is None else link_at(document, Place(place.section, found.start))


def _between(block: Block, following: Block) -> str:
    if block.cell is not None and following.cell is not None:
        is_same_row = block.cell.row == following.cell.row
        return _ROW_NEIGHBOURS if is_same_row else _LIST_NEIGHBOURS
    if block.kind is following.kind is BlockKind.LIST_ITEM:
        return _LIST_NEIGHBOURS
    return _PARAGRAPHS


def _block_at(section: Section, offset: int) -> int:
    """Return the number of the block that holds `offset`, else of the one before it."""
    return max(bisect_right(section.blocks, offset, key=lambda block: block.start) - 1, 0)
