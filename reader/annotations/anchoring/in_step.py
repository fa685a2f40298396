"""Finds quotes where the others lead to expect them: notes that were made on one text keep their
order.

A few grams of each are looked up in all of the text at once. Those that stand in it once tell about
where each note is to be expected, and the others mostly where in that range it begins; so hardly
any letters need be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.annotations.anchoring.acceptance import (
    ALIKE,
    is_passage_elsewhere,
    is_passage_expected,
)
from reader.annotations.anchoring.candidates import (
    Candidate,
    LikelyPlaces,
    Passage,
    candidates_at,
    leads,
)
from reader.annotations.anchoring.folding import weight
from reader.annotations.anchoring.grams import MUCH_REPEATED, gram_length
from reader.annotations.anchoring.neighbours import Expected, Neighbours
from reader.annotations.anchoring.occurrences import occurrences
from reader.annotations.anchoring.runs import Run
from reader.annotations.anchoring.skeleton import Skeleton
from reader.values import value

_WIDEST = 20_000
"""Code points beyond which where a note is expected tells too little to look there."""
_COMMON = 8
"""Places of a piece from which it doesn't tell where its passage is."""
_SAME = 16
"""Letters within which two places are one."""


@value
class Quoted:
    """An annotation by its number, where it was, and the letters that it quotes."""

    number: int
    claimed: int
    """Where it began in the text it was made on, in code points; -1 where that isn't known."""
    passage: Passage


class InStep:
    """Knows where quotes are to be expected, and finds them there."""

    def __init__(
        self, quoted: Sequence[Quoted], skeleton: Skeleton, standing: Iterable[Run]
    ) -> None:
        """`standing` is where other notes are, as `Neighbours` wants it."""
        self._skeleton = skeleton
        gram = gram_length(skeleton.numbers)
        places = occurrences(
            [piece for one in quoted for piece in _pieces(one.passage, gram)], skeleton.letters
        )
        firsts, middles, lasts = places[::3], places[1::3], places[2::3]
        self._begins = {
            one.number: _begins(one.passage, gram, found)
            for one, found in zip(quoted, zip(firsts, middles, lasts, strict=True), strict=True)
        }
        repeated = sum(len(found) > 1 for found in middles)
        self.is_repetitive = repeated > MUCH_REPEATED * len(quoted)
        """Whether the text says several times much of what is quoted: a song, a form, code."""
        unique = [
            Run(one.claimed, skeleton.offset_of(begins[0]), gram)
            for one, middle in zip(quoted, middles, strict=True)
            if one.claimed >= 0
            and (begins := self._begins[one.number])
            and 1 in (len(middle), len(begins))
        ]
        self._neighbours = Neighbours([*standing, *unique])

    def nearest(self, quoted: Sequence[Quoted], place: int, count: int) -> list[Quoted]:
        """Return so many of those that are expected nearest to a place of the text."""
        distances = [
            (min(abs(expected.first - place), abs(expected.last - place)), number)
            for number, one in enumerate(quoted)
            if (expected := expected_of(one, self._neighbours)) is not None
        ]
        return [quoted[number] for _, number in sorted(distances)[:count]]

    def places(self, quoted: Iterable[Quoted]) -> list[tuple[Quoted, Candidate]]:
        """Return those of which a piece stands where they are expected, with their places there."""
        expected = [
            (one, place)
            for one in quoted
            if (place := expected_of(one, self._neighbours)) is not None
        ]
        lows = self._letters_before([place.range[0] for _, place in expected])
        highs = self._letters_before([place.range[1] for _, place in expected])
        found = []
        for (one, _), low, high in zip(expected, lows, highs, strict=True):
            begins = [begin for begin in self._begins[one.number] if low <= begin <= high]
            likely = candidates_at(one.passage, begins, self._skeleton.letters)
            best = _place_found(one.passage, likely)
            if best is not None:
                found.append((one, best))
        return found

    def _letters_before(self, places: Sequence[int]) -> list[int]:
        return self._skeleton.all_letters_before(
            [min(place, len(self._skeleton.text)) for place in places]
        )


def expected_of(one: Quoted, neighbours: Neighbours) -> Expected | None:
    """Return where a note may begin by its neighbours; None where they tell too little."""
    place = neighbours.expected(one.claimed) if one.claimed >= 0 else None
    is_told = place is not None and place.range[1] - place.range[0] <= _WIDEST
    return place if is_told else None


def places_in(
    expected: Sequence[tuple[Quoted, Expected]], skeleton: Skeleton, places: LikelyPlaces
) -> list[Candidate | None]:
    """Return the place of each passage in the range where it is expected to begin."""
    length = len(skeleton.text)
    passages = [one.passage for one, _ in expected]
    lows = skeleton.all_letters_before([min(place.range[0], length) for _, place in expected])
    firsts = skeleton.all_letters_before([min(place.range[1], length) for _, place in expected])
    highs = [
        min(first + len(passage.letters), len(skeleton))
        for first, passage in zip(firsts, passages, strict=True)
    ]
    likely = places.in_own_ranges(passages, lows, highs)
    return list(map(_place_expected, passages, likely))


def _place_expected(passage: Passage, found: Sequence[Candidate]) -> Candidate | None:
    """Return the one place, of those in the range where a passage is expected, that is it."""
    best = _one_ahead(found)
    if best is None:
        return None
    letters = weight(passage.letters)
    around = best.evidence - best.similarity * letters
    return best if is_passage_expected(letters, best.similarity, around) else None


def _place_found(passage: Passage, found: Sequence[Candidate]) -> Candidate | None:
    """Return the one place that is it, of those where a piece of a passage stands as expected."""
    best = _one_ahead(found)
    if best is None or best.similarity < ALIKE:
        return None
    letters = weight(passage.letters)
    if is_passage_elsewhere(letters, best.similarity, best.before, best.after):
        return best
    return _place_expected(passage, found)


def _one_ahead(found: Sequence[Candidate]) -> Candidate | None:
    """Return the first place, if the second is out of question."""
    return found[0] if leads(found) else None


def _pieces(passage: Passage, gram: int) -> tuple[str, str, str]:
    """Return the first letters of a passage with its sides, those in the middle of the passage,
    and the last ones; nothing where there are not so many.
    """
    whole = passage.before + passage.letters + passage.after
    if len(whole) < gram:
        return "", "", ""
    middle = _middle(passage, gram)
    return whole[:gram], whole[middle : middle + gram], whole[-gram:]


def _middle(passage: Passage, gram: int) -> int:
    """Return where the middle letters of a passage begin, its sides counted in if it is short."""
    whole = len(passage.before) + len(passage.letters) + len(passage.after)
    middle = len(passage.before) + (len(passage.letters) - gram) // 2
    return min(max(0, middle), max(0, whole - gram))


def _begins(passage: Passage, gram: int, found: Sequence[Sequence[int]]) -> list[int]:
    """Return where a passage would begin in the text by where pieces of it stand."""
    before = len(passage.before)
    last = before + len(passage.letters) + len(passage.after) - gram
    begins: list[int] = []
    # what the middle says is nearest to the truth
    for number, at in ((1, _middle(passage, gram)), (0, 0), (2, last)):
        for place in found[number] if len(found[number]) <= _COMMON else ():
            begin = max(0, place - at + before)
            if all(abs(begin - other) > _SAME for other in begins):
                begins.append(begin)
    return begins
