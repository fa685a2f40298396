"""How the passages of notes look in the text and on the progress line, each worked out but once."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

from reader.annotations.model import AnnotationId
from reader.text.document import Place
from reader.ui.margin.note_cards import AnchoredNote, Tick, decoration_of, tick_of
from reader.ui.view.decorations import Decoration


class PassageLooks:
    """Works on `notes`, which others change: they tell it of what."""

    def __init__(self, notes: Mapping[AnnotationId, AnchoredNote]) -> None:
        self._notes = notes
        self._decorations: dict[AnnotationId, Decoration | None] = {}
        self._ticks: dict[AnnotationId, Tick | None] = {}

    def forget(self, name: AnnotationId) -> None:
        """Work a note's passage out anew: it is another one, or looks otherwise."""
        self._decorations.pop(name, None)
        self._ticks.pop(name, None)

    @property
    def decorations(self) -> list[Decoration]:
        """What is painted under the text."""
        for name, note in self._notes.items():
            if name not in self._decorations:
                self._decorations[name] = decoration_of(note)
        wanted = (self._decorations[name] for name in self._notes)
        return [decoration for decoration in wanted if decoration is not None]

    @property
    def ticks(self) -> list[tuple[Place, str]]:
        """Where the progress line has ticks, and their colours."""
        for name, note in self._notes.items():
            if name not in self._ticks:
                self._ticks[name] = tick_of(note)
        ticks = [tick for name in self._notes if (tick := self._ticks[name]) is not None]
        ticks.sort(key=itemgetter(0))
        return [(place, colour) for _, place, colour in ticks]
