"""Where many pieces of text stand in a text, to the letter: all are looked for at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from reader.annotations.anchoring.grams import (
    IDEOGRAPHIC_GRAM,
    Keys,
    Numbers,
    Places,
    gram_length,
    keys_at,
    likely_among,
    numbers_of,
    those_among,
)
from reader.values import value

_BYTES = 8
"""Of letters that are compared at first; shorter pieces are looked for one by one."""
_GRAMS = (24, 12)
"""Letters by which pieces are looked up, as many as they have: the more, the less else is met."""
_AT_A_TIME = 1 << 19


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
        _sought(pieces, numbered, gram, first, narrow)
        for gram, numbered in by_length.items()
        if gram and numbered
    ]
    for number, start in _met(sought, numbers, first) if sought else ():
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
    firsts: Keys
    """Of the first letters of each."""
    ordered: Keys
    """Of all the letters by which they are looked up."""
    pieces: dict[int, list[tuple[int, int]]]
    """By such a key: the pieces, by their numbers, and where in them it is."""


def _sought(
    pieces: Sequence[str], numbers: Sequence[int], gram: int, first: int, narrow: type
) -> _Sought:
    middles = [(len(pieces[number]) - gram) // 2 for number in numbers]
    letters = "".join(
        pieces[number][middle : middle + gram]
        for number, middle in zip(numbers, middles, strict=True)
    )
    as_numbers: Numbers = numbers_of(letters)[0].astype(narrow)
    places: Places = np.arange(0, len(letters), gram)
    keys = keys_at(as_numbers, places, gram)
    by_key: dict[int, list[tuple[int, int]]] = {}
    for key, number, middle in zip(keys.tolist(), numbers, middles, strict=True):
        by_key.setdefault(key, []).append((number, middle))
    return _Sought(gram, keys_at(as_numbers, places, first), np.sort(keys), by_key)


def _met(sought: Sequence[_Sought], numbers: Numbers, first: int) -> Iterator[tuple[int, int]]:
    """Give each piece, by its number, with each place where it may begin, in order."""
    count = max(0, len(numbers) - first + 1)
    for start in range(0, count, _AT_A_TIME):
        places: Places = np.arange(start, min(start + _AT_A_TIME, count))
        firsts = keys_at(numbers, places, first)
        for some in sought:
            there, keys = places, firsts
            if some.gram > first:
                there = places[likely_among(firsts, some.firsts)]
                there = there[there <= len(numbers) - some.gram]
                keys = keys_at(numbers, there, some.gram)
            which, _ = those_among(keys, some.ordered)
            for place, key in zip(there[which].tolist(), keys[which].tolist(), strict=True):
                for number, middle in some.pieces[key]:
                    yield number, place - middle


def _one_by_one(piece: str, text: str) -> Iterator[int]:
    start = text.find(piece) if piece else -1
    while start >= 0:
        yield start
        start = text.find(piece, start + 1)
