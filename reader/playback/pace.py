"""How long a text takes to read aloud: an estimate that learns from what has been spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.document import Place

if TYPE_CHECKING:  # the first estimate is shown with the first frame, before anything of speech
    from reader.speech.engine import UtteranceAudio
    from reader.speech.pauses import PauseLengths
    from reader.speech.planning.heard_notes import TextExtent

_FIRST_GUESS = (1280.0, 80.0)
"""Characters and seconds that count as spoken before anything is: a man reading quietly.

Enough of them that a title and its long silence don't add an hour to a book.
"""


class Pace:
    """Characters of the text per second, at speed 1; what will be skipped is counted as read."""

    def __init__(self) -> None:
        self._characters, self._seconds = _FIRST_GUESS

    def learn(self, audio: UtteranceAudio, pauses: PauseLengths) -> None:
        """Take into account how long an utterance is, and the pause after it."""
        span = audio.utterance.span
        self._characters += span.end - span.start
        pause_s = pauses.seconds(audio.utterance.pause)
        self._seconds += audio.frame_count / audio.sample_rate + pause_s

    def seconds_before(self, extent: TextExtent | None, place: Place) -> float:
        """Return how long what is read before `place` takes."""
        return 0.0 if extent is None else self._seconds_for(extent.before(place))

    def seconds_after(self, extent: TextExtent | None, place: Place) -> float:
        """Return how long what is read from `place` on takes."""
        return 0.0 if extent is None else self._seconds_for(extent.length - extent.before(place))

    def _seconds_for(self, characters: int) -> float:
        return characters * self._seconds / self._characters
