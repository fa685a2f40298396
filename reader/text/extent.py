"""How far into a document a place lies, and which place lies how far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from reader.text.document import Document, Place, Span
from reader.text.lazy_sections import LazySections, length_of


class Extent:
    """A document's length in code points, all sections laid end to end.

    Sections not read yet count with their estimated lengths, and are not read for this.
    """

    def __init__(self, document: Document) -> None:
        self._sections = document.sections
        self._news_count = -1
        self._kept_ends = self._measured()

    @property
    def length(self) -> int:
        """How many code points there are."""
        ends = self._ends()
        return ends[-1] if ends else 0

    @property
    def key(self) -> object:
        """What is equal as long as all places lie as far as before."""
        return tuple(self._ends())

    def before(self, place: Place) -> int:
        """Return how many code points lie before `place`; one past the end counts as the end."""
        ends = self._ends()
        if place.section >= len(ends):
            return self.length
        start = ends[place.section - 1] if place.section else 0
        return min(start + place.offset, ends[place.section])

    def share_of(self, place: Place) -> float:
        """Return how far into the document `place` lies, 0 to 1."""
        return self.before(place) / self.length if self.length else 0.0

    def shares_of(self, places: Iterable[Place]) -> list[float]:
        """Return what `share_of` tells of each of many places."""
        length = self.length or 1
        return [self.before(place) / length for place in places]

    def place_at(self, share: float) -> Place:
        """Return the place that lies `share` (0 to 1) into the document.

        In a section not read yet it may lie behind the section's end.
        """
        if not self.length:
            return Place(0, 0)
        ends = self._ends()
        offset = min(max(int(share * self.length), 0), self.length - 1)
        section = bisect_right(ends, offset)
        return Place(section, offset - (ends[section - 1] if section else 0))

    def _ends(self) -> list[int]:
        sections = self._sections
        if isinstance(sections, LazySections) and sections.news_count != self._news_count:
            self._news_count = sections.news_count
            self._kept_ends = self._measured()
        return self._kept_ends

    def _measured(self) -> list[int]:
        sections = self._sections
        return list(accumulate(length_of(sections, n) for n in range(len(sections))))


class ExtentOfSpans:
    """The length of some passages of a document, laid end to end as if nothing stood between."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """`spans` are in order and don't overlap."""
        self._spans = spans
        self._starts = [0, *accumulate(span.end - span.start for span in spans)]

    @property
    def length(self) -> int:
        """How many code points there are."""
        return self._starts[-1]

    @property
    def key(self) -> object:
        """What is equal as long as all places lie as far as before."""
        return self._spans

    def before(self, place: Place) -> int:
        """Return how many code points of them lie before `place`."""
        index = bisect_right(self._spans, place, key=lambda span: span.first_place) - 1
        if index < 0:
            return 0
        span = self._spans[index]
        is_here = place.section == span.section and place.offset < span.end
        return self._starts[index] + (place.offset if is_here else span.end) - span.start

    def place_at(self, share: float) -> Place:
        """Return the place that lies `share` (0 to 1) into them."""
        if not self.length:
            return Place(0, 0)
        offset = min(max(int(share * self.length), 0), self.length - 1)
        index = bisect_right(self._starts, offset) - 1
        span = self._spans[index]
        return Place(span.section, span.start + offset - self._starts[index])
