"""How long a text takes to read aloud: an estimate that learns from what has been spoken."""

from __future__ import annotations

from itertools import accumulate

from reader.speech.engine import UtteranceAudio
from reader.speech.pauses import PAUSE_S
from reader.text.document import Document, Place

_FIRST_GUESS = (320.0, 20.0)
"""Characters and seconds that count as spoken before anything is: a man reading quietly."""


class Pace:
    """Characters of the text per second, at speed 1; what will be skipped is counted as read."""

    def __init__(self) -> None:
        self._characters, self._seconds = _FIRST_GUESS
        self._ends: list[int] | None = None

    def forget_text(self) -> None:
        """Measure another text next; the voice's pace is remembered."""
        self._ends = None

    def learn(self, audio: UtteranceAudio) -> None:
        """Take an utterance's length into account."""
        span = audio.utterance.span
        self._characters += span.end - span.start
        self._seconds += audio.frame_count / audio.sample_rate + PAUSE_S[audio.utterance.pause]

    def seconds_before(self, document: Document | None, place: Place) -> float:
        """Return how long the text before `place` takes."""
        return self._before(document, place) * self._seconds / self._characters

    def seconds_after(self, document: Document | None, place: Place) -> float:
        """Return how long the text from `place` on takes."""
        ends = self._section_ends(document)
        left = (ends[-1] if ends else 0) - self._before(document, place)
        return left * self._seconds / self._characters

    def _before(self, document: Document | None, place: Place) -> int:
        ends = self._section_ends(document)
        if place.section >= len(ends):
            return ends[-1] if ends else 0
        return (ends[place.section - 1] if place.section else 0) + place.offset

    def _section_ends(self, document: Document | None) -> list[int]:
        """Where each section ends in the text as one; measured when first asked for."""
        if self._ends is None:
            if document is None:
                return []
            self._ends = list(accumulate(len(section.text) for section in document.sections))
        return self._ends
