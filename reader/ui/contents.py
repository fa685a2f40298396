"""The headings of a text, as its contents list them."""

from __future__ import annotations

from dataclasses import dataclass

from reader.text.document import BlockKind, Document, Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents; `depth` counts from 0."""

    title: str
    place: Place
    depth: int


def headings_of(document: Document) -> list[Heading]:
    """Return every heading, or the titles of sections that have none."""
    found = []
    for section in document.sections:
        blocks = [block for block in section.blocks if block.kind is BlockKind.HEADING]
        for block in blocks:
            title = " ".join(section.text[block.start : block.end].split())
            found.append(Heading(title, Place(section.index, block.start), max(1, block.level)))
        if not blocks and section.title and len(document.sections) > 1:
            found.append(Heading(section.title, Place(section.index, 0), 1))
    least = min((heading.depth for heading in found), default=1)
    return [Heading(h.title, h.place, h.depth - least) for h in found]
