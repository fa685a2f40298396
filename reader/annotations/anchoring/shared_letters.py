"""The longest runs of letters that two texts share around places that are the same in both."""

from __future__ import annotations

import numpy as np

from reader.annotations.anchoring.grams import Numbers, Places
from reader.annotations.anchoring.runs import RunColumns
from reader.values import value

_FIRST_WIDTH = 32
_WIDEST = 4_096
_MOST_CELLS = 1 << 22  # letters compared in one go


@value
class Bounds:
    """How far the run around each place may reach in both texts."""

    low: Places
    high: Places
    new_low: Places
    new_high: Places


class SharedLetters:
    """Compares the letters of two texts at many places at once."""

    def __init__(self, old: Numbers, new: Numbers) -> None:
        self._lengths = len(old), len(new)
        beyond = np.zeros(_WIDEST, old.dtype)
        self._old = np.concatenate([beyond, old, beyond])
        self._new = np.concatenate([beyond, new, beyond])

    def extended(self, places: Places, others: Places, bounds: Bounds | None = None) -> RunColumns:
        """Return the longest runs around places of the old text and of the new one where the same
        letters begin. Each is told once; they are in no order.
        """
        if not len(places):
            return RunColumns(places, others, places)
        if bounds is None:
            nothing, old, new = (np.full(len(places), n) for n in (0, *self._lengths))
            bounds = Bounds(nothing, old, nothing, new)
        # those that stand in one run follow each other when sorted by how far they moved
        order = np.lexsort((places, bounds.low, others - places))
        places, others = places[order], others[order]
        low, new_low = bounds.low[order], bounds.new_low[order]
        room = np.minimum(bounds.high[order] - places, bounds.new_high[order] - others)
        follows = (np.diff(others - places) == 0) & (np.diff(low) == 0)
        room[:-1] = np.where(follows, np.minimum(room[:-1], np.diff(places)), room[:-1])
        forth = self._shared(places, others, room, 1)
        is_first = np.ones(len(places), bool)
        is_first[1:] = ~follows | (forth[:-1] < room[:-1])
        firsts = np.flatnonzero(is_first)
        lasts = np.append(firsts[1:], len(places)) - 1
        starts, new_starts = places[firsts], others[firsts]
        room = np.minimum(starts - low[firsts], new_starts - new_low[firsts])
        back = self._shared(starts, new_starts, room, -1)
        ends = places[lasts] + forth[lasts]
        return RunColumns(starts - back, new_starts - back, ends - starts + back)

    def _shared(self, places: Places, others: Places, limits: Places, step: int) -> Places:
        """Return how many letters from two places on, or (-1) before them, are the same."""
        done = np.zeros(len(places), np.int64)
        going = np.flatnonzero(limits > 0)
        width = _FIRST_WIDTH
        while len(going):
            rows = _MOST_CELLS // width
            goes_on = np.zeros(len(going), bool)
            for at in range(0, len(going), rows):
                part = going[at : at + rows]
                beyond = step * done[part]
                shared = self._shared_in_window(
                    places[part] + beyond, others[part] + beyond, width, step
                )
                done[part] += np.minimum(shared, limits[part] - done[part])
                goes_on[at : at + rows] = (shared == width) & (done[part] < limits[part])
            going = going[goes_on]
            width = min(2 * width, _WIDEST)
        return done

    def _shared_in_window(self, places: Places, others: Places, width: int, step: int) -> Places:
        differs = _window(self._old, places, width, step) != _window(self._new, others, width, step)
        first: Places = differs.argmax(axis=1)
        is_other = differs[np.arange(len(places)), first]
        return np.where(is_other, first, width)


def _window(padded: Numbers, places: Places, width: int, step: int) -> Numbers:
    """Return for each place the letters from it on, or those before it, the nearest first."""
    size = padded.itemsize
    windows = np.ndarray((len(padded) - width + 1,), f"V{width * size}", padded, strides=(size,))
    firsts = places + _WIDEST - (width if step < 0 else 0)
    found: Numbers = windows[firsts].view(padded.dtype).reshape(-1, width)
    return found[:, ::step]
