"""Grams of a text: pieces of so many letters, at places chosen by what stands there.

Source: chunking by content as in rsync, so that texts that share letters share the places too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reader.values import value

_GRAM = 24
_IDEOGRAPHIC_GRAM = 10
IDEOGRAPHIC_FROM = "\u2e80"
"""The scripts of signs that are words or syllables begin here; Hangul is folded to letters."""

# below this many letters every place has a gram; above, about one in so many has
_DENSE = 100_000
FIRST_SPACING = 64
SECOND_SPACING = 8

# how near the spacing has to be to the one wanted, as a part of it
_TOLERANCE = 8

# letters looked at to learn which ones are rare
_LEARNT = 60_000

MUCH_REPEATED = 0.15
"""The share of grams that stand several times from which a text is repetitive."""


@value
class Sampling:
    """Which places of a text have a gram: those with certain letters, or all."""

    gram: int
    letters: re.Pattern[str] | None

    def places(self, text: str, start: int, end: int) -> Sequence[int]:
        """Return where the grams within [start, end) begin."""
        last = end - self.gram + 1
        if self.letters is None:
            return range(start, max(start, last))
        return [match.start() for match in self.letters.finditer(text, start, max(start, last))]


def gram_length(*texts: str) -> int:
    """Return how many letters tell a place of these texts from others."""
    sample = "".join(_sample(text) for text in texts)
    ideographs = sum(letter >= IDEOGRAPHIC_FROM for letter in sample[::8])
    return _IDEOGRAPHIC_GRAM if ideographs * 8 > len(sample) / 3 else _GRAM


def sampling(
    old: str, new: str, letters: int, spacing: int = SECOND_SPACING, gram: int = 0
) -> Sampling:
    """Return a sampling fit for `letters` letters of these texts; a gram of 0 is the usual one."""
    gram = gram or gram_length(old, new)
    if letters <= _DENSE:
        return Sampling(gram, None)
    counts = Counter(_sample(old) + _sample(new)).most_common()
    wanted = sum(count for _, count in counts) // spacing
    chosen, missing = _letters_making_up(counts, wanted)
    pattern = f"[{chosen}]" if chosen else ""
    if 2 * missing > wanted:  # few letters, all common: the rarest of them, before certain others
        common, often = next((c for c in reversed(counts) if c[1] > missing), counts[-1])
        behind, _ = _letters_making_up(counts, missing * wanted * spacing // max(1, often))
        before_those = f"(?=[{behind}])" if behind else ""
        pattern = f"{pattern}|{common}{before_those}".removeprefix("|")
    return Sampling(gram, re.compile(pattern))


def _letters_making_up(counts: Sequence[tuple[str, int]], wanted: int) -> tuple[str, int]:
    """Return as few letters as will do, common ones first: they are spread evenly; and how many
    occurrences they lack.
    """
    chosen = ""
    lacking = wanted
    for letter, count in counts:
        if lacking * _TOLERANCE < wanted:
            break
        if count <= lacking:
            lacking -= count
            chosen += letter
    return chosen, lacking


def _sample(text: str) -> str:
    if len(text) <= _LEARNT:
        return text
    step = len(text) // 20
    return "".join(text[start : start + _LEARNT // 20] for start in range(0, len(text), step))


def is_repetitive(text: str) -> bool:
    """Whether a good part of a text's letters stand in it more than once."""
    sample = _sample(text)
    gram = 2 * gram_length(sample) // 3
    counts = Counter(sample[at : at + gram] for at in range(0, max(0, len(sample) - gram), 1))
    repeated = sum(count for count in counts.values() if count > 1)
    return repeated > MUCH_REPEATED * max(1, counts.total())
