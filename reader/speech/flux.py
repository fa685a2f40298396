"""How fast speech changes from moment to moment: where it may be hurried, and where not.

Listeners tell words by what changes (consonants, transitions) far more than by what lasts (the
middles of vowels, pauses). Spectral flux measures it: the distance between the log spectra on
either side of a moment. Computed once, where the audio is made, and kept with it as bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HOP_S = 0.005
PAUSE = 0
"""The byte of a moment in the midst of a pause."""
USUAL = 128
"""The byte of a moment that changes as fast as half of all do."""
PER_OCTAVE = 32
"""A byte larger by so much is a moment that changes twice as fast."""
PAUSE_EDGE_HOPS = 2
"""At each end of a pause so many moments are none of it: what sounds there may begin softly."""

_WINDOW_S = 0.025
_REACH_HOPS = 2  # spectra are compared across 20 ms
_SMOOTHED_HOPS = 5
_BANDS = 24
_LOWEST_HZ, _HIGHEST_HZ = 100.0, 8000.0
_FLOOR = 3e-3  # of the strongest band: below it changes aren't heard
_PAUSE_POWER = 10 ** (-40 / 10)  # of the loudest moment


def hop_frames(sample_rate: int) -> int:
    """Return how many frames a byte of flux stands for."""
    return round(HOP_S * sample_rate)


def flux_of(pcm: bytes, sample_rate: int) -> bytes:
    """Return a byte for each 5 ms of int16 mono PCM, the last one for what is left.

    `PAUSE` in the midst of pauses; elsewhere the flux against its median, on a scale of octaves.
    """
    import numpy as np

    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    count = -(-len(samples) // hop_frames(sample_rate))
    if not samples.any():
        return bytes([PAUSE]) * count
    bands = _bands_of(samples, sample_rate, count)
    power = np.square(bands).sum(axis=1)
    is_quiet = power < power.max() * _PAUSE_POWER
    flux = _changes(np.log(bands + bands.max() * _FLOOR))
    usual = float(np.median(flux[~is_quiet]))
    octaves = np.log2(np.maximum(flux, 1e-6) / max(usual, 1e-6))
    levels = np.clip(np.rint(USUAL + PER_OCTAVE * octaves), PAUSE + 1, 255).astype(np.uint8)
    around = np.pad(is_quiet, PAUSE_EDGE_HOPS)
    is_midst = np.lib.stride_tricks.sliding_window_view(around, 2 * PAUSE_EDGE_HOPS + 1).all(axis=1)
    return np.where(is_midst, np.uint8(PAUSE), levels).tobytes()


def _bands_of(samples: NDArray[np.float32], sample_rate: int, count: int) -> NDArray[np.float32]:
    """Return the magnitudes in bands equally wide on the mel scale, a row for each hop."""
    import numpy as np

    hop, window = hop_frames(sample_rate), round(_WINDOW_S * sample_rate)
    before = (window - hop) // 2
    padded = np.zeros(before + count * hop + window, np.float32)
    padded[before : before + len(samples)] = samples
    rows = np.lib.stride_tricks.sliding_window_view(padded, window)[: count * hop : hop]
    size = 1 << (window - 1).bit_length()
    spectra = np.abs(np.fft.rfft(rows * np.hanning(window).astype(np.float32), size, axis=1))
    bins_hz = np.fft.rfftfreq(size, 1 / sample_rate)
    mels = np.linspace(_mel(_LOWEST_HZ), _mel(min(_HIGHEST_HZ, sample_rate / 2)), _BANDS + 2)
    edges_hz = 700 * (10 ** (mels / 2595) - 1)
    low, middle, high = edges_hz[:-2, None], edges_hz[1:-1, None], edges_hz[2:, None]
    rising, falling = (bins_hz - low) / (middle - low), (high - bins_hz) / (high - middle)
    filters = np.maximum(0, np.minimum(rising, falling))
    bands: NDArray[np.float32] = (spectra @ filters.T).astype(np.float32)
    return bands


def _mel(frequency_hz: float) -> float:
    import math

    return 2595 * math.log10(1 + frequency_hz / 700)


def _changes(logs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how different the spectra around each row are, smoothed over 25 ms."""
    import numpy as np

    changes = np.zeros(len(logs), np.float32)
    if len(logs) > 2 * _REACH_HOPS:
        difference = logs[2 * _REACH_HOPS :] - logs[: -2 * _REACH_HOPS]
        changes[_REACH_HOPS:-_REACH_HOPS] = np.sqrt(np.square(difference).mean(axis=1))
    around = np.pad(changes, _SMOOTHED_HOPS // 2)
    windows = np.lib.stride_tricks.sliding_window_view(around, _SMOOTHED_HOPS)
    smoothed: NDArray[np.float32] = windows.mean(axis=1)
    return smoothed
