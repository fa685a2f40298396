"""Samples made fit to be heard: silence at the ends trimmed, loudness set, int16."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.speech.engine import SpokenAudio, WordMark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LOUDNESS = 0.1  # root mean square of speech, 1.0 being full scale: -20 dB
_STEADY_LOUDNESS = 0.09
"""The same for a whole voice: what peaks too high by itself is made as quiet as this by `gain_for`,
here it is bent."""
_PEAK = 0.9
_MOST_GAIN = 8.0  # nearly silent output is not blown up to noise
_SILENCE = 10 ** (-45 / 20)  # of the peak
_KEPT_S = 0.010
_ONSET = 10 ** (-35 / 20)  # of the peak: above the breath before a phrase
_ONSET_LEAD_S = 0.020  # sounds begin softly; an aligner hears them that much before
_WINDOW_S = 0.005
_SOFT_END_S = 0.005


def sounding_range(samples: NDArray[np.float32], sample_rate: int) -> tuple[int, int]:
    """Return the frames [first, end) that are not leading or trailing silence; (0, 0) for none.

    Silence is what stays 45 dB below the peak; 10 ms of it are kept at each end.
    """
    import numpy as np

    magnitudes = np.abs(samples)
    peak = float(magnitudes.max(initial=0.0))
    if peak == 0.0:
        return 0, 0
    loud = np.flatnonzero(magnitudes > peak * _SILENCE)
    kept = int(_KEPT_S * sample_rate)
    return max(int(loud[0]) - kept, 0), min(int(loud[-1]) + 1 + kept, len(samples))


def snapped_to_onsets(
    marks: Sequence[WordMark],
    samples: NDArray[np.float32],
    sample_rate: int,
    earlier_s: float = 0.040,
) -> tuple[WordMark, ...]:
    """Return marks in which a word after a pause starts where sound is really heard again.

    The closure of a stop may be silent for 150 ms after a model or an engine says that it began.
    Looked for from `earlier_s` before the mark to the word's end; words in running speech stay.
    """
    import numpy as np

    magnitudes = np.abs(samples)
    threshold = float(magnitudes.max(initial=0.0)) * _ONSET
    snapped: list[WordMark] = []
    before = 0
    for mark in marks:
        first = mark.first_frame
        if not snapped or first > before:
            earliest = max(first - int(earlier_s * sample_rate), before)
            loud = np.flatnonzero(magnitudes[earliest : mark.end_frame] > threshold)
            if len(loud):
                first = max(earliest, earliest + int(loud[0]) - int(_ONSET_LEAD_S * sample_rate))
        snapped.append(replace(mark, first_frame=first))
        before = mark.end_frame
    return tuple(snapped)


def soft_end_frames(sample_rate: int) -> int:
    """Return how many frames sound takes to come from nothing, and to go to it."""
    return max(int(_SOFT_END_S * sample_rate), 1)


def with_soft_ends(samples: NDArray[np.float32], sample_rate: int) -> NDArray[np.float32]:
    """Return samples, the first and last 5 ms of which come from nothing and go to it."""
    import numpy as np

    soft = samples.copy()
    length = min(soft_end_frames(sample_rate), len(soft))
    ramp = np.linspace(0.0, 1.0, length, dtype=np.float32)
    soft[:length] *= ramp
    soft[len(soft) - length :] *= ramp[::-1]
    return soft


def loudness_of(samples: NDArray[np.float32], sample_rate: int) -> float:
    """Return the root mean square where there is speech, so that pauses inside don't count."""
    import numpy as np

    powers = _speech_powers(samples, sample_rate)
    return float(np.sqrt(powers.mean())) if len(powers) else 0.0


def gain_for(samples: NDArray[np.float32], sample_rate: int) -> float:
    """Return what brings samples to the loudness all voices share, without any clipping."""
    import numpy as np

    loudness = loudness_of(samples, sample_rate)
    peak = float(np.abs(samples).max(initial=0.0))
    if loudness == 0.0 or peak == 0.0:
        return 0.0
    return min(_LOUDNESS / loudness, _PEAK / peak, _MOST_GAIN)


def steady_gain(loudness: float) -> float:
    """Return what brings all that a voice says to that loudness, told how loud it usually is."""
    return min(_STEADY_LOUDNESS / loudness, _MOST_GAIN) if loudness else 1.0


def as_pcm(samples: NDArray[np.float32], sample_rate: int, gain: float | None = None) -> bytes:
    """Return samples as int16 at the loudness all voices share, their ends soft.

    `samples` are floats of any scale. With a `gain` of their own it may be that some would clip:
    those are bent down.
    """
    import numpy as np

    if not len(samples):
        return b""
    if gain is None:
        gain = gain_for(samples, sample_rate)
    levelled = _bent(with_soft_ends(samples * np.float32(gain), sample_rate))
    pcm: bytes = np.rint(levelled * 32767).astype("<i2").tobytes()
    return pcm


def _speech_powers(samples: NDArray[np.float32], sample_rate: int) -> NDArray[np.float64]:
    """Return the power of each 5 ms in which there is speech."""
    import numpy as np

    window = max(int(_WINDOW_S * sample_rate), 1)
    whole = samples[: len(samples) // window * window].reshape(-1, window)
    powers = np.mean(np.square(whole, dtype=np.float64), axis=1) if len(whole) else np.zeros(0)
    speech: NDArray[np.float64] = powers[powers > powers.max(initial=0.0) * 1e-4]
    return speech


def _bent(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return samples, those above the highest peak allowed bent towards full scale."""
    import numpy as np

    magnitudes = np.abs(samples)
    if magnitudes.max() <= _PEAK:
        return samples
    room = 1 - _PEAK
    bent = _PEAK + room * np.tanh((magnitudes - _PEAK) / room)
    return np.where(magnitudes > _PEAK, np.copysign(bent, samples), samples).astype(np.float32)


def at_rate(audio: SpokenAudio, sample_rate: int) -> SpokenAudio:
    """Return audio and its marks at another sample rate, without flux unless it is the same."""
    if audio.sample_rate == sample_rate:
        return audio
    ratio = sample_rate / audio.sample_rate
    marks = tuple(
        replace(m, first_frame=round(m.first_frame * ratio), end_frame=round(m.end_frame * ratio))
        for m in audio.marks
    )
    pcm = resampled(audio.pcm, audio.sample_rate, sample_rate)
    return SpokenAudio(pcm, sample_rate, marks, audio.precision)


def resampled(pcm: bytes, sample_rate: int, wanted_rate: int) -> bytes:
    """Return int16 mono PCM at another rate, by its spectrum; its ends are taken as silent."""
    if sample_rate == wanted_rate or not pcm:
        return pcm
    import numpy as np

    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    count = round(len(samples) * wanted_rate / sample_rate)
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    values = np.fft.irfft(spectrum, count) * (count / len(samples))
    return np.clip(np.rint(values), -32768, 32767).astype("<i2").tobytes()
