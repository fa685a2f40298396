"""Tests of reader.playback.stream.speech_stream."""

from __future__ import annotations

import struct

import pytest

from reader.playback.stream.speech_stream import SoundingWord, SpeechStream
from reader.text.document import Span

_RATE = 22_050
_UTTERANCE_FRAMES = 11_000
_PAUSE_FRAMES = 3_000


def _buzz(frames: int) -> bytes:
    return struct.pack(f"<{frames}h", *(8000 if n // 80 % 2 else -8000 for n in range(frames)))


def _stream_of_utterances(speed: float, count: int) -> tuple[bytes, list[SoundingWord]]:
    stream = SpeechStream(_RATE, speed)
    pcm, heard = b"", list[SoundingWord]()
    for number in range(count):
        words = [
            SoundingWord(Span(0, 10 * number, 10 * number + 4), 100, 5_000),
            SoundingWord(Span(0, 10 * number + 5, 10 * number + 9), 5_000, _UTTERANCE_FRAMES),
        ]
        more, known = stream.add(_buzz(_UTTERANCE_FRAMES), words, _PAUSE_FRAMES)
        pcm, heard = pcm + more, heard + known
    more, known = stream.finish()
    return pcm + more, heard + known


def test_at_the_voices_own_pace_nothing_is_changed() -> None:
    pcm, words = _stream_of_utterances(1.0, 2)
    assert pcm == (_buzz(_UTTERANCE_FRAMES) + bytes(2 * _PAUSE_FRAMES)) * 2
    assert [(word.first_frame, word.end_frame) for word in words] == [
        (100, 5_000),
        (5_000, 11_000),
        (14_100, 19_000),
        (19_000, 25_000),
    ]


@pytest.mark.parametrize("speed", [0.5, 1.5, 2.0, 3.5])
def test_words_and_pauses_scale_with_the_speed(speed: float) -> None:
    pcm, words = _stream_of_utterances(speed, 8)
    whole = 8 * (_UTTERANCE_FRAMES + _PAUSE_FRAMES)
    assert len(pcm) // 2 == pytest.approx(whole / speed, rel=0.02)
    assert [word.span.start for word in words] == [
        n * 10 + part for n in range(8) for part in (0, 5)
    ]
    for number, word in enumerate(words):
        own = (100, 5_000)[number % 2]
        expected = (number // 2 * (_UTTERANCE_FRAMES + _PAUSE_FRAMES) + own) / speed
        assert word.first_frame == pytest.approx(expected, abs=0.03 * _RATE)
    edges = [edge for word in words for edge in (word.first_frame, word.end_frame)]
    assert edges == sorted(edges)
    assert edges[-1] <= len(pcm) // 2


def test_a_word_that_ends_with_the_stream_is_told_at_its_end() -> None:
    stream = SpeechStream(_RATE, 1.0)
    word = SoundingWord(Span(0, 0, 4), 100, _UTTERANCE_FRAMES)
    _, known = stream.add(_buzz(_UTTERANCE_FRAMES), [word], 0)
    _, rest = stream.finish()
    assert [*known, *rest] == [word]
