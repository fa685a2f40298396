"""Tests of reader.playback.earcon as it is heard: through the stream that the device plays."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

import pytest

from reader.playback.earcon import with_earcons
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
