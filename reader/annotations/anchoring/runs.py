"""What two versions of a text share to the letter: runs that are in place, and runs that moved.

Source: patience and histogram differences (grams that are unique in both texts pair them), with
grams sampled by their content as in rsync-like chunking, and moves kept instead of forgotten.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, pairwise
from typing import NamedTuple

from reader.annotations.anchoring.grams import FIRST_SPACING, Sampling, sampling
from reader.values import value

# a gap with fewer cells is aligned letter by letter when a note stands in it
_LARGE_GAP = 250_000
_ALIKE = 4

# out of order, shorter runs are more likely phrases that stand in many places, in grams
_MOVED_GRAMS = 8 / 3
_FURTHEST = 2_000
_CHECKED = 300


Pair = tuple[int, int, int]
"""The fields of a Run. Plain tuples of numbers cost the garbage collector nothing."""


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
class SharedRuns:
    """The runs of two texts, each list by their places in the old one.

    `in_place` keep their order; each of `moved` is a passage that stands elsewhere now.
    """

    in_place: tuple[Run, ...]
    moved: tuple[tuple[Run, ...], ...]

    @property
    def new_gaps(self) -> list[tuple[int, int]]:
        """The ranges of the new text that no run covers, but the one behind the last."""
        ends = sorted((run.new, run.new_end) for run in chain(self.in_place, *self.moved))
        return list(_between(ends))


def shared_runs(old: str, new: str) -> SharedRuns:
    """Return what two texts' letters share."""
    first = sampling(old, new, max(len(old), len(new)), FIRST_SPACING)
    runs = _extended(_unique_pairs(old, [(0, len(old))], new, [(0, len(new))], first), old, new)
    in_place = heaviest_chain(runs)
    gaps = list(_gaps([run for run, kept in zip(runs, in_place, strict=True) if kept], old, new))
    large = [gap for gap in gaps if (gap[1] - gap[0]) * (gap[3] - gap[2]) > _LARGE_GAP]
    if large:
        size = max(sum(gap[1] - gap[0] for gap in large), sum(gap[3] - gap[2] for gap in large))
        second = sampling(old, new, size)
        for gap in large:
            runs += _extended(_gap_pairs(old, new, gap, second), old, new, gap)
        runs = _disjoint(runs)
    late = _late_runs(runs, old, new, first.gram)
    runs = _disjoint([*runs, *late])
    doubtful = set(late).difference(compress(runs, heaviest_chain(runs)))
    doubtful = set(sorted(doubtful, key=lambda run: run.length)[_CHECKED:]).union(
        run for run in doubtful if not _stands_once(run, old, new, first.gram)
    )
    return _arranged([run for run in runs if run not in doubtful], first.gram)


def _unique_grams(
    text: str, ranges: Iterable[tuple[int, int]], grams: Sampling
) -> Iterator[tuple[str, int]]:
    """Give the grams that stand once in the ranges, by their places."""
    places: dict[str, int] = {}
    for start, end in ranges:
        for place in grams.places(text, start, end):
            gram = text[place : place + grams.gram]
            places[gram] = -1 if gram in places else place
    return ((gram, place) for gram, place in places.items() if place >= 0)


def _unique_pairs(
    old: str,
    old_ranges: Iterable[tuple[int, int]],
    new: str,
    new_ranges: Iterable[tuple[int, int]],
    grams: Sampling,
) -> list[Pair]:
    places = dict(_unique_grams(new, new_ranges, grams))
    return [
        (place, places[gram], grams.gram)
        for gram, place in _unique_grams(old, old_ranges, grams)
        if gram in places
    ]


def _gap_pairs(
    old: str, new: str, gap: tuple[int, int, int, int], grams: Sampling
) -> Iterator[Pair]:
    """Pair, in order, the grams that a gap holds equally often, a few times at most."""

    def places(text: str, start: int, end: int) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place in grams.places(text, start, end):
            found.setdefault(text[place : place + grams.gram], []).append(place)
        return found

    there = places(new, gap[2], gap[3])
    for gram, here in places(old, gap[0], gap[1]).items():
        also = there.get(gram, ())
        if len(here) == len(also) <= _ALIKE:
            for place, other in zip(here, also, strict=True):
                yield place, other, grams.gram


def _late_runs(runs: Sequence[Run], old: str, new: str, gram: int) -> list[Run]:
    """Return what the runs have left out on both sides, and is long enough to have moved."""
    least = round(gram * _MOVED_GRAMS)
    old_ranges = _long(_between([(run.old, run.old_end) for run in runs], len(old)), least)
    new_ranges = _long(_between(sorted((run.new, run.new_end) for run in runs), len(new)), least)
    if not old_ranges or not new_ranges:
        return []
    size = max(sum(end - start for start, end in ranges) for ranges in (old_ranges, new_ranges))
    pairs = _unique_pairs(old, old_ranges, new, new_ranges, sampling(old, new, size))
    starts = [start for start, _ in old_ranges]
    found = []
    for run in _extended(pairs, old, new):
        start, end = old_ranges[bisect_right(starts, run.old + run.length // 2) - 1]
        cut = max(0, start - run.old)
        length = min(run.old_end, end) - run.old - cut
        if length >= least:
            found.append(Run(run.old + cut, run.new + cut, length))
    return found


def _long(ranges: Iterable[tuple[int, int]], least: int) -> list[tuple[int, int]]:
    return [(start, end) for start, end in ranges if end - start >= least]


def _stands_once(run: Run, old: str, new: str, gram: int) -> bool:
    middle = run.old + run.length // 2
    piece = old[middle - gram : middle + gram]
    return all(text.find(piece, text.find(piece) + 1) < 0 for text in (old, new))


def _extended(
    pairs: Iterable[Pair], old: str, new: str, gap: tuple[int, int, int, int] | None = None
) -> list[Run]:
    """Return the longest runs around pairs, in the old text's order and without overlap there.

    They don't leave the gap, if there is one.
    """
    low, high, new_low, new_high = gap or (0, len(old), 0, len(new))
    runs: list[Run] = []
    for place, other, length in sorted(pairs):
        if place + length <= low:
            continue
        if place < low:
            place, other, length = low, other + low - place, place + length - low
        back = shared_before(old, new, place, other, min(place - low, other - new_low))
        end, other_end = place + length, other + length
        forth = shared_after(old, new, end, other_end, min(high - end, new_high - other_end))
        runs.append(Run(place - back, other - back, back + length + forth))
        low = end + forth
    return runs


def _disjoint(runs: Iterable[Run]) -> list[Run]:
    """Return runs in the old text's order, without the letters that an earlier one has too."""
    found: list[Run] = []
    low = 0
    for run in sorted(runs):
        if run.old_end > low:
            found.append(_cut(run, max(0, low - run.old)))
            low = run.old_end
    return found


def shared_after(old: str, new: str, place: int, other: int, limit: int) -> int:
    """Return how many letters from `place` on stand from `other` on too, up to `limit`."""
    done, step = 0, 32
    while done < limit:
        size = min(step, limit - done)
        here = old[place + done : place + done + size]
        there = new[other + done : other + done + size]
        if here != there:
            return done + _first_difference(here, there)
        done += size
        step = min(2 * step, 1 << 16)
    return done


def shared_before(old: str, new: str, place: int, other: int, limit: int) -> int:
    """Return how many letters before `place` stand before `other` too, up to `limit`."""
    done, step = 0, 32
    while done < limit:
        size = min(step, limit - done)
        here = old[place - done - size : place - done]
        there = new[other - done - size : other - done]
        if here != there:
            return done + _first_difference(here[::-1], there[::-1])
        done += size
        step = min(2 * step, 1 << 16)
    return done


def _first_difference(one: str, other: str) -> int:
    low, high = 0, len(one)
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _between(
    covered: Sequence[tuple[int, int]], length: int | None = None
) -> Iterator[tuple[int, int]]:
    """Give what lies between ranges, sorted by their starts, and behind them up to `length`."""
    reached = 0
    for start, end in covered:
        if start > reached:
            yield reached, start
        reached = max(reached, end)
    if length is not None and length > reached:
        yield reached, length


def _gaps(runs: Sequence[Run], old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """Give what lies between runs in place: the old text's range and the new one's."""
    edges = [Run(0, 0, 0), *runs, Run(len(old), len(new), 0)]
    for one, other in pairwise(edges):
        if other.old > one.old_end and other.new > one.new_end:
            yield one.old_end, other.old, one.new_end, other.new


def heaviest_chain(runs: Sequence[Run]) -> list[bool]:
    """Tell of each run whether it is in place: the most letters that keep their order.

    Runs that follow each other in both texts count as one. Source: longest increasing
    subsequence by weight, with a Fenwick tree of maxima.
    """
    order = sorted(range(len(runs)), key=lambda number: runs[number].new)
    rank = [0] * len(runs)
    for position, number in enumerate(order):
        rank[number] = position
    starts = [n for n in range(len(runs)) if not n or rank[n] != rank[n - 1] + 1]
    ends = [*starts, len(runs)][1:]
    blocks = sorted(range(len(starts)), key=lambda block: rank[starts[block]])
    key = [0] * len(starts)
    for position, block in enumerate(blocks, 1):
        key[block] = position
    best: list[tuple[int, int]] = [(0, -1)] * (len(starts) + 1)
    before = [-1] * len(starts)
    heaviest = (0, -1)
    for block, (start, end) in enumerate(zip(starts, ends, strict=True)):
        total, previous = 0, -1
        at = key[block] - 1
        while at > 0:
            if best[at][0] > total:
                total, previous = best[at]
            at &= at - 1
        before[block] = previous
        total += sum(run.length for run in runs[start:end])
        heaviest = max(heaviest, (total, block))
        at = key[block]
        while at <= len(starts):
            if best[at][0] < total:
                best[at] = (total, block)
            at += at & -at
    kept = [False] * len(runs)
    block = heaviest[1]
    while block >= 0:
        for number in range(starts[block], ends[block]):
            kept[number] = True
        block = before[block]
    return kept


def _arranged(runs: Sequence[Run], gram: int) -> SharedRuns:
    """Tell what is in place from what moved; what is out of order and short is left out."""
    kept = heaviest_chain(runs)
    in_place: list[Run] = []
    for run, is_kept in zip(runs, kept, strict=True):
        if not is_kept:
            continue
        # both may claim the letters at a seam; so they are the earlier one's
        overlap = in_place[-1].new_end - run.new if in_place else 0
        if overlap < run.length:
            in_place.append(_cut(run, max(0, overlap)))
    moved = _passages(
        [run for run, is_kept in zip(runs, kept, strict=True) if not is_kept], in_place
    )
    least = gram * _MOVED_GRAMS
    return SharedRuns(
        tuple(in_place),
        tuple(tuple(p) for p in moved if sum(run.length for run in p) >= least),
    )


def _cut(run: Run, letters: int) -> Run:
    if not letters:
        return run
    return Run(run.old + letters, run.new + letters, run.length - letters)


def _passages(moved: Sequence[Run], in_place: Sequence[Run]) -> list[list[Run]]:
    """Join the runs that follow each other in both texts, with nothing in place between them."""
    old_starts = [run.old for run in in_place]
    new_starts = [run.new for run in in_place]
    passages: list[list[Run]] = []
    for run in moved:
        if passages:
            last = passages[-1][-1]
            follows = (
                0 <= run.new - last.new_end <= _FURTHEST
                and run.old - last.old_end <= _FURTHEST
                and bisect_left(old_starts, run.old) == bisect_left(old_starts, last.old)
                and bisect_left(new_starts, run.new) == bisect_left(new_starts, last.new)
            )
            if follows:
                passages[-1].append(run)
                continue
        passages.append([run])
    return passages
