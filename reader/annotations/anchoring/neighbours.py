"""What the notes made on one text tell of each other's places: together they keep their order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from reader.annotations.anchoring.runs import Run, columns_of, heaviest_chain
from reader.values import value

_SLACK = 200
"""Code points by which what is between two neighbours may have grown unevenly."""
_LEAST_KEPT = 0.5
"""The share of the letters that has to keep its order for this to tell anything."""


@value
class Expected:
    """The places that a note would have, had it moved as far as the one before or behind it."""

    first: int
    last: int

    @property
    def range(self) -> tuple[int, int]:
        """From where to where it may begin."""
        return max(0, self.first - _SLACK), max(0, self.last + _SLACK)

    def is_likely(self, start: int) -> bool:
        """Whether it would begin there between the two, or near one of them."""
        return self.range[0] <= start <= self.range[1]

    def is_plain(self, start: int) -> bool:
        """Whether it moved as far as one of the two."""
        return min(abs(start - self.first), abs(start - self.last)) <= _SLACK


class Neighbours:
    """Where notes are to be expected, from where those before and behind them were found."""

    def __init__(self, found: Iterable[Run]) -> None:
        """`found` has for each note where it was, where it may be now, and how many letters speak
        for that; of several places for one note at most one is taken.
        """
        # of those that were at one place, which can't follow each other, the last one comes first
        runs = sorted(found, key=lambda run: (run.old, -run.new))
        kept = columns_of(runs).chosen(heaviest_chain(columns_of(runs))).listed()
        likeliest: dict[int, int] = {}
        for run in runs:
            likeliest[run.old] = max(run.length, likeliest.get(run.old, 0))
        is_told = sum(run.length for run in kept) >= _LEAST_KEPT * sum(likeliest.values())
        self._kept = kept if is_told and len(kept) > 1 else []
        self._starts = [run.old for run in self._kept]

    def __len__(self) -> int:
        """How many notes tell where others are."""
        return len(self._kept)

    def expected(self, start: int) -> Expected | None:
        """Return where a note that was at `start` may begin; None if untold.

        That it was found somewhere itself doesn't count.
        """
        before = bisect_left(self._starts, start) - 1
        behind = bisect_right(self._starts, start)
        numbers = [n for n in (before, behind) if 0 <= n < len(self._kept)]
        places = [start + self._kept[n].new - self._kept[n].old for n in numbers]
        return Expected(min(places), max(places)) if places else None
