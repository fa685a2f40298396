"""Tests of reader.speech.engines.breaths."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SynthesisFailed
from reader.speech.engine import Cancellation, Pause, Precision, SpokenAudio, WordMark
from reader.speech.engines.breaths import Breath, breaths, say_in_breaths
from reader.speech.pauses import pause_frames


@given(spoken=st.text("ab ,.今", max_size=80), longest=st.integers(4, 30))
def test_breaths_cover_the_text_once_and_are_short(spoken: str, longest: int) -> None:
    def weigh(part: str) -> int:
        return len(part) + 3 * part.count("今")

    parts = [spoken[start:end] for start, end in breaths(spoken, longest, weigh, longest)]
    assert "".join(parts) == spoken
    assert all(0 < len(part) <= longest and weigh(part) <= longest for part in parts)


def test_breaths_end_behind_clauses_else_behind_words() -> None:
    spoken = "one two, three four five six seven eight"
    assert [spoken[a:b] for a, b in breaths(spoken, 16, len, 16)] == [
        "one two, ",
        "three four five ",
        "six seven eight",
    ]


_RATE = 1000
_FRAMES = 100


def _say(spoken: str, ranges: list[tuple[int, int]]) -> SpokenAudio:
    def say(part: str) -> list[Breath]:
        words = [WordMark(0, _FRAMES, 0, len(part.strip(" ,")))]
        return [Breath(np.ones(_FRAMES, np.float32), words)] if part.strip("… ") else []

    (whole,) = say_in_breaths(spoken, ranges, say, _RATE, Precision.WORD, Cancellation())
    return whole


def test_breaths_follow_each_other_and_pause_where_a_clause_ends() -> None:
    audio = _say("one, two three", [(0, 5), (5, 9), (9, 14)])
    pause = pause_frames(Pause.CLAUSE, _RATE)
    assert audio.marks == (
        WordMark(0, 100, 0, 3),
        WordMark(100 + pause, 200 + pause, 5, 8),
        WordMark(200 + pause, 300 + pause, 9, 14),
    )
    assert len(audio.pcm) // 2 == 300 + pause


def test_nothing_clicks_where_breaths_meet() -> None:
    audio = _say("one, two three", [(0, 5), (5, 9), (9, 14)])
    samples = np.frombuffer(audio.pcm, "<i2").astype(int)
    soft_end = round(0.005 * _RATE)
    steepest = 2 * np.abs(samples).max() / (soft_end - 1)  # the outer ends are softened twice
    assert np.abs(np.diff(samples)).max() <= steepest + 1


def test_what_comes_first_of_the_first_breath_is_the_beginning_of_the_whole() -> None:
    chance = np.random.default_rng(1)
    noise = chance.normal(size=4 * _FRAMES).astype(np.float32) * np.float32(0.2)
    words = [WordMark(n * _FRAMES, (n + 1) * _FRAMES, 4 * n, 4 * n + 3) for n in range(4)]

    def say(_part: str) -> list[Breath]:
        begun = Breath(noise[:250], words, is_whole=False)
        return [begun, Breath(noise[:320], words, is_whole=False), Breath(noise, words)]

    *begun, whole = say_in_breaths(
        "one two, six ten", [(0, 16)] * 2, say, _RATE, Precision.WORD, Cancellation(), gain=0.5
    )
    assert [len(audio.pcm) // 2 for audio in begun] == [245, 315]  # its end would fade
    assert [len(audio.marks) for audio in begun] == [2, 3]
    assert [audio.is_whole for audio in (*begun, whole)] == [False, False, True]
    assert all(whole.pcm.startswith(audio.pcm) for audio in begun)
    assert len(whole.marks) == 8


def test_a_breath_without_a_sound_is_left_out() -> None:
    assert _say("… two", [(0, 2), (2, 5)]).marks == (WordMark(0, 100, 2, 5),)
    with pytest.raises(SynthesisFailed):
        _say("…", [(0, 1)])


def test_without_a_gain_of_the_voice_it_is_given_whole_alone() -> None:
    def say(_part: str) -> list[Breath]:
        return [Breath(np.ones(_FRAMES, np.float32), [], is_whole=False), *_whole_breath()]

    (whole,) = say_in_breaths("one", [(0, 3)], say, _RATE, Precision.WORD, Cancellation())
    assert whole.is_whole


def _whole_breath() -> list[Breath]:
    return [Breath(np.ones(2 * _FRAMES, np.float32), [WordMark(0, _FRAMES, 0, 3)])]
