"""What became of passages between two versions of a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import chain

from reader.annotations.anchoring.acceptance import (
    is_passage_elsewhere,
    is_passage_in_place,
    is_sure,
    is_sure_elsewhere,
)
from reader.annotations.anchoring.alignment import Alignment, Image, similarity
from reader.annotations.anchoring.copies import InsertedCopies
from reader.annotations.anchoring.folding import weight
from reader.annotations.anchoring.grams import Places, is_repetitive, sampled
from reader.annotations.anchoring.runs import Run
from reader.annotations.anchoring.sharing import shared_runs
from reader.annotations.anchoring.skeleton import Skeleton
from reader.values import replaced, value

_CONTEXT = 32
"""Letters of each side that have to speak for a passage elsewhere."""

_WIDE = 200
"""Letters of each side that tell a passage from its copy."""
_COPY = 0.8
_COPY_BEHIND = 0.1

# how far beyond its runs a moved passage is aligned
_BEYOND = 400

# what stands in place keeps a passage unless elsewhere stands so much more of it
_MORE = 0.15


@value
class Found:
    """Where a passage is now: letters [start, end) of the new text."""

    start: int
    end: int
    similarity: float
    is_sure: bool = True
    copies: tuple[tuple[int, int], ...] = ()
    """Where the passage stands as well as here, for all that its surroundings tell."""


class Difference:
    """Finds the passages of an old text in a new one. Gaps are aligned when one is looked for."""

    def __init__(self, old: Skeleton, new: Skeleton) -> None:
        self.old, self.new = old, new
        self._sampled = sampled(old.letters, new.letters)
        self._shared = shared_runs(*self._sampled)
        self._in_place = Alignment(old.letters, new.letters, self._shared.in_place)
        self._moved = self._shared.moved
        self._moved_starts = [passage[0].old for passage in self._moved]
        self._longest_moved = max((p[-1].old_end - p[0].old for p in self._moved), default=0)
        self._alignments: dict[int, Alignment] = {}
        self._runs = runs = sorted(chain(self._shared.in_place, *self._moved))
        self._old_starts = [run.old for run in runs]
        self._old_ends = [run.old_end for run in runs]
        self._new_starts = sorted(run.new for run in runs)
        self._new_ends = sorted(run.new_end for run in runs)

    def find(self, start: int, end: int) -> Found | None:
        """Return where the letters [start, end) of the old text are, None if they are gone."""
        found = self._find(start, end)
        if found is None:
            return None
        copies = self._copies(start, end, found)
        if not copies:
            return found
        return replaced(found, is_sure=False, copies=copies)

    @cached_property
    def is_repetitive(self) -> bool:
        """Whether the old text says much of what it says several times: a song, a form, code."""
        return is_repetitive(self._sampled[0].numbers)

    @cached_property
    def new_gaps(self) -> tuple[Places, Places]:
        """Where the ranges of the new letters that no run covers begin, and where they end."""
        return self._shared.new_gaps(len(self.new))

    @cached_property
    def _inserted(self) -> InsertedCopies:
        return InsertedCopies(*self._sampled, self.new_gaps)

    def likely_now(self, letters: Sequence[int]) -> list[int]:
        """Return about where letters of the old text are, as the run is that they are in or
        behind.
        """
        runs = self._runs
        numbers = (bisect_right(self._old_starts, letter) - 1 for letter in letters)
        return [
            letter + runs[number].new - runs[number].old if number >= 0 else letter
            for letter, number in zip(letters, numbers, strict=True)
        ]

    def neighbours(self, letter: int) -> tuple[int | None, int | None]:
        """Return where the letter before a place between letters is, and the one behind it."""
        start, end = max(0, letter - _CONTEXT // 2), min(len(self.old), letter + _CONTEXT // 2)
        if self._find(start, end) is None:
            return None, None
        for alignment in (
            self._in_place,
            *(self._moved_alignment(n) for n in self._around(start, end)),
        ):
            before = alignment.within_one_run(letter - 1, letter) if letter else None
            after = alignment.within_one_run(letter, letter + 1) if letter < len(self.old) else None
            if before is not None or after is not None:
                return before, after
        return None, None

    def _find(self, start: int, end: int) -> Found | None:
        whole = self._in_place.within_one_run(start, end)
        if whole is not None:
            return Found(whole, whole + end - start, 1.0)
        letters = weight(self.old.letters[start:end])
        image = self._in_place.image(start, end)
        here = None
        if image is not None and is_passage_in_place(letters, image.similarity):
            here = self._judged(image, letters)
            if here.is_sure:
                return here
        there = self._elsewhere(start, end, letters)
        if there is None or (here and there.similarity < here.similarity + _MORE):
            return here
        return there

    def _judged(self, image: Image, letters: int) -> Found:
        now = weight(self.new.letters[image.start : image.end])
        return Found(
            image.start, image.end, image.similarity, is_sure(letters, now, image.similarity)
        )

    def _elsewhere(self, start: int, end: int, letters: int) -> Found | None:
        best: Found | None = None
        for number in self._around(start, end):
            image = self._moved_alignment(number).image(start, end)
            if image is None:
                continue
            before = self.likeness_before(start, image.start)
            after = self.likeness_after(end, image.end)
            if not is_passage_elsewhere(letters, image.similarity, before, after):
                continue
            found = self._judged(image, letters)
            if not is_sure_elsewhere(letters, before, after, self._moved_letters(number)):
                found = replaced(found, is_sure=False)
            if best is None or found.similarity > best.similarity:
                best = found
        return best

    def _moved_letters(self, number: int) -> int:
        passage = self._moved[number]
        return weight(self.old.letters[passage[0].old : passage[-1].old_end])

    def likeness_before(self, place: int, now: int) -> float:
        """Return how alike the letters before a place of the old text and of the new one are."""
        was = self.old.letters[max(0, place - _CONTEXT) : place]
        return similarity(was, self.new.letters[max(0, now - len(was)) : now])

    def likeness_after(self, place: int, now: int) -> float:
        """Return how alike the letters behind a place of the old text and of the new one are."""
        was = self.old.letters[place : place + _CONTEXT]
        return similarity(was, self.new.letters[now : now + len(was)])

    def _around(self, start: int, end: int) -> list[int]:
        """Return which moved passages a range of the old text has a part in."""
        low = bisect_left(self._moved_starts, start - self._longest_moved)
        high = bisect_left(self._moved_starts, end)
        return [n for n in range(low, high) if self._moved[n][-1].old_end > start]

    def _moved_alignment(self, number: int) -> Alignment:
        if number not in self._alignments:
            passage = self._moved[number]
            self._alignments[number] = Alignment(
                self.old.letters, self.new.letters, passage, self._bounds(passage)
            )
        return self._alignments[number]

    def _bounds(self, passage: Sequence[Run]) -> tuple[int, int, int, int]:
        """Return how far around a moved passage no other one stands, in either text."""
        first, last = passage[0], passage[-1]
        before = min(
            _BEYOND,
            first.old - _last_at_most(self._old_ends, first.old),
            first.new - _last_at_most(self._new_ends, first.new),
        )
        old_end, new_end = len(self.old), len(self.new)
        after = min(
            _BEYOND,
            _first_at_least(self._old_starts, last.old_end, old_end) - last.old_end,
            _first_at_least(self._new_starts, last.new_end, new_end) - last.new_end,
        )
        return first.old - before, last.old_end + after, first.new - before, last.new_end + after

    def _copies(self, start: int, end: int, found: Found) -> tuple[tuple[int, int], ...]:
        """Return where inserted text holds the passage too, unless the surroundings decide."""
        shift = self._inserted.shift(start, end, (found.start, found.end))
        if shift is None:
            return ()
        place, until = max(0, start + shift), end + shift
        old, new = self.old.letters, self.new.letters
        passage = old[start:end]
        if similarity(passage, new[place:until]) < max(_COPY, found.similarity - _COPY_BEHIND):
            return ()
        around = old[max(0, start - _WIDE) : end + _WIDE]
        here = similarity(around, new[max(0, found.start - _WIDE) : found.end + _WIDE])
        there = similarity(around, new[max(0, place - _WIDE) : until + _WIDE])
        return () if here - there > _COPY_BEHIND else ((place, until),)


def _last_at_most(places: Sequence[int], place: int) -> int:
    number = bisect_right(places, place) - 1
    return places[number] if number >= 0 else 0


def _first_at_least(places: Sequence[int], place: int, end: int) -> int:
    number = bisect_left(places, place)
    return places[number] if number < len(places) else end
