"""How fast sound changes, as bytes: pauses, steady sounds, and what tells words apart."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from reader.speech.flux import PAUSE, PAUSE_EDGE_HOPS, USUAL, flux_of, hop_frames

RATE = 22_050


def vowel(seconds: float, pitch_hz: float = 110.0) -> NDArray[np.float64]:
    """Return a steady sound with overtones."""
    moments = np.arange(round(seconds * RATE)) / RATE
    overtones = [np.sin(2 * np.pi * k * pitch_hz * moments) / k for k in range(1, 20)]
    return np.asarray(np.sum(overtones, axis=0))


def hiss(seconds: float) -> NDArray[np.float64]:
    """Return noise."""
    return np.random.default_rng(1).normal(0, 1, round(seconds * RATE))


def silence(seconds: float) -> NDArray[np.float64]:
    """Return a faint hum."""
    return 1e-4 * vowel(seconds)


def levels(*sounds: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the bytes of sounds that follow each other."""
    pcm = (3000 * np.concatenate(sounds)).astype("<i2").tobytes()
    return np.frombuffer(flux_of(pcm, RATE), np.uint8)


@pytest.mark.parametrize("frame_count", [0, 1, 109, 110, 111, 500, 5000])
@pytest.mark.parametrize("level", [0, 7])
def test_there_is_a_byte_for_each_5_ms_however_short_the_sound(
    frame_count: int, level: int
) -> None:
    pcm = np.full(frame_count, level, "<i2").tobytes()
    assert len(flux_of(pcm, RATE)) == -(-frame_count // hop_frames(RATE))


def test_pauses_are_told_but_for_their_edges() -> None:
    found = levels(vowel(0.4), silence(0.3), vowel(0.4))
    hops = np.flatnonzero(found == PAUSE)
    assert hops[0] == pytest.approx(80 + PAUSE_EDGE_HOPS, abs=3)  # a spectrum spans 25 ms
    assert hops[-1] == pytest.approx(140 - 1 - PAUSE_EDGE_HOPS, abs=3)
    assert len(hops) == hops[-1] - hops[0] + 1
    assert PAUSE not in levels(vowel(0.4), hiss(0.2), vowel(0.4))


def test_where_one_sound_becomes_another_it_changes_fastest() -> None:
    found = levels(vowel(0.5), hiss(0.5), vowel(0.5, 180))
    changes = [round(0.5 / 0.005), round(1.0 / 0.005)]
    for change in changes:
        assert found[change - 3 : change + 3].max() > USUAL + 32
    assert found[20:80].max() < found[120:180].min()  # a vowel lasts, noise never stands still


def test_it_does_not_matter_how_loud_it_is() -> None:
    sound = np.concatenate([vowel(0.3), hiss(0.2), vowel(0.3, 150)])
    loud, soft = levels(2 * sound), levels(sound)
    assert np.abs(loud.astype(int) - soft).max() <= 8
