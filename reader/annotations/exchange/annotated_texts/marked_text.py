"""A text cut into pieces by what it is and by the notes on it, for formats that show the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from reader.annotations.exchange.note_words import plain_line
from reader.annotations.exchange.text_with_notes import NotedPassage
from reader.text.document import Block, BlockKind, Document, Inline, InlineKind, Section, Span
from reader.values import value

LINE_BREAK = "\u2028"


@value
class Piece:
    """A run of a block's text that is of one kind throughout.

    `notes` are the numbers of those whose passage it is in, the one begun last at the end.
    `begun` are those whose passage begins with it, `ended` those that end with it. A piece without
    text is a place where a note is that has no passage: both begun and ended.
    """

    text: str
    kinds: frozenset[InlineKind]
    target: str
    notes: tuple[int, ...]
    begun: tuple[int, ...]
    ended: tuple[int, ...]


@value
class MarkedBlock:
    """A block of a text, cut into pieces."""

    block: Block
    pieces: tuple[Piece, ...]

    @property
    def begun(self) -> tuple[int, ...]:
        """The notes whose passage begins in this block."""
        return tuple(note for piece in self.pieces for note in piece.begun)


@value
class _Part:
    """The part of a note's passage in one block; the first and the last of all its parts say so."""

    start: int
    end: int
    note: int
    is_first: bool
    is_last: bool


class MarkedText:
    """The sections of a text as blocks cut by the notes on it."""

    def __init__(self, notes: Sequence[NotedPassage]) -> None:
        self._spans: dict[int, list[tuple[int, Span]]] = defaultdict(list)
        for number, note in enumerate(notes):
            if note.span is not None:
                self._spans[note.span.section].append((number, note.span))

    def blocks_of(self, section: Section) -> Iterator[MarkedBlock]:
        """Yield the blocks of a section; notes have the numbers that they came with."""
        return _marked_blocks(section, self._spans.get(section.index, ()))


def _marked_blocks(section: Section, spans: Sequence[tuple[int, Span]]) -> Iterator[MarkedBlock]:
    parts: dict[int, list[_Part]] = defaultdict(list)
    for number, span in spans if section.blocks else ():
        for block_number, part in _parts(section.blocks, span, number):
            parts[block_number].append(part)
    first = 0
    for number, block in enumerate(section.blocks):
        while first < len(section.inlines) and section.inlines[first].end <= block.start:
            first += 1
        runs = _runs_in(block, section.inlines, first)
        pieces = _pieces(section.text, block, runs, parts.get(number, []))
        yield MarkedBlock(block, tuple(pieces))


def _parts(blocks: Sequence[Block], span: Span, note: int) -> list[tuple[int, _Part]]:
    """Return the parts of a passage by block; what lies between blocks is a point in the next."""
    first = min(bisect_right(blocks, span.start, key=lambda block: block.end), len(blocks) - 1)
    behind = bisect_left(blocks, span.end, key=lambda block: block.start)
    ranges = [
        (number, max(span.start, blocks[number].start), min(span.end, blocks[number].end))
        for number in range(first, behind)
    ]
    ranges = [(number, start, end) for number, start, end in ranges if start < end]
    if not ranges:
        at = min(max(span.start, blocks[first].start), blocks[first].end)
        ranges = [(first, at, at)]
    last = len(ranges) - 1
    return [
        (number, _Part(start, end, note, n == 0, n == last))
        for n, (number, start, end) in enumerate(ranges)
    ]


def _runs_in(block: Block, inlines: Sequence[Inline], first: int) -> list[Inline]:
    """Return the runs in a block; before number `first` there is none."""
    found = []
    for number in range(first, len(inlines)):  # a slice would copy all that follow, for each block
        inline = inlines[number]
        if inline.start >= block.end:
            break
        if inline.end > block.start:
            found.append(inline)
    return found


def _pieces(
    text: str, block: Block, runs: Sequence[Inline], parts: Sequence[_Part]
) -> Iterator[Piece]:
    """Yield the pieces of a block, in one sweep over where runs and parts begin and end."""
    points: dict[int, list[int]] = defaultdict(list)
    parts_from: dict[int, list[_Part]] = defaultdict(list)
    runs_from: dict[int, list[Inline]] = defaultdict(list)
    cuts = {block.start, block.end}
    for part in parts:
        cuts |= {part.start, part.end}
        if part.start == part.end:
            points[part.start].append(part.note)
        else:
            parts_from[part.start].append(part)
    for run in runs:
        start = max(run.start, block.start)
        cuts |= {start, min(run.end, block.end)}
        runs_from[start].append(run)
    inside: list[_Part] = []
    of_runs: list[Inline] = []
    ordered = sorted(cuts)
    for start, end in zip(ordered, [*ordered[1:], block.end], strict=True):
        for note in points[start]:
            yield Piece("", frozenset(), "", (), (note,), (note,))
        if start == end:
            continue
        inside = [part for part in inside if part.end > start] + parts_from[start]
        of_runs = [run for run in of_runs if run.end > start] + runs_from[start]
        links = [run.target for run in of_runs if run.kind is InlineKind.LINK]
        shown = text[start:end]
        yield Piece(
            shown if block.kind is BlockKind.CODE else shown.replace("\n", " "),
            frozenset(run.kind for run in of_runs),
            links[0] if links else "",
            tuple(part.note for part in inside),
            tuple(part.note for part in parts_from[start] if part.is_first),
            tuple(part.note for part in inside if part.is_last and part.end == end),
        )


def begins_with_title(document: Document | None, title: str) -> bool:
    """Whether the text begins with its title, or with another heading of the first rank."""
    if document is None:
        return False
    for section in document.sections[:1]:
        for block in section.blocks[:1]:
            shown = plain_line(section.text[block.start : block.end])
            return block.kind is BlockKind.HEADING and (block.level <= 1 or shown == title)
    return False
