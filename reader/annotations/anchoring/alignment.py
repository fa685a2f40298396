"""Where a range of the old letters is in the new ones, through runs and the gaps between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from reader.annotations.anchoring.runs import Run
from reader.values import value

# a gap of more cells (letters by letters) is not aligned: it would take a tenth of a second
_MOST_CELLS = 40_000_000

# pieces of fewer letters at an end that are torn off further than this came there by chance
_PIECE = 4
_TORN = 8

# letters put into a passage by which it is not one passage any more
_APART = 400


Piece = tuple[int, int, int]
"""The fields of a Run. There are many, and plain tuples are made in a third of the time."""


@value
class Image:
    """Where a range of the old letters is in the new ones: [start, end)."""

    start: int
    end: int
    similarity: float
    """0 to 1: how much of the range stands there."""


class Alignment:
    """Aligns two texts' letters along runs that keep their order; gaps when they are needed."""

    def __init__(
        self,
        old: str,
        new: str,
        runs: Sequence[Run],
        bounds: tuple[int, int, int, int] | None = None,
    ) -> None:
        """`bounds` are where the aligned passages begin and end, in the old text and the new one;
        without them it is the whole texts.
        """
        first, last, new_first, new_last = bounds or (0, len(old), 0, len(new))
        self._old, self._new = old, new
        self._runs = [Run(first, new_first, 0), *runs, Run(last, new_last, 0)]
        self._starts = [run.old for run in self._runs]
        self._gaps: dict[int, list[Piece]] = {}

    def within_one_run(self, start: int, end: int) -> int | None:
        """Return where a range begins that stands in one run, to the letter; else None."""
        run = self._runs[bisect_right(self._starts, start) - 1]
        return start + run.new - run.old if end <= run.old_end else None

    def image(self, start: int, end: int) -> Image | None:
        """Return where the range is, None if nothing of it is left or it can't be aligned."""
        low, pieces, high = self._pieces(start, end)
        pieces = _without_torn_ends(_largest_cluster(pieces))
        if not pieces:
            return None
        old, new, _ = pieces[0]
        begins = _edge(old - start, new - low[1] - low[2], start - low[0] - low[2])
        old_end, new_end = pieces[-1][0] + pieces[-1][2], pieces[-1][1] + pieces[-1][2]
        ends = _edge(end - old_end, high[1] - new_end, high[0] - end)
        now = self._new[new - begins : new_end + ends]
        kept = similarity(self._old[start:end], now, [length for _, _, length in pieces])
        return Image(new - begins, new_end + ends, kept)

    def _pieces(self, start: int, end: int) -> tuple[Piece, list[Piece], Piece]:
        """Return what is shared before the range, within it and behind it; of all else the nearest.

        The first and the last are as they are, what is within is cut to the range.
        """
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_left(self._starts, end, first) - 1)
        shared: list[Piece] = []
        for number in range(first, last):
            shared += (self._runs[number], *self._in_gap(number))
        shared.append(self._runs[last])
        if self._runs[last].old_end < end:
            shared += self._in_gap(last)
        shared.append(self._runs[min(last + 1, len(self._runs) - 1)])
        low, high = max(0, bisect_left(shared, (start + 1,)) - 1), bisect_left(shared, (end,))
        pieces = shared[low:high]
        if pieces:
            old, new, length = pieces[-1]
            pieces[-1] = old, new, min(end - old, length)
            old, new, length = pieces[0]
            cut = max(0, start - old)
            pieces[:1] = [(old + cut, new + cut, length - cut)] if length > cut else []
        return shared[low], pieces, shared[min(high, len(shared) - 1)]

    def _in_gap(self, number: int) -> list[Piece]:
        """Return what the gap behind a run shares, aligned with the fewest edits."""
        if number not in self._gaps:
            one, other = self._runs[number], self._runs[min(number + 1, len(self._runs) - 1)]
            self._gaps[number] = aligned(
                self._old, self._new, one.old_end, other.old, one.new_end, other.new
            )
        return self._gaps[number]


def aligned(old: str, new: str, start: int, end: int, new_start: int, new_end: int) -> list[Piece]:
    """Return what two ranges share when one becomes the other with the fewest edits of letters."""
    cells = (end - start) * (new_end - new_start)
    if not 0 < cells <= _MOST_CELLS or end < start:
        return []
    edits = Levenshtein.editops(old[start:end], new[new_start:new_end])
    # the last one is empty, and stands for the ends
    return [
        (start + block.a, new_start + block.b, block.size)
        for block in edits.as_matching_blocks()[:-1]
    ]


def similarity(old: str, new: str, pieces: Sequence[int] = ()) -> float:
    """Return how much of `old` is in `new`: by edits, or by the letters kept in longer pieces."""
    if old == new:
        return 1.0
    kept = sum(length for length in pieces if length >= _PIECE) / max(1, len(old))
    return max(kept, Levenshtein.normalized_similarity(old, new))


def _largest_cluster(pieces: list[Piece]) -> list[Piece]:
    """Return those pieces that stayed together, the most letters of them."""
    if not pieces or pieces[-1][1] - pieces[0][1] <= _APART:
        return pieces
    apart = [
        number
        for number, ((old, new, length), (next_old, next_new, _)) in enumerate(pairwise(pieces), 1)
        if next_new - new - length > 3 * (next_old - old - length) + _APART
    ]
    clusters = [pieces[low:high] for low, high in pairwise([0, *apart, len(pieces)])]
    return max(clusters, key=lambda cluster: sum(length for _, _, length in cluster))


def _without_torn_ends(pieces: list[Piece]) -> list[Piece]:
    first, last = 0, len(pieces)
    while last - first > 1 and _is_torn(pieces[first], pieces[first], pieces[first + 1]):
        first += 1
    while last - first > 1 and _is_torn(pieces[last - 1], pieces[last - 2], pieces[last - 1]):
        last -= 1
    return pieces[first:last]


def _is_torn(piece: Piece, one: Piece, other: Piece) -> bool:
    if piece[2] >= _PIECE:
        return False
    was, distance = other[0] - one[0] - one[2], other[1] - one[1] - one[2]
    return distance > 2 * was + _TORN


def _edge(lost: int, room: int, beyond: int) -> int:
    """Return how many new letters belong to the `lost` old ones at an end of a range.

    `room` is how many new letters stand there before the next shared one, `beyond` how many old
    ones between the range and that one. Where there are none, all that stands there took the
    place of the lost ones, unless it is much more.
    """
    if not lost:
        return 0
    if not beyond and room <= 2 * lost + _TORN:
        return room
    return min(room, lost)
