"""Knows which footnotes a text refers to, and where, so that they can be read there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from reader.text.document import Block, BlockKind, Document, InlineKind, Place, Section


class ReferredNotes:
    """The footnotes of a document that are referred to. Making one goes through all sections.

    A note is read after the first sentence that refers to it. Its blocks are the one that the
    reference leads to and those that go on with it, up to the next note.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._references: dict[Place, Place] = {}
        self._starts: dict[Place, Place] = {}
        for section in document.sections:
            for inline in section.inlines:
                if inline.kind is InlineKind.NOTE_REFERENCE and inline.target:
                    self._add(section, inline.start, inline.target)

    def blocks_of(self, section: Section, start: int, end: int) -> list[tuple[Section, Block]]:
        """Return the blocks of the notes that text[start:end] is the first to refer to."""
        found: list[tuple[Section, Block]] = []
        first = bisect_left(section.inlines, start, key=lambda inline: inline.start)
        last = bisect_left(section.inlines, end, key=lambda inline: inline.start)
        for inline in section.inlines[first:last]:
            note = self._starts.get(Place(section.index, inline.start))
            if note is not None and inline.kind is InlineKind.NOTE_REFERENCE:
                found += self._blocks_from(note)
        return found

    def reference_to(self, section: Section, block: Block) -> Place | None:
        """Return where the note that `block` belongs to is first referred to; None if nowhere."""
        note = self._note_of(section, block)
        return None if note is None else self._references.get(note)

    def _add(self, section: Section, offset: int, target: str) -> None:
        here = bisect_right(section.blocks, offset, key=lambda block: block.end)
        is_in_note = section.blocks[here : here + 1] and (
            section.blocks[here].kind is BlockKind.FOOTNOTE
        )
        place = self._document.place_of(target, section.index)
        if place is None or is_in_note:
            return  # notes to notes are read where they stand
        notes = self._document.sections[place.section]
        index = bisect_right(notes.blocks, place.offset, key=lambda block: block.end)
        if index == len(notes.blocks) or notes.blocks[index].kind is not BlockKind.FOOTNOTE:
            return
        note = Place(place.section, notes.blocks[index].start)
        if note not in self._references:
            reference = Place(section.index, offset)
            self._references[note] = reference
            self._starts[reference] = note

    def _blocks_from(self, note: Place) -> list[tuple[Section, Block]]:
        section = self._document.sections[note.section]
        index = bisect_right(section.blocks, note.offset, key=lambda block: block.end)
        found = [(section, section.blocks[index])]
        for number in range(index + 1, len(section.blocks)):
            block = section.blocks[number]
            if not self._goes_on(section, block):
                break
            found.append((section, block))
        return found

    def _note_of(self, section: Section, block: Block) -> Place | None:
        index = bisect_right(section.blocks, block.start, key=lambda other: other.end)
        while index >= 0 and section.blocks[index].kind is BlockKind.FOOTNOTE:
            if not self._goes_on(section, section.blocks[index]):
                return Place(section.index, section.blocks[index].start)
            index -= 1
        return None

    def _goes_on(self, section: Section, block: Block) -> bool:
        """Whether a block belongs to the note before it."""
        is_note = block.kind is BlockKind.FOOTNOTE
        is_start = bool(block.marker) or Place(section.index, block.start) in self._references
        return is_note and not is_start
