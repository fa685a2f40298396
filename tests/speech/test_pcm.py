"""Tests of reader.speech.pcm."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from reader.speech.engine import Precision, SpokenAudio, WordMark
from reader.speech.pcm import (
    as_pcm,
    at_rate,
    loudness_of,
    resampled,
    snapped_to_onsets,
    sounding_range,
    steady_gain,
)

_RATE = 10_000


def _tone(frames: int, level: float) -> NDArray[np.float32]:
    return np.asarray(level * np.sin(np.arange(frames) * 0.3), dtype=np.float32)


def _silence(frames: int) -> NDArray[np.float32]:
    return np.zeros(frames, dtype=np.float32)


def _loudness(pcm: bytes) -> float:
    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float64) / 32767
    return float(np.sqrt(np.mean(samples**2)))


def test_silence_is_trimmed_but_for_10_ms_at_each_end() -> None:
    hiss = _tone(3000, 0.001)
    samples = np.concatenate([hiss, _tone(5000, 0.5), hiss])
    first, end = sounding_range(samples, _RATE)
    assert first == pytest.approx(2900, abs=5)
    assert end == pytest.approx(8100, abs=5)


def test_nothing_but_silence_has_no_sounding_range() -> None:
    assert sounding_range(_silence(100), _RATE) == (0, 0)
    assert sounding_range(_silence(0), _RATE) == (0, 0)
    assert as_pcm(_silence(0), _RATE) == b""
    assert as_pcm(_silence(100), _RATE) == bytes(200)


@pytest.mark.parametrize("level", [0.05, 0.4, 1.0, 20_000.0], ids=str)
def test_loud_and_quiet_voices_come_out_equally_loud(level: float) -> None:
    assert _loudness(as_pcm(_tone(20_000, level), _RATE)) == pytest.approx(0.1, rel=0.05)


def test_pauses_inside_do_not_make_speech_louder() -> None:
    speech = _tone(5000, 0.3)
    with_pause = as_pcm(np.concatenate([speech, _silence(20_000), speech]), _RATE)
    samples = np.frombuffer(with_pause, dtype="<i2")
    assert int(np.abs(samples).max()) == pytest.approx(0.1 * 2**0.5 * 32767, rel=0.1)


def test_a_single_loud_click_is_not_clipped() -> None:
    samples = _tone(20_000, 0.01)
    samples[10_000] = 1.0
    highest = int(np.abs(np.frombuffer(as_pcm(samples, _RATE), dtype="<i2")).max())
    assert highest == pytest.approx(0.9 * 32767, rel=0.01)


def test_a_voice_is_made_as_loud_as_others_by_what_it_usually_is() -> None:
    assert loudness_of(_silence(1000), _RATE) == 0.0
    assert loudness_of(np.zeros(0, np.float32), _RATE) == 0.0
    speech = np.concatenate([_tone(5000, 0.2), _silence(5000)])
    loudness = loudness_of(speech, _RATE)
    assert loudness == pytest.approx(0.2 / 2**0.5, rel=0.02)
    levelled = np.frombuffer(as_pcm(speech, _RATE, steady_gain(loudness)), "<i2")
    assert loudness_of(levelled.astype(np.float32), _RATE) / 32767 == pytest.approx(0.09, rel=0.02)
    assert steady_gain(0.001) == 8.0  # what is hardly heard is not blown up to noise
    assert steady_gain(0.0) == 1.0


def test_what_would_clip_with_a_given_gain_is_bent_and_the_rest_left_alone() -> None:
    samples = np.concatenate([_tone(2000, 0.3), _tone(2000, 0.6), _tone(2000, 0.3)])
    loud = np.frombuffer(as_pcm(samples, _RATE, 2.0), dtype="<i2").astype(int)
    assert 0.9 * 32767 < np.abs(loud).max() < 32767
    assert np.abs(loud[100:1900] - 2 * samples[100:1900] * 32767).max() <= 1


def test_a_word_after_a_pause_starts_where_it_is_heard_again() -> None:
    samples = np.concatenate([_tone(2000, 0.5), _silence(3000), _tone(2000, 0.5), _tone(2000, 0.5)])
    marks = [WordMark(0, 2000, 0, 1), WordMark(3500, 7000, 2, 3), WordMark(7000, 9000, 4, 5)]
    snapped = snapped_to_onsets(marks, samples, _RATE)
    assert [mark.first_frame for mark in snapped] == [0, pytest.approx(4800, abs=5), 7000]


def test_a_silent_word_stays_where_it_was() -> None:
    samples = np.concatenate([_tone(2000, 0.5), _silence(3000)])
    marks = (WordMark(0, 2000, 0, 1), WordMark(3500, 4500, 2, 3))
    assert snapped_to_onsets(marks, samples, _RATE) == marks


def test_a_tone_at_another_rate_is_the_same_tone() -> None:
    seconds = np.arange(8000) / 8000
    window = np.sin(np.pi * seconds) ** 2  # its ends are silent
    pcm = np.rint(8000 * window * np.sin(2 * np.pi * 440 * seconds)).astype("<i2").tobytes()
    heard = np.frombuffer(resampled(pcm, 8000, 22050), "<i2")
    at = np.arange(22050) / 22050
    expected = 8000 * np.sin(np.pi * at) ** 2 * np.sin(2 * np.pi * 440 * at)
    assert len(heard) == 22050
    assert np.abs(heard - expected).max() < 12


def test_marks_keep_their_moments_at_another_rate() -> None:
    audio = SpokenAudio(bytes(3200), 8000, (WordMark(400, 1200, 0, 3),), Precision.WORD, b"x" * 40)
    brought = at_rate(audio, 16000)
    assert brought.marks == (WordMark(800, 2400, 0, 3),)
    assert (len(brought.pcm), brought.sample_rate, brought.flux) == (6400, 16000, b"")
    assert at_rate(audio, 8000) is audio
