"""A document's sections as one text, which is what ranges of annotations are counted in."""

from __future__ import annotations

from bisect import bisect_right

from reader.annotations.model import SECTION_BREAK
from reader.text.document import Document, Span


class WholeText:
    """A document's sections as one text, joined by SECTION_BREAK, as TextPosition counts it."""

    def __init__(self, document: Document) -> None:
        self._lengths = [len(section.text) for section in document.sections]
        self.text = SECTION_BREAK.join(section.text for section in document.sections)
        self._starts = []
        start = 0
        for length in self._lengths:
            self._starts.append(start)
            start += length + len(SECTION_BREAK)

    def span_of(self, start: int, end: int) -> Span:
        """Return the range as a span; one across sections keeps its longest part."""
        first = max(0, bisect_right(self._starts, start) - 1)
        base = self._starts[first]
        if end <= base + self._lengths[first]:
            return Span(first, start - base, end - base)
        parts = []
        for section in range(first, len(self._starts)):
            base = self._starts[section]
            if base > end or (base == end and end > start):
                break
            low = min(max(0, start - base), self._lengths[section])
            parts.append(Span(section, low, min(end - base, self._lengths[section])))
        return max(parts, key=lambda part: part.end - part.start, default=Span(0, 0, 0))

    def range_of(self, span: Span) -> tuple[int, int]:
        """Return the range, [start, end), that a span is in the whole text."""
        base = self._starts[span.section]
        return base + span.start, base + span.end
