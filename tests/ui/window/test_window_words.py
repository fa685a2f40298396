"""The words and numbers the window shows: speeds, voices, time left."""

from __future__ import annotations

import pytest

from reader.ui.listening.speeds import (
    FASTEST,
    PRESETS,
    SLOWEST,
    speed_label,
    stepped_speed,
    words_for_speed,
)
from reader.ui.window.header_bar import time_left_words
from reader.ui.window.voice_words import VoiceWords, words_for_id


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, ""),
        (12, "less than a minute left"),
        (60, "1 min left"),
        (238, "4 min left"),
        (3600, "1 h left"),
        (3600 * 5 + 61, "5 h 1 min left"),
    ],
)
def test_time_left_is_said_roughly(seconds: float, words: str) -> None:
    assert time_left_words(seconds) == words


@pytest.mark.parametrize(
    ("speed", "label"),
    [(1.0, "1.0×"), (1.25, "1.25×"), (0.5, "0.5×"), (2.75, "2.75×"), (4, "4.0×")],
)
def test_speeds_are_shown_with_as_many_digits_as_they_need(speed: float, label: str) -> None:
    assert speed_label(speed) == label


def test_stepping_up_and_down_reaches_both_ends_and_comes_through_the_natural_speed() -> None:
    speeds = [SLOWEST]
    while speeds[-1] < FASTEST:
        speeds.append(stepped_speed(speeds[-1], 1))
    assert stepped_speed(FASTEST, 1) == FASTEST
    assert 1.0 in speeds
    assert 2.0 in speeds
    back = [FASTEST]
    while back[-1] > SLOWEST:
        back.append(stepped_speed(back[-1], -1))
    assert stepped_speed(SLOWEST, -1) == SLOWEST
    assert back == speeds[::-1]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_step_from_a_preset_moves(preset: float) -> None:
    for direction in (1, -1):
        stepped = stepped_speed(preset, direction)
        at_an_end = preset in (SLOWEST, FASTEST) and stepped == preset
        assert at_an_end or (stepped - preset) * direction > 0


def test_every_speed_has_a_word() -> None:
    assert len({words_for_speed(preset) for preset in PRESETS}) == 6


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        ("piper:en_US-joe-medium", VoiceWords("Joe", "English, neural voice")),
        ("piper:de_DE-eva_k-x_low", VoiceWords("Eva K", "German, neural voice")),
        ("pyttsx3:fr", VoiceWords("fr", "French, system voice")),
        ("piper:odd", VoiceWords("odd", "Neural voice")),
    ],
)
def test_a_voice_is_named_from_its_id_until_the_voices_are_listed(
    voice: str, words: VoiceWords
) -> None:
    assert words_for_id(voice) == words
