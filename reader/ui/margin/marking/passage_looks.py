"""How the passages of notes look in the text and on the progress line; tells what changed of it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from operator import itemgetter

from reader.annotations.model import AnnotationId
from reader.ui.margin.note_cards import AnchoredNote, Tick, decoration_of, tick_of
from reader.ui.view.decorations import Decoration

_FEW = 32
"""Ticks that are put in their places one by one; more are sorted with all others."""
_place_of = itemgetter(0)


class PassageLooks:
    """Works on `notes`, which others change: they tell it of what."""

    def __init__(self, notes: Mapping[AnnotationId, AnchoredNote]) -> None:
        self._notes = notes
        self._decorations: dict[AnnotationId, Decoration] = {}
        self._ticks: dict[AnnotationId, Tick] = {}
        self._in_order: list[Tick] = []
        self._stale = dict.fromkeys(notes)
        self._stale_ticks = dict.fromkeys(notes)

    def forget(self, name: AnnotationId) -> None:
        """Work a note's passage out anew: it is another one, or looks otherwise."""
        self._stale[name] = self._stale_ticks[name] = None

    def take_changes(self) -> tuple[list[Decoration], list[Decoration]]:
        """Return what isn't painted under the text any more since this was asked, and what is now.

        The first time that is all.
        """
        gone, come = [], []
        for name in self._stale:
            before = self._decorations.pop(name, None)
            note = self._notes.get(name)
            now = None if note is None else decoration_of(note)
            if before is not None:
                gone.append(before)
            if now is not None:
                come.append(now)
                self._decorations[name] = now
        self._stale.clear()
        return gone, come

    @property
    def ticks(self) -> Sequence[Tick]:
        """The marks on the progress line, in the order of the text."""
        are_few = len(self._stale_ticks) <= _FEW
        for name in self._stale_ticks:
            before = self._ticks.pop(name, None)
            if before is not None and are_few:
                self._drop(before)
            note = self._notes.get(name)
            now = None if note is None else tick_of(note)
            if now is not None:
                self._ticks[name] = now
                if are_few:
                    insort(self._in_order, now, key=_place_of)
        if not are_few:
            self._in_order = sorted(self._ticks.values(), key=_place_of)
        self._stale_ticks.clear()
        return self._in_order

    def _drop(self, tick: Tick) -> None:
        number = bisect_left(self._in_order, tick[0], key=_place_of)
        while self._in_order[number] is not tick:
            number += 1
        del self._in_order[number]
