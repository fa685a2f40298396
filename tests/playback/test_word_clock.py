"""Which word is heard, by how far the audio has been heard."""

from __future__ import annotations

import pytest

from reader.playback.word_clock import first_word_index, word_index_at
from reader.speech.engine import HeardWord
from reader.text.document import Place, Span

WORDS = (
    HeardWord(Span(0, 10, 13), 100, 180),
    HeardWord(Span(0, 14, 19), 200, 300),
    HeardWord(Span(0, 20, 25), 300, 420),
)


@pytest.mark.parametrize(
    ("frame", "index"),
    [
        pytest.param(0, None, id="before the first"),
        pytest.param(99.9, None, id="just before the first"),
        pytest.param(100, 0, id="its very first frame"),
        pytest.param(190, 0, id="between two words"),
        pytest.param(200, 1, id="the second"),
        pytest.param(300, 2, id="where one ends and one begins"),
        pytest.param(9999, 2, id="in the pause after the last"),
    ],
)
def test_the_word_heard_is_the_last_that_has_begun(frame: float, index: int | None) -> None:
    assert word_index_at(WORDS, frame) == index


@pytest.mark.parametrize(
    ("offset", "index"),
    [
        pytest.param(0, 0, id="before the first word"),
        pytest.param(12, 0, id="inside a word: from its start"),
        pytest.param(13, 1, id="after a word: the next"),
        pytest.param(24, 2, id="in the last"),
        pytest.param(90, 2, id="past the last"),
    ],
)
def test_a_place_is_entered_at_the_word_there_or_after(offset: int, index: int) -> None:
    assert first_word_index(WORDS, Place(0, offset)) == index


def test_audio_without_words_has_no_word_to_light() -> None:
    assert word_index_at((), 50) is None
    assert first_word_index((), Place(0, 0)) == 0
