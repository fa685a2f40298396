"""How much sound is handed over ahead of the device: little while the machine is punctual.

What lies ready in the device's buffer can't be changed any more, so all of it delays every key:
pause, move, speed. Without enough of it a thread that comes late leaves a hole in the sound. How
late it comes shows in what is still left of the buffer whenever the device has taken some.
"""

from __future__ import annotations

import math

MOST_S = 0.050
"""How large the device's buffer must be; so much is kept ready at first."""

_LEAST_S = 0.036
_SPARE_S = 0.015  # to be left when the thread came latest: more is more than it takes
_NEARLY_DRY_S = 0.006
_LOOKED_FOR_S = 8.0
_CAREFUL_S, _MOST_CAREFUL_S = 30.0, 240.0
"""How long no less is kept after it was nearly dry; twice as long each time that it is so again."""


class Headroom:
    """Decides how many frames to keep ready. `wanted` is called by the device's thread alone."""

    def __init__(self, sample_rate: int) -> None:
        self._sample_rate = sample_rate
        self._frames = round(MOST_S * sample_rate)
        self._least_left: float = math.inf  # since it was looked at last
        self._looked_s = -math.inf
        self._careful_s, self._careful_until_s = _CAREFUL_S, -math.inf

    @property
    def seconds(self) -> float:
        """How much is kept ready."""
        return self._frames / self._sample_rate

    def wanted(self, now_s: float, frames_left: int, *, is_heard: bool) -> int:
        """Return how many frames to hand over, when so many are left of what was.

        A buffer that ran dry while nothing sounded (not `is_heard`) did no harm.
        """
        if is_heard and frames_left < _NEARLY_DRY_S * self._sample_rate:
            self._keep(MOST_S)
            is_again = now_s < self._careful_until_s + self._careful_s
            self._careful_s = min(2 * self._careful_s, _MOST_CAREFUL_S) if is_again else _CAREFUL_S
            self._careful_until_s = now_s + self._careful_s
        if now_s >= self._careful_until_s:
            self._look(now_s, frames_left)
        return max(0, self._frames - frames_left)

    def _look(self, now_s: float, frames_left: int) -> None:
        """Keep less if for a while there was more than enough."""
        self._least_left = min(self._least_left, frames_left)
        if now_s < self._looked_s + _LOOKED_FOR_S:
            return
        spare_s = self._least_left / self._sample_rate - _SPARE_S
        if spare_s > 0 and self._looked_s > self._careful_until_s:
            self._keep(self.seconds - spare_s / 2)
        self._looked_s, self._least_left = now_s, math.inf

    def _keep(self, seconds: float) -> None:
        self._frames = round(min(max(seconds, _LEAST_S), MOST_S) * self._sample_rate)
