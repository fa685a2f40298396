"""Sound as floats, for whoever measures in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""At a sample rate that whoever hands them on tells, full scale being 1."""


def pcm_samples(pcm: bytes) -> Samples:
    """Return int16 PCM as floats."""
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)


def resampled(samples: Samples, count: int) -> Samples:
    """Return as many samples of the same sound, by its spectrum."""
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    return (np.fft.irfft(spectrum, count) * (count / len(samples))).astype(np.float32)
