"""Small documents made in place, block by block, for tests of what shows them."""

from __future__ import annotations

from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Inline,
    InlineKind,
    Section,
    Span,
    TableCell,
    fingerprint_of,
)

TEXT = (
    "He speaks, and a machine sets down his sentences in a handwriting that is nobody’s. "
    "Before the film has shown us anything from the future it has shown us its subject: "
    "feeling that passes through an instrument, and arrives."
)


class SectionMaker:
    """Collects blocks; two line feeds stand between them in the section's text."""

    def __init__(self, index: int = 0) -> None:
        self._index = index
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._inlines: list[Inline] = []

    def add(
        self,
        text: str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        level: int = 0,
        marker: str = "",
        cell: TableCell | None = None,
    ) -> SectionMaker:
        """Add a block."""
        start = self._length + 2 if self._blocks else 0
        self._parts.append(text)
        self._length = start + len(text)
        self._blocks.append(
            Block(start, start + len(text), kind, level=level, marker=marker, cell=cell)
        )
        return self

    def mark(self, text: str, kind: InlineKind, target: str = "") -> SectionMaker:
        """Give the first occurrence of `text` an inline quality."""
        start = "\n\n".join(self._parts).index(text)
        self._inlines.append(Inline(start, start + len(text), kind, target))
        return self

    def made(self) -> Section:
        """Return the section."""
        inlines = tuple(sorted(self._inlines, key=lambda inline: inline.start))
        return Section(self._index, "", "\n\n".join(self._parts), tuple(self._blocks), inlines)


def document_of(*sections: Section) -> Document:
    """Return a document of these sections."""
    fingerprint = fingerprint_of(section.text for section in sections)
    return Document("A text", (), "en", sections, fingerprint)


def prose(*paragraphs: str) -> Document:
    """Return a document of one section with these paragraphs."""
    maker = SectionMaker()
    for paragraph in paragraphs:
        maker.add(paragraph)
    return document_of(maker.made())


def span_of(document: Document, words: str, section: int = 0) -> Span:
    """Return the span of the first occurrence of `words`."""
    start = document.sections[section].text.index(words)
    return Span(section, start, start + len(words))


def long_prose(paragraphs: int, words: tuple[str, ...] = ("quiet", "margin", "voice")) -> Document:
    """Return a document with that many numbered paragraphs of differing length."""
    return prose(
        *(f"Paragraph {n}. " + " ".join(words * (3 + n * 7 % 40)) + "." for n in range(paragraphs))
    )
