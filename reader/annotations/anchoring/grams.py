"""Grams of a text: pieces of so many letters, at places chosen by what stands there.

All of a text's letters are looked at at once, as numbers. Source: chunking by content as in rsync,
so that texts that share letters share the places too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.values import value

Numbers = NDArray[np.unsignedinteger[Any]]
"""Letters as code points, in 1, 2 or 4 bytes each."""
Places = NDArray[np.int64]
Keys = NDArray[np.uint64]

_GRAM = 24
IDEOGRAPHIC_GRAM = 10
IDEOGRAPHIC_FROM = "\u2e80"
"""The scripts of signs that are words or syllables begin here; Hangul is folded to letters."""

# below this many letters every place has a gram; above, about one in so many has
_DENSE = 100_000
_SPACING = 8

# how near the spacing has to be to the one wanted, as a part of it
_TOLERANCE = 8

# letters looked at to learn which ones are rare
_LEARNT = 60_000

MUCH_REPEATED = 0.15
"""The share of grams that stand several times from which a text is repetitive."""

_WORD = 8  # bytes of a gram that are taken into its key at a time
_MIXED = np.uint64(0x9E3779B97F4A7C15)  # odd, half of its bits set
_HALF = np.uint64(29)
_MIXED_BY_OWNER = np.uint64(0xD6E8FEB86659FD93)  # odd, half of its bits set
_SOME_BITS = np.uint64((1 << 21) - 1)


def numbers_of(*texts: str) -> tuple[Numbers, ...]:
    """Return texts' letters as numbers, all in as many bytes as the one that needs most."""
    kinds: tuple[tuple[str, type[np.unsignedinteger[Any]]], ...] = (
        ("latin-1", np.uint8),
        ("utf-16-le", np.uint16),
    )
    for encoding, kind in kinds:
        try:
            encoded = [text.encode(encoding) for text in texts]
        except UnicodeEncodeError:
            continue
        found: list[Numbers] = [np.frombuffer(letters, kind) for letters in encoded]
        if all(len(numbers) == len(text) for numbers, text in zip(found, texts, strict=True)):
            return tuple(found)
    return tuple(
        np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32) for text in texts
    )


def text_of(numbers: Numbers) -> str:
    """Return the letters that numbers stand for."""
    if numbers.max(initial=0) < 256:
        return numbers.astype(np.uint8).tobytes().decode("latin-1")
    return numbers.astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass")


def numbers_like(numbers: Numbers, text: str) -> Numbers:
    """Return a text's letters in as many bytes as others; what they can't hold is none of them."""
    found = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.where(found <= np.iinfo(numbers.dtype).max, found, 0).astype(numbers.dtype)


@value
class Sampling:
    """Which places of a text have a gram: those with certain letters, or all."""

    gram: int
    is_chosen: NDArray[np.bool_] | None
    """By letter."""
    common: int = 0
    """A letter that is too common unless one of `is_behind` follows it."""
    is_behind: NDArray[np.bool_] | None = None

    def places(self, numbers: Numbers) -> Places:
        """Return where the grams of a text begin, the first one first."""
        count = max(0, len(numbers) - self.gram + 1)
        if self.is_chosen is None:
            return np.arange(count)
        is_place = self.is_chosen[numbers[:count]]
        if self.is_behind is not None and count:
            behind = numbers[1 : count + 1]
            is_before_those = numbers[: len(behind)] == self.common
            is_place[: len(behind)] |= is_before_those & self.is_behind[behind]
        return np.flatnonzero(is_place)


def gram_length(*texts: Numbers) -> int:
    """Return how many letters tell a place of these texts from others."""
    sample = np.concatenate([_sample(text) for text in texts])
    ideographs = int((sample >= ord(IDEOGRAPHIC_FROM)).sum())
    return IDEOGRAPHIC_GRAM if ideographs > len(sample) / 3 else _GRAM


def sampling(
    old: Numbers, new: Numbers, letters: int, spacing: int = _SPACING, gram: int = 0
) -> Sampling:
    """Return a sampling fit for `letters` letters of these texts; a gram of 0 is the usual one."""
    gram = gram or gram_length(old, new)
    if letters <= _DENSE:
        return Sampling(gram, None)
    sample = np.concatenate([_sample(old), _sample(new)])
    found, often = np.unique(sample, return_counts=True)
    order = np.argsort(-often, kind="stable")
    counts = list(zip(found[order].tolist(), often[order].tolist(), strict=True))
    wanted = len(sample) // spacing
    chosen, missing = _letters_making_up(counts, wanted)
    table = _table(chosen, sample)
    if 2 * missing <= wanted:
        return Sampling(gram, table)
    # few letters, all common: the rarest of them, before certain others
    common, most = next((c for c in reversed(counts) if c[1] > missing), counts[-1])
    behind, _ = _letters_making_up(counts, missing * wanted * spacing // max(1, most))
    if not behind:
        table[common] = True
        return Sampling(gram, table)
    return Sampling(gram, table, common, _table(behind, sample))


def _table(letters: Sequence[int], like: Numbers) -> NDArray[np.bool_]:
    table = np.zeros(min(0x110000, 1 << 8 * like.itemsize), bool)
    table[list(letters)] = True
    return table


def _letters_making_up(counts: Sequence[tuple[int, int]], wanted: int) -> tuple[Sequence[int], int]:
    """Return as few letters as will do, common ones first: they are spread evenly; and how many
    occurrences they lack.
    """
    chosen = []
    lacking = wanted
    for letter, count in counts:
        if lacking * _TOLERANCE < wanted:
            break
        if count <= lacking:
            lacking -= count
            chosen.append(letter)
    return chosen, lacking


def _sample(text: Numbers) -> Numbers:
    if len(text) <= _LEARNT:
        return text
    step = len(text) // 20
    return np.concatenate(
        [text[start : start + _LEARNT // 20] for start in range(0, len(text), step)]
    )


def keys_at(numbers: Numbers, places: Places, gram: int) -> Keys:
    """Return a number for each gram of `gram` letters, all within the text: equal ones are equal,
    and others differ but for one chance in 10¹⁹. A gram has 8 bytes at least.
    """
    if not len(places):
        return np.empty(0, np.uint64)
    words = words_of(numbers)
    letters = _WORD // numbers.itemsize
    behind_last_word = gram - letters
    keys = np.zeros(len(places), np.uint64)
    for at in (*range(0, behind_last_word, letters), behind_last_word):
        keys ^= words[places + at].view(np.uint64)
        keys *= _MIXED
        keys ^= keys >> _HALF
    return keys


def words_of(numbers: Numbers) -> NDArray[np.void]:
    """Return the eight bytes from each letter on, of a text that has so many.

    They begin at any byte, which numbers in memory mustn't, but eight bytes may.
    """
    size = numbers.itemsize
    count = len(numbers) - -(-_WORD // size) + 1
    return np.ndarray((count,), f"V{_WORD}", numbers, strides=(size,))


def spread(starts: Places, ends: Places) -> Places:
    """Return the numbers of all ranges [start, end), one range after the other."""
    lengths = ends - starts
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))


@value
class Grams:
    """Grams of one text, by their places."""

    gram: int
    places: Places
    keys: Keys

    def chosen(self, which: Places) -> Grams:
        """Return some of them, by their numbers."""
        return Grams(self.gram, self.places[which], self.keys[which])

    def within(self, starts: Places, ends: Places) -> tuple[Grams, Places]:
        """Return those that lie in ranges, and for each the number of its range."""
        low = np.searchsorted(self.places, starts)
        high = np.maximum(low, np.searchsorted(self.places, ends - self.gram + 1))
        return self.chosen(spread(low, high)), np.repeat(np.arange(len(starts)), high - low)


def marked(grams: Grams, owners: Places) -> Grams:
    """Return grams with keys that are equal only where the owners are, too."""
    marks = (owners + 1).astype(np.uint64) * _MIXED_BY_OWNER
    return Grams(grams.gram, grams.places, (grams.keys ^ marks) * _MIXED_BY_OWNER)


def grams_of(numbers: Numbers, wanted: Sampling) -> Grams:
    """Return the grams of a text."""
    places = wanted.places(numbers)
    return Grams(wanted.gram, places, keys_at(numbers, places, wanted.gram))


@value
class SampledText:
    """A text's letters, and its grams: all of them, or about one in eight of a large text's."""

    numbers: Numbers
    grams: Grams
    is_dense: bool
    """Whether all of its grams are there."""

    def grams_within(self, starts: Places, ends: Places, letters: int) -> tuple[Grams, Places]:
        """Return the grams in ranges, and for each the number of its range.

        They are all the grams there if it is about so few `letters` in both texts.
        """
        if self.is_dense or letters > _DENSE:
            return self.grams.within(starts, ends)
        return grams_within(self.numbers, Sampling(self.grams.gram, None), starts, ends)


def grams_within(
    numbers: Numbers, wanted: Sampling, starts: Places, ends: Places
) -> tuple[Grams, Places]:
    """Return the grams in ranges of a text, and for each the number of its range."""
    if wanted.is_chosen is not None:
        return grams_of(numbers, wanted).within(starts, ends)
    lasts = np.maximum(starts, ends - wanted.gram + 1)
    places = spread(starts, lasts)
    owners = np.repeat(np.arange(len(starts)), lasts - starts)
    return Grams(wanted.gram, places, keys_at(numbers, places, wanted.gram)), owners


def sampled(old: str, new: str) -> tuple[SampledText, SampledText]:
    """Return two texts' letters, sampled where they say the same."""
    one, other = numbers_of(old, new)
    wanted = sampling(one, other, max(len(old), len(new)))
    is_dense = wanted.is_chosen is None
    return (
        SampledText(one, grams_of(one, wanted), is_dense),
        SampledText(other, grams_of(other, wanted), is_dense),
    )


def likely_among(keys: Keys, others: Keys) -> Places:
    """Return which keys may be among others, by some of their bits; hardly any other."""
    is_some = np.zeros(int(_SOME_BITS) + 1, bool)
    # as the kind of numbers that nothing need be made of to look something up
    is_some[(others & _SOME_BITS).view(np.int64)] = True
    return np.flatnonzero(is_some.take((keys & _SOME_BITS).view(np.int64)))


def those_among(keys: Keys, ordered: Keys) -> tuple[Places, Places]:
    """Return which of many keys are among others, and where there: the last of equal ones.

    `ordered` are sorted, and most of the keys are not among them.
    """
    if not len(ordered):
        nowhere = np.empty(0, np.int64)
        return nowhere, nowhere
    likely = likely_among(keys, ordered)
    there = np.searchsorted(ordered, keys[likely], "right") - 1
    is_there = ordered[there] == keys[likely]
    return likely[is_there], there[is_there]


def is_repetitive(text: Numbers) -> bool:
    """Whether a good part of a text's letters stand in it more than once."""
    sample = _sample(text)
    gram = 2 * gram_length(sample) // 3
    keys = keys_at(sample, np.arange(max(0, len(sample) - gram)), gram)
    counts = np.unique(keys, return_counts=True)[1]
    return int(counts[counts > 1].sum()) > MUCH_REPEATED * max(1, len(keys))
