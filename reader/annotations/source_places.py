"""Places in a section's text as places in the markup it comes from, and back.

The two differ in white space, in what is hidden and in what is said instead of pictures: what they
share is found as between two versions of a text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reader.annotations.anchoring.folding import fold
from reader.text.markup import MarkupText
from reader.values import value

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
    """One section's text beside its markup. Slow for a long one: a second for two megabytes."""

    def __init__(self, text: str, markup: MarkupText) -> None:
        self._text = text
        self.markup = markup
        self._starts = list(accumulate((len(piece.text) for piece in markup.pieces), initial=0))
        self._source = "".join(piece.text for piece in markup.pieces)

    def in_markup(self, start: int, end: int) -> tuple[MarkupPlace, MarkupPlace] | None:
        """Return where [start, end) of the text begins and ends in the markup."""
        found = _carried_by_ends(self._text, self._source, start, end)
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
        return _carried_by_ends(self._source, self._text, start, end)

    def _point_in_text(self, place: int) -> tuple[int, int] | None:
        """Return a point: where the next words begin, or those before it end."""
        behind = _carried(self._source, self._text, place, min(place + 24, len(self._source)))
        if behind is not None:
            return behind[0], behind[0]
        before = _carried(self._source, self._text, max(0, place - 24), place)
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


def _carried_by_ends(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Return what [start, end) of one text is in the other, which may say more or less inside."""
    whole = _carried(old, new, start, end)
    if whole is not None:
        return whole
    firsts = (_carried(old, new, start, min(end, start + length)) for length in _ENDS)
    lasts = (_carried(old, new, max(start, end - length), end) for length in _ENDS)
    first, last = next(filter(None, firsts), None), next(filter(None, lasts), None)
    return None if first is None or last is None or first[0] > last[0] else (first[0], last[1])


def _carried(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Return what [start, end) of one text is in the other; None where that isn't certain."""
    before = fold(old[:start])
    letters = fold(old[start:end])
    if not letters:
        return None
    # numpy comes with it: only where a place is carried over
    from reader.annotations.anchoring.difference import Difference
    from reader.annotations.anchoring.skeleton import Skeleton

    whole = fold(new)
    low = len(before)
    # most often the texts are alike up to here, or a long passage stands once
    if not (whole.startswith(letters, low) and whole.startswith(before)):
        low = whole.find(letters) if len(letters) >= _TELLING else -1
        if low < 0 or whole.find(letters, low + 1) >= 0:
            difference = Difference(Skeleton(old), Skeleton(new))
            found = difference.find(len(before), len(before) + len(letters))
            if found is None or found.copies or whole[found.start : found.end] != letters:
                return None
            low = found.start
    skeleton = Skeleton(new)
    first, last = skeleton.offset_of(low), skeleton.offset_of(low + len(letters) - 1) + 1
    lead = _signs(old[start:end])
    while lead and new[max(0, first - len(lead)) : first] != lead:
        lead = lead[1:]
    tail = _signs(old[start:end][::-1])[::-1]
    while tail and new[last : last + len(tail)] != tail:
        tail = tail[:-1]
    return first - len(lead), last + len(tail)


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
