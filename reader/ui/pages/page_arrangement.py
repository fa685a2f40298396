"""Where the pages stand: one under the other, as wide as they fit, all places in pixels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reader.values import value

USUAL_SIZE = (595.0, 842.0)
_LARGEST_PX_A_POINT = 1.5
"""Without zoom: on a wide window a page is as large as is comfortable, not as wide as fits."""

_FLATTEST, _TALLEST = 0.05, 8.0
"""Height to width of what a page is given room for, whatever its file says."""


@value
class PageRect:
    """A page's place: its left edge and top in the column of pages, its width and height."""

    left: int
    top: int
    width: int
    height: int


class PageArrangement:
    """The pages of one document at one width of window and one zoom."""

    def __init__(
        self,
        sizes: Sequence[tuple[float, float]],
        room: int,
        *,
        zoom: float,
        scale: float,
        margin: int,
        gap: int,
    ) -> None:
        """`sizes` are in points, `room` is the window's width, `scale` that of the interface."""
        self._sizes = [size if min(size) > 0 else USUAL_SIZE for size in sizes]
        widest = max((width for width, _ in self._sizes), default=USUAL_SIZE[0])
        fitting = max(room - 2 * margin, 50) / widest
        self.px_a_point = min(fitting, _LARGEST_PX_A_POINT * scale) * zoom
        """Of a page of usual size; one that is far larger is given less."""
        heights = [self._height(width, height) for width, height in self._sizes]
        self._tops = list(accumulate([margin, *(height + gap for height in heights)]))
        self._heights = heights
        self.width = max(room, round(widest * self.px_a_point) + 2 * margin)
        self.height = self._tops[-1] - gap + margin if heights else 0

    def __len__(self) -> int:
        return len(self._heights)

    def rect_of(self, number: int) -> PageRect:
        """Return where a page stands."""
        width = max(round(self._sizes[number][0] * self.px_a_point), 1)
        left = (self.width - width) // 2
        return PageRect(left, self._tops[number], width, self._heights[number])

    def page_at(self, y: float) -> int:
        """Return the number of the page at a height, or of the last one above it."""
        return min(max(bisect_right(self._tops, y) - 1, 0), max(len(self) - 1, 0))

    def pages_between(self, top: float, bottom: float) -> range:
        """Return the numbers of the pages that any part of lies between two heights."""
        if not self._heights:
            return range(0)
        first = self.page_at(top)
        if self._tops[first] + self._heights[first] < top:
            first += 1
        return range(first, self.page_at(bottom) + 1)

    def _height(self, width: float, height: float) -> int:
        ratio = min(max(height / width, _FLATTEST), _TALLEST)
        return max(round(width * self.px_a_point * ratio), 1)
