"""Utterances on their way through the stretcher: length, pitch, and where each word comes to be."""

from __future__ import annotations

from array import array
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from reader.playback.stream.stretch import Stretched, Stretcher
from reader.playback.stream.tape import TapePiece, TapeStretch
from reader.speech.flux import flux_of, hop_frames
from tests.playback.stream.test_stretch import SAMPLE_RATE, assert_told, joined, pitch_of, voice

SPEEDS = (0.5, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)
_SYLLABLE_S, _PAUSE_S = 0.22, 0.4


def phrase(*, syllables: int = 14, pause_after: int = 7) -> NDArray[np.int16]:
    """Return something like speech: short hisses before vowels, a pause between two halves."""
    chance = np.random.default_rng(3)
    parts: list[NDArray[np.int16]] = []
    for number in range(syllables):
        parts.append((1500 * chance.normal(size=round(0.04 * SAMPLE_RATE))).astype(np.int16))
        parts.append((voice(_SYLLABLE_S, 105 + 3 * number) * 0.7).astype(np.int16))
        if number + 1 == pause_after:
            parts.append(np.zeros(round(_PAUSE_S * SAMPLE_RATE), np.int16))
    return np.concatenate(parts)


def played(sound: NDArray[np.int16], speed: float, pause_frames: int = 0) -> list[Stretched]:
    """Return a sound as it is played at a speed."""
    pcm = sound.tobytes()
    stretch = TapeStretch(SAMPLE_RATE, speed)
    return stretch.feed(pcm, flux_of(pcm, SAMPLE_RATE), pause_frames) + stretch.drain()


@pytest.mark.parametrize("speed", SPEEDS)
def test_it_lasts_as_long_as_was_asked(speed: float) -> None:
    sound = phrase(syllables=40, pause_after=20)
    assert len(joined(played(sound, speed))) == pytest.approx(len(sound) / speed, rel=0.02)


@pytest.mark.parametrize("speed", [1.5, 2.0, 2.5, 3.0, 4.0])
def test_pitch_is_kept_where_it_is_hurried_unevenly(speed: float) -> None:
    sound = voice(4)
    out = joined(played(sound, speed))
    assert pitch_of(out) == pytest.approx(pitch_of(sound), rel=0.03)


def test_at_the_voices_own_pace_not_a_bit_changes() -> None:
    sound = phrase()
    out = joined(played(sound, 1.0, 500))
    assert np.array_equal(out, np.concatenate([sound, np.zeros(500, np.int16)]))


@pytest.mark.parametrize("speed", [1.5, 2.0, 2.5, 3.0, 4.0])
def test_every_piece_says_where_it_comes_from(speed: float) -> None:
    sound = voice(6)
    level = np.full(len(sound), 0.2)
    landmarks = [round(SAMPLE_RATE * (0.5 + 0.61 * index)) for index in range(9)]
    for index, (start, end) in enumerate(pairwise(landmarks)):
        level[start:end] = 1.0 if index % 2 == 0 else 0.2
    quiet = round(0.4 * SAMPLE_RATE)  # a pause to be cut lies before all landmarks
    silent = np.zeros(quiet, np.int16)
    whole = np.concatenate([sound[:quiet], silent, (sound * level).astype(np.int16)])
    pieces = played(whole, speed)
    assert [piece.input_frame for piece in pieces] == sorted(p.input_frame for p in pieces)
    assert_told(pieces, [landmark + 2 * quiet for landmark in landmarks])


def test_a_pause_that_is_cut_counts_as_heard_and_is_short() -> None:
    sound = phrase()
    pieces = played(sound, 3.0)
    out = np.abs(joined(pieces).astype(int))
    loud = np.flatnonzero(out > 400)
    longest = max(b - a for a, b in pairwise(loud.tolist())) / SAMPLE_RATE
    assert longest < 0.05 < _PAUSE_S / 3
    assert pieces[-1].input_frame > len(sound) - 0.05 * SAMPLE_RATE


@pytest.mark.parametrize(("speed", "stays"), [(2.0, 1.0), (2.5, 0.75), (3.0, 0.5), (4.0, 0.5)])
def test_above_twice_the_pace_the_pause_after_it_gives_time_to_the_speech(
    speed: float, stays: float
) -> None:
    sound = voice(6)
    out = joined(played(sound, speed, round(_PAUSE_S * SAMPLE_RATE)))
    silent_s = (len(out) - 1 - int(np.flatnonzero(np.abs(out.astype(int)) > 400)[-1])) / SAMPLE_RATE
    assert len(out) == pytest.approx((len(sound) + _PAUSE_S * SAMPLE_RATE) / speed, rel=0.005)
    assert silent_s == pytest.approx(stays * _PAUSE_S / speed, abs=0.015)


def test_a_pause_of_which_nobody_knows_the_length_yet_gives_none() -> None:
    sound = voice(3)
    pcm = sound.tobytes()
    piece = TapePiece(pcm, SAMPLE_RATE, flux=flux_of(pcm, SAMPLE_RATE), pause_frames=None)
    stretcher = Stretcher(SAMPLE_RATE)
    out = 0
    while not piece.is_waiting and (made := piece.feed(stretcher, 3.0)) is not None:
        out += sum(part.frame_count for part in made)
    assert out == pytest.approx(len(sound) / 3, abs=0.04 * SAMPLE_RATE)


def test_nothing_clicks_where_a_pause_is_cut() -> None:
    moments = np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE
    murmur = (2000 * np.sin(2 * np.pi * 50 * moments)).astype(np.int16)
    piece = TapePiece(
        murmur.tobytes(), SAMPLE_RATE, flux=b"\x80" * 100 + b"\0" * 200 + b"\x80" * 100
    )
    stretcher = Stretcher(SAMPLE_RATE)
    out = array("h")
    while (made := piece.feed(stretcher, 2.0)) is not None:
        out.extend(array("h", b"".join(part.pcm for part in made)))
    steepest = np.abs(np.diff(murmur.astype(int))).max()
    fading = 2 * 2000 / hop_frames(SAMPLE_RATE)
    assert np.abs(np.diff(np.array(out, int))).max() <= 2 * steepest + fading


def test_it_begins_at_the_frame_asked_for_and_ends_with_its_pause() -> None:
    pcm = array("h", range(1, 1001)).tobytes()
    piece = TapePiece(pcm, 8000, flux=b"\x80" * 25, first_frame=333, pause_frames=90)
    stretcher = Stretcher(8000)
    out = array("h")
    while (made := piece.feed(stretcher, 1.0)) is not None:
        out.extend(array("h", b"".join(part.pcm for part in made)))
    assert list(out) == [*range(334, 1001), *[0] * 90]
