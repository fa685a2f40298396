"""What two versions of a text share to the letter: runs that are in place, and runs that moved.

Source: patience and histogram differences (grams that are unique in both texts pair them), with
grams sampled by their content as in rsync-like chunking, and moves kept instead of forgotten.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reader.annotations.anchoring.grams import (
    Grams,
    Keys,
    Places,
    SampledText,
    likely_among,
    marked,
    spread,
)
from reader.annotations.anchoring.runs import (
    RunColumns,
    SharedRuns,
    arranged,
    between,
    disjoint,
    heaviest_chain,
    joined,
)
from reader.annotations.anchoring.shared_letters import Bounds, SharedLetters

# a gap with fewer cells is aligned letter by letter when a note stands in it
_LARGE_GAP = 250_000
_ALIKE = 4

# of a large text's grams, the first round looks at one in so many
_ONE_IN = 8

# out of order, shorter runs are more likely phrases that stand in many places, in grams
_MOVED_GRAMS = 8 / 3


def shared_runs(old: SampledText, new: SampledText) -> SharedRuns:
    """Return what two texts' letters share."""
    return _Sharing(old, new).runs()


class _Sharing:
    """Looks for what two texts share in rounds, each in what those before it left out."""

    def __init__(self, old: SampledText, new: SampledText) -> None:
        self._old, self._new = old, new
        self._lengths = len(old.numbers), len(new.numbers)
        self._letters = SharedLetters(old.numbers, new.numbers)
        self._least = _MOVED_GRAMS * old.grams.gram

    def runs(self) -> SharedRuns:
        """Return the runs."""
        runs = self._unique_in_both()
        runs = disjoint(joined(runs, self._in_large_gaps(runs)))
        late = self._left_out(runs)
        runs = disjoint(joined(runs, late))
        return arranged(self._without_doubtful(runs, late), self._least)

    def _unique_in_both(self) -> RunColumns:
        old, new = self._old.grams, self._new.grams
        if not self._old.is_dense:
            old, new = _some_of(old), _some_of(new)
        return disjoint(self._letters.extended(*_paired(old, new, most=1)))

    def _in_large_gaps(self, runs: RunColumns) -> RunColumns:
        """Pair, in order, the grams that a gap holds equally often, a few times at most."""
        gaps = _large_gaps(runs.chosen(heaviest_chain(runs)), *self._lengths)
        letters = max(_size(gaps.low, gaps.high), _size(gaps.new_low, gaps.new_high))
        old = self._old.grams_within(gaps.low, gaps.high, letters)
        new = self._new.grams_within(gaps.new_low, gaps.new_high, letters)
        places, others = _paired(marked(*old), marked(*new), most=_ALIKE)
        gap = np.searchsorted(gaps.low, places, "right") - 1
        bounds = Bounds(gaps.low[gap], gaps.high[gap], gaps.new_low[gap], gaps.new_high[gap])
        return self._letters.extended(places, others, bounds)

    def _left_out(self, runs: RunColumns) -> RunColumns:
        """Return what runs have left out on both sides, and is long enough to have moved."""
        starts, ends = self._long(*between(runs.old, runs.old_end, self._lengths[0]))
        order = np.argsort(runs.new, kind="stable")
        new_starts, new_ends = self._long(
            *between(runs.new[order], runs.new_end[order], self._lengths[1])
        )
        letters = max(_size(starts, ends), _size(new_starts, new_ends))
        old, _ = self._old.grams_within(starts, ends, letters)
        new, _ = self._new.grams_within(new_starts, new_ends, letters)
        found = self._letters.extended(*_paired(old, new, most=1))
        if not len(found):
            return found
        left_out = np.searchsorted(starts, found.old + found.length // 2, "right") - 1
        found = RunColumns(
            found.old, found.new, np.minimum(found.old_end, ends[left_out]) - found.old
        ).without_first(np.maximum(0, starts[left_out] - found.old))
        return found.chosen(found.length >= self._least)

    def _long(self, starts: Places, ends: Places) -> tuple[Places, Places]:
        is_long = ends - starts >= self._least
        return starts[is_long], ends[is_long]

    def _without_doubtful(self, runs: RunColumns, late: RunColumns) -> RunColumns:
        """Leave out what was found late, is out of order, and stands several times."""
        is_late = np.isin(runs.old, late.old)
        doubtful = np.flatnonzero(is_late & ~heaviest_chain(runs))
        if not len(doubtful):
            return runs
        found = runs.chosen(doubtful)
        grams, owners = self._old.grams.within(found.old, found.old_end)
        is_unique = _stand_once(grams.keys, self._old.grams)
        is_unique &= _stand_once(grams.keys, self._new.grams)
        unique = np.bincount(owners, is_unique, len(doubtful))
        is_doubtful = 2 * unique <= np.bincount(owners, minlength=len(doubtful))
        return runs.chosen(np.delete(np.arange(len(runs)), doubtful[is_doubtful]))


def _some_of(grams: Grams) -> Grams:
    return grams.chosen(np.flatnonzero(grams.keys % np.uint64(_ONE_IN) == 0))


def _stand_once(keys: Keys, grams: Grams) -> NDArray[np.bool_]:
    found = np.sort(grams.keys)
    return np.searchsorted(found, keys, "right") - np.searchsorted(found, keys) <= 1


def _paired(old: Grams, new: Grams, most: int) -> tuple[Places, Places]:
    """Return the places in both texts, in order, of grams that stand equally often in both, and
    at most so often.
    """
    # sorting is what takes time
    old, new = (
        old.chosen(likely_among(old.keys, new.keys)),
        new.chosen(likely_among(new.keys, old.keys)),
    )
    old_order, old_keys, old_firsts, old_counts = _counted(old.keys)
    new_order, new_keys, new_firsts, new_counts = _counted(new.keys)
    if not len(old_keys) or not len(new_keys):
        nowhere = np.empty(0, np.int64)
        return nowhere, nowhere
    there = np.minimum(np.searchsorted(new_keys, old_keys), len(new_keys) - 1)
    is_pair = (
        (new_keys[there] == old_keys) & (new_counts[there] == old_counts) & (old_counts <= most)
    )
    counts = old_counts[is_pair]
    old_firsts, new_firsts = old_firsts[is_pair], new_firsts[there[is_pair]]
    return (
        old.places[old_order[spread(old_firsts, old_firsts + counts)]],
        new.places[new_order[spread(new_firsts, new_firsts + counts)]],
    )


def _counted(keys: Keys) -> tuple[Places, Keys, Places, Places]:
    """Return the order of keys, each different one, where it begins in that order, its count."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    is_first = np.ones(len(keys), bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    firsts = np.flatnonzero(is_first)
    return order, ordered[firsts], firsts, np.diff(np.append(firsts, len(keys)))


def _large_gaps(in_place: RunColumns, old_length: int, new_length: int) -> Bounds:
    """Return what lies between runs in place, in both texts, where it is much."""
    low = np.concatenate([[0], in_place.old_end])
    high = np.append(in_place.old, old_length)
    new_low = np.concatenate([[0], in_place.new_end])
    new_high = np.append(in_place.new, new_length)
    is_large = np.maximum(0, high - low) * np.maximum(0, new_high - new_low) > _LARGE_GAP
    return Bounds(low[is_large], high[is_large], new_low[is_large], new_high[is_large])


def _size(starts: Places, ends: Places) -> int:
    return int((ends - starts).sum())
