"""The pages of a document as they look, and where on them its text stands."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol

from reader.text.document import Place, Span
from reader.values import value

_SAME_LINE = 0.5
_NEXT_WORD = 1.5
_REACH = 9.0


@value
class PageBox:
    """A rectangle on a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@value
class Run:
    """Characters of a section's text that follow each other on a page too.

    `start` counts in the section's text, `first` among the page's characters.
    """

    section: int
    start: int
    length: int
    first: int


class PrintedPage:
    """One page: where its characters stand. Nothing is read or waited for."""

    def __init__(
        self, number: int, width: float, height: float, runs: Iterable[Run], edges: array[float]
    ) -> None:
        """`edges` are left, top, right and bottom of each character, in points."""
        self.number = number
        self.width = width
        self.height = height
        self._edges = edges
        self._runs = sorted(runs, key=lambda run: (run.section, run.start))
        self._starts = [(run.section, run.start) for run in self._runs]
        self._by_character = sorted(self._runs, key=lambda run: run.first)
        self._firsts = [run.first for run in self._by_character]

    @property
    def first_place(self) -> Place | None:
        """Where the page's text begins in the document; None for a page without text."""
        return Place(*self._starts[0]) if self._starts else None

    def boxes_of(self, span: Span) -> list[PageBox]:
        """Return the boxes of the part of `span` that stands on this page, one or more a line."""
        at = max(0, bisect_right(self._starts, (span.section, span.start)) - 1)
        boxes: list[PageBox] = []
        for run in self._runs[at:]:
            if (run.section, run.start) >= (span.section, span.end):
                break
            if run.section != span.section:
                continue
            first = max(span.start - run.start, 0)
            last = min(span.end - run.start, run.length)
            for number in range(run.first + first, run.first + last):
                _add(boxes, self._box(number))
        return boxes

    def place_at(self, x: float, y: float) -> Place | None:
        """Return the place of the character at a point, or of one close to it; else None."""
        return self._place_of(self._nearest(x, y, _REACH))

    def nearest_character(self, x: float, y: float) -> tuple[Place, bool] | None:
        """Return the place of the character nearest to a point, wherever that is.

        Beside it: whether the point is behind the character's middle, as one reads. None on an
        empty page.
        """
        number = self._nearest(x, y, math.inf)
        place = self._place_of(number)
        if place is None:
            return None
        middle = self._middle(number)
        is_leftwards = self._is_read_leftwards(number, place)
        return place, x < middle if is_leftwards else x > middle

    def _is_read_leftwards(self, number: int, place: Place) -> bool:
        """Whether the character that follows one in its line, or the one before, tells so."""
        here = self._box(number)
        for step in (1, -1):
            beside = self._character_at(place.section, place.offset + step)
            if beside is None:
                continue
            other = self._box(beside)
            if min(here.bottom, other.bottom) > max(here.top, other.top):
                return step * (self._middle(beside) - self._middle(number)) < 0
        return False

    def _middle(self, number: int) -> float:
        return (self._edges[4 * number] + self._edges[4 * number + 2]) / 2

    def _character_at(self, section: int, offset: int) -> int | None:
        at = bisect_right(self._starts, (section, offset)) - 1
        run = self._runs[at] if at >= 0 else None
        if run is None or run.section != section or offset >= run.start + run.length:
            return None
        return run.first + offset - run.start

    def _nearest(self, x: float, y: float, reach: float) -> int:
        """Return the number of the nearest character that is text, or -1; lines weigh double."""
        edges, best, least = self._edges, -1, reach
        for number in range(0, len(edges), 4):
            beside = max(edges[number] - x, x - edges[number + 2], 0.0)
            over = max(edges[number + 1] - y, y - edges[number + 3], 0.0)
            distance = beside + 2 * over
            if distance < least and self._run_of(number // 4) is not None:
                best, least = number // 4, distance
                if not distance:
                    break
        return best

    def _place_of(self, character: int) -> Place | None:
        run = self._run_of(character)
        return None if run is None else Place(run.section, run.start + character - run.first)

    def _run_of(self, character: int) -> Run | None:
        at = bisect_right(self._firsts, character) - 1
        if character < 0 or at < 0:
            return None
        run = self._by_character[at]
        return run if character < run.first + run.length else None

    def _box(self, number: int) -> PageBox:
        edges = self._edges[4 * number : 4 * number + 4]
        return PageBox(*edges) if len(edges) == 4 else PageBox(0, 0, 0, 0)


class PrintedPages(Protocol):
    """Hands out the pages of a document. Asking may take long; from any thread."""

    @property
    def count(self) -> int:
        """How many pages there are."""

    def sizes(self, first: int, last: int) -> Sequence[tuple[float, float]]:
        """Return width and height in points of the pages [first, last)."""

    def page(self, number: int) -> PrintedPage:
        """Return where the characters of a page stand.

        Raises:
            UnreadableText: this page can't be read.
        """

    def picture(self, number: int, width_px: int, height_px: int) -> bytes:
        """Return a page painted that large on white: 4 bytes a pixel, blue, green, red, unused.

        Raises:
            UnreadableText: this page can't be painted.
        """

    def page_of(self, place: Place) -> int:
        """Return the number of the page that `place` is on; may read its section."""

    def label_of(self, number: int) -> str:
        """Return what is printed on a page as its number."""


def _add(boxes: list[PageBox], box: PageBox) -> None:
    """Add a character's box to those before it; one of the same line makes the last one wider."""
    last = boxes[-1] if boxes else None
    height = box.bottom - box.top
    if last is not None:
        shared = min(last.bottom, box.bottom) - max(last.top, box.top)
        gaps = (box.left - last.right, last.left - box.right)  # by the way one reads
        is_near = any(-height < gap < _NEXT_WORD * height for gap in gaps)
        if is_near and shared > _SAME_LINE * min(height, last.bottom - last.top):
            boxes[-1] = PageBox(
                min(last.left, box.left),
                min(last.top, box.top),
                max(last.right, box.right),
                max(last.bottom, box.bottom),
            )
            return
    boxes.append(box)
