"""Where many pieces of text stand in a text, to the letter: all are looked for at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from reader.annotations.anchoring.grams import (
    IDEOGRAPHIC_GRAM,
    Keys,
    Numbers,
    Places,
    gram_length,
    keys_at,
    numbers_of,
    spread,
    those_among,
    words_of,
)
from reader.values import value

_BYTES = 8
"""Of letters that are compared at first; shorter pieces are looked for one by one."""
_GRAMS = (24, 12)
"""Letters by which pieces are looked up, as many as they have: the more, the less else is met."""
_AT_A_TIME = 1 << 17
"""Places that are compared in one go: what is made of so many stays in the processor's cache."""
_MIXED = np.uint64(0x9E3779B97F4A7C15)  # odd, half of its bits set
_SLOT_BITS = 20
_OTHER_BITS = np.uint64(64 - _SLOT_BITS)


def occurrences(pieces: Sequence[str], text: str) -> list[list[int]]:
    """Return for each piece where it begins in a text, in order."""
    found: list[list[int]] = [[] for _ in pieces]
    (numbers,) = numbers_of(text)
    # what numbers lose when they are narrowed is compared in the end
    narrow = np.uint16 if gram_length(numbers) == IDEOGRAPHIC_GRAM else np.uint8
    numbers = numbers.astype(narrow)
    first = _BYTES // numbers.itemsize
    by_length: dict[int, list[int]] = {gram: [] for gram in (*_GRAMS, first, 0)}
    for number, piece in enumerate(pieces):
        by_length[next(gram for gram in by_length if len(piece) >= gram)].append(number)
    sought = [
        _sought(pieces, numbered, gram, narrow)
        for gram, numbered in by_length.items()
        if gram and numbered
    ]
    places = _likely_places(sought, numbers, first)
    for some in sought:
        for number, start in _met(some, numbers, places):
            if start >= 0 and text.startswith(pieces[number], start):
                found[number].append(start)
    for number in by_length[0]:
        found[number] += _one_by_one(pieces[number], text)
    return found


@value
class _Sought:
    """Pieces by the letters in their middle: what stands there is less often said of other things
    than how one begins.
    """

    gram: int
    firsts: NDArray[np.uint64]
    """The first bytes of each middle."""
    keys: Keys
    """Of the middles, sorted; and in the same order:"""
    pieces: Places
    middles: Places
    """Where in its piece each middle begins."""


def _sought(pieces: Sequence[str], numbered: Sequence[int], gram: int, narrow: type) -> _Sought:
    middles = [(len(pieces[number]) - gram) // 2 for number in numbered]
    letters = "".join(
        pieces[number][middle : middle + gram]
        for number, middle in zip(numbered, middles, strict=True)
    )
    as_numbers: Numbers = numbers_of(letters)[0].astype(narrow)
    places: Places = np.arange(0, len(letters), gram)
    keys = keys_at(as_numbers, places, gram)
    order = np.argsort(keys, kind="stable")
    firsts = words_of(as_numbers)[places].view(np.uint64)
    return _Sought(gram, firsts, keys[order], np.array(numbered)[order], np.array(middles)[order])


def _likely_places(sought: Sequence[_Sought], numbers: Numbers, first: int) -> Places:
    """Return where in a text the first letters of a middle are likely to stand; in order."""
    is_some = np.zeros(1 << _SLOT_BITS, bool)
    for some in sought:
        is_some[_slots(some.firsts)] = True
    count = max(0, len(numbers) - first + 1) if sought else 0
    words = words_of(numbers) if count else np.empty(0, np.uint64)
    likely = [np.empty(0, np.int64)]
    for start in range(0, count, _AT_A_TIME):
        some_words = np.ascontiguousarray(words[start : start + _AT_A_TIME]).view(np.uint64)
        likely.append(np.flatnonzero(is_some.take(_slots(some_words))) + start)
    return np.concatenate(likely)


def _slots(words: NDArray[np.uint64]) -> Places:
    slots = words * _MIXED
    slots >>= _OTHER_BITS
    return slots.view(np.int64)  # the kind of numbers that nothing need be made of to look up


def _met(some: _Sought, numbers: Numbers, places: Places) -> Iterator[tuple[int, int]]:
    """Give each piece, by its number, with each place where it may begin, in order."""
    places = places[places <= len(numbers) - some.gram]
    keys = keys_at(numbers, places, some.gram)
    which, lasts = those_among(keys, some.keys)
    firsts = np.searchsorted(some.keys, keys[which])
    met = spread(firsts, lasts + 1)
    begins = np.repeat(places[which], lasts + 1 - firsts) - some.middles[met]
    yield from zip(some.pieces[met].tolist(), begins.tolist(), strict=True)


def _one_by_one(piece: str, text: str) -> Iterator[int]:
    start = text.find(piece) if piece else -1
    while start >= 0:
        yield start
        start = text.find(piece, start + 1)
