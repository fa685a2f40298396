"""Where inserted text says again what the old text said: passages that may be there instead."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np

from reader.annotations.anchoring.grams import Places, SampledText, likely_among, those_among


class InsertedCopies:
    """The grams of the old text that stand in what nothing in it became, too."""

    def __init__(self, old: SampledText, new: SampledText, gaps: tuple[Places, Places]) -> None:
        """`gaps` are the ranges of the new text that were inserted."""
        inserted, _ = new.grams.within(*gaps)
        # sorting is what takes time
        inserted = inserted.chosen(likely_among(inserted.keys, old.grams.keys))
        order = np.argsort(inserted.keys, kind="stable")
        keys, places = inserted.keys[order], inserted.places[order]
        copied, there = those_among(old.grams.keys, keys)
        found = old.grams.places[copied]
        self._gram = old.grams.gram
        self._places: list[int] = found.tolist()
        self._shifts: list[int] = (places[there] - found).tolist()

    def shift(self, start: int, end: int, found: tuple[int, int]) -> int | None:
        """Return how far from the old letters [start, end) inserted text repeats them or what is
        around them; None if it doesn't.

        What is aligned with the place where they were found is no copy.
        """
        low = bisect_left(self._places, start - self._gram)
        high = bisect_right(self._places, end)
        shifts = [
            shift
            for shift in self._shifts[low:high]
            if start + shift >= found[1] or end + shift <= found[0]
        ]
        return shifts[len(shifts) // 2] if shifts else None
