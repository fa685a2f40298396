"""A text reduced to its letters, with a way back: where each of them stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reader.annotations.anchoring.folding import FOLDING
from reader.annotations.anchoring.grams import Numbers, Places, numbers_of, spread, text_of

_CHARACTERS = 0x110000
_UNKNOWN = 255
_AT_A_TIME = 1 << 17  # characters; what is made of so many stays in the processor's cache


class _Letters:
    """What each character becomes, by its number: how many letters, and which."""

    def __init__(self) -> None:
        self._counts = np.full(_CHARACTERS, _UNKNOWN, np.uint8)
        self._first = np.zeros(_CHARACTERS, np.uint32)
        # of those that become several letters, where the others begin in `_spelt`
        self._starts = np.zeros(_CHARACTERS, np.int64)
        self._spelt: Numbers = np.zeros(0, np.uint32)
        self._learn(np.arange(256))

    def of(self, text: Numbers) -> tuple[str, NDArray[np.int32]]:
        """Return a text's letters, and the place of the character that each comes from."""
        letters, places = [], [np.zeros(0, np.int32)]
        for start in range(0, len(text), _AT_A_TIME):
            found, there = self._of_part(text[start : start + _AT_A_TIME])
            letters.append(text_of(found))
            places.append(there.astype(np.int32) + np.int32(start))
        return "".join(letters), np.concatenate(places)

    def _of_part(self, text: Numbers) -> tuple[Numbers, Places]:
        counts = self._counts[text]
        if counts.max(initial=0) == _UNKNOWN:
            self._learn(np.flatnonzero(np.bincount(text[counts == _UNKNOWN])))
            counts = self._counts[text]
        places = np.flatnonzero(counts != 0)
        letters = self._first[text[places]]
        several = np.flatnonzero(counts > 1)
        if len(several):
            more = counts[several].astype(np.int64) - 1
            behind = np.repeat(np.searchsorted(places, several) + 1, more)
            starts = self._starts[text[several]]
            letters = np.insert(letters, behind, self._spelt[spread(starts, starts + more)])
            places = np.insert(places, behind, np.repeat(several, more))
        return letters, places

    def _learn(self, characters: Places) -> None:
        for number in characters.tolist():
            folded = FOLDING[number]
            letters = folded if isinstance(folded, str) else chr(folded) if folded else ""
            if letters:
                self._first[number] = ord(letters[0])
            if len(letters) > 1:
                self._starts[number] = len(self._spelt)
                self._spelt = np.concatenate([self._spelt, numbers_of(letters[1:])[0]])
            # last, so that another thread doesn't take it for known before
            self._counts[number] = len(letters)


class Skeleton:
    """The letters of a text, and where each of them stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.letters, self._places = _letters().of(numbers_of(text)[0])

    def __len__(self) -> int:
        return len(self.letters)

    @cached_property
    def numbers(self) -> Numbers:
        """The letters as numbers."""
        return numbers_of(self.letters)[0]

    def letters_before(self, offset: int) -> int:
        """Return how many letters come before a place in the text."""
        return int(self._places.searchsorted(np.int32(offset)))

    def all_letters_before(self, offsets: Sequence[int]) -> list[int]:
        """Return how many letters come before each of several places in the text."""
        # numbers of another kind would have all of the places copied
        counts: list[int] = self._places.searchsorted(np.asarray(offsets, np.int32)).tolist()
        return counts

    def offset_of(self, letter: int) -> int:
        """Return the place of the character that a letter comes from; for the one behind the
        last, the text's end.
        """
        return int(self._places[letter]) if letter < len(self._places) else len(self.text)


def all_folded(texts: Sequence[str]) -> list[str]:
    """Return the letters of many texts, each as `fold` tells them: all are looked at at once."""
    letters, places = _letters().of(numbers_of("".join(texts))[0])
    ends = np.cumsum(np.fromiter(map(len, texts), np.int32))
    bounds = [0, *places.searchsorted(ends.astype(np.int32)).tolist()]
    return [letters[low:high] for low, high in pairwise(bounds)]


@cache
def _letters() -> _Letters:
    return _Letters()
