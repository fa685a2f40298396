"""Where many pieces of text stand in a text, to the letter: all are looked for at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from reader.annotations.anchoring.grams import (
    Numbers,
    Places,
    keys_at,
    numbers_like,
    numbers_of,
    those_among,
)

_GRAMS = (24, 8, 4)
"""Letters by which pieces are looked up, as many as they have. The more, the less else is met;
pieces of fewer, or of less than eight bytes, are looked for one by one."""
_BYTES = 8
_AT_A_TIME = 1 << 20


def occurrences(pieces: Sequence[str], text: str) -> list[list[int]]:
    """Return for each piece where it begins in a text, in order."""
    found: list[list[int]] = [[] for _ in pieces]
    (numbers,) = numbers_of(text)
    left = list(range(len(pieces)))
    for gram in (n for n in _GRAMS if n * numbers.itemsize >= _BYTES):
        some = [number for number in left if len(pieces[number]) >= gram]
        left = [number for number in left if len(pieces[number]) < gram]
        for at, start in _by_grams([pieces[number] for number in some], text, numbers, gram):
            found[some[at]].append(start)
    for number in left:
        found[number] += _one_by_one(pieces[number], text)
    return found


def _by_grams(
    pieces: Sequence[str], text: str, numbers: Numbers, gram: int
) -> Iterator[tuple[int, int]]:
    """Give each piece, by its number, with each place where it stands, in the order of places."""
    if not pieces:
        return
    # what stands in the middle is less often said of other things than how one begins
    middles = [(len(piece) - gram) // 2 for piece in pieces]
    sought = "".join(
        piece[middle : middle + gram] for piece, middle in zip(pieces, middles, strict=True)
    )
    keys = keys_at(numbers_like(numbers, sought), np.arange(0, len(sought), gram), gram)
    by_key: dict[int, list[int]] = {}
    for number, key in enumerate(keys.tolist()):
        by_key.setdefault(key, []).append(number)
    ordered = np.sort(keys)
    count = max(0, len(numbers) - gram + 1)
    for first in range(0, count, _AT_A_TIME):
        places: Places = np.arange(first, min(first + _AT_A_TIME, count))
        there = keys_at(numbers, places, gram)
        which, _ = those_among(there, ordered)
        for place, key in zip(places[which].tolist(), there[which].tolist(), strict=True):
            for number in by_key[key]:
                start = place - middles[number]
                if start >= 0 and text.startswith(pieces[number], start):
                    yield number, start


def _one_by_one(piece: str, text: str) -> Iterator[int]:
    start = text.find(piece) if piece else -1
    while start >= 0:
        yield start
        start = text.find(piece, start + 1)
