"""How far into a document a place lies, and which place lies how far."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from reader.text.document import Document, Place


class Extent:
    """A document's length in code points, all sections laid end to end."""

    def __init__(self, document: Document) -> None:
        self._ends = list(accumulate(len(section.text) for section in document.sections))

    @property
    def length(self) -> int:
        """How many code points there are."""
        return self._ends[-1] if self._ends else 0

    def before(self, place: Place) -> int:
        """Return how many code points lie before `place`; one past the end counts as the end."""
        if place.section >= len(self._ends):
            return self.length
        start = self._ends[place.section - 1] if place.section else 0
        return min(start + place.offset, self._ends[place.section])

    def share_of(self, place: Place) -> float:
        """Return how far into the document `place` lies, 0 to 1."""
        return self.before(place) / self.length if self.length else 0.0

    def place_at(self, share: float) -> Place:
        """Return the place that lies `share` (0 to 1) into the document."""
        if not self.length:
            return Place(0, 0)
        offset = min(max(int(share * self.length), 0), self.length - 1)
        section = bisect_right(self._ends, offset)
        return Place(section, offset - (self._ends[section - 1] if section else 0))
