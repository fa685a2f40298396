"""What was spoken is found in a recording where it is, also at another speed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.voice.kept_audio import KeptUtterance, Samples, find_sound, find_word
from tests.end_to_end.desk import SAMPLE_RATE, Recording

ORIGIN_S = 1000.0


def babble(seconds: float) -> Samples:
    """Return noise whose colour and loudness change several times a second, as speech does."""
    chance = np.random.default_rng(5)
    parts = []
    for _ in range(round(seconds / 0.1)):
        noise = chance.normal(0, 1, round(0.1 * SAMPLE_RATE))
        width = int(chance.integers(1, 60))
        soft = np.convolve(noise, np.ones(width) / width, "same")
        parts.append(soft * chance.uniform(500, 9000))
    return np.concatenate(parts)


def recording_of(sound: Samples, silence_s: float) -> Recording:
    silence = np.zeros(round(silence_s * SAMPLE_RATE))
    return Recording(ORIGIN_S, np.concatenate([silence, sound, silence]).astype(np.int16))


def test_a_sound_is_found_to_the_sample() -> None:
    sound = babble(1.0)
    found = find_sound(sound, recording_of(sound, 0.3217), ORIGIN_S, ORIGIN_S + 2)
    assert found.start_s == pytest.approx(ORIGIN_S + 0.3217, abs=1.5 / SAMPLE_RATE)
    assert found.likeness > 0.99


def test_a_sound_that_was_not_played_is_not_like_anything() -> None:
    recording = recording_of(babble(1.0)[::-1], 0.3)
    assert find_sound(babble(1.0), recording, ORIGIN_S, ORIGIN_S + 2).likeness < 0.3


@pytest.mark.parametrize("late_s", [-0.1, 0.0, 0.08])
@pytest.mark.parametrize("speed", [0.75, 1.0, 2.0])
def test_a_word_is_found_however_late_it_was_lit(speed: float, late_s: float) -> None:
    sound, start_s, silence_s = babble(2.0), 0.9, 0.4
    played = np.interp(np.arange(0, len(sound), speed), np.arange(len(sound)), sound)
    recording = recording_of(played, silence_s)
    heard_s = ORIGIN_S + silence_s + start_s / speed
    found = find_word(KeptUtterance(sound, ()), start_s, speed, recording, heard_s + late_s)
    assert found.start_s == pytest.approx(heard_s, abs=0.005)
