"""Stretching: how long, at which pitch, and knowing where in the input each frame came from."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from reader.playback.stream.stretch import Stretched, Stretcher

SAMPLE_RATE = 22_050
SPEEDS = (0.5, 0.75, 0.88, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)


def voice(seconds: float, pitch_hz: float = 120.0) -> NDArray[np.int16]:
    """Return something like a vowel: pulses at a pitch that wanders a little, ringing out."""
    frames = np.arange(round(seconds * SAMPLE_RATE))
    wander = 1 + 0.02 * np.sin(2 * np.pi * 2.5 * frames / SAMPLE_RATE)
    phase = np.cumsum(pitch_hz * wander / SAMPLE_RATE)
    sound = sum(np.sin(2 * np.pi * k * phase) / k for k in range(1, 12))
    return np.asarray(6000 * sound, np.int16)


def stretch(pcm: bytes, speed: float, block_frames: int = 330) -> list[Stretched]:
    stretcher = Stretcher(SAMPLE_RATE)
    stretcher.set_speed(speed)
    pieces = []
    for at in range(0, len(pcm), 2 * block_frames):
        pieces += stretcher.feed(pcm[at : at + 2 * block_frames])
    return pieces + stretcher.drain()


def joined(pieces: list[Stretched]) -> NDArray[np.int16]:
    return np.frombuffer(b"".join(piece.pcm for piece in pieces), np.int16)


def pitch_of(sound: NDArray[np.int16]) -> float:
    """Return the median pitch, by autocorrelation of windows of 60 ms."""
    window = round(0.06 * SAMPLE_RATE)
    pitches = []
    for at in range(0, len(sound) - window, window):
        part = sound[at : at + window].astype(float)
        strength = np.correlate(part, part, "full")[window - 1 :]
        low, high = SAMPLE_RATE // 250, SAMPLE_RATE // 70
        pitches.append(SAMPLE_RATE / (low + int(np.argmax(strength[low:high]))))
    return float(np.median(pitches))


def test_at_the_voices_own_pace_not_a_bit_changes() -> None:
    pcm = voice(0.5).tobytes()
    stretcher = Stretcher(SAMPLE_RATE)
    (piece,) = stretcher.feed(pcm)
    assert piece == Stretched(pcm, 0, 1.0)
    assert stretcher.drain() == []


@pytest.mark.parametrize("speed", SPEEDS)
def test_length_follows_the_speed_and_pitch_is_kept(speed: float) -> None:
    sound = voice(4)
    out = joined(stretch(sound.tobytes(), speed))
    assert len(out) == pytest.approx(len(sound) / speed, rel=0.015)
    assert pitch_of(out) == pytest.approx(pitch_of(sound), rel=0.03)


@pytest.mark.parametrize("speed", SPEEDS)
def test_every_piece_says_where_it_comes_from(speed: float) -> None:
    sound = voice(6)
    level = np.full(len(sound), 0.25)  # louder from one landmark to the next, then soft again
    landmarks = [round(SAMPLE_RATE * (0.5 + 0.61 * index)) for index in range(9)]
    for index, (start, end) in enumerate(pairwise(landmarks)):
        level[start:end] = 1.0 if index % 2 == 0 else 0.25
    assert_told(stretch((sound * level).astype(np.int16).tobytes(), speed), landmarks)


def assert_told(pieces: list[Stretched], landmarks: list[int]) -> None:
    """Look for the frames of input at which it got louder or softer where the pieces say."""
    out = np.abs(joined(pieces).astype(float))
    starts = np.cumsum([0, *(piece.frame_count for piece in pieces)])[:-1]
    origins = np.array([piece.input_frame for piece in pieces], float)
    for landmark in landmarks[:-1]:
        told = float(np.interp(landmark, origins, starts))
        # the true change: where the peaks before and after differ most
        reach = round(0.03 * SAMPLE_RATE)
        around = range(round(told) - reach, round(told) + reach, 8)
        steps = [abs(out[at : at + 300].max() - out[at - 300 : at].max()) for at in around]
        best = np.flatnonzero(np.array(steps) > 0.9 * max(steps))
        nearest = min(abs(around[int(index)] - told) for index in best)
        assert nearest / SAMPLE_RATE < 0.012


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from((0.5, 1.0, 1.0, 1.3, 2.0, 4.0)), st.integers(1, 4000)),
        min_size=1,
        max_size=8,
    )
)
@example([(0.5, 309), (1.3, 313)])  # goes on further ahead than has been fed
def test_a_change_of_speed_loses_nothing_and_is_seamless(parts: list[tuple[float, int]]) -> None:
    sound = voice(8000 * 4 / SAMPLE_RATE)
    stretcher = Stretcher(SAMPLE_RATE)
    pieces: list[Stretched] = []
    at, before = 0, 1.0
    for speed, frame_count in parts:
        stretcher.leap(1 if speed > before else -1)
        stretcher.set_speed(speed)
        before = speed
        pieces += stretcher.feed(sound[at : at + frame_count].tobytes())
        at = min(len(sound), at + frame_count)
    out = joined(pieces).astype(np.int32)
    pieces += stretcher.drain()
    origins = [piece.input_frame for piece in pieces]
    assert origins == sorted(origins)
    assert stretcher.fed_frames == at
    last = pieces[-1]
    one_step = 2 * SAMPLE_RATE // 65
    assert at - last.input_frame - last.frame_count * last.frames_per_frame < one_step
    steepest = np.abs(np.diff(sound.astype(np.int32))).max()
    assert np.abs(np.diff(out)).max(initial=0) <= 1.5 * steepest


@pytest.mark.parametrize("speed", [0.5, 2.0, 3.0])
def test_back_at_the_voices_own_pace_it_goes_on_with_the_very_frame_it_has_reached(
    speed: float,
) -> None:
    sound = voice(1)
    half = len(sound) // 2
    stretcher = Stretcher(SAMPLE_RATE)
    stretcher.set_speed(speed)
    before = stretcher.feed(sound[:half].tobytes())
    stretcher.set_speed(1.0)
    held, copied = stretcher.feed(sound[half:].tobytes())
    assert not stretcher.is_holding
    assert copied == Stretched(sound[half:].tobytes(), half, 1.0)
    assert np.array_equal(joined([held]), sound[half - held.frame_count : half])
    assert held.input_frame >= before[-1].input_frame


def changed_by(
    sound: NDArray[np.int16], before: float, after: float
) -> tuple[int, list[Stretched]]:
    """Change the speed after half a second; return how many frames that are, and all pieces."""
    stretcher = Stretcher(SAMPLE_RATE)
    stretcher.set_speed(before)
    half = SAMPLE_RATE // 2
    pieces = stretcher.feed(sound[:half].tobytes())
    count = sum(piece.frame_count for piece in pieces)
    stretcher.leap(1 if after > before else -1)
    stretcher.set_speed(after)
    return count, pieces + stretcher.feed(sound[half:].tobytes()) + stretcher.drain()


@pytest.mark.parametrize(("before", "after"), [(1.0, 1.1), (1.0, 0.9), (1.1, 1.2), (1.1, 1.05)])
def test_a_small_change_of_speed_is_heard_with_the_next_step(before: float, after: float) -> None:
    chance = np.random.default_rng(5)
    sound = (1500 * chance.normal(size=2 * SAMPLE_RATE)).astype(np.int16)  # nowhere like itself
    count, changed = changed_by(sound, before, after)
    kept = joined(stretch(sound.tobytes(), before, len(sound)))
    assert np.array_equal(joined(changed)[:count], kept[:count])
    step = round(0.010 * SAMPLE_RATE)
    differs = joined(changed)[count : count + 2 * step] != kept[count : count + 2 * step]
    assert np.flatnonzero(differs)[0] < step // 2


@pytest.mark.parametrize(("before", "after"), [(1.0, 1.1), (1.0, 0.9), (1.1, 1.2), (2.0, 1.9)])
def test_a_change_of_speed_that_is_heard_at_once_is_told_and_no_longer_or_shorter(
    before: float, after: float
) -> None:
    sound = voice(4)
    level = np.full(len(sound), 0.25)
    landmarks = [round(SAMPLE_RATE * (0.75 + 0.41 * index)) for index in range(7)]
    for index, (start, end) in enumerate(pairwise(landmarks)):
        level[start:end] = 1.0 if index % 2 == 0 else 0.25
    count, pieces = changed_by((sound * level).astype(np.int16), before, after)
    asked = 0.5 / before + 3.5 / after
    assert len(joined(pieces)) == pytest.approx(asked * SAMPLE_RATE, rel=0.01)
    assert [piece.input_frame for piece in pieces] == sorted(piece.input_frame for piece in pieces)
    assert_told(pieces, landmarks)
    steepest = np.abs(np.diff(sound.astype(int))).max()
    around = joined(pieces)[count - SAMPLE_RATE // 10 : count + SAMPLE_RATE // 10]
    assert np.abs(np.diff(around.astype(int))).max() <= 1.5 * steepest


def test_what_is_due_already_goes_on_untouched() -> None:
    sound = voice(1)
    out = joined(stretch(sound.tobytes(), 1.0001))
    kept = len(sound) - SAMPLE_RATE // 50
    assert np.array_equal(out[:kept], sound[:kept])


def test_a_change_of_speed_that_was_taken_back_is_not_heard_later() -> None:
    sound = voice(1)
    half = len(sound) // 2
    stretcher = Stretcher(SAMPLE_RATE)
    stretcher.leap(-1)
    before = stretcher.feed(sound[:half].tobytes())
    stretcher.set_speed(1.0001)
    out = joined(before + stretcher.feed(sound[half:].tobytes()))
    assert np.array_equal(out, sound[: len(out)])


@pytest.mark.parametrize("speed", SPEEDS)
def test_silence_is_stretched_like_speech(speed: float) -> None:
    out = joined(stretch(bytes(2 * SAMPLE_RATE), speed))
    assert len(out) == pytest.approx(SAMPLE_RATE / speed, rel=0.05)
    assert not out.any()
