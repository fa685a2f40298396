"""Clicks in a stream of sound, and whether a recording holds that stream."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

MOST = 2.5
"""Against what is near. The voice's own steepest sounds stay below 1.6 in the text that is read
here (12 times, each a little different); one that is cut off without a fade reaches 7."""

_NEAR_S, _AT_S = 0.020, 0.0005
_STEEPEST = 200  # are looked at
PIECE_S = 0.05
_REACH_S, _FIRST_S = 0.02, 1.5
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


def heard_as_handed(
    stream: NDArray[np.int16], sample_rate: int, heard: NDArray[np.int16], heard_rate: int
) -> list[tuple[float, bool]]:
    """Return for each piece of a recording that is loud whether it is the stream as handed over.

    A piece is `PIECE_S` long and comes with the second at which it begins.
    """
    handed = _Handed(_resampled(stream.astype(np.float64), sample_rate, heard_rate))
    length, reach = round(PIECE_S * heard_rate), round(_REACH_S * heard_rate)
    ahead = handed.place_of(heard[: round(_FIRST_S * heard_rate)].astype(np.float64))
    found = []
    for at in range(0, len(heard) - length, length):
        piece = heard[at : at + length].astype(np.float64)
        if np.abs(piece).max() < _LOUD:
            continue
        near = max(0, at + ahead - reach)
        place = near + _lag(piece, handed.samples[near : at + ahead + reach + length])
        if not handed.is_at(place, piece):
            place = handed.place_of(piece)  # silence has come in between
        found.append((at / heard_rate, handed.is_at(place, piece)))
        if found[-1][1]:
            ahead = place - at
    return found


class _Handed:
    """A stream in which pieces are looked for again and again."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples
        self._size = 1 << (2 * len(samples)).bit_length()
        self._spectrum = np.fft.rfft(samples, self._size)
        self._energy = _energy(samples)

    def place_of(self, piece: Samples) -> int:
        """Return where a piece lies most likely."""
        products = np.fft.irfft(
            self._spectrum * np.conj(np.fft.rfft(piece, self._size)), self._size
        )
        return _best(products, self._energy, len(piece))

    def is_at(self, place: int, piece: Samples) -> bool:
        """Whether a piece is what lies there."""
        handed = self.samples[place : place + len(piece)]
        if len(handed) < len(piece):
            return False
        return bool(((handed - piece) ** 2).sum() < _ALIKE**2 * (piece**2).sum())


def _lag(part: Samples, whole: Samples) -> int:
    """Return where in `whole`, which is not much longer, a part of it lies most likely."""
    if len(whole) < len(part):
        return 0
    return _best(np.correlate(whole, part), _energy(whole), len(part))


def _energy(samples: Samples) -> Samples:
    return np.concatenate([[0.0], np.cumsum(samples**2)])


def _best(products: Samples, energy: Samples, length: int) -> int:
    places = len(energy) - length
    return int(np.argmax(products[:places] / np.sqrt(energy[length:] - energy[:places] + 1.0)))


def _resampled(samples: Samples, rate: int, wanted_rate: int) -> Samples:
    count = round(len(samples) * wanted_rate / rate)
    spectrum = np.fft.rfft(samples)
    wider = np.zeros(count // 2 + 1, complex)
    kept = min(len(spectrum), len(wider))
    wider[:kept] = spectrum[:kept]
    resampled: Samples = np.fft.irfft(wider, count) * count / len(samples)
    return resampled
