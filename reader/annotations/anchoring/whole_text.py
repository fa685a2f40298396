"""A document's sections as one text, which is what ranges of annotations are counted in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Self

from reader.annotations.model import SECTION_BREAK
from reader.text.document import Document, Span


class WholeText:
    """A document's sections as one text, joined by SECTION_BREAK, as TextPosition counts it."""

    def __init__(self, document: Document) -> None:
        """Read all of a document."""
        texts = [section.text for section in document.sections]
        self._set(SECTION_BREAK.join(texts), [len(text) for text in texts])

    @classmethod
    def kept(cls, text: str, lengths: Sequence[int]) -> Self:
        """Return what was kept of a document: its whole text and its sections' lengths."""
        made = cls.__new__(cls)
        made._set(text, list(lengths))
        return made

    def _set(self, text: str, lengths: list[int]) -> None:
        self.text = text
        self.lengths = lengths
        self._starts = []
        start = 0
        for length in self.lengths:
            self._starts.append(start)
            start += length + len(SECTION_BREAK)

    def text_of(self, section: int) -> str:
        """Return the text of one section."""
        start = self._starts[section]
        return self.text[start : start + self.lengths[section]]

    def span_of(self, start: int, end: int) -> Span:
        """Return the range as a span; one across sections keeps its longest part."""
        first = max(0, bisect_right(self._starts, start) - 1)
        base = self._starts[first]
        if end <= base + self.lengths[first]:
            return Span(first, start - base, end - base)
        parts = []
        for section in range(first, len(self._starts)):
            base = self._starts[section]
            if base > end or (base == end and end > start):
                break
            low = min(max(0, start - base), self.lengths[section])
            parts.append(Span(section, low, min(end - base, self.lengths[section])))
        return max(parts, key=lambda part: part.end - part.start, default=Span(0, 0, 0))

    def range_of(self, span: Span) -> tuple[int, int]:
        """Return the range, [start, end), that a span is in the whole text."""
        base = self._starts[span.section]
        return base + span.start, base + span.end
