"""How long a text takes to read aloud: an estimate that learns from what has been spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.document import Document, Place
from reader.text.extent import Extent

if TYPE_CHECKING:  # the first estimate is shown with the first frame, before anything of speech
    from reader.speech.engine import UtteranceAudio

_FIRST_GUESS = (320.0, 20.0)
"""Characters and seconds that count as spoken before anything is: a man reading quietly."""


class Pace:
    """Characters of the text per second, at speed 1; what will be skipped is counted as read."""

    def __init__(self) -> None:
        self._characters, self._seconds = _FIRST_GUESS
        self._extent: Extent | None = None

    def forget_text(self) -> None:
        """Measure another text next; the voice's pace is remembered."""
        self._extent = None

    def learn(self, audio: UtteranceAudio) -> None:
        """Take an utterance's length into account."""
        from reader.speech.pauses import USUAL_PAUSES

        span = audio.utterance.span
        self._characters += span.end - span.start
        pause_s = USUAL_PAUSES.seconds(audio.utterance.pause)
        self._seconds += audio.frame_count / audio.sample_rate + pause_s

    def seconds_before(self, document: Document | None, place: Place) -> float:
        """Return how long the text before `place` takes."""
        extent = self._extent_of(document)
        return 0.0 if extent is None else self._seconds_for(extent.before(place))

    def seconds_after(self, document: Document | None, place: Place) -> float:
        """Return how long the text from `place` on takes."""
        extent = self._extent_of(document)
        return 0.0 if extent is None else self._seconds_for(extent.length - extent.before(place))

    def _seconds_for(self, characters: int) -> float:
        return characters * self._seconds / self._characters

    def _extent_of(self, document: Document | None) -> Extent | None:
        """Measure the text when first asked for."""
        if self._extent is None and document is not None:
            self._extent = Extent(document)
        return self._extent
