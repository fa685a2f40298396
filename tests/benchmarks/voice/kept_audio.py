"""Finds in a recording of the device what the voice spoke, by the sound alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.playback.stream.tempo import given_hops, tempo_of
from reader.speech.engine import Pause
from reader.speech.flux import HOP_S, flux_of
from reader.speech.pauses import USUAL_PAUSES
from tests.benchmarks.voice.audio_keeper import LIST_NAME
from tests.end_to_end.desk import SAMPLE_RATE, Recording

Samples = NDArray[np.float64]

_HOP_S = 0.0025
_WINDOW_S = 0.02
_BEFORE_S, _AFTER_S = 0.12, 0.18  # of a word's start: what is compared of it
_REACH_S = 0.15
_BANDS = 24
_HIGHEST_HZ = 8_000


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word of the source and when it starts in its utterance's audio, at the voice's own pace."""

    section: int
    start: int
    start_s: float


@dataclass(frozen=True, slots=True)
class KeptUtterance:
    """An utterance's audio, at the recording's sample rate, with its words and its flux.

    `voice` is that of who says it if not the reader, `pause` what follows it.
    """

    samples: Samples
    words: tuple[SpokenWord, ...]
    flux: bytes = b""
    voice: str | None = None
    pause: Pause = Pause.NONE

    def moments_around(self, start_s: float, offsets_s: Samples, speed: float) -> Samples:
        """Return which moments of it sound so long before and after `start_s` does."""
        if not self.flux:
            return start_s + offsets_s * speed
        pause_hops = USUAL_PAUSES.seconds(self.pause) / HOP_S
        tempo = tempo_of(self.flux, speed, given_hops(len(self.flux), pause_hops, speed))
        lengths = np.array([HOP_S / tempo.speeds[level] for level in self.flux])
        for first, end in tempo.cuts:
            lengths[first:end] = 0.0
        played = np.concatenate([[0.0], np.cumsum(lengths)])
        own = np.arange(len(played)) * HOP_S
        at = float(np.interp(start_s, own, played)) + offsets_s
        beyond = np.minimum(at, 0) + np.maximum(at - played[-1], 0)  # what lies around it
        moments: Samples = np.interp(at, played, own) + beyond * speed
        return moments


@dataclass(frozen=True, slots=True)
class Match:
    """Where a piece of sound was found: its first sample's moment, and how alike, 0 to 1."""

    start_s: float
    likeness: float


def kept_utterances(folder: Path) -> list[KeptUtterance]:
    """Return what an audio keeper has kept in `folder` so far."""
    return [_kept(folder, row) for row in _rows(folder)]


def kept_seconds(folder: Path) -> float:
    """Return how long that is, at the voices' own pace."""
    lengths_s: list[float] = [
        (folder / row["pcm"]).stat().st_size / 2 / row["sample_rate"] for row in _rows(folder)
    ]
    return sum(lengths_s)


def _rows(folder: Path) -> list[dict[str, Any]]:
    try:
        lines = (folder / LIST_NAME).read_text(encoding="utf-8").splitlines(keepends=True)
    except FileNotFoundError:
        return []  # nothing has been spoken yet
    return [json.loads(line) for line in lines if line.endswith("\n")]


def _kept(folder: Path, row: Mapping[str, Any]) -> KeptUtterance:
    pcm = np.frombuffer((folder / row["pcm"]).read_bytes(), "<i2").astype(np.float64)
    rate = row["sample_rate"]
    moments = np.arange(0, len(pcm) / rate, 1 / SAMPLE_RATE)
    samples = np.interp(moments, np.arange(len(pcm)) / rate, pcm)
    words = tuple(
        SpokenWord(section, start, first / rate) for section, start, _, first in row["words"]
    )
    flux = flux_of(pcm.astype("<i2").tobytes(), rate)
    return KeptUtterance(samples, words, flux, row["voice"], Pause(row["pause"]))


def find_sound(sound: Samples, recording: Recording, start_s: float, end_s: float) -> Match:
    """Return where `sound` begins in a stretch of the recording, by cross-correlation.

    Right to a sample for sound that was played as it is, without a change of speed.
    """
    first = max(0, round((start_s - recording.origin_s) * SAMPLE_RATE))
    heard = recording.at(start_s, end_s).astype(np.float64)
    if len(heard) < len(sound):
        return Match(start_s, 0.0)
    size = 1 << (len(heard) + len(sound) - 1).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sound, size))
    products = np.fft.irfft(spectrum, size)[: len(heard) - len(sound) + 1]
    energy = np.concatenate([[0.0], np.cumsum(heard**2)])
    energies = energy[len(sound) :] - energy[: -len(sound)]
    likeness = products / np.sqrt(np.maximum(energies, 1.0) * max(float(sound @ sound), 1.0))
    best = int(np.argmax(likeness))
    return Match(recording.origin_s + (first + best) / SAMPLE_RATE, float(likeness[best]))


def find_word(
    utterance: KeptUtterance, start_s: float, speed: float, recording: Recording, near_s: float
) -> Match:
    """Return when the word that starts at `start_s` of an utterance sounds in the recording.

    It was played at `speed`, which changes the waveform: so spectra are compared, those of the
    utterance taken as much further apart as each moment is hurried. Only how alike they are hangs
    on that; the word's own moment is where it was. They are looked for within 0.15 s of `near_s`.
    """
    offsets = np.arange(-_BEFORE_S, _AFTER_S, _HOP_S)
    wanted = _spectra(utterance.samples, utterance.moments_around(start_s, offsets, speed))
    lags = np.arange(-_REACH_S, _REACH_S, _HOP_S)
    moments = (
        near_s - recording.origin_s + np.arange(-_BEFORE_S - _REACH_S, _AFTER_S + _REACH_S, _HOP_S)
    )
    heard = _spectra(recording.samples, moments)
    scores = [
        _likeness(wanted, heard[shift : shift + len(wanted)])
        for shift in range(min(len(lags), len(heard) - len(wanted) + 1))
    ]
    best = int(np.argmax(scores))
    return Match(near_s + float(lags[best]), scores[best])


def _spectra(samples: Samples | NDArray[np.int16], moments: Samples) -> Samples:
    """Return the loudness in each band around each moment, as one row a moment."""
    half = round(_WINDOW_S * SAMPLE_RATE / 2)
    frames = np.zeros((len(moments), 2 * half))
    for row, moment in enumerate(moments):
        middle = round(moment * SAMPLE_RATE)
        first, last = max(0, middle - half), min(len(samples), middle + half)
        if first < last:
            frames[row, first - middle + half : last - middle + half] = samples[first:last]
    power = np.abs(np.fft.rfft(frames * np.hanning(2 * half), axis=1)) ** 2
    edges = _band_edges(power.shape[1])
    bands = [power[:, low:high].sum(axis=1) for low, high in pairwise(edges)]
    floor = 1e7  # below it is the silence of the device
    loudness: Samples = np.log(np.stack(bands, axis=1) + floor)
    return loudness


def _band_edges(bin_count: int) -> list[int]:
    """Return bands equally wide on the mel scale."""
    highest = 2595 * np.log10(1 + _HIGHEST_HZ / 700)
    edges_hz = 700 * (10 ** (np.linspace(0, highest, _BANDS + 1) / 2595) - 1)
    bins = edges_hz / (SAMPLE_RATE / 2) * (bin_count - 1)
    edges = np.round(bins).astype(int).tolist()
    return [max(edge, number) for number, edge in enumerate(edges)]


def _likeness(one: Samples, other: Samples) -> float:
    first, second = one - one.mean(), other - other.mean()
    return float((first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum() + 1e-9))
