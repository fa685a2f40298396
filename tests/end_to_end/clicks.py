"""Clicks in a stream of sound, and whether a recording holds that stream."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

MOST = 2.5
"""Against what is near. The voice's own steepest sounds stay below 1.6 in the text that is read
here (12 times, each a little different); one that is cut off without a fade reaches 7."""

_NEAR_S, _AT_S = 0.020, 0.0005
_STEEPEST = 200  # are looked at
_WINDOW_S, _REACH_S, _FIRST_S = 0.1, 0.3, 1.5
_LOUD = 300
_ALIKE = 0.15  # the most that a recording differs from what it holds: it was resampled


def worst_click(stream: NDArray[np.int16], sample_rate: int) -> float:
    """Return the largest step between two samples, against the largest one near it."""
    steps = np.abs(np.diff(stream.astype(np.int32)))
    near, at = round(_NEAR_S * sample_rate), round(_AT_S * sample_rate)
    worst = 0.0
    for step in np.argsort(steps)[-_STEEPEST:]:
        before = steps[max(0, step - near) : max(0, step - at)]
        after = steps[step + at : step + near]
        largest = max(before.max(initial=1), after.max(initial=1))
        worst = max(worst, float(steps[step]) / largest)
    return worst


def share_heard(
    stream: NDArray[np.int16], sample_rate: int, heard: NDArray[np.int16], heard_rate: int
) -> float:
    """Return how much of a recording, of what is loud in it, is the stream as it was handed over.

    What lies between is the device's doing: it may have run dry.
    """
    played = _resampled(stream.astype(np.float64), sample_rate, heard_rate)
    alike = list(_windows_alike(played, heard.astype(np.float64), heard_rate))
    return float(np.mean(alike)) if alike else 0.0


def _windows_alike(played: Samples, heard: Samples, rate: int) -> Iterator[bool]:
    window, reach = round(_WINDOW_S * rate), round(_REACH_S * rate)
    ahead = _lag(heard[: round(_FIRST_S * rate)], played)
    for at in range(0, len(heard) - window, window):
        part = heard[at : at + window]
        if np.abs(part).max() < _LOUD:
            continue
        first = max(0, at + ahead - reach)
        found = first + _lag(part, played[first : at + ahead + reach + window])
        handed = np.zeros(window)
        handed[: max(0, len(played) - found)] = played[found : found + window]
        is_alike = bool(((handed - part) ** 2).sum() < _ALIKE**2 * (part**2).sum())
        if is_alike:
            ahead = found - at
        yield is_alike


def _lag(part: Samples, whole: Samples) -> int:
    """Return where in `whole` a part of it lies most likely."""
    places = len(whole) - len(part) + 1
    if places < 1:
        return 0
    size = 1 << (len(whole) + len(part)).bit_length()
    spectrum = np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size))
    products = np.fft.irfft(spectrum, size)[:places]
    energy = np.concatenate([[0.0], np.cumsum(whole**2)])
    return int(np.argmax(products / np.sqrt(energy[len(part) :] - energy[:places] + 1.0)))


def _resampled(samples: Samples, rate: int, wanted_rate: int) -> Samples:
    count = round(len(samples) * wanted_rate / rate)
    spectrum = np.fft.rfft(samples)
    wider = np.zeros(count // 2 + 1, complex)
    kept = min(len(spectrum), len(wider))
    wider[:kept] = spectrum[:kept]
    resampled: Samples = np.fft.irfft(wider, count) * count / len(samples)
    return resampled
