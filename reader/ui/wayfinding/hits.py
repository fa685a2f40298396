"""What a search has found so far, section by section, and the way from one hit to the next."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from reader.text.document import Place, Span


class Hits:
    """The hits in a document of `section_count` sections, which are searched in any order.

    Of none while nothing is looked for. A million hits take 16 MB.
    """

    def __init__(self, section_count: int) -> None:
        self._starts: list[array[int] | None] = [None] * section_count
        self._ends: list[array[int]] = [array("q")] * section_count
        self._searched = 0
        self.count = 0

    @property
    def is_complete(self) -> bool:
        """Whether every section has been searched."""
        return self._searched == len(self._starts)

    def add(self, section: int, starts: array[int], ends: array[int]) -> None:
        """Take what was found in a section, in order."""
        if self._starts[section] is None:
            self._searched += 1
            self._starts[section], self._ends[section] = starts, ends
            self.count += len(starts)

    def at_or_after(self, place: Place) -> Span | None:
        """Return the first hit that ends after a place, from the beginning on where there is none.

        None where none is known, or where one that isn't known yet may come before it.
        """
        count = len(self._starts)
        first = min(place.section, count - 1)
        for step in range(count + 1):
            section = (first + step) % count
            if self._starts[section] is None:
                return None
            number = 0
            if step == 0:
                number = bisect_right(self._ends[section], place.offset)
            if number < len(self._ends[section]):
                return self._span(section, number)
        return None

    def after(self, hit: Span) -> Span | None:
        """Return the next hit, from the beginning on after the last; None as `at_or_after`."""
        return self.at_or_after(Place(hit.section, hit.end))

    def before(self, place: Place) -> Span | None:
        """Return the last hit that begins before a place, from the end on where there is none.

        None where none is known, or where one that isn't known yet may come after it.
        """
        count = len(self._starts)
        first = min(place.section, count - 1)
        for step in range(count + 1):
            section = (first - step) % count
            starts = self._starts[section]
            if starts is None:
                return None
            number = bisect_left(starts, place.offset) if step == 0 else len(starts)
            if number:
                return self._span(section, number - 1)
        return None

    def number_of(self, hit: Span) -> int | None:
        """Return which hit of all it is, from 1; None while that isn't known."""
        number = 0
        for starts in self._starts[: hit.section]:
            if starts is None:
                return None
            number += len(starts)
        here = self._starts[hit.section]
        return None if here is None else number + bisect_left(here, hit.start) + 1

    def within(self, span: Span) -> Iterator[Span]:
        """Yield the hits that share a character with a span."""
        starts = self._starts[span.section] if self._starts else None
        if starts is None:
            return
        for number in range(bisect_right(self._ends[span.section], span.start), len(starts)):
            if starts[number] >= span.end:
                return
            yield self._span(span.section, number)

    def all(self) -> Iterator[Span]:
        """Yield every hit known, in the order of the text."""
        for section, starts in enumerate(self._starts):
            for number in range(len(starts or ())):
                yield self._span(section, number)

    def marks(self, lengths: Sequence[int], most: int) -> list[float]:
        """Return how far into the text hits lie, 0 to 1, no more than `most` different ones.

        `lengths` are the sections' in code points, as far as they are known.
        """
        whole = max(sum(lengths), 1)
        found: set[int] = set()
        before = 0
        for length, starts in zip(lengths, self._starts, strict=True):
            if starts:
                stride = max(len(starts) * whole // max(length * most, 1), 1)
                found.update((before + start) * most // whole for start in starts[::stride])
            before += length
        return [min(number / most, 1.0) for number in sorted(found)]

    def _span(self, section: int, number: int) -> Span:
        starts = self._starts[section]
        assert starts is not None
        return Span(section, starts[number], self._ends[section][number])
