"""Places in a section's text as places in the markup it comes from, and back.

The two differ in white space, in what is hidden and in what is said instead of pictures: what they
share is found as between two versions of a text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from reader.annotations.anchoring.folding import fold
from reader.text.markup import MarkupText
from reader.values import value

if TYPE_CHECKING:
    from reader.annotations.anchoring.difference import Difference
    from reader.annotations.anchoring.skeleton import Skeleton

_TELLING = 16
"""Letters from which a passage that stands once is the one that is meant."""
_ENDS = (32, 16, 8, 4)
"""Code points at either end by which a passage is carried over that isn't the same throughout."""


@value
class MarkupPlace:
    """A place in character data: the piece by its number, and code points into it."""

    piece: int
    offset: int


class SourcePlaces:
    """One section's text beside its markup. The first place is slow in a long one: two megabytes
    take a second.
    """

    def __init__(self, text: str, markup: MarkupText) -> None:
        self.markup = markup
        self._starts = list(accumulate((len(piece.text) for piece in markup.pieces), initial=0))
        self._source = "".join(piece.text for piece in markup.pieces)
        self._to_markup = _Carrying(text, self._source)
        self._to_text = _Carrying(self._source, text)

    def in_markup(self, start: int, end: int) -> tuple[MarkupPlace, MarkupPlace] | None:
        """Return where [start, end) of the text begins and ends in the markup."""
        found = self._to_markup.by_ends(start, end)
        if found is None:
            return None
        first = max(0, bisect_right(self._starts, found[0]) - 1)
        last = max(first, bisect_left(self._starts, found[1]) - 1)
        return (
            MarkupPlace(first, found[0] - self._starts[first]),
            MarkupPlace(last, found[1] - self._starts[last]),
        )

    def in_text(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where [start, end) of the character data, piece after piece, is in the text."""
        if start >= end:
            return self._point_in_text(start)
        return self._to_text.by_ends(start, end)

    def _point_in_text(self, place: int) -> tuple[int, int] | None:
        """Return a point: where the next words begin, or those before it end."""
        behind = self._to_text.whole(place, min(place + 24, len(self._source)))
        if behind is not None:
            return behind[0], behind[0]
        before = self._to_text.whole(max(0, place - 24), place)
        return None if before is None else (before[1], before[1])

    def source_place(self, piece: int, offset: int) -> int:
        """Return a place in a piece as one in the character data, piece after piece."""
        return self._starts[piece] + min(offset, len(self.markup.pieces[piece].text))

    def range_within(self, element: int) -> tuple[int, int]:
        """Return the range of character data that an element holds."""
        inside = {element}
        first, last = len(self._source), 0
        for number, one in enumerate(self.markup.elements):
            if one.parent in inside:
                inside.add(number)
        for number, piece in enumerate(self.markup.pieces):
            if piece.element in inside:
                first = min(first, self._starts[number])
                last = max(last, self._starts[number + 1])
        return min(first, last), last


class _Carrying:
    """Carries passages of one text over to another; what is made of the two is kept for more."""

    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._new = new

    def by_ends(self, start: int, end: int) -> tuple[int, int] | None:
        """Return what [start, end) is in the other text, which may say more or less inside."""
        whole = self.whole(start, end)
        if whole is not None:
            return whole
        firsts = (self.whole(start, min(end, start + length)) for length in _ENDS)
        lasts = (self.whole(max(start, end - length), end) for length in _ENDS)
        first, last = next(filter(None, firsts), None), next(filter(None, lasts), None)
        return None if first is None or last is None or first[0] > last[0] else (first[0], last[1])

    def whole(self, start: int, end: int) -> tuple[int, int] | None:
        """Return what [start, end) is in the other text; None where that isn't certain."""
        if not fold(self._old[start:end]):
            return None
        old, new = self._skeletons
        low, high = old.letters_before(start), old.letters_before(end)
        place = self._place_of(low, high)
        if place is None:
            return None
        first, last = new.offset_of(place), new.offset_of(place + high - low - 1) + 1
        lead = _signs(self._old[start:end])
        while lead and self._new[max(0, first - len(lead)) : first] != lead:
            lead = lead[1:]
        tail = _signs(self._old[start:end][::-1])[::-1]
        while tail and self._new[last : last + len(tail)] != tail:
            tail = tail[:-1]
        return first - len(lead), last + len(tail)

    def _place_of(self, low: int, high: int) -> int | None:
        """Return where letters [low, high) are among the other text's."""
        old, new = (skeleton.letters for skeleton in self._skeletons)
        letters = old[low:high]
        # most often the texts are alike up to here, or a long passage stands once
        if new.startswith(old[:high]):
            return low
        place = new.find(letters) if len(letters) >= _TELLING else -1
        if place >= 0 and new.find(letters, place + 1) < 0:
            return place
        found = self._difference.find(low, high)
        if found is None or found.copies or new[found.start : found.end] != letters:
            return None
        return found.start

    @cached_property
    def _skeletons(self) -> tuple[Skeleton, Skeleton]:
        # numpy comes with it: only where a place is carried over
        from reader.annotations.anchoring.skeleton import Skeleton

        return Skeleton(self._old), Skeleton(self._new)

    @cached_property
    def _difference(self) -> Difference:
        from reader.annotations.anchoring.difference import Difference

        return Difference(*self._skeletons)


def _signs(passage: str) -> str:
    """Return the signs that a passage begins with."""
    count = 0
    while count < len(passage) and not fold(passage[count]):
        count += 1
    return passage[:count]


def ancestors_of(markup: MarkupText, element: int) -> Sequence[int]:
    """Return an element and those around it, the innermost first."""
    found = []
    while element >= 0:
        found.append(element)
        element = markup.elements[element].parent
    return found
