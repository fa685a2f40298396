"""Which imported notes say enough to be found: what a judge who sees every place could tell.

Such a note carries its quote and what is beside it, and no earlier text. Where another place of the
new text has as many of those letters as the true one, the words alone can't tell which is meant;
only the order of the notes may.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from reader.annotations.anchoring.folding import fold
from reader.annotations.anchoring.skeleton import Skeleton
from reader.annotations.model import TextQuote


def is_told(quote: TextQuote, true: tuple[int, int], text: Skeleton) -> bool:
    """Whether a quote and its sides say more of the true place than of any other.

    Other places are those where the quote stands to the letter: that there may be still others
    makes this an upper bound.
    """
    start, end = text.all_letters_before(true)
    exact, before, after = fold(quote.exact), fold(quote.prefix), fold(quote.suffix)

    def letters_standing(low: int, high: int) -> float:
        pairs = (
            (exact, text.letters[low:high]),
            (before, text.letters[max(0, low - len(before)) : low]),
            (after, text.letters[high : high + len(after)]),
        )
        return sum(len(side) * Levenshtein.normalized_similarity(side, at) for side, at in pairs)

    here = letters_standing(start, end)
    return all(
        letters_standing(place, place + len(exact)) < here
        for place in _places(exact, text.letters)
        if place >= end or place + len(exact) <= start
    )


def _places(piece: str, letters: str) -> Iterator[int]:
    place = letters.find(piece) if piece else -1
    while place >= 0:
        yield place
        place = letters.find(piece, place + 1)
