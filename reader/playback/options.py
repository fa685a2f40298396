"""How a listener wants it to be played: what holds for every text."""

from __future__ import annotations

from dataclasses import dataclass

from reader.speech.pauses import USUAL_PAUSES, PauseLengths


@dataclass(frozen=True, slots=True)
class PlaybackOptions:
    """`rewinds`: after a pause go on a little earlier. `pauses`: the silences while reading."""

    rewinds: bool = True
    pauses: PauseLengths = USUAL_PAUSES
