"""How loud a moment is, and how the ring follows it."""

from __future__ import annotations

import math
from array import array

import pytest

from reader.playback.stream.loudness import FALL_S, RISE_S, Swelling, loudness_at

RATE = 22050


def tone(level: float, seconds: float = 0.2) -> bytes:
    """Return a tone of that amplitude, 1.0 being full scale."""
    return array(
        "h",
        (
            round(32767 * level * math.sin(2 * math.pi * 220 * frame / RATE))
            for frame in range(round(seconds * RATE))
        ),
    ).tobytes()


def test_silence_is_nothing_and_full_scale_is_everything() -> None:
    assert loudness_at(bytes(2 * RATE), 1000, RATE) == 0.0
    assert loudness_at(tone(1.0), 1000, RATE) == 1.0


def test_louder_is_more_and_breath_is_nothing() -> None:
    levels = [loudness_at(tone(level), 1000, RATE) for level in (0.003, 0.02, 0.05, 0.1, 0.2)]
    assert levels[0] == 0.0
    assert levels == sorted(set(levels))


def test_only_what_is_near_the_frame_counts() -> None:
    pcm = bytes(2 * RATE) + tone(0.5)
    assert loudness_at(pcm, RATE - RATE // 10, RATE) == 0.0
    assert loudness_at(pcm, RATE + RATE // 10, RATE) > 0.8


def test_what_is_played_more_softly_is_as_loud_as_if_it_were_softer() -> None:
    assert loudness_at(tone(0.5), 1000, RATE, 0.2) == pytest.approx(
        loudness_at(tone(0.1), 1000, RATE), abs=0.001
    )
    assert loudness_at(tone(0.5), 1000, RATE, 0.0) == 0.0


@pytest.mark.parametrize("frame", [0, 1, 4409, 4410, 100_000], ids=str)
def test_frames_at_and_beyond_the_ends_have_a_level(frame: int) -> None:
    assert 0.0 <= loudness_at(tone(0.5), frame, RATE) <= 1.0


@pytest.mark.parametrize("step_s", [0.005, 0.02, 0.06])
def test_it_rises_within_60_ms_and_falls_within_250_whatever_the_step(step_s: float) -> None:
    swelling = Swelling()
    for _ in range(round(RISE_S / step_s)):
        swelling.follow(1.0, step_s)
    assert swelling.level == pytest.approx(1 - 1 / math.e, abs=0.02)
    swelling.level = 1.0
    steps = round(FALL_S / step_s)
    for _ in range(steps):
        swelling.follow(0.0, step_s)
    assert swelling.level == pytest.approx(math.exp(-steps * step_s / FALL_S), abs=0.001)
