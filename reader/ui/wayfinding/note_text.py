"""A footnote as HTML of our own for its card: emphasis, code, links; nothing that loads or runs."""

from __future__ import annotations

import html
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

from reader.text.document import Block, BlockKind, Inline, InlineKind, Place, Section, Span

_MOST_BLOCKS = 12
_MOST_CHARACTERS = 6000
_BULLETS = "•◦▪‣⁃–"
"""Marks of a list within a note; others, numbers or stars, are those of notes."""

_TAGS = {
    InlineKind.EMPHASIS: "i",
    InlineKind.STRONG: "b",
    InlineKind.CODE: "code",
    InlineKind.STRIKE: "s",
    InlineKind.SUPERSCRIPT: "sup",
    InlineKind.SUBSCRIPT: "sub",
}
_LINKS = (InlineKind.LINK, InlineKind.NOTE_REFERENCE)


def note_at(section: Section, place: Place) -> Span | None:
    """Return the footnote that begins at a place, or that holds it; None if there is none.

    It goes on to the next block that has a name or a number of its own. A heading is no note.
    """
    blocks = section.blocks
    if not blocks:
        return None
    first = max(bisect_right(blocks, place.offset, key=lambda block: block.start) - 1, 0)
    if blocks[first].end <= place.offset and first + 1 < len(blocks):
        first += 1  # a name between two blocks is the next one's
    if blocks[first].kind in (BlockKind.HEADING, BlockKind.RULE):
        return None
    named = set(section.anchors.values())
    last = first
    for number in range(first + 1, min(first + _MOST_BLOCKS, len(blocks))):
        block = blocks[number]
        is_item = bool(block.marker) and block.marker in _BULLETS
        begins_other = (block.marker and not is_item) or block.start in named
        if begins_other or block.kind is BlockKind.HEADING or not _belongs(block, blocks[first]):
            break
        if block.end - blocks[first].start > _MOST_CHARACTERS:
            break
        last = number
    return Span(section.index, blocks[first].start, blocks[last].end)


def is_footnote(section: Section, place: Place) -> bool:
    """Whether a footnote stands at a place, as its book says."""
    number = bisect_right(section.blocks, place.offset, key=lambda block: block.start) - 1
    beside = section.blocks[max(number, 0) : number + 2]
    return any(
        block.kind is BlockKind.FOOTNOTE
        and block.start <= place.offset + 2
        and place.offset < block.end
        for block in beside
    )


def note_html(section: Section, note: Span, link_colour: str) -> str:
    """Return a note's paragraphs as HTML; a link's address is "link:" and its target."""
    parts = []
    first = bisect_right(section.blocks, note.start, key=lambda block: block.end)
    last = bisect_left(section.blocks, note.end, key=lambda block: block.start)
    for block in section.blocks[first:last]:
        inside = _runs_html(section, block, link_colour)
        if block.kind is BlockKind.CODE:
            parts.append(f"<pre>{inside}</pre>")
        else:
            # two lines of it are one note's: the space between them is the style's
            bullet = f"{block.marker} " if block.marker and block.marker in _BULLETS else ""
            parts.append(f"<p>{bullet}{inside}</p>")
    return "".join(parts)


def _belongs(block: Block, first: Block) -> bool:
    """Whether a block may go on what another began."""
    return (block.kind is BlockKind.FOOTNOTE) is (first.kind is BlockKind.FOOTNOTE)


def _runs_html(section: Section, block: Block, link_colour: str) -> str:
    runs = [run for run in section.inlines if run.start < block.end and run.end > block.start]
    edges = {block.start, block.end}
    for run in runs:
        edges.update(e for e in (run.start, run.end) if block.start < e < block.end)
    cuts = sorted(edges)
    pieces = []
    for start, end in pairwise(cuts):
        text = html.escape(section.text[start:end]).replace("\u2028", "<br>")
        pieces.append(
            _tagged(text, (r for r in runs if r.start <= start and r.end >= end), link_colour)
        )
    return "".join(pieces)


def _tagged(text: str, runs: Iterable[Inline], link_colour: str) -> str:
    for run in runs:
        if run.kind in _LINKS:
            href = html.escape("link:" + run.target, quote=True)
            text = f'<a href="{href}" style="color: {link_colour};">{text}</a>'
        elif run.kind in _TAGS:
            tag = _TAGS[run.kind]
            text = f"<{tag}>{text}</{tag}>"
    return text
