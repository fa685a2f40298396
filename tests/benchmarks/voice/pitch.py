"""How much of the voice's pitch is kept at each speed.

The plain median over all voiced moments is the wrong measure of it. At 3× it is 3 to 6 % higher,
the same moments less than one: a voiced moment needs 40 ms of sound to be told, and at 3× fewer
than a quarter of them last that long, seldom the low ones at the ends of phrases; and uneven
stretching keeps more of some moments than of others. So what is judged is the median over the
moments that are told as voiced at a speed against the median over the same moments of the source.
Each pitch is looked for by itself, neither near the other. How much higher these moments are at 1×
already than all of them is told beside the plain median: that is most of it. A voice made to stay
at one pitch needs no such help, and is judged as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from reader.playback.stream.tape import TapeStretch
from reader.speech.engine import SpokenAudio
from reader.speech.flux import flux_of
from tests.benchmarks.figures import Figure, at_most, median
from tests.benchmarks.voice.hurrying import read_by_rubber_band
from tests.benchmarks.voice.passages import spoken_sentences
from tests.benchmarks.voice.samples import Samples, pcm_samples

SPEEDS = (0.5, 0.75, 1.5, 2.0, 2.5, 3.0)

_SENTENCES, _MONOTONE_SENTENCES = 24, 8
_MONOTONE_HZ = 92.0
_MOST_OFF = 3.0  # per cent

_WINDOW_S = 0.025  # at 3× no sound lasts long
_LOWEST_HZ, _HIGHEST_HZ = 60, 180  # of a man's voice
_VOICED, _NEARLY = 0.6, 0.9
_SAME_MOMENT_S = 0.02

_ENVELOPE_FRAMES, _SPECTRUM_FRAMES = 512, 1024
_CEPSTRUM = 40  # coefficients: the resonances of the mouth, nothing of the pitch
_LOUDNESS = 0.1

Voiced = list[tuple[int, float]]
"""A frame in the midst of each voiced moment, and its period in frames."""


def measure() -> Iterator[Figure]:
    """Have sentences read at each speed, as they are and in monotone."""
    spoken = spoken_sentences(_SENTENCES)
    monotone = [_monotone(audio) for audio in spoken[:_MONOTONE_SENTENCES]]
    natural = median(_all_hz(spoken, 1.0))
    yield Figure("1×: median pitch", natural, "Hz")
    for speed in SPEEDS:
        name = f"{speed:g}×"
        stayed = median(_all_hz(monotone, speed))
        yield at_most(
            f"{name}: a voice that stays at one pitch, off by",
            abs(stayed / _MONOTONE_HZ - 1) * 100,
            "%",
            _MOST_OFF,
        )
        pairs = [pair for audio in spoken for pair in _same_moments(audio, speed)]
        before, after = (median(hz) for hz in zip(*pairs, strict=True))
        yield at_most(
            f"{name}: median of {len(pairs)} moments, against the same at 1×, off by",
            abs(_more(after, before)),
            "%",
            _MOST_OFF,
        )
        theirs = median(
            audio.sample_rate / period
            for audio in spoken
            for _, period in _voiced(read_by_rubber_band(audio, speed), audio.sample_rate)
        )
        ours = median(_all_hz(spoken, speed))
        yield Figure(f"{name}: median of all told as voiced, higher by", _more(ours, natural), "%")
        yield Figure(
            f"{name}: those moments at 1×, higher than all by", _more(before, natural), "%"
        )
        yield Figure(f"{name}: the same with Rubber Band", _more(theirs, natural), "%")


def _more(hz: float, than_hz: float) -> float:
    return (hz / than_hz - 1) * 100


def _all_hz(spoken: Sequence[SpokenAudio], speed: float) -> list[float]:
    """Return the pitch of each moment that is told as voiced."""
    return [
        audio.sample_rate / period
        for audio in spoken
        for _, period in _voiced(_stretched(audio, speed)[0], audio.sample_rate)
    ]


def _stretched(audio: SpokenAudio, speed: float) -> tuple[Samples, Samples, Samples]:
    """Return an utterance at a speed; frames of it, and those of the source they stand for."""
    stretch = TapeStretch(audio.sample_rate, speed)
    flux = flux_of(audio.pcm, audio.sample_rate)
    pieces = [*stretch.feed(audio.pcm, flux, 0), *stretch.drain()]
    begins = list(accumulate((piece.frame_count for piece in pieces), initial=0))[:-1]
    comes_from = [piece.input_frame for piece in pieces]
    samples = pcm_samples(b"".join(piece.pcm for piece in pieces))
    return samples, np.array(begins, np.float32), np.array(comes_from, np.float32)


def _same_moments(audio: SpokenAudio, speed: float) -> Iterator[tuple[float, float]]:
    """Yield the pitch in the source of each moment told as voiced in both, and at the speed."""
    samples, begins, comes_from = _stretched(audio, speed)
    source = _voiced(pcm_samples(audio.pcm), audio.sample_rate)
    at_source = np.array([frame for frame, _ in source])
    for frame, period in _voiced(samples, audio.sample_rate):
        origin = float(np.interp(frame, begins, comes_from))
        nearest = int(np.argmin(np.abs(at_source - origin)))
        if abs(at_source[nearest] - origin) <= _SAME_MOMENT_S * audio.sample_rate:
            yield audio.sample_rate / source[nearest][1], audio.sample_rate / period


def _voiced(samples: Samples, sample_rate: int) -> Voiced:
    """Return the voiced moments, their periods by autocorrelation."""
    window, shortest, longest = (
        round(s * sample_rate) for s in (_WINDOW_S, 1 / _HIGHEST_HZ, 1 / _LOWEST_HZ)
    )
    loud = 0.1 * float(np.sqrt(np.mean(samples**2)))
    found: Voiced = []
    for at in range(0, len(samples) - window - longest, window // 2):
        if np.sqrt(np.mean(samples[at : at + window] ** 2)) < loud:
            continue
        period = _period(_likeness(samples, at, window, longest), shortest)
        if period is not None:
            found.append((at + (window + longest) // 2, period))
    return found


def _likeness(samples: Samples, at: int, window: int, longest: int) -> NDArray[np.float64]:
    """Return how alike a window and those up to `longest` frames later are, for each lag."""
    part = samples[at : at + window].astype(np.float64)
    ahead = np.lib.stride_tricks.sliding_window_view(
        samples[at : at + window + longest].astype(np.float64), len(part)
    )
    alike: NDArray[np.float64] = ahead @ part
    alike /= np.sqrt((ahead**2).sum(axis=1) * (part @ part) + 1e-12)
    return alike


def _period(products: NDArray[np.float64], shortest: int) -> int | None:
    """Return the shortest lag at which a sound is nearly as alike itself as at any; None if it
    isn't voiced. Twice the period is as alike, and would be an octave too low."""
    best = float(products[shortest:].max())
    if best < _VOICED:
        return None
    for lag in range(shortest, len(products) - 1):
        is_peak = products[lag - 1] < products[lag] >= products[lag + 1]
        if is_peak and products[lag] > _NEARLY * best:
            return lag
    return None


def _monotone(audio: SpokenAudio) -> SpokenAudio:
    """Return an utterance said on one note: a pulse each period, shaped as the mouth was then."""
    source = np.pad(pcm_samples(audio.pcm), _ENVELOPE_FRAMES // 2)
    count = len(audio.pcm) // 2
    sung = np.zeros(count + _SPECTRUM_FRAMES)
    for number in range(int(count * _MONOTONE_HZ / audio.sample_rate)):
        at = round(number * audio.sample_rate / _MONOTONE_HZ)
        sung[at : at + _SPECTRUM_FRAMES] += _mouth(source[at : at + _ENVELOPE_FRAMES])
    sung *= _LOUDNESS / np.sqrt(np.mean(sung**2))
    pcm = np.clip(np.rint(sung[:count] * 32767), -32768, 32767).astype("<i2").tobytes()
    return SpokenAudio(pcm, audio.sample_rate, audio.marks, audio.precision)


def _mouth(window: Samples) -> NDArray[np.float64]:
    """Return how the mouth sounds when it is struck, of minimum phase, by the real cepstrum."""
    spectrum = np.fft.rfft(window * np.hanning(len(window)), _SPECTRUM_FRAMES)
    cepstrum = np.fft.irfft(np.log(np.abs(spectrum) + 1e-5))
    cepstrum[1:_CEPSTRUM] *= 2
    cepstrum[_CEPSTRUM:] = 0
    sound: NDArray[np.float64] = np.fft.irfft(np.exp(np.fft.rfft(cepstrum)))
    return sound
