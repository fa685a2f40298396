"""Where to go on after a pause: a little earlier the longer it was, at a word's start."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reader.text.document import Place, Span

EXACT_BELOW_S = 5.0
"""After a shorter pause one goes on exactly where one was."""

SENTENCE_ABOVE_S = 300.0
"""After a longer one the sentence is begun again."""

_STEPS = ((EXACT_BELOW_S, 1), (20.0, 2), (60.0, 4))
"""From so many seconds on, so many words back."""


def place_after_pause(place: Place, paused_s: float, words: Sequence[Span]) -> Place | None:
    """Return the start of the word to go on with, or None to go on exactly.

    `place` is the start of the word heard last, `words` are those of its sentence, in order.
    Never further back than the sentence's start: what is heard again makes sense by itself.
    """
    if paused_s < EXACT_BELOW_S or not words:
        return None
    if paused_s > SENTENCE_ABOVE_S:
        return words[0].first_place
    here = bisect_right(words, place, key=lambda word: word.first_place) - 1
    steps = max(count for after_s, count in _STEPS if paused_s >= after_s)
    return words[max(0, here - steps)].first_place
