"""Runs of letters that two versions of a text share: which keep their order, and which moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.annotations.anchoring.grams import Places
from reader.values import value

# how far apart the runs of a passage that moved may be
_FURTHEST = 2_000


class Run(NamedTuple):
    """Letters that both texts have: `length` of them, from `old` in the one, `new` in the other."""

    old: int
    new: int
    length: int

    @property
    def old_end(self) -> int:
        """Behind its last letter in the old text."""
        return self.old + self.length

    @property
    def new_end(self) -> int:
        """Behind its last letter in the new text."""
        return self.new + self.length


@value
class RunColumns:
    """Many runs: where each starts in the old text and in the new one, and how long it is."""

    old: Places
    new: Places
    length: Places

    def __len__(self) -> int:
        return len(self.old)

    @property
    def old_end(self) -> Places:
        """Behind their last letters in the old text."""
        return self.old + self.length

    @property
    def new_end(self) -> Places:
        """Behind their last letters in the new text."""
        return self.new + self.length

    def chosen(self, which: Places | NDArray[np.bool_]) -> RunColumns:
        """Return some of them: by their numbers, or those that are true."""
        return RunColumns(self.old[which], self.new[which], self.length[which])

    def without_first(self, letters: Places) -> RunColumns:
        """Return them without so many of each's first letters; what has no more is left out."""
        cut = RunColumns(self.old + letters, self.new + letters, self.length - letters)
        return cut.chosen(cut.length > 0)

    def listed(self) -> list[Run]:
        """Return them one by one."""
        columns = (self.old.tolist(), self.new.tolist(), self.length.tolist())
        return list(map(Run._make, zip(*columns, strict=True)))


def columns_of(runs: Iterable[tuple[int, int, int]]) -> RunColumns:
    """Return runs as columns."""
    flat = np.fromiter(chain.from_iterable(runs), np.int64).reshape(-1, 3)
    return RunColumns(flat[:, 0], flat[:, 1], flat[:, 2])


def joined(*parts: RunColumns) -> RunColumns:
    """Return the runs of all of them."""
    return RunColumns(
        np.concatenate([part.old for part in parts]),
        np.concatenate([part.new for part in parts]),
        np.concatenate([part.length for part in parts]),
    )


@value
class SharedRuns:
    """The runs of two texts, each list by their places in the old one.

    `in_place` keep their order; each of `moved` is a passage that stands elsewhere now.
    """

    in_place: tuple[Run, ...]
    moved: tuple[tuple[Run, ...], ...]

    def new_gaps(self, length: int) -> tuple[Places, Places]:
        """Return where the ranges of the new text, of so many letters, begin and end that no run
        covers.
        """
        runs = columns_of([*self.in_place, *chain.from_iterable(self.moved)])
        order = np.argsort(runs.new, kind="stable")
        return between(runs.new[order], runs.new_end[order], length)


def between(starts: Places, ends: Places, length: int) -> tuple[Places, Places]:
    """Return where what lies between ranges, sorted by their starts, begins and ends, with what
    is before and behind them up to `length`.
    """
    reached = np.maximum.accumulate(np.concatenate([[0], ends]))
    following = np.append(starts, length)
    is_gap = following > reached
    return reached[is_gap], following[is_gap]


def disjoint(runs: RunColumns) -> RunColumns:
    """Return runs in the old text's order, without the letters that an earlier one has too."""
    runs = runs.chosen(np.lexsort((runs.new, runs.old)))
    return runs.without_first(_overlaps(runs.old, runs.old_end))


def _overlaps(starts: Places, ends: Places) -> Places:
    """Return how far those before each range reach into it."""
    reached = np.maximum.accumulate(np.concatenate([[0], ends]))[:-1]
    return np.maximum(0, reached - starts)


def heaviest_chain(runs: RunColumns) -> NDArray[np.bool_]:
    """Tell of each run whether it is in place: the most letters that keep their order.

    They are in the old text's order. Those that follow each other in both texts count as one.
    Source: longest increasing subsequence by weight, patience sorting's piles kept sorted.
    """
    kept = np.zeros(len(runs), bool)
    if not len(runs):
        return kept
    rank = np.empty(len(runs), np.int64)
    rank[np.argsort(runs.new, kind="stable")] = np.arange(len(runs))
    firsts = np.flatnonzero(np.concatenate([[True], np.diff(rank) != 1]))
    weights = np.add.reduceat(runs.length, firsts)
    before = [-1] * len(firsts)
    # the best chains so far: by the rank of their last block, each heavier than those before it
    lasts: list[int] = []
    totals: list[int] = []
    blocks: list[int] = []
    for block, (last, weight) in enumerate(
        zip(rank[firsts].tolist(), weights.tolist(), strict=True)
    ):
        at = bisect_left(lasts, last)
        total = weight
        if at:
            before[block] = blocks[at - 1]
            total += totals[at - 1]
        end = at
        while end < len(totals) and totals[end] <= total:
            end += 1
        lasts[at:end], totals[at:end], blocks[at:end] = [last], [total], [block]
    block = blocks[-1]
    bounds = [*firsts.tolist(), len(runs)]
    while block >= 0:
        kept[bounds[block] : bounds[block + 1]] = True
        block = before[block]
    return kept


def arranged(runs: RunColumns, least: float) -> SharedRuns:
    """Tell what is in place from what moved; what is out of order and has fewer than `least`
    letters is left out.
    """
    is_kept = heaviest_chain(runs)
    in_place = runs.chosen(is_kept)
    # both may claim the letters at a seam; so they are the earlier one's
    in_place = in_place.without_first(_overlaps(in_place.new, in_place.new_end))
    moved = _passages(runs.chosen(~is_kept), in_place)
    return SharedRuns(
        tuple(in_place.listed()),
        tuple(tuple(p) for p in moved if sum(run.length for run in p) >= least),
    )


def _passages(moved: RunColumns, in_place: RunColumns) -> list[list[Run]]:
    """Join the runs that follow each other in both texts, with nothing in place between them."""
    gaps = list(
        zip(
            np.searchsorted(in_place.old, moved.old).tolist(),
            np.searchsorted(in_place.new, moved.new).tolist(),
            strict=True,
        )
    )
    passages: list[list[Run]] = []
    for number, run in enumerate(moved.listed()):
        if number and gaps[number] == gaps[number - 1]:
            last = passages[-1][-1]
            if 0 <= run.new - last.new_end <= _FURTHEST and run.old - last.old_end <= _FURTHEST:
                passages[-1].append(run)
                continue
        passages.append([run])
    return passages
