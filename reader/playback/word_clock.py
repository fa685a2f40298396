"""Which word is being heard, from how far an utterance's audio has been heard."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reader.speech.engine import HeardWord
from reader.text.document import Place


def word_index_at(words: Sequence[HeardWord], frame: float) -> int | None:
    """Return the index of the word heard at `frame`, or None before the first one.

    Between two words, and in the pause after the last, the earlier one is still the word heard.
    """
    index = bisect_right(words, frame, key=lambda word: word.first_frame) - 1
    return index if index >= 0 else None


def first_word_index(words: Sequence[HeardWord], place: Place) -> int:
    """Return the index of the word at or after `place`; past the last word, of the last one."""
    if words and words[0].span.section > place.section:
        return 0
    for index, word in enumerate(words):
        if place.offset < word.span.end:
            return index
    return max(0, len(words) - 1)


def frame_of_place(words: Sequence[HeardWord], place: Place) -> int:
    """Return where the word at or after `place` begins; the first one begins with the audio."""
    index = first_word_index(words, place)
    return words[index].first_frame if index > 0 else 0
