"""How long the silence after an utterance lasts, at the voice's own pace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from reader.speech.engine import Pause


@dataclass(frozen=True, slots=True)
class PauseLengths:
    """Seconds at speed 1.0; whoever plays or writes the audio divides them by the speed, once.

    Above twice the pace they give some of their time to the speech as well: see tempo.py.
    """

    clause_s: float = 0.12
    sentence_s: float = 0.35
    paragraph_s: float = 0.65
    heading_s: float = 0.9

    def seconds(self, pause: Pause) -> float:
        """Return the length of a pause."""
        match pause:
            case Pause.NONE:
                return 0.0
            case Pause.CLAUSE:
                return self.clause_s
            case Pause.SENTENCE:
                return self.sentence_s
            case Pause.PARAGRAPH:
                return self.paragraph_s
            case Pause.HEADING:
                return self.heading_s
            case _:
                assert_never(pause)

    def frames(self, pause: Pause, sample_rate: int) -> int:
        """Return the length of a pause in frames."""
        return round(self.seconds(pause) * sample_rate)


USUAL_PAUSES = PauseLengths()


def pause_frames(pause: Pause, sample_rate: int) -> int:
    """Return the usual length of a pause in frames."""
    return USUAL_PAUSES.frames(pause, sample_rate)
