"""How loud the voice is at a moment, as an eye wants to see it."""

from __future__ import annotations

import math
from array import array

RISE_S = 0.06
FALL_S = 0.25

_WINDOW_S = 0.02
_SILENT_DB, _LOUD_DB = -46.0, -14.0
"""A neural voice's vowels lie around -16 dB of full scale; below -46 dB is breath."""


def loudness_at(pcm: bytes, frame: int, sample_rate: int, played_at: float = 1.0) -> float:
    """Return the level of the 20 ms around a frame of int16 mono PCM, 0 to 1.

    `played_at` is how loud it is played, 0 to 1: what fades away is seen to.
    """
    half = round(_WINDOW_S * sample_rate / 2)
    samples = array("h", pcm[2 * max(0, frame - half) : 2 * (frame + half)])
    power = sum(sample * sample for sample in samples) * played_at**2
    if not power:
        return 0.0
    decibels = 10 * math.log10(power / len(samples) / 32768**2)
    return min(1.0, max(0.0, (decibels - _SILENT_DB) / (_LOUD_DB - _SILENT_DB)))


class Swelling:
    """A level that follows another one: soon upwards, slowly downwards."""

    def __init__(self) -> None:
        self.level = 0.0

    def follow(self, target: float, elapsed_s: float) -> float:
        """Go towards `target` for so long; return the level reached."""
        constant_s = RISE_S if target > self.level else FALL_S
        self.level += (target - self.level) * -math.expm1(-elapsed_s / constant_s)
        return self.level
