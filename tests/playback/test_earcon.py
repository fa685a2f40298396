"""Tests of reader.playback.earcon, by itself and through the stream that the device plays."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

import pytest

from reader.playback.earcon import earcon, with_earcons
from reader.playback.stream.frame_source import FrameSource

_RATE = 22_050
_AT = _RATE // 2
_AUDIBLE = 60  # of int16: 30 dB below the earcon's peak
_SPEEDS = pytest.mark.parametrize("speed", [0.75, 1.0, 2.0, 3.0])


def _played(pcm: bytes, pause_frames: int, speed: float) -> array[int]:
    source = FrameSource(_RATE, speed)
    source.append(pcm, 0, pause_frames)
    source.flow()
    frames = array("h")
    while not source.is_heard_out(len(frames)):
        frames.frombytes(source.pull(330))
    return frames


def _hum(frame_count: int, level: int) -> bytes:
    wave = (round(level * math.sin(2 * math.pi * 110 * n / _RATE)) for n in range(frame_count))
    return array("h", wave).tobytes()


@_SPEEDS
def test_it_sounds_as_long_and_as_loud_at_every_speed(speed: float) -> None:
    pcm, pause = with_earcons(bytes(4 * _RATE), 0, [_AT], _RATE, speed)
    assert (len(pcm), pause) == (4 * _RATE, 0)
    frames = _played(pcm, pause, speed)
    heard = [at for at, frame in enumerate(frames) if abs(frame) > _AUDIBLE]
    assert 0.24 < (heard[-1] - heard[0]) / _RATE < 0.30
    assert heard[0] / _RATE == pytest.approx(_AT / _RATE / speed, abs=0.02)
    assert 1900 < max(frames) < 2700  # 15 dB below the loudest of a voice, 12 below its average


@_SPEEDS
def test_over_the_loudest_voice_it_neither_wraps_nor_moves_anything(speed: float) -> None:
    voice = _hum(2 * _RATE, 32_000)
    pcm, pause = with_earcons(voice, 1000, [_AT], _RATE, speed)
    assert (len(pcm), pause) == (len(voice), 1000)
    frames = _played(pcm, pause, speed)
    steepest = 2 * math.pi * 110 / _RATE * 32_000
    assert max(abs(later - before) for before, later in pairwise(frames)) < 4 * steepest


@_SPEEDS
def test_near_the_end_it_goes_on_into_the_pause_and_ends_softly_with_it(speed: float) -> None:
    pause_frames = _RATE // 10
    voice = bytes(2 * _RATE)
    pcm, pause = with_earcons(voice, pause_frames, [_RATE - 100], _RATE, speed)
    assert len(pcm) // 2 + pause == _RATE + pause_frames
    frames = _played(pcm, pause, speed)
    assert max(frames) > 1500
    assert max(map(abs, frames[-20:])) < 200


@pytest.mark.parametrize("sample_rate", [8000, 16000, 22050, 24000, 44100])
@pytest.mark.parametrize("slowness", [0.5, 1.0, 3.0])
def test_the_sound_is_short_and_soft_and_begins_and_ends_without_a_step(
    sample_rate: int, slowness: float
) -> None:
    frames = earcon(sample_rate, slowness)
    assert len(frames) == pytest.approx(0.3 * slowness * sample_rate, abs=1)
    assert 1200 < max(map(abs, frames)) < 3300
    assert abs(frames[0]) < 8
    assert abs(frames[-1]) < 8
    early = max(map(abs, frames[: round(0.001 * slowness * sample_rate)]))
    assert early < 60  # nothing of it is there at once


def test_a_sound_near_the_end_rings_on_in_the_pause_and_takes_none_of_it() -> None:
    pcm, pause = with_earcons(bytes(2 * 800), 8000, [700], 8000, 1.0)
    assert len(pcm) // 2 + pause == 800 + 8000
    assert len(pcm) // 2 == 700 + 2400


def test_a_sound_that_has_no_room_fades_and_lengthens_nothing() -> None:
    pcm, pause = with_earcons(bytes(2 * 800), 0, [300], 8000, 1.0)
    frames = array("h", pcm)
    assert (len(frames), pause) == (800, 0)
    assert abs(frames[-1]) < 40


def test_loud_speech_under_a_sound_is_clipped_not_wrapped() -> None:
    loud = array("h", [32700] * 800).tobytes()
    pcm, _ = with_earcons(loud, 0, [0], 8000, 1.0)
    assert min(array("h", pcm)) > 0
