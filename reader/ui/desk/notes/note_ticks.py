"""Where the notes stand on the progress line, worked out anew only for what moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from reader.text.document import Place
from reader.ui.window.progress_line import Tick

if TYPE_CHECKING:  # notes come after the first frame
    from reader.ui.margin import note_cards


class Measure(Protocol):
    """How far into what is heard places lie."""

    @property
    def key(self) -> object:
        """What is equal as long as all places lie as far as before."""

    def share_of(self, place: Place) -> float:
        """Return how far a place lies, 0 to 1."""


class NoteTicks:
    """Keeps the ticks it made, of thousands of notes, for as long as the text is measured alike."""

    def __init__(self) -> None:
        self._measured_by: object = None
        self._kept: dict[note_cards.Tick, Tick] = {}

    def of(self, ticks: Sequence[note_cards.Tick], measure: Measure) -> list[Tick]:
        """Return the ticks of the line."""
        key = measure.key
        if key != self._measured_by:
            self._measured_by, self._kept = key, {}
        kept = self._kept
        for tick in set(ticks).difference(kept):
            (section, offset), colour = tick
            kept[tick] = Tick(measure.share_of(Place(section, offset)), colour)
        if len(kept) > 2 * len(ticks):  # most of them have gone
            self._kept = kept = {tick: kept[tick] for tick in ticks}
        return [kept[tick] for tick in ticks]
