"""Where a passage that was not found may be: places that share rare grams with it and its sides."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from reader.annotations.anchoring.acceptance import SHORT
from reader.annotations.anchoring.alignment import Alignment, similarity
from reader.annotations.anchoring.grams import IDEOGRAPHIC_FROM, sampling
from reader.annotations.anchoring.skeleton import weight
from reader.values import value

CONTEXT = 32
"""Letters of each side that are looked for with the passage."""

_GRAM = 8
_IDEOGRAPHIC_GRAM = 4
_SPACING = 6
_COMMON = 40
_BUCKET = 16
_TRIED = 4
_LEAST = 0.5
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


def likely_places(
    passages: Sequence[Passage], text: str, ranges: Sequence[tuple[int, int]] | None = None
) -> list[list[Candidate]]:
    """Return for each passage the candidates in a text's letters, likeliest first.

    With `ranges` only what lies there, for its most part, is one. They are sorted.
    """
    if not passages:
        return []
    gram = _gram_for(passages)
    ranges = [(0, len(text))] if ranges is None else ranges
    wanted = {g for passage in passages for g in _grams(passage, gram)}
    hits = _hits(wanted, text, ranges, gram)
    found = [_judged(passage, _votes(passage, hits, gram), text) for passage in passages]
    return [[c for c in places if _lies_in(c, ranges)] for places in found]


def _lies_in(candidate: Candidate, ranges: Sequence[tuple[int, int]]) -> bool:
    shared = 0
    number = max(0, bisect_right(ranges, (candidate.start, 0)) - 1)
    for start, end in islice(ranges, number, None):
        if start >= candidate.end:
            break
        shared += max(0, min(end, candidate.end) - max(start, candidate.start))
    return 2 * shared >= candidate.end - candidate.start


def _gram_for(passages: Sequence[Passage]) -> int:
    sample = "".join(passage.letters for passage in passages[:100])
    ideographs = sum(letter >= IDEOGRAPHIC_FROM for letter in sample)
    return _IDEOGRAPHIC_GRAM if ideographs * 3 > len(sample) else _GRAM


def _grams(passage: Passage, gram: int) -> Iterable[str]:
    whole = passage.before + passage.letters + passage.after
    return (whole[at : at + gram] for at in range(len(whole) - gram + 1))


def _hits(
    wanted: set[str], text: str, ranges: Sequence[tuple[int, int]], gram: int
) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    grams = sampling(text, "", sum(end - start for start, end in ranges), _SPACING, gram)
    for start, end in ranges:
        for place in grams.places(text, start, end):
            piece = text[place : place + gram]
            if piece in wanted:
                found[piece].append(place)
    return found


def _votes(passage: Passage, hits: dict[str, list[int]], gram: int) -> list[int]:
    """Return where the passage would begin, for the places that most rare grams speak for."""
    votes: dict[int, float] = defaultdict(float)
    begins: dict[int, int] = {}
    for at, piece in enumerate(_grams(passage, gram)):
        places = hits.get(piece, ())
        if len(places) > _COMMON:
            continue
        for place in places:
            begin = place - at
            bucket = begin // _BUCKET
            begins.setdefault(bucket, begin)
            votes[bucket] += 1 / len(places)
            votes[bucket + 1] += 0.5 / len(places)
    ranked = sorted((bucket for bucket in votes if bucket in begins), key=lambda b: -votes[b])
    return [begins[bucket] + len(passage.before) for bucket in ranked[: 2 * _TRIED]]


def _may_stand(letters: str, text: str, start: int) -> bool:
    """Whether enough of a passage can be at a place for it to be worth aligning the two."""
    if len(letters) < SHORT:
        return True
    from rapidfuzz.distance import Levenshtein

    there = text[max(0, start) : max(0, start) + len(letters)]
    return Levenshtein.normalized_similarity(letters, there, score_cutoff=_BY_CHANCE) > 0


def _judged(passage: Passage, starts: Sequence[int], text: str) -> list[Candidate]:
    whole = passage.before + passage.letters + passage.after
    found: list[Candidate] = []
    for start in starts:
        if len(found) == _TRIED:
            break
        if not _may_stand(passage.letters, text, start):
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
        before = similarity(passage.before, text[max(0, image.start - first) : image.start])
        after = similarity(passage.after, text[image.end : image.end + len(passage.after)])
        evidence = (
            image.similarity * weight(passage.letters)
            + before * weight(passage.before)
            + after * weight(passage.after)
        )
        found.append(Candidate(image.start, image.end, image.similarity, evidence, before, after))
    return sorted(found, key=lambda candidate: -candidate.evidence)
