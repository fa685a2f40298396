"""Where the notes stand on the progress line, worked out anew only for what moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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

    def shares_of(self, places: Iterable[Place]) -> list[float]:
        """Return how far each of some places lies, 0 to 1."""


class NoteTicks:
    """Keeps the ticks it made, of thousands of notes, for as long as the text is measured alike."""

    def __init__(self) -> None:
        self._measured_by: object = None
        self._wanted: list[note_cards.Tick] = []
        self._made: list[Tick] = []

    def of(self, ticks: Sequence[note_cards.Tick], measure: Measure) -> list[Tick]:
        """Return the ticks of the line."""
        key = measure.key
        if key != self._measured_by:
            self._measured_by, self._wanted, self._made = key, [], []
        before, now = self._wanted, list(ticks)
        most = min(len(before), len(now))
        head = _alike(before, now, most)
        tail = _alike(reversed(before), reversed(now), most - head)
        changed = now[head : len(now) - tail]
        shares = measure.shares_of([Place(*place) for place, _ in changed])
        self._made[head : len(before) - tail] = [
            Tick(share, colour) for share, (_, colour) in zip(shares, changed, strict=True)
        ]
        self._wanted = now
        return list(self._made)


def _alike(one: Iterable[object], other: Iterable[object], most: int) -> int:
    """Return with how many of the same things both begin, at most `most`."""
    pairs = zip(range(most), one, other, strict=False)
    return next((number for number, mine, theirs in pairs if mine is not theirs), most)
