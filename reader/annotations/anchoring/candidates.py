"""Where a passage that was not found may be: places that share rare grams with it and its sides."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from reader.annotations.anchoring.acceptance import SHORT, is_ahead
from reader.annotations.anchoring.alignment import Alignment, similarity
from reader.annotations.anchoring.folding import weight
from reader.annotations.anchoring.grams import (
    IDEOGRAPHIC_FROM,
    Grams,
    Keys,
    Numbers,
    Places,
    Sampling,
    grams_of,
    grams_within,
    marked,
    numbers_like,
    sampling,
    spread,
    those_among,
)
from reader.annotations.anchoring.skeleton import Skeleton
from reader.values import value

CONTEXT = 32
"""Letters of each side that are looked for with the passage."""

_GRAM = 8
_IDEOGRAPHIC_GRAM = 4
_SPACING = 6
_OWN_SPACING = 3
_COMMON = 40
_BUCKET = 16
_TRIED = 4
_LEAST = 0.5
_AT_A_TIME = 1 << 21
"""Letters that are looked through in one go where each passage has a range of its own."""
_BY_CHANCE = 0.38
"""How alike passages of a language may be that have nothing in common; most are 0.25 to 0.33."""


@value
class Passage:
    """The letters of a passage, and of both its sides."""

    before: str
    letters: str
    after: str


@value
class Candidate:
    """Letters [start, end) of a text that may be a passage."""

    start: int
    end: int
    similarity: float
    evidence: float
    """How many letters of the passage and its sides stand there."""
    before: float
    """0 to 1: how much of the side before it stands there."""
    after: float

    @property
    def is_whole(self) -> bool:
        """Whether the passage and both its sides stand there to the letter."""
        return self.similarity == self.before == self.after == 1.0


class LikelyPlaces:
    """Looks for passages in a text's letters; its grams are made once."""

    def __init__(self, text: Skeleton) -> None:
        self._text = text
        self._grams: dict[tuple[int, int], tuple[Sampling, Grams]] = {}

    def anywhere(
        self, passages: Sequence[Passage], ranges: tuple[Places, Places] | None = None
    ) -> list[list[Candidate]]:
        """Return for each passage the candidates, likeliest first.

        With `ranges`, which are where they begin and where they end, sorted, only what lies there,
        for its most part, is one.
        """
        if not passages:
            return []
        if ranges is None:
            ranges = (np.array([0]), np.array([len(self._text)]))
        letters = int((ranges[1] - ranges[0]).sum())
        gram = _gram_for(passages, self._text.numbers)
        wanted, there = self._grams_in(gram, _SPACING, letters, ranges)
        begins = _begins(passages, self._text.numbers, wanted, *there, is_own=False)
        return _lying_in(_like(passages, begins, self._text), *ranges)

    def in_own_ranges(
        self, passages: Sequence[Passage], lows: Sequence[int], highs: Sequence[int]
    ) -> list[list[Candidate]]:
        """Return for each passage the candidates, for their most part, in its own range of letters,
        from a low to a high; the likeliest first.
        """
        found: list[list[Candidate]] = []
        starts, ends = np.array(lows, np.int64), np.array(highs, np.int64)
        letters = int((ends - starts).sum())
        parts = np.cumsum(ends - starts) // _AT_A_TIME
        bounds = [0, *(np.flatnonzero(np.diff(parts)) + 1).tolist(), len(passages)]
        for first, last in pairwise(bounds):
            some = passages[first:last]
            if not some:
                continue
            ranges = starts[first:last], ends[first:last]
            gram = _gram_for(some, self._text.numbers)
            wanted, there = self._grams_in(gram, _OWN_SPACING, letters, ranges)
            begins = _begins(some, self._text.numbers, wanted, *there, is_own=True)
            found += _like(some, begins, self._text)
        return [
            [c for c in candidates if 2 * (min(c.end, high) - max(c.start, low)) >= c.end - c.start]
            for candidates, low, high in zip(found, lows, highs, strict=True)
        ]

    def _grams_in(
        self, gram: int, spacing: int, letters: int, ranges: tuple[Places, Places]
    ) -> tuple[Sampling, tuple[Grams, Places]]:
        """Return the grams in ranges of so many letters, how they are chosen, and for each the
        number of its range.
        """
        numbers = self._text.numbers
        wanted = sampling(numbers, numbers[:0], letters, spacing, gram)
        if wanted.is_chosen is None:
            return wanted, grams_within(numbers, wanted, *ranges)
        if (gram, spacing) not in self._grams:
            self._grams[gram, spacing] = wanted, grams_of(numbers, wanted)
        wanted, grams = self._grams[gram, spacing]
        return wanted, grams.within(*ranges)


def _like(
    passages: Sequence[Passage], begins: Sequence[Sequence[int]], text: Skeleton
) -> list[list[Candidate]]:
    """Return for each passage what is like it where it would begin, likeliest first."""
    return [
        candidates_at(passage, starts, text.letters)
        for passage, starts in zip(
            passages, _worth_aligning(passages, begins, text.letters), strict=True
        )
    ]


def _lying_in(
    found: Sequence[Sequence[Candidate]], starts: Places, ends: Places
) -> list[list[Candidate]]:
    """Return only those candidates of which at least half lies in ranges."""
    before = np.concatenate([[0], np.cumsum(ends - starts)])

    def letters_before(places: list[int]) -> Places:
        number = np.searchsorted(starts, places, "right")
        return before[number] - np.maximum(0, np.append(0, ends)[number] - places)

    every = [candidate for candidates in found for candidate in candidates]
    inside = letters_before([c.end for c in every]) - letters_before([c.start for c in every])
    shared = iter(inside.tolist())
    return [[c for c in candidates if 2 * next(shared) >= c.end - c.start] for candidates in found]


def _begins(
    passages: Sequence[Passage],
    numbers: Numbers,
    wanted: Sampling,
    there: Grams,
    numbers_of_ranges: Places,
    *,
    is_own: bool,
) -> list[list[int]]:
    """Return for each passage where it would begin: the places that most rare grams speak for.

    `is_own` has each looked for only in the range of its number.
    """
    wholes = [passage.before + passage.letters + passage.after for passage in passages]
    lengths = np.fromiter(map(len, wholes), np.int64)
    starts = np.cumsum(lengths) - lengths
    sought, owners = grams_within(
        numbers_like(numbers, "".join(wholes)), wanted, starts, starts + lengths
    )
    if is_own:
        sought, there = marked(sought, owners), marked(there, numbers_of_ranges)
    which, where, weights = _meetings(sought.keys, there.keys)
    owners = owners[which]
    begins = there.places[where] - (sought.places[which] - starts[owners])
    owners, begins = _most_voted(owners, begins, weights)
    lows = np.searchsorted(owners, np.arange(len(passages) + 1)).tolist()
    found = begins.tolist()
    return [
        [begin + len(passage.before) for begin in found[low:high]]
        for passage, low, high in zip(passages, lows[:-1], lows[1:], strict=True)
    ]


def _gram_for(passages: Sequence[Passage], numbers: Numbers) -> int:
    if numbers.itemsize == 1:
        return _GRAM
    sample = "".join(passage.letters for passage in passages[:100])
    ideographs = sum(letter >= IDEOGRAPHIC_FROM for letter in sample)
    return _IDEOGRAPHIC_GRAM if ideographs * 3 > len(sample) else _GRAM


def _meetings(keys: Keys, others: Keys) -> tuple[Places, Places, NDArray[np.float64]]:
    """Return each key that is among the others, not too often, with each that is equal to it: by
    their numbers; and how much that says.
    """
    distinct, which = np.unique(keys, return_inverse=True)
    where, slots = those_among(others, distinct)
    where = where[np.argsort(slots, kind="stable")]
    counts = np.bincount(slots, minlength=len(distinct))
    firsts = np.cumsum(counts) - counts
    found = np.flatnonzero((counts[which] > 0) & (counts[which] <= _COMMON))
    first, count = firsts[which[found]], counts[which[found]]
    return np.repeat(found, count), where[spread(first, first + count)], np.repeat(1 / count, count)


def _most_voted(
    owners: Places, begins: Places, weights: NDArray[np.float64]
) -> tuple[Places, Places]:
    """Return for each owner, in order, where most weight is near each other, the heaviest first."""
    if not len(owners):
        return owners, begins
    buckets = begins // _BUCKET
    buckets += owners * (2 * int(np.abs(buckets).max()) + 2)
    order = np.argsort(buckets, kind="stable")
    firsts = np.flatnonzero(np.diff(buckets[order], prepend=-1 + buckets[order[0]]))
    votes = np.add.reduceat(weights[order], firsts)
    buckets = buckets[order[firsts]]
    # what is nearly as far on counts half
    votes[1:] += np.where(np.diff(buckets) == 1, votes[:-1] / 2, 0)
    owners, begins = owners[order[firsts]], begins[order[firsts]]
    ranked = np.lexsort((-votes, owners))
    place = np.arange(len(ranked)) - np.searchsorted(owners, owners)
    best = ranked[place < 2 * _TRIED]
    return owners[best], begins[best]


def _worth_aligning(
    passages: Sequence[Passage], begins: Sequence[Sequence[int]], text: str
) -> list[list[int]]:
    """Return for each passage those of its places where enough of it can be."""
    letters = [p.letters for p, starts in zip(passages, begins, strict=True) for _ in starts]
    there = [
        text[max(0, start) : max(0, start) + len(passage.letters)]
        for passage, starts in zip(passages, begins, strict=True)
        for start in starts
    ]
    alike = cpdist(
        letters, there, scorer=Levenshtein.normalized_similarity, score_cutoff=_BY_CHANCE
    )
    is_alike = iter((alike > 0).tolist())
    return [
        [start for start in starts if next(is_alike) or len(passage.letters) < SHORT]
        for passage, starts in zip(passages, begins, strict=True)
    ]


def candidates_at(passage: Passage, starts: Sequence[int], text: str) -> list[Candidate]:
    """Return what is like a passage where, in a text's letters, it would begin; likeliest first."""
    whole = passage.before + passage.letters + passage.after
    found: list[Candidate] = []
    for start in starts:
        if len(found) == _TRIED:
            break
        end = start + len(passage.letters)
        if text.startswith(passage.letters, start):
            if all(end <= other.start or other.end <= start for other in found):
                found.append(candidate(passage, start, end, text, 1.0))
            continue
        low = max(0, start - len(passage.before) - _BUCKET)
        high = min(len(text), start + len(passage.letters) + len(passage.after) + _BUCKET)
        if low >= high:
            continue
        first, last = len(passage.before), len(passage.before) + len(passage.letters)
        image = Alignment(whole, text, (), (0, len(whole), low, high)).image(first, last)
        if image is None or image.similarity < _LEAST:
            continue
        if any(image.start < other.end and other.start < image.end for other in found):
            continue
        found.append(candidate(passage, image.start, image.end, text, image.similarity))
    return sorted(found, key=lambda place: -place.evidence)


def candidate(
    passage: Passage, start: int, end: int, text: str, likeness: float | None = None
) -> Candidate:
    """Return letters [start, end) of a text as a candidate for a passage, with what speaks for it.

    `likeness` is how much of the passage stands there; without it, it is worked out.
    """
    if likeness is None:
        likeness = similarity(passage.letters, text[start:end])
    before = similarity(passage.before, text[max(0, start - len(passage.before)) : start])
    after = similarity(passage.after, text[end : end + len(passage.after)])
    evidence = (
        likeness * weight(passage.letters)
        + before * weight(passage.before)
        + after * weight(passage.after)
    )
    return Candidate(start, end, likeness, evidence, before, after)


def leads(found: Sequence[Candidate]) -> bool:
    """Whether the first of some places, the likeliest, leaves the second out of question."""
    if len(found) < 2:
        return bool(found) and is_ahead(found[0].evidence, 0.0)
    is_only_whole = found[0].is_whole and not found[1].is_whole
    return is_only_whole or is_ahead(found[0].evidence, found[1].evidence)
