"""What of a text is passed over in silence, and why: nothing is hidden without a reason."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from reader.speech.planning.citations import Mark, cites_authors, is_raised_note, marks_within
from reader.speech.planning.front_matter import front_matter_ranges, is_notice
from reader.speech.planning.page_furniture import furniture_blocks
from reader.text.document import Block, BlockKind, Inline, InlineKind, Section, Span

_LONGEST_INLINE = 20_000


class SkipReason(StrEnum):
    """Why a passage isn't spoken; the values are those of `plan --json`."""

    NOTE_REFERENCE = "note reference"
    CITATION = "citation"
    AUTHOR_YEAR = "author and year"
    PAGE_NUMBER = "page number"
    WEB_ADDRESS = "web address"
    CODE = "code"
    TABLE = "table"
    CAPTION = "caption"
    IMAGE_DESCRIPTION = "image description"
    FORMULA = "formula"
    LABELS = "words in a drawing"
    FRONT_MATTER = "front matter"
    FOOTNOTE = "footnote"
    RULE = "rule"
    NOTHING_TO_SAY = "nothing to say"


NEVER_SAID = frozenset((SkipReason.RULE, SkipReason.NOTHING_TO_SAY))
"""What can't be spoken, whatever is asked for."""


class Footnotes(StrEnum):
    """Where footnotes are read: where they stand, after the sentence that refers to them, not."""

    IN_PLACE = "in place"
    WHERE_REFERRED_TO = "where referred to"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Skip:
    """A passage that isn't spoken."""

    span: Span
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class WhatIsRead:
    """What the user wants to hear: the kinds of passages left out, and what is read all the same.

    `wanted` are passages asked for one by one, whatever their kind.
    """

    skipped: frozenset[SkipReason] = frozenset(
        (
            SkipReason.NOTE_REFERENCE,
            SkipReason.CITATION,
            SkipReason.AUTHOR_YEAR,
            SkipReason.PAGE_NUMBER,
            SkipReason.CODE,
            SkipReason.FRONT_MATTER,
            SkipReason.FORMULA,
            SkipReason.LABELS,
        )
    )
    footnotes: Footnotes = Footnotes.IN_PLACE
    wanted: frozenset[Span] = field(default_factory=frozenset)

    def leaves_out(self, reason: SkipReason, span: Span) -> bool:
        """Whether a passage of this kind is passed over."""
        if reason in NEVER_SAID:
            return True
        if reason is SkipReason.FOOTNOTE:
            is_left_out = self.footnotes is Footnotes.NOT
        else:
            is_left_out = reason in self.skipped
        return is_left_out and not any(span.overlaps(asked) for asked in self.wanted)


_BLOCK_REASONS = {
    BlockKind.CODE: SkipReason.CODE,
    BlockKind.RULE: SkipReason.RULE,
    BlockKind.TABLE_CELL: SkipReason.TABLE,
    BlockKind.CAPTION: SkipReason.CAPTION,
    BlockKind.FIGURE: SkipReason.IMAGE_DESCRIPTION,
    BlockKind.FORMULA: SkipReason.FORMULA,
    BlockKind.LABELS: SkipReason.LABELS,
    BlockKind.FOOTNOTE: SkipReason.FOOTNOTE,
    BlockKind.PAGE_FURNITURE: SkipReason.PAGE_NUMBER,
}
_MARK_REASONS = {
    Mark.NOTE: SkipReason.NOTE_REFERENCE,
    Mark.CITATION: SkipReason.CITATION,
    Mark.AUTHOR_YEAR: SkipReason.AUTHOR_YEAR,
    Mark.PAGE: SkipReason.PAGE_NUMBER,
    Mark.WEB_ADDRESS: SkipReason.WEB_ADDRESS,
}


class SectionSkips:
    """Finds what is passed over in one section; what the whole section tells is looked up once."""

    def __init__(self, section: Section, what: WhatIsRead) -> None:
        self._section = section
        self._what = what
        # No cached_property: in Python 3.11 all instances share its lock, and the window's thread
        # would wait until another has looked through a long section.
        self._known_authors: bool | None = None
        self._known_furniture: frozenset[int] | None = None
        self._known_front_matter: tuple[tuple[int, int], ...] | None = None

    def block_reason(self, block: Block) -> SkipReason | None:
        """Return why a whole block isn't spoken, None if it is or parts of it are."""
        span = Span(self._section.index, block.start, block.end)
        for reason in self._reasons(block):
            if self._what.leaves_out(reason, span):
                return reason
        return None

    def within(self, block: Block, start: int, end: int) -> list[Skip]:
        """Return what isn't spoken of [start, end), a part of a spoken block.

        They are in order and don't overlap.
        """
        skips: list[Skip] = []
        at = start
        # what the markup says goes before what is guessed, where both begin at the same place
        passages = [*self._marked(start, end), *self._found(block, start, end)]
        for first, last, reason in sorted(passages, key=lambda passage: passage[0]):
            span = Span(self._section.index, max(first, at), min(last, end))
            if not span.is_empty and self._what.leaves_out(reason, span):
                skips.append(Skip(span, reason))
                at = span.end
        return skips

    def all(self) -> Iterator[Skip]:
        """Yield what is passed over in the whole section, but for what has nothing to say."""
        return self.between(0, len(self._section.text))

    def between(self, start: int, end: int) -> Iterator[Skip]:
        """Yield the same for the blocks that touch [start, end)."""
        blocks = self._section.blocks
        first = bisect_right(blocks, start, key=lambda block: block.end)
        last = bisect_left(blocks, end, key=lambda block: block.start)
        for block in blocks[first:last]:
            reason = self.block_reason(block)
            if reason is None:
                yield from self.within(block, block.start, block.end)
            elif reason is not SkipReason.RULE and block.end > block.start:
                yield Skip(Span(self._section.index, block.start, block.end), reason)

    def passage_of(self, skip: Skip) -> Span:
        """Return what is asked for by asking for one skip: of a table or front matter the whole."""
        start, end = skip.span.start, skip.span.end
        if skip.reason is SkipReason.TABLE:
            start, end = self._table_around(start, end)
        elif skip.reason is SkipReason.FRONT_MATTER:
            around = [found for found in self._front_matter if found[0] <= start < found[1]]
            start, end = around[0] if around else (start, end)
        return Span(skip.span.section, start, end)

    def _table_around(self, start: int, end: int) -> tuple[int, int]:
        blocks = self._section.blocks
        here = bisect_left(blocks, start + 1, key=lambda block: block.end)
        if here >= len(blocks) or (cell := blocks[here].cell) is None:
            return start, end
        first = last = here
        while first > 0 and _is_in_table(blocks[first - 1], cell.table):
            first -= 1
        while last + 1 < len(blocks) and _is_in_table(blocks[last + 1], cell.table):
            last += 1
        return blocks[first].start, blocks[last].end

    def _reasons(self, block: Block) -> Iterator[SkipReason]:
        own = _BLOCK_REASONS.get(block.kind)
        if own is not None:
            yield own
        if block.start in self._furniture:
            yield SkipReason.PAGE_NUMBER
        if any(start <= block.start < end for start, end in self._front_matter) or is_notice(
            self._section.text, block
        ):
            yield SkipReason.FRONT_MATTER

    def _marked(self, start: int, end: int) -> Iterator[tuple[int, int, SkipReason]]:
        """Yield what the markup says isn't part of the running text."""
        text = self._section.text
        for inline in inlines_within(self._section.inlines, start, end):
            if inline.kind is InlineKind.NOTE_REFERENCE:
                yield inline.start, inline.end, SkipReason.NOTE_REFERENCE
            elif inline.kind is InlineKind.PICTURE:
                yield inline.start, inline.end, SkipReason.IMAGE_DESCRIPTION
            elif inline.kind is InlineKind.SUPERSCRIPT and is_raised_note(
                text, inline.start, inline.end
            ):
                yield inline.start, inline.end, SkipReason.NOTE_REFERENCE

    def _found(self, block: Block, start: int, end: int) -> Iterator[tuple[int, int, SkipReason]]:
        """Yield what looks like no part of the running text."""
        if block.kind is BlockKind.CODE:
            return
        for found in marks_within(self._section.text, start, end, block.start):
            if found.is_certain or self._cites_authors:
                yield found.start, found.end, _MARK_REASONS[found.mark]

    @property
    def _cites_authors(self) -> bool:
        if self._known_authors is None:
            self._known_authors = cites_authors(self._section.text)
        return self._known_authors

    @property
    def _furniture(self) -> frozenset[int]:
        if self._known_furniture is None:
            self._known_furniture = furniture_blocks(self._section)
        return self._known_furniture

    @property
    def _front_matter(self) -> tuple[tuple[int, int], ...]:
        if self._known_front_matter is None:
            self._known_front_matter = front_matter_ranges(self._section)
        return self._known_front_matter


def inlines_within(inlines: Sequence[Inline], start: int, end: int) -> list[Inline]:
    """Return the inline runs that touch [start, end); those that began long before are few."""
    last = bisect_left(inlines, end, key=lambda inline: inline.start)
    first = bisect_left(inlines, start - _LONGEST_INLINE, key=lambda inline: inline.start)
    return [inline for inline in inlines[first:last] if inline.end > start]


def _is_in_table(block: Block, table: int) -> bool:
    return block.cell is not None and block.cell.table == table
